"""The carrier's double speaks Media Streams as the carrier's pages say, and misbehaves as it may."""

from __future__ import annotations

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest
from asgi_server import AsgiServer
from flask import Flask, Response, request
from small_socket import CLOSE, Message, SmallSocket

from ivr.sim.cloud import Call, Cloud, Hostile, HostileStream, Impossible
from ivr.sim.cloud.asking import Goto
from ivr.sim.cloud.signing import sign

ACCOUNT, TOKEN = "AC" + "0" * 32, "12345"
CALLER, NUMBER = "+12025550100", "+12025550199"
PUBLIC = "https://hotline.example.com"
SOUND = bytes(range(1, 161)) * 5
"""A tenth of a second, and no byte of it is silence."""
SLOW = 0.1
"""A pace at which five seconds of sound take longer than any machine stands still."""


@dataclass
class Line:
    cloud: Cloud
    socket: SmallSocket
    pages: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    call: Call = field(init=False)

    def streams(self, inside: str = "", *, after: str = "<Say>After it.</Say>", url: str = "") -> Call:
        """A call whose first document connects a stream."""
        address = url or "wss://hotline.example.com/stream"
        stream = f'<Stream url="{address}" statusCallback="/status">{inside}</Stream>'
        self.pages["/voice"] = f'<Connect action="/over">{stream}</Connect>{after}'
        self.pages.setdefault("/over", "<Say>It is over.</Say>")
        self.call = self.cloud.dial(CALLER, NUMBER)
        return self.call

    def until(self, true: Any) -> None:
        self.call.until(true)


@pytest.fixture
def line() -> Iterator[Line]:
    app, socket = Flask(__name__), SmallSocket()
    with AsgiServer(app, socket) as server, Cloud(ACCOUNT, TOKEN, server.base, PUBLIC) as cloud:
        line = Line(cloud, socket)

        @app.route("/<path:path>", methods=["GET", "POST"])
        def page(path: str) -> Any:
            line.asked.append((f"/{path}", request.form.to_dict()))
            content = line.pages.get(f"/{path}")
            return Response(f"<Response>{content}</Response>", content_type="text/xml") if content else ("", 204)

        cloud.number(NUMBER, f"{PUBLIC}/voice")
        yield line


def media(ulaw: bytes) -> Message:
    return {"event": "media", "media": {"payload": b64encode(ulaw).decode()}}


def mark(name: str) -> Message:
    return {"event": "mark", "mark": {"name": name}}


def at_start(*messages: Message):
    """Answers `start`, and nothing else."""
    return lambda message: list(messages) if message["event"] == "start" else []


# --- what it tells ---------------------------------------------------------------------------------------------


def test_it_begins_as_documented_and_writes_numbers_as_text(line: Line) -> None:
    call = line.streams('<Parameter name="pass" value="secret"/>')
    assert call.state == "streaming"
    line.until(lambda: len(line.socket.events("media")) >= 3)
    connected, start, first = line.socket.told[:3]
    assert connected == {"event": "connected", "protocol": "Call", "version": "1.0.0"}
    told = start["start"]
    assert (start["sequenceNumber"], told["streamSid"]) == ("1", start["streamSid"])
    assert (told["callSid"], told["accountSid"], told["tracks"]) == (call.sid, ACCOUNT, ["inbound"])
    assert told["mediaFormat"] == {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}
    assert told["customParameters"] == {"pass": "secret"}
    assert (first["sequenceNumber"], first["media"]["chunk"], first["media"]["timestamp"]) == ("2", "1", "0")
    assert [one["media"]["timestamp"] for one in line.socket.events("media")[:3]] == ["0", "20", "40"]
    assert b64decode(first["media"]["payload"]) == b"\xff" * 160


def test_it_signs_the_handshake_over_the_public_address(line: Line) -> None:
    line.streams()
    line.until(lambda: line.socket.told)
    assert line.socket.path == "/stream"
    assert line.socket.headers["host"] == "hotline.example.com"
    assert line.socket.headers["x-twilio-signature"] == sign(TOKEN, "wss://hotline.example.com/stream", {})


def test_what_the_caller_says_and_presses_arrives(line: Line) -> None:
    call = line.streams()
    call.speak(SOUND)
    call.press("1#")
    line.until(lambda: len(line.socket.events("dtmf")) == 2 and call.stream.times("spoken"))
    line.until(lambda: SOUND in b"".join(b64decode(one["media"]["payload"]) for one in line.socket.events("media")))
    assert [one["dtmf"] for one in line.socket.events("dtmf")] == [
        {"track": "inbound_track", "digit": "1"},
        {"track": "inbound_track", "digit": "#"},
    ]


def test_the_pace_is_twenty_milliseconds(line: Line) -> None:
    """And what a machine that stood still has missed is made up for."""
    call = line.streams()
    line.until(lambda: len(line.socket.events("media")) >= 25)
    assert call.stream.at_ms >= 480
    line.until(lambda: call.stream.at_ms < 100 + 20 * len(line.socket.events("media")))


def test_a_stream_may_run_faster_than_time(line: Line) -> None:
    line.cloud.pace = 10
    call = line.streams()
    line.until(lambda: len(line.socket.events("media")) >= 100)
    assert call.stream.at_ms >= 1980


# --- what it plays ---------------------------------------------------------------------------------------------


def test_it_plays_in_order_and_tells_marks_back_when_they_are_reached(line: Line) -> None:
    line.socket.answers = at_start(mark("now"), media(SOUND), mark("first"), media(SOUND[:160]), mark("second"))
    call = line.streams()
    line.until(lambda: len(line.socket.events("mark")) == 3)
    assert [one["mark"]["name"] for one in line.socket.events("mark")] == ["now", "first", "second"]
    assert call.stream.played.strip(b"\xff") == SOUND + SOUND[:160]
    assert not call.stream.faults


def test_clear_silences_at_once_and_gives_all_marks_back(line: Line) -> None:
    line.cloud.pace = SLOW
    line.socket.answers = at_start(media(SOUND * 50), mark("a"), media(SOUND), mark("b"), {"event": "clear"})
    call = line.streams()
    line.until(lambda: len(line.socket.events("mark")) == 2)
    line.until(lambda: call.stream.quiet_ms > 40)
    assert call.stream.player.sounded < 50 * len(SOUND)


def test_a_mark_after_clear_comes_back_at_once(line: Line) -> None:
    line.cloud.pace = SLOW
    line.socket.answers = at_start(media(SOUND * 50), {"event": "clear"}, mark("late"))
    call = line.streams()
    line.until(lambda: line.socket.events("mark"))
    assert call.stream.player.sounded < 50 * len(SOUND), "it did not come at the end of all the sound"


@pytest.mark.parametrize(
    "message",
    [
        {"event": "sing"},
        {"event": "media", "media": {"payload": "*"}},
        {"event": "mark"},
        {**mark("x"), "streamSid": "MZ"},
    ],
)
def test_what_no_carrier_understands_is_held_against_the_server(line: Line, message: Message) -> None:
    line.socket.answers = at_start(message)
    call = line.streams()
    line.until(lambda: call.stream.faults)
    assert call.state == "streaming"


# --- how it ends ------------------------------------------------------------------------------------------------


def test_a_server_that_closes_is_asked_for_the_action(line: Line) -> None:
    line.socket.answers = at_start(CLOSE)
    call = line.streams()
    line.until(lambda: call.state == "over")
    assert call.heard == ["It is over."]
    assert call.stream.closed_with == 1000
    told = [form["StreamEvent"] for path, form in line.asked if path == "/status"]
    assert told == ["stream-started", "stream-stopped"]


def test_a_carrier_that_knows_no_action_goes_on_with_the_next_verb(line: Line) -> None:
    line.cloud.hostile = Hostile(stream=HostileStream(no_action=True))
    line.socket.answers = at_start(CLOSE)
    call = line.streams()
    line.until(lambda: call.state == "over")
    assert call.heard == ["After it."]


def test_a_caller_who_hangs_up_stops_the_stream(line: Line) -> None:
    call = line.streams()
    line.until(lambda: line.socket.events("media"))
    call.hang_up()
    line.until(lambda: line.socket.ended)
    assert line.socket.told[-1]["event"] == "stop"
    assert line.socket.told[-1]["stop"] == {"accountSid": ACCOUNT, "callSid": call.sid}
    assert (call.state, call.heard) == ("over", [])


def test_an_order_by_rest_stops_the_stream_and_goes_elsewhere(line: Line) -> None:
    line.pages["/elsewhere"] = "<Say>Elsewhere.</Say><Pause length='60'/>"
    call = line.streams()
    line.until(lambda: line.socket.events("media"))
    call.interrupt(Goto(f"{PUBLIC}/elsewhere"))
    line.until(lambda: line.socket.ended and call.state == "waiting")
    assert (line.socket.told[-1]["event"], call.heard) == ("stop", ["Elsewhere."])
    assert "/over" not in [path for path, _ in line.asked]


@pytest.mark.parametrize("moments", range(6))
def test_a_server_may_close_at_the_very_moment_the_call_leaves(line: Line, moments: int) -> None:
    """However much of the closing has come through by then, to whom."""
    asked, stands_still = Event(), Event()

    def close(message: Message) -> list[Message]:
        if message["event"] != "dtmf":
            return []
        asked.set()
        stands_still.wait(60)
        return [CLOSE]

    line.socket.answers = close
    call = line.streams()
    call.press("1")
    assert asked.wait(60)

    async def leave() -> None:
        stands_still.set()
        line.socket.closes.wait(60)
        for _ in range(moments):
            await asyncio.sleep(0)
        await call.stream.end()

    line.cloud.ether.begin(leave()).result(60)
    assert call.stream.over
    line.until(lambda: call.state == "over")
    assert call.heard == ["It is over."]


def test_a_call_may_leave_while_its_socket_opens(line: Line) -> None:
    knocked, left = Event(), Event()
    line.socket.opens = lambda: (knocked.set(), left.wait(60))
    call = line.streams()
    assert knocked.wait(60)

    async def leave() -> None:
        ending = asyncio.create_task(call.stream.end())
        await asyncio.sleep(0)
        left.set()
        await ending

    line.cloud.ether.begin(leave()).result(60)
    line.until(lambda: line.socket.ended)
    assert line.socket.told == []
    assert call.stream.over


def test_who_leaves_says_all_before_and_nothing_after_the_stop(line: Line) -> None:
    """However much had not been sent yet."""
    call = line.streams()
    line.until(lambda: line.socket.events("media"))

    async def leave() -> None:
        call.stream.press("123")
        await call.stream.end()

    line.cloud.ether.begin(leave()).result(60)
    line.until(lambda: line.socket.ended)
    told = [one["dtmf"]["digit"] if one["event"] == "dtmf" else one["event"] for one in line.socket.told]
    assert told[-4:] == ["1", "2", "3", "stop"]


def test_a_socket_that_cannot_be_opened_is_an_error_and_the_call_goes_on(line: Line) -> None:
    line.cloud.hostile = Hostile(stream=HostileStream(unreachable=True))
    call = line.streams()
    line.until(lambda: call.state == "over")
    assert call.heard == ["It is over."]
    assert [notice.code for notice in call.errors] == [31920]
    told = {form["StreamEvent"]: form for path, form in line.asked if path == "/status"}
    assert "nobody answers" in told["stream-error"]["StreamError"]


@pytest.mark.parametrize("url", ["wss://elsewhere.example.com/stream", "ws://hotline.example.com/stream"])
def test_only_secure_sockets_of_the_server_are_opened(line: Line, url: str) -> None:
    call = line.streams(url=url)
    line.until(lambda: call.state == "over")
    assert 31920 in [notice.code for notice in call.errors]
    assert not line.socket.told


def test_a_query_is_a_mistake_in_the_document_and_is_dropped(line: Line) -> None:
    call = line.streams(url="wss://hotline.example.com/stream?secret=1")
    line.until(lambda: line.socket.told)
    assert [notice.code for notice in call.errors] == [12200]
    assert line.socket.path == "/stream"


# --- bad days ---------------------------------------------------------------------------------------------------


def hostile(line: Line, **switches: Any) -> Call:
    line.cloud.hostile = Hostile(stream=HostileStream(**switches))
    call = line.streams()
    line.until(lambda: len(line.socket.events("media")) >= 6 or line.socket.ended)
    return call


def chunks(line: Line) -> list[str]:
    return [one["media"]["chunk"] for one in line.socket.events("media")][:6]


@pytest.mark.parametrize(
    ("switch", "come"),
    [("frames_twice", ["1", "1", "2", "2", "3", "3"]), ("frames_swapped", ["2", "1", "4", "3", "6", "5"])],
)
def test_frames_come_twice_or_swapped(line: Line, switch: str, come: list[str]) -> None:
    hostile(line, **{switch: True})
    assert chunks(line) == come


def test_frames_of_another_size_and_gaps(line: Line) -> None:
    hostile(line, frame_bytes=133, loses=frozenset({2}))
    assert chunks(line)[:3] == ["1", "3", "4"]
    assert len(b64decode(line.socket.events("media")[0]["media"]["payload"])) == 133


def test_what_it_says_of_itself_may_be_wrong(line: Line) -> None:
    hostile(line, call="CA0", media_format={"sampleRate": 16000}, parameters={"pass": "x"}, not_base64=True)
    (start,) = line.socket.events("start")
    assert start["start"]["callSid"] == "CA0"
    assert start["start"]["mediaFormat"]["sampleRate"] == 16000
    assert start["start"]["customParameters"] == {"pass": "x"}
    assert line.socket.events("media")[0]["media"]["payload"] == "*not base64*"


def test_it_may_leave_without_a_word(line: Line) -> None:
    call = hostile(line, no_stop=True)
    call.hang_up()
    line.until(lambda: line.socket.ended)
    assert not line.socket.events("stop")


def test_the_connection_may_break(line: Line) -> None:
    call = hostile(line, breaks_at_ms=100)
    line.until(lambda: line.socket.ended and call.state == "over")
    assert not line.socket.events("stop")
    assert call.heard == ["It is over."]


def test_a_socket_may_be_opened_and_left(line: Line) -> None:
    line.cloud.hostile = Hostile(stream=HostileStream(starts=False))
    call = line.streams()
    line.until(lambda: line.socket.told)
    call.hang_up()
    line.until(lambda: line.socket.ended)
    assert [one["event"] for one in line.socket.told] == ["connected"]


def test_marks_may_be_lost(line: Line) -> None:
    line.socket.answers = at_start(mark("gone"))
    hostile(line, no_marks=True)
    assert not line.socket.events("mark")


def test_words_are_not_said_into_a_stream(line: Line) -> None:
    call = line.streams()
    with pytest.raises(Impossible, match="by sound"):
        call.say("hello")
