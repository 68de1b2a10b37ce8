"""What a call's sound tells the carrier, and in which order it is sent."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode

import pytest
from audio_stage import VirtualLoop

from ivr.call.turns import Left
from ivr.call.verbs import Hangup, Record, Say
from ivr.channels.twilio.stream_wire import PIECE_BYTES, StreamWire
from ivr.channels.twilio.stream_words import BadStream


def sent(wire: StreamWire) -> list[str]:
    """All that waits to be sent, in short."""
    found: list[str] = []

    async def send(text: str) -> None:
        match json.loads(text):
            case {"event": "media", "media": {"payload": payload}}:
                found.append(f"media {len(b64decode(payload))}")
            case {"event": "mark", "mark": {"name": name}}:
                found.append(f"mark {name}")
            case {"event": event}:
                found.append(event)

    async def run() -> None:
        task = asyncio.create_task(wire.send_all(send))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(run())
    return found


def test_sound_and_marks_go_out_in_their_order() -> None:
    wire = StreamWire("MZ1")
    wire.sound(b"\x01" * 400)
    wire.mark("1:400")
    wire.sound(b"\x01" * 100)
    wire.mark("1:500")
    assert sent(wire) == ["media 400", "mark 1:400", "media 100", "mark 1:500"]


def test_long_sound_goes_out_in_pieces_and_none_of_it_is_lost() -> None:
    wire = StreamWire("MZ1")
    wire.sound(b"\x01" * (2 * PIECE_BYTES + 5))
    assert sent(wire) == [f"media {PIECE_BYTES}", f"media {PIECE_BYTES}", "media 5"]


def test_clear_overtakes_sound_that_was_not_sent_and_every_mark_still_comes_back() -> None:
    wire = StreamWire("MZ1")
    wire.sound(b"\x01" * 400)
    wire.mark("1:400")
    wire.clear()
    wire.sound(b"\x02" * 160)
    assert sent(wire) == ["mark 1:400", "clear", "media 160"]


def test_what_is_left_is_counted_from_the_answers_end() -> None:
    wire = StreamWire("MZ1")
    assert wire.left is None
    assert not wire.rest((Record(), Hangup()), 7)
    assert wire.left == Left(turn=7, verbs=2)


def test_words_nobody_can_say_are_left_to_the_carrier() -> None:
    wire = StreamWire("MZ1")
    assert not wire.unsaid(Say("余额"))
    assert wire.speechless


def test_a_carrier_that_takes_nothing_more_is_gone() -> None:
    async def never(text: str) -> None:
        await asyncio.Event().wait()

    wire = StreamWire("MZ1")
    wire.sound(b"\x01" * 160)
    with asyncio.Runner(loop_factory=VirtualLoop) as runner, pytest.raises(BadStream, match="taken nothing for 10 s"):
        runner.run(wire.send_all(never))
