"""Servers as the host runs them: real processes, killed and started again."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from app_house import ACCOUNT, PUBLIC, TELECOM, TOKEN, change, heard_by_the_carrier
from free_port import free_port
from running import Running, is_alive, ivr

from ivr.channels.twilio import Urls
from ivr.sim.cloud import Cloud
from ivr.store.server_process import server_lives

pytestmark = [pytest.mark.processes, pytest.mark.timeout(900)]  # a slow machine needs a minute for each server

ALWAYS_OPEN = Path(__file__).parents[1] / "e2e" / "hotlines" / "pin"

Serve = Callable[..., Running]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    with ExitStack() as opened:

        def start(*more: str, hotline: Path = tmp_path / "telecom", **env: str) -> Running:
            if not hotline.exists():
                heard_by_the_carrier(hotline)
            running = Running(hotline, tmp_path / "data", *more, **env)
            opened.callback(running.close)
            return running

        yield start


def begins(server: Running) -> tuple[str, str]:
    """A call over the local line: its address, and what it hears first."""
    turn = server.json("/line/calls", {"caller": "+12025550101"})
    return f"/line/calls/{turn['hotline']}/{turn['call']}", str(turn["verbs"])


def test_a_server_killed_in_mid_call_goes_on_with_it_and_has_lost_nothing(serve: Serve, tmp_path: Path) -> None:
    call = "CA" + "7" * 32
    first = serve()
    asked = first.carrier("/twilio/voice", call, CallStatus="ringing")
    told = first.carrier(following(asked), call, Digits="1")
    assert "Your balance is 42 dollars" in told
    (redis,) = first.redis_pids()
    orphans = first.workers()
    for pid in (first.process.pid, redis):
        os.kill(pid, signal.SIGKILL)
    first.process.wait()
    until(lambda: not server_lives(first.data / "redis"))
    until(lambda: not any(map(is_alive, orphans)))  # while one lives, the store has a user more

    second = serve()
    asked_again = second.carrier(following(told), call, Digits="2")
    assert "How well did I help you" in asked_again
    assert second.carrier(following(told), call, Digits="2") == asked_again, "asked twice, answered once"
    goodbye = second.carrier(following(asked_again), call, Digits="5")
    assert "Goodbye" in goodbye
    assert "<Hangup" in second.carrier(following(goodbye), call)
    until(lambda: "ended: " in ivr("records", call, "--data", str(tmp_path / "data")).stdout)
    assert second.ends(signal.SIGINT) == 0

    shown = ivr("records", call, "--data", str(tmp_path / "data"))
    for once in ("call from", "Your balance is 42", "text message to", "heard keys “2”", "rated 5  (", "ended: "):
        assert shown.stdout.count(once) == 1, f"{once}\n{shown.stdout}{shown.stderr}"


def test_two_workers_share_calls_take_changes_and_end_together(serve: Serve, tmp_path: Path) -> None:
    hotline = heard_by_the_carrier(tmp_path / "hotline")
    server = serve("--workers", "2", hotline=hotline)
    until(lambda: len(server.up()) == 2)
    call, heard = begins(server)
    assert "How can I help you?" in heard
    change(hotline / "words" / "en.yaml", "How can I help you?", "What can I do for you?")
    until(lambda: server.log.read_text().count("new calls take version") == 2)
    assert "What can I do for you?" in begins(server)[1]
    assert "How can I help you?" in str(server.json(f"{call}/1", event("DigitsPressed", digits="*")))

    change(hotline / "main.yaml", "next: need", "next: neeed")
    until(lambda: "does not check; calls go on with the version before" in server.log.read_text())
    until(lambda: "main.yaml:" in server.log.read_text())
    call, heard = begins(server)
    assert "What can I do for you?" in heard

    os.kill(server.workers()[0], signal.SIGKILL)
    until(lambda: "Your balance is 42 dollars" in str(server.json(f"{call}/1", event("DigitsPressed", digits="1"))))
    until(lambda: "it is served as it was before" in server.log.read_text())
    assert server.ends(signal.SIGTERM) == 0


def test_agents_are_rung_and_messages_fetched_without_anybody_asking(serve: Serve, tmp_path: Path) -> None:
    """The carrier's double calls a server whose rounds run by themselves."""
    with Cloud(ACCOUNT, TOKEN, "http://127.0.0.1:1", PUBLIC) as cloud:
        server = serve(hotline=ALWAYS_OPEN, TWILIO_ACCOUNT_SID=ACCOUNT, TWILIO_API_BASE=cloud.api_base)
        cloud.server = server.base
        urls = Urls(PUBLIC)
        cloud.number("+12025550181", urls.voice(), urls.fallback(), urls.status())
        call = cloud.dial("+12025550101", "+12025550181")
        call.press("0")
        server.json("/line/agents/pin/amy/in", {})
        leg = cloud.leg("+12025550111")
        leg.answer()
        assert "Press 1 to take the call" in leg.heard[-1]
        leg.press("1")
        cloud.wait_until(lambda: call.state == "in room")
        assert call.talks_with == {leg.sid}
        call.hang_up()

        call = cloud.dial("+12025550102", "+12025550181")
        call.press("0")
        call.press("1")
        call.leave_message(4)
        assert "Goodbye." in call.heard
        kept = tmp_path / "data" / "voicemail" / "pin"
        until(lambda: kept.exists() and [path.suffix for path in kept.iterdir()] == [".wav"])
        assert not call.errors
        assert server.ends(signal.SIGTERM) == 0
    listed = ivr("messages", "--data", str(tmp_path / "data")).stdout
    assert "+12025550102" in listed
    assert ".wav" in listed


def test_a_port_in_use_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = ivr("serve", str(TELECOM), "--port", port, "--data", str(tmp_path))
    assert done.returncode == 1
    assert re.fullmatch(rf"ivr: port {port} on 127.0.0.1 is in use; .*--port \d+\n", done.stderr)
    assert done.stdout == ""
    assert not (tmp_path / "redis").exists(), "nothing was started"


def test_a_store_that_does_not_answer_is_told_in_a_sentence(tmp_path: Path) -> None:
    port = ("--port", str(free_port()))
    done = ivr("serve", str(TELECOM), "--data", str(tmp_path), *port, "--workers", "2", "--redis", "redis://127.0.0.1:1")
    assert done.returncode == 1
    assert "Redis does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def following(document: str) -> str:
    """Where the Gather of a document leads."""
    found = re.search(r'action="https://[^/]*([^"]*)"', document)
    assert found, document
    return found[1].replace("&amp;", "&")


def event(kind: str, **data: str) -> dict[str, str]:
    return {"event": kind, **data}


def until(true: Callable[[], bool], within_s: float = 250.0) -> None:
    """Other processes take their own time."""
    deadline = time.monotonic() + within_s
    while True:
        try:
            if true():
                return
        except OSError:
            pass  # the connection of a process that was killed
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)
