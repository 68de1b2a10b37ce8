"""A lookup that takes longer than a turn: a filler, polls, the late answer, and in the end a failure."""

from __future__ import annotations

import pytest
from runtime_house import House, said

from ivr.call.events import DigitsPressed, HungUp, LookupDone, LookupEmpty, LookupFailed, NothingHeard, Polled
from ivr.call.verbs import Listen, Wait
from ivr.engine.slow import GIVE_UP_S


@pytest.fixture
def turn(house: House) -> int:
    """The caller has asked for the balance, and heard the filler."""
    house.company.slow = True
    answer = house.hears(house.begins().turn, DigitsPressed("1"))
    assert said(answer) == ["One moment, please."]
    assert answer.verbs[-1] == Wait(seconds=1.5)
    return answer.turn


def test_the_late_answer_is_told_when_the_line_asks_again(house: House, turn: int) -> None:  # R105
    assert house.hears(turn, Polled()).verbs == (Wait(seconds=1.5),)
    house.comes_late(LookupDone({"amount": 7}))
    answer = house.hears(turn + 1, Polled())
    assert said(answer) == ["Northwind: it is 7.", "How can I help?"]
    assert house.kinds().count("looked_up") == 1
    assert len(house.company.asked) == 1, "a poll begins nothing anew"


def test_another_worker_finds_the_answer_too(house: House, turn: int) -> None:
    house.comes_late(LookupDone({"amount": 7}))
    other = House(house.client, clock=house.clock)
    assert said(other.hears(turn, Polled()))[0] == "Northwind: it is 7."
    assert other.company.asked == []


@pytest.mark.parametrize("late", [LookupEmpty(), LookupFailed("refused")], ids=["none", "failed"])
def test_a_late_none_or_failure_is_one(house: House, turn: int, late: LookupEmpty) -> None:
    house.comes_late(late)
    assert said(house.hears(turn, Polled()))[0] == "I cannot look that up just now."


def test_an_answer_that_never_comes_is_given_up(house: House, turn: int) -> None:
    """The worker that asked may have died with it."""
    while (answer := house.hears(turn, Polled())).verbs == (Wait(seconds=1.5),):
        turn = answer.turn
        house.clock.now += 1.5
        assert house.clock.now < house.state().pending_since + GIVE_UP_S + 2
    assert said(answer)[0] == "I cannot look that up just now."
    assert house.entries()[-3].data["why"] == "timeout"
    assert isinstance(answer.verbs[-1], Listen)


def test_the_first_answer_kept_wins(house: House, turn: int) -> None:
    house.comes_late(LookupDone({"amount": 7}))
    house.comes_late(LookupDone({"amount": 8}))
    assert said(house.hears(turn, Polled()))[0] == "Northwind: it is 7."


def test_hanging_up_meanwhile_ends_the_call(house: House, turn: int) -> None:
    house.told(HungUp())
    house.comes_late(LookupDone({"amount": 7}))
    assert house.state().pending is None
    assert house.kinds()[-1] == "ended"


def test_the_same_wish_later_asks_anew(house: House, turn: int) -> None:
    house.comes_late(LookupDone({"amount": 7}))
    house.company.slow = False
    answer = house.hears(house.hears(turn, Polled()).turn, DigitsPressed("1"))
    assert said(answer)[0] == "Northwind: it is 42."
    first, second = house.company.asked
    assert first.once != second.once


def test_silence_instead_of_a_poll_asks_for_the_answer_too(house: House, turn: int) -> None:
    house.comes_late(LookupDone({"amount": 7}))
    assert said(house.hears(turn, NothingHeard()))[0] == "Northwind: it is 7."
