"""A call's recording, whatever happens: never before a stored consent, never of a secret, parts in order."""

from __future__ import annotations

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
    Polled,
    Recorded,
    Resumed,
    SpeechHeard,
    ValueRead,
)
from ivr.call.state import CallState
from ivr.call.verbs import Dial, Listen, Record, Say, StartRecording, StopRecording, Verb
from ivr.engine.opening import begin
from ivr.engine.step import Step, step

HOTLINES = ["ask_recording", "announce_recording", "stop_recording"]
events = st.lists(
    st.one_of(
        st.sampled_from(["1", "2", "0", "9", "*", "4711"]).map(DigitsPressed),
        st.sampled_from(["yes", "no", "go back", "repeat", "slower", "a human", "4711"]).map(SpeechHeard),
        st.sampled_from([True, False, None, "4711"]).map(ValueRead),
        st.sampled_from([NothingHeard(), Polled(), Resumed(), HungUp(), DialEnded("completed"), DialEnded("busy")]),
        st.sampled_from([Recorded("RE1", 9.0), Recorded("", 0.0), Recorded("RE1", 9.0, "hangup")]),
        st.sampled_from([AgentTook("amy", "room-1"), AgentLeft("amy", 9.0)]),
    ),
    max_size=25,
)


class Tape:
    """What a line would have on tape."""

    def __init__(self) -> None:
        self.part = 0
        self.running = False
        self.agreed = False
        """As the record says: the last answer, or announcement, so far."""

    def take(self, result: Step) -> None:
        for entry in result.entries:
            if entry.kind == "consent":
                self.agreed = entry.data["answer"] == "yes"
            if entry.kind == "recording" and entry.data["state"] == "announced":
                self.agreed = True
        for verb in result.verbs:
            self._play(verb)

    def _play(self, verb: Verb) -> None:
        match verb:
            case StartRecording(part=part):
                assert self.agreed, "recorded without a yes or an announcement in the record"
                assert not self.running
                assert part == self.part + 1, "parts are counted from 1, one by one"
                self.part, self.running = part, True
            case StopRecording(part=part):
                assert self.running
                assert part == self.part
                self.running = False
            case _:
                assert not (self.running and _secret(verb)), f"on tape: {verb}"


def _secret(verb: Verb) -> bool:
    match verb:
        case Say(secret=secret):
            return secret
        case Listen(secret=secret, prompts=prompts):
            return secret or any(_secret(prompt) for prompt in prompts)
        case _:
            return isinstance(verb, Record | Dial)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HOTLINES), events)
def test_nothing_is_recorded_without_consent_and_nothing_secret(name: str, happened: list[Event]) -> None:  # R105
    hotline = hotline_of(name)
    started = CallStarted("+12025550101", "+12025550199")
    state: CallState = begin(hotline, "call-1", started, now=0.0)
    tape = Tape()
    for n, event in enumerate([started, *happened]):
        result = step(hotline, state, event, now=float(n))
        tape.take(result)
        state = unpack_state(pack(result.state))
        assert (state.recording.running, state.recording.part) == (tape.running, tape.part)


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
