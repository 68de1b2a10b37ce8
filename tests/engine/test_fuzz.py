"""Any events in any order: nothing raises, the line is always held, over is final, no place is left behind."""

from __future__ import annotations

from random import Random
from typing import Any

from engine_player import check_held
from hypothesis import given, settings
from hypothesis import strategies as st
from telecom import ALICE, ANSWERS, DORA, answer, telecom

from ivr.call.codec import pack, to_json, unpack_state
from ivr.call.entries import KINDS
from ivr.call.events import (
    AgentAway,
    AgentBack,
    AgentLeft,
    AgentTook,
    CallStarted,
    DialEnded,
    DigitsPressed,
    Event,
    ExpertAsked,
    ExpertDismissed,
    ExpertJoined,
    HungUp,
    LookupDone,
    LookupEmpty,
    LookupFailed,
    LookupSlow,
    MeaningFound,
    NoPlace,
    NothingHeard,
    OneLeft,
    Placed,
    Polled,
    Recorded,
    Resumed,
    SpeechHeard,
    Transferred,
    ValueRead,
)
from ivr.call.tasks import LeaveLine, Question
from ivr.engine import travel
from ivr.engine.opening import begin
from ivr.engine.step import step

INTENTS = ["balance", "bill", "plans", "fault", "complaint", "person", "weather", None]
QUEUES = ["general", "vip", "technical", "nowhere"]
SAID = ["yes", "no", "a human", "repeat", "go back", "slower", "人工", "", "blah " * 50]
RESULTS = [ALICE, {}, [], DORA, None, "text", 7, {"amount": 1, "due": "2026-12-01"}, {"amount": "x"}, [{"at": "never"}]]

by_caller = st.one_of(
    st.text("0123456789*#", max_size=3).map(DigitsPressed),
    st.sampled_from(["0", "1", "2", "4", "5", "9"]).map(DigitsPressed),
    st.builds(SpeechHeard, st.sampled_from(SAID), sure=st.booleans()),
    st.just(NothingHeard()),
)
by_line = st.one_of(
    st.sampled_from([Polled(), Resumed(), CallStarted("+12025550101", "")]),
    st.builds(Recorded, st.sampled_from(["", "RE1"]), st.floats(0, 100), st.sampled_from(["", "#", "hangup"])),
    st.sampled_from(["completed", "busy", "odd"]).map(DialEnded),
)
by_world = st.one_of(
    st.sampled_from(RESULTS).map(LookupDone),
    st.sampled_from([LookupEmpty(), LookupFailed("timeout"), LookupSlow()]),
    st.builds(MeaningFound, st.sampled_from(INTENTS), st.floats(0, 1)),
    st.sampled_from([True, False, None, "", "yes", "english", "4711"]).map(ValueRead),
    st.builds(Placed, st.sampled_from(QUEUES), st.integers(0, 9), st.integers(0, 9), st.just(1.0)),
    st.builds(NoPlace, st.sampled_from(QUEUES), st.sampled_from(["full", "closed", "down", "odd"])),
    st.just(AgentTook("amy", "room-1")),
    st.builds(AgentLeft, st.just("amy"), st.floats(0, 9), st.booleans(), st.booleans()),
    st.builds(AgentAway, st.sampled_from(["amy", "ben"])),
    st.builds(AgentBack, st.sampled_from(["amy", "ben"])),
    st.builds(ExpertDismissed, st.sampled_from(["amy", "ben"]), st.sampled_from(["", "ben"])),
    st.builds(OneLeft, st.sampled_from(["amy", "ben"])),
    st.builds(Transferred, st.just("amy"), st.sampled_from(QUEUES), st.sampled_from(["", "ben"])),
    st.builds(ExpertAsked, st.sampled_from(["amy", "ben"]), st.sampled_from(QUEUES), st.sampled_from(["", "ben"])),
    st.builds(ExpertJoined, st.just("ben"), st.sampled_from(["x1", "x2"])),
)
ODD: list[Event] = [
    LookupEmpty(),
    LookupFailed("refused"),
    LookupSlow(),
    MeaningFound("fault", 0.45),
    MeaningFound(None, 0.0),
    NoPlace("general", "full"),
    NoPlace("general", "down"),
    ValueRead(None),
]
events = st.lists(st.tuples(st.one_of(by_caller, by_caller, by_line, by_world), st.booleans()), max_size=40)


@settings(max_examples=300)
@given(
    events=events,
    caller=st.sampled_from(["+12025550101", "anonymous", "client:bob"]),
    history=st.sampled_from([DORA, []]),
    known=st.booleans(),
    hang_up_at=st.integers(0, 60),
)
def test_any_events_in_any_order(
    events: list[tuple[Event, bool]], caller: str, history: list[object], known: bool, hang_up_at: int
) -> None:
    """Each event comes with: shall the world answer what is asked first, or does this come instead?"""
    answers = {"company.contacts": history, "company.subscriber": ALICE if known else None}
    call = Watched(CallStarted(caller, "+12025550199"), ANSWERS | answers)
    for n, (event, world_first) in enumerate(events):
        while world_first and call.question is not None:
            call.hear(answer(call.question, call.answers))
        call.hear(HungUp() if n == hang_up_at else event)
    if not call.state.agent:
        assert call.taken - call.left == (call.state.place is not None), "a place in line was left behind"


LIKELY: list[Event] = [
    *(DigitsPressed(key) for key in "0112234559*"),
    *(SpeechHeard(text) for text in ("yes", "no", "balance", "complaint", "fault", "plans", "a human", "hm")),
    *(NothingHeard(), NothingHeard(), Polled(), Recorded("RE1", 9.0, "#")),
    *(AgentTook("amy", "room-1"), AgentTook("ben", "room-2"), AgentLeft("amy", 60.0), AgentLeft("ben", 1.0, False)),
    *(Transferred("amy", "vip"), ExpertAsked("amy", "technical"), ExpertJoined("ben", "x1"), OneLeft("amy")),
    *(AgentAway("amy"), AgentBack("amy"), AgentLeft("amy", sure=False), ExpertDismissed("amy")),
]


@settings(max_examples=250)
@given(seed=st.integers(0, 2**32), caller=st.sampled_from(["+12025550101", "anonymous"]), known=st.booleans())
def test_likely_calls_with_odd_events_in_between(seed: int, caller: str, known: bool) -> None:
    """Deep into the flows: most things are what a caller does, and most questions are answered well."""
    luck = Random(seed)
    history = DORA if luck.random() < 0.5 else []
    answers = {"company.contacts": history, "company.subscriber": {**ALICE, "complaints": luck.randint(0, 1)}}
    call = Watched(
        CallStarted(caller, "+12025550199"), ANSWERS | answers | ({} if known else {"company.subscriber": None})
    )
    for _ in range(60):
        if call.question is not None and luck.random() < 0.93:
            call.hear(luck.choice(ODD) if luck.random() < 0.07 else answer(call.question, call.answers))
        else:
            call.hear(luck.choice(LIKELY))
    call.hear(HungUp())
    assert call.taken == call.left, "a place in line was left behind"


class Watched:
    """A call that is looked at after every step."""

    def __init__(self, started: CallStarted, answers: dict[str, Any]) -> None:
        self.answers, self.now = answers, 1_795_446_000.0
        self.state = begin(telecom(), "call-1", started, now=self.now)
        self.question: Question | None = None
        self.taken = self.left = 0
        self.hear(started)

    def hear(self, event: Event) -> None:
        self.now += 0.5
        before = self.state
        result = step(telecom(), before, event, now=self.now)
        check_held(result, before, event)
        assert {entry.kind for entry in result.entries} <= KINDS
        assert unpack_state(pack(result.state)) == result.state
        assert to_json([list(result.entries), list(result.chores), list(result.verbs)])
        if before.phase == "over":
            assert result.state is before
        changed = result.state is not before  # what comes too late, in the middle of a question too, changes nothing
        self.state, self.question = result.state, result.question
        if changed and self.question is None and self.state.place is not None:
            waits = travel.is_in_line(telecom(), self.state)
            assert waits, f"{self.state.flow}.{self.state.step} holds a place"
        self.taken += sum(entry.kind == "queued" and before.place is None for entry in result.entries)
        self.left += sum(isinstance(chore, LeaveLine) and chore.queue != "" for chore in result.chores)
        self.left += sum(entry.kind == "connected" and before.place is not None for entry in result.entries)
