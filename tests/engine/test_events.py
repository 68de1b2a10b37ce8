"""Whatever happens wherever a call stands: the caller hangs up, an agent comes, the line tells the unexpected."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from telecom import DORA, Caller

from ivr.call.codec import pack
from ivr.call.events import (
    AgentLeft,
    AgentTook,
    DigitsPressed,
    HungUp,
    LookupDone,
    LookupEmpty,
    LookupFailed,
    LookupSlow,
    NothingHeard,
    Polled,
    Recorded,
    Resumed,
    SpeechHeard,
)
from ivr.call.verbs import Join

Situation = Callable[[], Caller]


def at_the_menu() -> Caller:
    return Caller()


def at_the_greeting() -> Caller:
    return Caller("anonymous", answers={"company.subscriber": None})


def being_made_sure_of() -> Caller:
    caller = Caller()
    caller.state.scratch["guess"] = "fault"
    return caller


def offered_a_person() -> Caller:
    caller = Caller()
    caller.hear(DigitsPressed("5"))
    return caller


def waiting_for_an_answer() -> Caller:
    class Slow(Caller):
        def _step(self, event: object) -> None:
            super()._step(LookupSlow() if isinstance(event, LookupDone) and "amount" in event.result else event)  # type: ignore[arg-type]

    caller = Slow()
    caller.hear(DigitsPressed("1"))
    assert caller.state.pending is not None
    return caller


def in_line() -> Caller:
    caller = Caller()
    caller.hear(DigitsPressed("0"))
    return caller


def in_line_after_an_answer() -> Caller:
    caller = Caller("+12025550104", answers={"company.contacts": DORA})
    caller.hear(DigitsPressed("0"))
    return caller


def with_an_agent() -> Caller:
    caller = in_line()
    caller.hear(AgentTook("amy", "room-1"))
    return caller


def rating_the_agent() -> Caller:
    caller = with_an_agent()
    caller.hear(AgentLeft("amy", 60.0))
    return caller


def at_the_tape() -> Caller:
    caller = in_line()
    caller.hear(DigitsPressed("2"))
    return caller


def at_the_end() -> Caller:
    caller = Caller()
    caller.hear(HungUp())
    return caller


SITUATIONS: list[Situation] = [
    at_the_greeting,
    at_the_menu,
    being_made_sure_of,
    offered_a_person,
    waiting_for_an_answer,
    in_line,
    in_line_after_an_answer,
    with_an_agent,
    rating_the_agent,
    at_the_tape,
    at_the_end,
]
anywhere = pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.__name__)


@anywhere
def test_hanging_up_ends_the_call_once_and_gives_every_place_up(situation: Situation) -> None:
    caller = situation()
    held = caller.state.place
    caller.hear(HungUp())
    assert caller.over
    assert len(caller.recorded("ended")) == 1
    left = [chore.why for chore in caller.chores if type(chore).__name__ == "LeaveLine"]  # type: ignore[union-attr]
    assert bool(left) is (held is not None or "message" in left or situation is with_an_agent)
    assert caller.state.place is None
    assert caller.state.agent is None


@anywhere
def test_over_is_over(situation: Situation) -> None:
    caller = situation()
    caller.hear(HungUp())
    ended = pack(caller.state)
    for event in (DigitsPressed("1"), NothingHeard(), AgentTook("amy", "r"), LookupDone({}), HungUp(), Polled()):
        caller.hear(event)
        assert pack(caller.state) == ended
        assert caller.last.entries == ()
        assert caller.last.chores == ()


@anywhere
def test_an_agent_is_joined_where_one_is_waited_for_and_changes_nothing_elsewhere(situation: Situation) -> None:
    caller = situation()
    before = pack(caller.state)
    caller.hear(AgentTook("ben", "room-2"))
    if situation in (in_line, in_line_after_an_answer):
        assert caller.last.verbs == (Join(room="room-2", agent="ben"),)
        assert caller.state.place is None
    else:
        assert pack(caller.state) == before
        assert caller.last.verbs == ()


@anywhere
def test_the_end_of_a_talk_counts_where_there_is_one(situation: Situation) -> None:
    caller = situation()
    before = pack(caller.state)
    caller.hear(AgentLeft("amy", 30.0))
    assert (pack(caller.state) == before) is (situation is not with_an_agent)


@anywhere
@pytest.mark.parametrize(
    "answer",
    [LookupDone({"amount": 1}), LookupEmpty(), LookupFailed("timeout"), LookupSlow()],
    ids=lambda one: type(one).__name__,
)
def test_an_answer_nobody_waits_for_changes_nothing(situation: Situation, answer: LookupDone) -> None:
    caller = situation()
    if caller.state.pending is not None:
        return
    before = pack(caller.state)
    caller.hear(answer)
    assert pack(caller.state) == before


@anywhere
@pytest.mark.parametrize(
    "event",
    [NothingHeard(), Polled(), Resumed(), DigitsPressed("*#"), SpeechHeard("blah " * 2000), Recorded("", 0.0)],
    ids=lambda one: type(one).__name__,
)
def test_the_unexpected_leaves_the_line_held(situation: Situation, event: NothingHeard) -> None:
    caller = situation()
    caller.hear(event)  # the player looks at the line after every step
    caller.hear(event)
    assert caller.over is (situation is at_the_end) or caller.recorded("ended")


def test_going_back_out_of_the_line_leaves_nobody_to_be_rung_for() -> None:
    caller = Caller()
    caller.hear(SpeechHeard("person"))
    assert caller.state.place is not None
    caller.hear(DigitsPressed("9"))
    assert caller.state.place is not None, "the place is kept until the caller has thought it over"
    caller.hear(DigitsPressed("9"))
    assert caller.place == "main.need"
    assert caller.state.place is None
    assert [chore.why for chore in caller.chores] == ["moved_on"]  # type: ignore[union-attr]
    caller.hear(AgentTook("amy", "room-1"))
    assert caller.place == "main.need"


def test_going_back_leads_out_of_a_sub_flow() -> None:
    caller = offered_a_person()
    assert caller.place == "take_complaint.offer_person"
    caller.hear(DigitsPressed("9"))
    assert caller.place == "main.need"
    assert caller.state.frames == []


def test_going_back_does_not_lead_into_a_sub_flow_that_is_through() -> None:
    caller = Caller()
    caller.hear(DigitsPressed("4"))  # locate_fault, which asks
    caller.hear(DigitsPressed("2"))
    assert caller.place == "main.more"
    caller.hear(DigitsPressed("9"))
    assert caller.place == "main.need"


def test_at_the_first_question_going_back_says_it_again() -> None:
    caller = at_the_greeting()
    caller.hear(DigitsPressed("9"))
    assert caller.place == "main.welcome"


def test_a_second_agent_after_a_first_talk_counts_a_wait_of_its_own() -> None:
    caller = Caller()
    caller.hear(DigitsPressed("4"))
    caller.hear(DigitsPressed("1"))
    caller.hear(AgentTook("ben", "room-1"), after_s=20)
    caller.hear(AgentLeft("ben", 100.0), after_s=100)
    caller.hear(DigitsPressed("5"))
    caller.hear(DigitsPressed("0"))
    caller.hear(AgentTook("amy", "room-2"), after_s=5)
    assert [told["waited_s"] for told in caller.recorded("connected")] == [20.0, 5.0]
    caller.hear(HungUp())
    assert caller.recorded("ended")[0]["waited_s"] == 25.0
