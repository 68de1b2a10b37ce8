"""Calls whose sound comes to us: over a real socket, signed, with a pass; and what becomes of them on bad days."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sound_house import Sound, sound_house
from twilio_house import CALL, PUBLIC, TOKEN, House
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from ivr.call.events import AgentLeft, DialEnded, DigitsPressed, Event, HungUp, NothingHeard, Polled, Recorded
from ivr.call.verbs import Dial, Hangup, Join, Listen, Record, Say, Verb, Wait
from ivr.channels.twilio import Gate, TwilioLine, Urls
from ivr.channels.twilio.stream_door import Door
from ivr.sim.cloud import Hostile, HostileStream
from ivr.sim.cloud.asking import Goto
from ivr.sim.cloud.signing import sign

SOCKET = "wss://hotline.example.com/twilio/stream"


def ask(text: str, patience_s: float = 60) -> Listen:
    """Patient, so that a machine that stands still for a moment is no caller who keeps silent."""
    return Listen((Say(text),), expect="line", speech=False, max_digits=1, patience_s=patience_s)


def menu(turn: int, event: Event) -> tuple[Verb, ...]:
    """Asks for ever, but for keys that lead elsewhere."""
    match event:
        case DigitsPressed("2"):
            return Say("A message, please."), Record()
        case DigitsPressed("3"):
            return Say("I will connect you."), Dial("+12025550177")
        case DigitsPressed("4"):
            return Say("Goodbye."), Hangup()
        case DigitsPressed("5"):
            return (Join("room-7", "amy"),)
        case DigitsPressed("6"):
            return Say("Please wait."), Wait(1)
        case DigitsPressed("8"):
            return (Listen((Say("余额？", "zh"),), language="zh", patience_s=2),)
        case DigitsPressed("7"):
            return (Listen((Say("@ cannot be said"),), speech=False),)
        case _:
            return (ask(f"Turn {turn}."),)


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[Sound]:
    with sound_house(House(menu), tmp_path) as opened:
        yield opened


def events(sound: Sound) -> list[str]:
    return [type(event).__name__ for _, event in sound.house.events]


# --- good days --------------------------------------------------------------------------------------------------


def test_the_first_document_asks_for_the_calls_sound(sound: Sound) -> None:
    call = sound.dial()
    assert call.state == "streaming"
    document = call.requests[0].reply.text
    assert f'<Stream statusCallback="{PUBLIC}/twilio/sound-status/telecom/{call.sid}"' in document
    assert f'url="{SOCKET}"' in document
    assert f'<Redirect method="POST">{PUBLIC}/twilio/sound-over/telecom/{call.sid}</Redirect>' in document
    assert not call.errors


def test_several_questions_are_asked_on_one_stream(sound: Sound) -> None:
    call = sound.dial()
    for key in "190":
        heard = call.stream.player.sounded
        call.until(lambda heard=heard: call.stream.player.sounded > heard)
        call.press(key)
        call.until(lambda key=key: any(event == DigitsPressed(key) for _, event in sound.house.events))
    assert len(call.streams) == 1
    assert [turn for turn, _ in sound.house.events] == [0, 1, 2, 3]
    assert not call.stream.faults


def test_a_key_silences_the_prompt_before_it_is_answered(tmp_path: Path) -> None:
    silent = threading.Event()

    def answers_the_silent(turn: int, event: Event) -> tuple[Verb, ...]:
        assert turn == 0 or silent.wait(100)
        return (ask("A minute. " * 60),)

    with sound_house(House(answers_the_silent), tmp_path) as sound:
        call = sound.dial()
        call.until(lambda: bool(call.stream.times("sound")))
        call.press("1")
        call.until(lambda: bool(call.stream.times("clear")))
        silent.set()
        call.until(lambda: sound.house.last[call.sid].turn == 2)


def test_a_prompt_heard_to_its_end_is_followed_by_patience_and_the_next_question(tmp_path: Path) -> None:
    with sound_house(House(lambda turn, event: (ask(f"Turn {turn}.", patience_s=2),)), tmp_path) as sound:
        call = sound.dial()
        call.until(lambda: "NothingHeard" in events(sound))
        assert sound.house.events[1] == (1, NothingHeard())
        assert len(call.streams) == 1


def test_a_message_is_taken_by_the_carrier_and_nothing_is_said_twice(sound: Sound) -> None:
    call = sound.dial()
    call.press("2")
    call.until(lambda: call.state == "recording")
    assert call.heard == []
    assert call.stream.closed_with == 1000
    said = call.stream.player.sounded
    assert said >= 800 * len("A message, please.")
    call.leave_message(3)
    call.until(lambda: call.state == "streaming" and len(call.streams) == 2)
    assert isinstance(sound.house.events[-1][1], Recorded)
    assert sound.documents(call) == ["Connect", "Record", "Connect"]


def test_a_number_is_rung_and_the_call_comes_back_to_our_ears(sound: Sound) -> None:
    call = sound.dial()
    call.press("3")
    call.until(lambda: call.state == "dialling")
    sound.cloud.leg("+12025550177").no_answer()
    call.until(lambda: call.state == "streaming" and len(call.streams) == 2)
    assert sound.house.events[-1][1] == DialEnded("no-answer", 0.0)


def test_the_end_of_a_call_is_said_and_done(sound: Sound) -> None:
    call = sound.dial()
    call.press("4")
    call.until(lambda: call.state == "over")
    assert call.stream.player.sounded >= 800 * len("Goodbye.")
    assert sound.documents(call) == ["Connect", "Hangup"]


def test_a_wait_is_waited_out_on_the_stream(sound: Sound) -> None:
    call = sound.dial()
    call.press("6")
    call.until(lambda: "Polled" in events(sound))
    assert sound.house.events[-1][1] == Polled()
    assert len(call.streams) == 1


def test_a_caller_whom_an_agent_takes_is_fetched_from_the_stream_into_the_room(sound: Sound) -> None:
    call = sound.dial()
    call.until(lambda: bool(call.stream.times("sound")))
    sound.house.last[call.sid] = type(sound.house.last[call.sid])((Join("room-7", "amy"),), 2)
    sound.house.redirect(call.sid, sound.line.urls.again("telecom", call.sid))
    call.until(lambda: call.state == "in room")
    assert sound.documents(call)[:2] == ["Connect", "Dial"]
    assert call.stream.over


def test_a_room_that_ends_gives_the_caller_back_to_our_ears(sound: Sound) -> None:
    call = sound.dial()
    call.press("5")
    call.until(lambda: call.state == "in room")
    call.interrupt(Goto(f"{PUBLIC}/twilio/turn/telecom/{call.sid}/2?after=join&agent=amy"))
    call.until(lambda: call.state == "streaming")
    assert sound.house.events[-1][1] == AgentLeft("amy", 0.0, sure=False)


def test_a_caller_who_hangs_up_ends_the_sound_and_the_call(sound: Sound) -> None:
    call = sound.dial()
    call.until(lambda: bool(call.stream.times("sound")))
    call.hang_up()
    sound.cloud.wait_until(lambda: sound.house.told == [HungUp()] and call.stream.over)
    assert sound.documents(call) == ["Connect"]


def test_the_carrier_may_go_on_with_the_next_verb_instead_of_the_action(sound: Sound) -> None:
    sound.cloud.hostile = Hostile(stream=HostileStream(no_action=True))
    call = sound.dial()
    call.press("2")
    call.until(lambda: call.state == "recording")
    assert call.heard == []


def test_signatures_over_https_are_good_too(sound: Sound) -> None:
    sound.cloud.hostile = Hostile(stream=HostileStream(signs_https=True))
    call = sound.dial()
    call.until(lambda: bool(call.stream.times("sound")))


# --- bad days -----------------------------------------------------------------------------------------------------


def gathers(sound: Sound, call) -> None:
    """The same question is asked by the carrier, no try is counted, and the rest of the call stays there."""
    call.until(lambda: call.state == "listening")
    assert call.heard[-1] == "Turn 0."
    assert events(sound) == ["CallStarted"]
    call.press("1")
    assert call.heard[-1] == "Turn 1."
    assert sound.house.events[-1] == (1, DigitsPressed("1"))
    assert sound.documents(call) == ["Connect", "Gather", "Gather"]
    assert len(call.streams) == 1


@pytest.mark.parametrize(
    ("switches", "logged"),
    [
        ({"unreachable": True}, "could not carry its sound"),
        ({"breaks_at_ms": 300}, "broke off"),
        ({"not_base64": True}, "not base64"),
        ({"media_format": {"sampleRate": 16000}}, "at 16000 Hz"),
        ({"media_format": {"encoding": "audio/l16"}}, "'audio/l16'"),
        ({"call": "CA" + "9" * 32}, "another call's"),
        ({"parameters": {"pass": "guessed"}}, "never given"),
        ({"parameters": {"hotline": "another"}}, "never given"),
        ({"frame_bytes": 40_000}, "more than any sound takes"),
    ],
)
def test_sound_that_fails_is_followed_by_the_carriers_own(
    sound: Sound, switches: dict, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    sound.cloud.hostile = Hostile(stream=HostileStream(**switches))
    sound.cloud.pace = 50 if "frame_bytes" in switches else 1
    with caplog.at_level(logging.WARNING):
        call = sound.dial()
        gathers(sound, call)
    assert re.search(logged, caplog.text)
    assert TOKEN not in caplog.text


def test_a_socket_opened_and_left_is_closed_and_the_carrier_listens(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with sound_house(House(menu), tmp_path, door=Door(shown_within_s=0.3)) as sound:
        sound.cloud.hostile = Hostile(stream=HostileStream(starts=False))
        gathers(sound, sound.dial())
    assert "no start within 0.3 s" in caplog.text


@pytest.mark.parametrize(
    "switches", [{"frames_twice": True}, {"frames_swapped": True}, {"frame_bytes": 133}, {"loses": frozenset({3, 9})}]
)
def test_frames_that_come_badly_are_borne(sound: Sound, switches: dict) -> None:
    sound.cloud.hostile = Hostile(stream=HostileStream(**switches))
    call = sound.dial()
    call.until(lambda: call.stream.at_ms > 400)
    call.press("1")
    call.until(lambda: sound.house.events[-1][1] == DigitsPressed("1"))
    assert call.state == "streaming"


def test_a_stream_that_ends_without_stop_leaves_no_task_behind(sound: Sound) -> None:
    sound.cloud.hostile = Hostile(stream=HostileStream(no_stop=True))
    call = sound.dial()
    call.until(lambda: bool(call.stream.times("sound")))
    call.hang_up()
    sound.cloud.wait_until(lambda: sound.socket.carried == 0)


def test_words_that_nobody_here_can_say_are_said_by_the_carrier(sound: Sound) -> None:
    call = sound.dial()
    call.press("7")
    call.until(lambda: call.state == "listening")
    assert call.heard == ["@ cannot be said"]
    call.press("1#")
    assert call.heard[-1] == "Turn 2."
    assert sound.documents(call) == ["Connect", "Gather", "Gather"]


def test_a_question_in_a_language_we_do_not_know_is_asked_by_the_carrier_and_only_that_one(sound: Sound) -> None:
    call = sound.dial()
    call.press("8")
    call.until(lambda: call.state == "listening")
    assert call.heard == ["余额？"]
    call.press("1#")
    call.until(lambda: call.state == "streaming" and len(call.streams) == 2)
    assert sound.documents(call) == ["Connect", "Gather", "Connect"]


def test_a_pass_works_once(sound: Sound) -> None:
    call = sound.dial()
    call.until(lambda: bool(call.stream.times("start")))
    call.until(lambda: not sound.book.passes)
    secret = re.findall(r'name="pass" value="(\w+)"', call.requests[0].reply.text)[0]
    with stranger(sound) as line:
        introduces(line, call.sid, secret)
        assert closed_with(line) == 1008
    assert call.state == "streaming"


def test_a_document_asked_for_twice_still_finds_its_call(sound: Sound) -> None:
    sound.cloud.hostile = Hostile(twice="new token", late=True)
    call = sound.dial()
    call.until(lambda: bool(call.stream.times("sound")))
    call.press("2")
    call.until(lambda: call.state == "recording")
    assert call.heard == []


def test_while_the_store_is_away_the_caller_is_told_and_comes_back(sound: Sound) -> None:
    call = sound.dial()
    call.until(lambda: bool(call.stream.times("sound")))
    sound.house.down = True
    sound.cloud.ether.do(call.stream.break_off)
    call.until(lambda: call.state == "waiting")
    assert call.heard == ["♪ sorry.wav"] or "sorry" in call.heard[-1]
    sound.house.down = False
    call.wait(4)
    call.until(lambda: call.state in ("streaming", "listening"))
    assert events(sound) == ["CallStarted"]


def test_after_the_end_of_a_call_nothing_more_is_said(sound: Sound, caplog: pytest.LogCaptureFixture) -> None:
    call = sound.dial()
    call.until(lambda: bool(call.stream.times("sound")))
    call.hang_up()
    call.ask_in_passing(Goto(f"{PUBLIC}/twilio/sound-over/telecom/{call.sid}"))
    assert sound.documents(call)[-1] == "Hangup"
    assert "broke off" not in caplog.text


# --- strangers ------------------------------------------------------------------------------------------------------


def stranger(sound: Sound, signature: str | None = None) -> connect:
    """A socket of our own making, to be used in a `with`; without `signature` signed as Twilio signs."""
    headers = {"X-Twilio-Signature": sign(TOKEN, SOCKET, {}) if signature is None else signature}
    headers = {name: value for name, value in headers.items() if value}
    address = ("127.0.0.1", int(sound.server.base.rsplit(":", 1)[1]))
    return connect(
        "ws://hotline.example.com/twilio/stream",
        sock=socket.create_connection(address),
        additional_headers=headers,
        compression=None,
    )


def refused(opening: Callable[[], object]) -> None:
    """At the handshake, with no reason given."""
    with pytest.raises(InvalidStatus) as answer:
        opening()
    assert answer.value.response.status_code == 403
    assert not answer.value.response.body


def introduces(socket: ClientConnection, call: str, secret: str, hotline: str = "telecom") -> None:
    told = {
        "streamSid": "MZ1",
        "callSid": call,
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
        "customParameters": {"hotline": hotline, "pass": secret},
    }
    socket.send('{"event":"connected","protocol":"Call","version":"1.0.0"}')
    socket.send(json.dumps({"event": "start", "streamSid": "MZ1", "start": told}))


def closed_with(socket: ClientConnection) -> int:
    """The code, after nothing was told."""
    try:
        told = socket.recv(timeout=60)
    except ConnectionClosed as error:
        return error.rcvd.code if error.rcvd else 0
    raise AssertionError(f"it was told {told!r:.200}")


@pytest.mark.parametrize("signature", ["", "forged", sign("another token", SOCKET, {})])
def test_without_the_carriers_signature_no_socket_is_opened(sound: Sound, signature: str) -> None:
    refused(lambda: stranger(sound, signature))


@pytest.mark.parametrize("told", ["{}", "hello", '{"event":"media","media":{"payload":"/w=="}}', "x" * 100_000])
def test_a_stranger_who_says_something_else_is_closed_and_learns_nothing(sound: Sound, told: str) -> None:
    with stranger(sound) as line:
        line.send(told)
        assert closed_with(line) in (1008, 1009)


def test_a_stranger_who_sends_bytes_is_closed(sound: Sound) -> None:
    with stranger(sound) as line:
        line.send(b"\x00\x01")
        assert closed_with(line) == 1008


@pytest.mark.parametrize("hotline", ["telecom", "bank", "", "{x}", "a" * 9000])
def test_a_guessed_pass_is_closed(sound: Sound, hotline: str) -> None:
    with stranger(sound) as line:
        introduces(line, CALL, "guessed", hotline)
        assert closed_with(line) == 1008


def test_sockets_that_show_no_pass_are_bounded_and_calls_come_in_when_they_are_gone(tmp_path: Path) -> None:
    with sound_house(House(menu), tmp_path, door=Door(shown_within_s=60, most_unknown=2)) as sound:
        with stranger(sound), stranger(sound):
            refused(lambda: stranger(sound))
        sound.cloud.wait_until(lambda: sound.socket.turned_away == 3)
        call = sound.dial()
        call.until(lambda: bool(call.stream.times("sound")))


def test_sockets_whose_opening_is_not_over_are_counted_too(tmp_path: Path) -> None:
    signed = [(b"host", b"hotline.example.com"), (b"x-twilio-signature", sign(TOKEN, SOCKET, {}).encode())]
    scope = {"path": "/twilio/stream", "query_string": b"", "headers": signed}

    async def told_who_knocks_second() -> list[str]:
        opening, told = asyncio.Event(), []

        async def receive() -> dict[str, str]:
            return {"type": "websocket.connect"}

        async def never_done(message: dict[str, str]) -> None:
            opening.set()
            await asyncio.Event().wait()

        async def note(message: dict[str, str]) -> None:
            told.append(message["type"])

        first = asyncio.create_task(sound.socket(scope, receive, never_done))
        await opening.wait()
        await sound.socket(scope, receive, note)
        first.cancel()
        return told

    with sound_house(House(menu), tmp_path, door=Door(most_unknown=1)) as sound:
        assert asyncio.run(told_who_knocks_second()) == ["websocket.close"]


def test_from_this_machine_without_a_signature_only_where_the_host_says_so(tmp_path: Path) -> None:
    def insecure(line: TwilioLine) -> TwilioLine:
        return replace(line, gate=Gate("http://127.0.0.1:9", TOKEN, insecure=True), urls=Urls("http://127.0.0.1:9"))

    with sound_house(House(menu), tmp_path, insecure) as sound:
        port = int(sound.server.base.rsplit(":", 1)[1])
        here = f"ws://127.0.0.1:{port}/twilio/stream"
        with connect(here, proxy=None) as line:
            introduces(line, CALL, "guessed")
            assert closed_with(line) == 1008
        refused(lambda: connect(here, proxy=None, additional_headers={"X-Forwarded-For": "1.2.3.4"}))
        refused(lambda: connect(here, proxy=None, origin="https://evil.example.com"))
