"""`ivr serve --phone` as the host runs it: answers at once, gets ready beside, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from running import Running
from small_hotline import write
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

pytestmark = [pytest.mark.processes, pytest.mark.timeout(900)]  # a slow machine needs a minute for each worker


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """Two workers; in Mandarin only, which needs no model and no long rendering."""
    running = Running(write(tmp_path / "small", "zh"), tmp_path / "data", "--phone", "--workers", "2")
    yield running
    running.close()


def until(true: Callable[[], bool], within_s: float = 250.0) -> None:
    """Other processes take their own time."""
    deadline = time.monotonic() + within_s
    while True:
        with suppress(OSError):  # the connection of a process that was killed
            if true():
                return
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def refused(server: Running, path: str, **headers: str) -> int:
    with (
        pytest.raises(InvalidStatus) as told,
        connect(f"ws://127.0.0.1:{server.port}{path}", additional_headers=headers, compression=None, open_timeout=60),
    ):
        raise AssertionError("it was let in")
    return told.value.response.status_code


def running_on(data: Path) -> str:
    return subprocess.run(["pgrep", "-f", "-a", str(data)], capture_output=True, text=True, check=False).stdout


def test_pages_sockets_and_numbers_of_a_server_with_two_workers(server: Running, tmp_path: Path) -> None:
    assert "<html" in server.get("/phone")
    assert refused(server, "/phone/line") == 403, "no page of ours asks"
    assert refused(server, "/phone/line", Origin="https://elsewhere.example") == 403
    assert refused(server, "/twilio/stream") == 403, "not signed"
    assert refused(server, "/anything") == 404

    until(lambda: server.metric("ivr_workers ") == 2)
    server.json("/line/calls", {"caller": "+12025550101"})
    until(lambda: server.metric("ivr_turns_total") == 1)
    until(lambda: server.metric("ivr_calls_running") == 1)
    os.kill(server.workers()[0], signal.SIGKILL)
    until(lambda: len(server.up()) == 2)
    until(lambda: server.metric("ivr_workers ") == 2)
    until(lambda: server.metric("ivr_turns_total") == 1)  # what was counted stays

    until(lambda: "no ears for 'zh'" in server.log.read_text())
    assert server.ends(signal.SIGTERM) == 0
    until(lambda: not running_on(tmp_path / "data"))  # who renders for a killed worker finds that out by itself
    assert "Traceback" not in server.log.read_text()
