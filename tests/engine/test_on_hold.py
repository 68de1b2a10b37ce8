"""An agent leaves the room for a moment: what the caller hears, and how the talk goes on or ends."""

from __future__ import annotations

from telecom import Caller

from ivr.call.events import (
    AgentAway,
    AgentBack,
    AgentLeft,
    AgentTook,
    DigitsPressed,
    Event,
    ExpertAsked,
    ExpertDismissed,
    ExpertJoined,
    HungUp,
    NothingHeard,
    OneLeft,
    Polled,
    Transferred,
)
from ivr.call.tasks import LeaveLine
from ivr.call.verbs import Join, Listen, Play, Wait

EMPTY = AgentLeft("amy", sure=False)
"""The carrier's word that the room has ended."""


def talk() -> Caller:
    caller = Caller("+12025550100")
    caller.hear(DigitsPressed("0"))
    caller.hear(AgentTook("amy", "room-1"))
    assert isinstance(caller.verbs[-1], Join)
    return caller


def is_held(caller: Caller) -> bool:
    return isinstance(caller.verbs[-2], Play) and isinstance(caller.verbs[-1], Wait)


def tell(caller: Caller, *events: Event) -> None:
    for event in events:
        caller.hear(event)


def test_who_is_away_leaves_the_caller_with_music_and_comes_back() -> None:
    caller = talk()
    caller.hear(AgentAway("amy"))
    assert is_held(caller)
    for _ in range(3):
        caller.hear(Polled(), after_s=20)
        assert is_held(caller)
        caller.hear(AgentAway("amy"))
    caller.hear(AgentBack("amy"))
    assert caller.verbs == [Join("room-1", "amy")]
    caller.hear(AgentLeft("amy", 60.0), after_s=60)
    assert "How well were you helped" in caller.said[-1]


def test_the_news_of_the_empty_room_may_come_first() -> None:
    caller = talk()
    caller.hear(EMPTY)
    assert caller.verbs == [Wait(1.0)], "who knows"
    caller.hear(AgentAway("amy"))
    assert is_held(caller)


def test_an_empty_room_that_nobody_explains_ends_the_talk() -> None:
    caller = talk()
    caller.hear(EMPTY)
    caller.hear(Polled(), after_s=1)
    assert caller.verbs == [Wait(1.0)]
    caller.hear(Polled(), after_s=4)
    assert "How well were you helped" in caller.said[-1]
    assert caller.state.agent is None


def test_an_agent_who_is_away_for_ever_is_gone() -> None:
    caller = talk()
    caller.hear(AgentAway("amy"))
    caller.hear(Polled(), after_s=170)
    assert is_held(caller)
    caller.hear(Polled(), after_s=20)
    assert "How well were you helped" in caller.said[-1]


def test_news_told_twice_is_news_once() -> None:
    caller = talk()
    tell(caller, AgentAway("amy"), AgentAway("amy"))
    assert caller.verbs == [], "the second time nothing is said"
    tell(caller, AgentBack("amy"), AgentBack("amy"))
    assert caller.verbs == []


def test_news_of_another_talk_changes_nothing() -> None:
    caller = talk()
    caller.hear(AgentLeft("amy", 9.0, room="room-0"))
    assert caller.state.agent == "amy"
    caller.hear(AgentAway("ben"))
    assert caller.state.away == []


def test_from_the_menu_the_caller_is_sent_on() -> None:  # R74
    caller = talk()
    tell(caller, AgentAway("amy"), Transferred("amy", "technical", note="no light"))
    assert caller.recorded("transferred")[-1]["queue"] == "technical"
    assert (caller.state.away, caller.state.agent) == ([], None)
    assert isinstance(caller.verbs[-1], Listen), "in line again"


def test_an_expert_who_stays_keeps_the_caller_company() -> None:  # R75
    caller = talk()
    tell(caller, ExpertAsked("amy", "technical"), ExpertJoined("ben", "x1"), AgentAway("amy"))
    assert caller.verbs == [], "the caller talks on with ben"
    caller.hear(OneLeft("ben", 30.0))
    assert is_held(caller)
    caller.hear(AgentBack("amy"))
    assert caller.verbs == [Join("room-1", "amy")]


def test_an_expert_who_comes_while_the_agent_is_away_finds_the_caller() -> None:  # R75
    caller = talk()
    tell(caller, ExpertAsked("amy", "technical"), AgentAway("amy"), ExpertJoined("ben", "x1"))
    assert caller.verbs == [Join("room-1", "amy")]


def test_who_is_asked_for_twice_is_rung_once() -> None:  # R75
    caller = talk()
    caller.hear(ExpertAsked("amy", "technical"))
    caller.hear(ExpertAsked("amy", "technical"))
    assert len(caller.recorded("expert_asked")) == 1
    assert len(caller.state.beside) == 1


def test_who_is_not_wanted_any_more_is_rung_no_more() -> None:  # R75
    caller = talk()
    tell(caller, ExpertAsked("amy", "technical"), ExpertDismissed("amy", by="floor"))
    assert caller.chores == [LeaveLine(queue="", why="dismissed", part="x1")]
    told = caller.recorded("expert_dismissed")[-1]
    assert (told["agent"], told["expert"], told["by"]) == ("amy", "all others", "floor")
    assert caller.state.beside == []


def test_a_caller_who_hangs_up_meanwhile_is_gone() -> None:
    caller = talk()
    tell(caller, AgentAway("amy"), HungUp())
    assert caller.over
    caller.hear(AgentBack("amy"))
    assert caller.verbs == []


def test_silence_in_a_talk_is_no_end_of_it() -> None:
    caller = talk()
    caller.hear(NothingHeard(), after_s=500)
    assert isinstance(caller.verbs[-1], Join)
    assert not isinstance(caller.verbs[-1], Listen)
