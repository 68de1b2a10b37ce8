"""A call's state stays small however long the call lasts: what was said and heard stands in the record, not in it."""

from __future__ import annotations

from telecom import DORA, Caller

from ivr.call.codec import pack
from ivr.call.events import DigitsPressed, NothingHeard, SpeechHeard

MOST_BYTES = 8_000
ROUND = [
    DigitsPressed("1"),
    DigitsPressed("1"),
    DigitsPressed("4"),
    SpeechHeard("no"),
    DigitsPressed("1"),
    SpeechHeard("no idea " * 300),
    DigitsPressed("2"),
    DigitsPressed("3"),
    NothingHeard(),
    DigitsPressed("2"),
]
"""From the menu through five questions and back to it."""


def test_after_five_hundred_turns_it_is_as_small_as_after_ten() -> None:
    caller = Caller("+12025550104", answers={"company.contacts": DORA * 100})
    sizes = []
    for turn in range(500):
        caller.hear(ROUND[turn % len(ROUND)], after_s=1)
        sizes.append(len(pack(caller.state)))
    assert not caller.over
    assert max(sizes) < MOST_BYTES
    assert max(sizes[-10:]) <= max(sizes[:30]) + 200
    assert len(caller.entries) > 500


def test_in_line_for_a_night_it_stays_small() -> None:
    caller = Caller()
    caller.hear(DigitsPressed("0"))
    for _ in range(200):
        caller.hear(NothingHeard(), after_s=31)
    assert len(pack(caller.state)) < MOST_BYTES
    caller.hear(DigitsPressed("1"))
    assert caller.over
    assert len(pack(caller.state)) < 1_000
