"""A call's recording, whatever happens: never before a stored consent, never of a secret, parts in order."""

from __future__ import annotations

from datetime import date

from engine_player import Player, small_hotline
from hypothesis import given, settings
from hypothesis import strategies as st
from test_nodes import hotline_of

from ivr.call.codec import pack, unpack_state
from ivr.call.events import (
    AgentLeft,
    AgentTook,
    CallStarted,
    DialEnded,
    DigitsPressed,
    Event,
    HungUp,
    NothingHeard,
    Placed,
    Polled,
    Recorded,
    Resumed,
    SpeechHeard,
    ValueRead,
)
from ivr.call.state import CallState
from ivr.call.tasks import Understand
from ivr.call.verbs import Dial, Join, Listen, Record, Say, StartRecording, StopRecording, Verb
from ivr.engine.opening import begin
from ivr.engine.step import Step, step
from ivr.flow.hotline import Hotline
from ivr.intent.readers import read

HOTLINES = ["ask_recording", "announce_recording", "stop_recording"]
events = st.lists(
    st.one_of(
        st.sampled_from(["1", "2", "0", "9", "*", "4711"]).map(DigitsPressed),
        st.sampled_from(["yes", "no", "go back", "repeat", "slower", "a human", "4711"]).map(SpeechHeard),
        st.sampled_from([NothingHeard(), Polled(), Resumed(), HungUp(), DialEnded("completed"), DialEnded("busy")]),
        st.sampled_from([Recorded("RE1", 9.0), Recorded("", 0.0), Recorded("RE1", 9.0, "hangup")]),
        st.sampled_from([AgentTook("amy", "room-1"), AgentLeft("amy", 9.0)]),
    ),
    max_size=25,
)


TWO_WAIT = Placed("general", 2, 2, 0.0)
moves: st.SearchStrategy[list[Event]] = st.sampled_from(
    [
        [DigitsPressed("1")],
        [DigitsPressed("2")],
        [DigitsPressed("4711")],
        [DigitsPressed("0"), TWO_WAIT],
        [DigitsPressed("0"), TWO_WAIT, DigitsPressed("4711")],
        [TWO_WAIT],
        [AgentTook("amy", "room-1")],
        [AgentTook("amy", "room-1"), AgentLeft("amy", 9.0)],
        [NothingHeard()],
        [Polled()],
    ]
)
IN_LINE = small_hotline(
    {
        "queues": {"general": {}},
        "words": {"your_pin_is": "It is {{ pin }}."},
        "handoff": {
            "request": [{"id": "pin_first", "when": "call.caller == '+12025550101'", "first": "pin"}],
            "line": [{"id": "all", "queue": "general"}],
        },
        "top": {"always": {"person": {"key": "0", "go": "main.line"}, "repeat": {"key": "*"}}},
        "steps": {
            "may_we": {
                "ask_recording": "may_we_record",
                "on": {"yes": "need", "no": "need", "nothing": "need"},
            },
            "need": {"ask": "how_are_you", "expect": "yes_no", "on": {"yes": "line", "no": "bye", "nothing": "bye"}},
            "line": {"queue": "by_rules", "on": {"done": "need", "full": "bye", "closed": "bye"}},
            "bye": {"hangup": "good_bye"},
        },
        "flows": {
            "pin": {
                "start": "tell",
                "steps": {
                    "tell": {"announce_recording": "one_moment_please", "next": "ask"},
                    "ask": {
                        "ask": "your_secret_pin",
                        "expect": "digits",
                        "as": "pin",
                        "secret": True,
                        "on": {"ok": "read_back", "nothing": "return"},
                    },
                    "read_back": {"say": "your_pin_is", "next": "right"},
                    "right": {
                        "ask": "is_it_right",
                        "expect": "yes_no",
                        "on": {"yes": "return", "no": "ask", "nothing": "return"},
                    },
                },
            }
        },
    }
)
"""A caller in line who is asked for a secret there."""


class Line:
    """What a line would have on tape. One that an agent calls away leaves the rest of its verbs undone."""

    def __init__(self) -> None:
        self.running: set[int] = set()
        self.agreed = False
        """As the record says: the last answer, or announcement, so far."""
        self._to_do: list[Verb] = []

    def take(self, result: Step, event: Event, cut: int) -> None:
        if isinstance(event, AgentTook):
            del self._to_do[cut:]
        if not isinstance(event, ValueRead):  # an answer within a turn: its verbs belong to those before it
            self._do_all()
        for entry in result.entries:
            if entry.kind == "consent":
                self.agreed = entry.data["answer"] == "yes"
            if entry.kind == "recording" and entry.data["state"] == "announced":
                self.agreed = True
        for verb in result.verbs:
            assert self.agreed or not isinstance(verb, StartRecording), "no yes and no announcement in the record"
        self._to_do += result.verbs

    def _do_all(self) -> None:
        for verb in self._to_do:
            match verb:
                case StartRecording(part=part):
                    assert not self.running, "two parts at once"
                    self.running.add(part)
                case StopRecording(part=part):
                    self.running.discard(part)
                case _:
                    assert not (self.running and _secret(verb)), f"on tape: {verb}"
        self._to_do.clear()


def _secret(verb: Verb) -> bool:
    match verb:
        case Say(secret=secret):
            return secret
        case Listen(secret=secret, prompts=prompts):
            return secret or any(_secret(prompt) for prompt in prompts)
        case _:
            return isinstance(verb, Record | Dial)


@settings(max_examples=200)
@given(st.sampled_from(HOTLINES), events)
def test_nothing_is_recorded_without_consent_and_nothing_secret(name: str, happened: list[Event]) -> None:  # R105
    play(hotline_of(name), [(event, 99) for event in happened])


@settings(max_examples=300)
@given(st.lists(st.tuples(moves, st.integers(0, 3)), max_size=15))
def test_nothing_secret_is_recorded_when_an_agent_calls_the_line_away(happened: list[tuple[list[Event], int]]) -> None:
    play(IN_LINE, [(DigitsPressed("1"), 0), *((event, cut) for move, cut in happened for event in move)])


def play(hotline: Hotline, happened: list[tuple[Event, int]]) -> None:
    """A call; each event comes with how many verbs of the answer before it were done, should it call the line away."""
    started = CallStarted("+12025550101", "+12025550199")
    state: CallState = begin(hotline, "call-1", started, now=0.0)
    line = Line()
    for n, (event, cut) in enumerate([(started, 0), *happened]):
        result = step(hotline, state, event, now=float(n))
        if result.state is not state:
            line.take(result, event, cut)
        while isinstance(result.question, Understand):
            meant = read(result.question, today=date(2026, 11, 23), region="US")
            result = step(hotline, unpack_state(pack(result.state)), meant, now=float(n))
            line.take(result, meant, cut)
        state = unpack_state(pack(result.state))


def test_who_is_called_away_from_the_end_of_a_part_is_not_recorded_twice() -> None:
    player = Player(IN_LINE)
    player.hear(DigitsPressed("1"))
    player.hear(DigitsPressed("0"))
    player.hear(Placed("general", 2, 2, 0.0))
    assert [type(verb) for verb in player.verbs] == [Say, StopRecording, Listen], "the end of part 1 may never be done"
    player.hear(AgentTook("amy", "room-1"))
    assert player.verbs == [StopRecording(1), StartRecording(2), Join("room-1", "amy")]


def test_nobody_is_told_to_stop_what_was_stopped_long_ago() -> None:
    player = Player(IN_LINE)
    player.hear(DigitsPressed("1"))
    player.hear(DigitsPressed("0"))
    player.hear(TWO_WAIT)
    player.hear(NothingHeard())
    player.hear(AgentTook("amy", "room-1"))
    assert player.verbs == [StartRecording(2), Join("room-1", "amy")]


def test_a_part_that_runs_goes_on_when_an_agent_takes_the_call() -> None:
    player = Player(IN_LINE)
    for event in (
        DigitsPressed("1"),
        DigitsPressed("0"),
        TWO_WAIT,
        DigitsPressed("4711"),
        DigitsPressed("1"),
        TWO_WAIT,
    ):
        player.hear(event)
    assert player.verbs[0] == StartRecording(2)
    player.hear(AgentTook("amy", "room-1"))
    assert player.verbs == [Join("room-1", "amy")]
    assert player.state.recording.running


def test_an_announcement_that_comes_out_empty_records_nothing() -> None:
    hotline = hotline_of("announce_recording")
    started = CallStarted("+12025550101", "+12025550199")
    first = step(hotline, begin(hotline, "call-1", started, now=0.0), started, now=0.0)
    assert first.state.recording.running
    silent = hotline.flows["main"].steps["told_nothing"]
    state = begin(hotline, "call-2", started, now=0.0)
    state.phase, state.flow, state.step = "flow", "main", "need"
    state.listening = first.state.listening
    second = step(hotline, state, DigitsPressed("1"), now=0.0)
    while second.question is not None:
        second = step(hotline, second.state, ValueRead(True), now=0.0)
    assert silent.kind == "announce_recording"
    assert not [verb for verb in second.verbs if isinstance(verb, StartRecording)]
    assert not second.state.recording.wanted
