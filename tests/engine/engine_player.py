"""Plays the engine alone: no store, no clock, no network. What the world would answer, a test says itself.

Every step is taken twice and must come out alike, must leave the state that came in as it was, and must leave the
line held. So whatever these tests play, they show that the engine is pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from ivr.call.codec import pack, to_json, unpack_state
from ivr.call.entries import KINDS as ENTRY_KINDS
from ivr.call.entries import Entry
from ivr.call.events import CallStarted, DialEnded, Event, HungUp, Recorded
from ivr.call.state import CallState
from ivr.call.tasks import Chore, Question, Understand
from ivr.call.verbs import Dial, Hangup, Join, Listen, Record, Say, Verb, Wait
from ivr.engine.opening import begin
from ivr.engine.step import Step, step
from ivr.flow.hotline import Hotline
from ivr.flow.load import BadHotline, assemble
from ivr.intent.readers import read
from ivr.kit import standard_kit

KIT = standard_kit()
MONDAY = 1_795_446_000.0
"""Monday, 23 November 2026, 15:00 UTC: 10:00 in New York."""
HOLDING = (Listen, Record, Dial, Wait, Join, Hangup)
POLICIES = ("intents", "handoff", "queues", "hints")
QUEUE_PARTS = ("queues", "agents", "classes", "head_starts", "needs", "preferred", "never")
ALWAYS = {"person": {"key": "0", "go": "person"}, "repeat": {"key": "*"}, "back": {"key": "9"}, "slower": {}}
PERSON = {
    "flow": "person",
    "start": "ring",
    "steps": {
        "ring": {"dial": "+12025550190", "on": {"completed": "bye", "failed": "bye"}},
        "bye": {"hangup": "good_bye"},
    },
}
"""Where "a person" leads in hotlines that are about something else."""


def small_hotline(written: Mapping[str, Any]) -> Hotline:
    """A hotline of a few lines: `steps` of the flow main, and what else they need.

    Also understood: flows, words (per key, or per language), intents, handoff, hints, QUEUE_PARTS, top (lines
    of hotline.yaml), sounds. Words that a step names and nobody wrote are the name itself, with spaces.
    """
    steps = dict(written["steps"])
    top = {"hotline": "small", "start": "main", "languages": ["en"], "timezone": "America/New_York", "always": ALWAYS}
    top.update(written.get("top", {}))
    flows = {"main": {"flow": "main", "start": next(iter(steps)), "steps": steps}}
    flows.update({name: {"flow": name, **flow} for name, flow in written.get("flows", {}).items()})
    if "person" in top["always"]:
        flows.setdefault("person", PERSON)
    queues = {name: written[name] for name in QUEUE_PARTS if name in written}
    files: dict[str, Any] = {"hotline.yaml": top, **{f"{name}.yaml": flow for name, flow in flows.items()}}
    files |= {f"{name}.yaml": written[name] for name in POLICIES if name in written} | {"queues.yaml": queues}
    said = _texts([flows, written.get("hints", {})])
    named = {text: text.replace("_", " ") for text in said if text.isidentifier() and "_" in text}
    spoken = written.get("words", {})
    for language in top["languages"]:
        own = spoken.get(language, {}) if set(spoken) <= set(top["languages"]) else spoken
        house = ("apology", "you_are_in_line", "always")
        files[f"words/{language}.yaml"] = {k: v for k, v in {**named, **own}.items() if k in own or k not in house}
    contents = {
        path: yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode() for path, data in files.items()
    }
    sounds = {"hold.wav": 30.0, **written.get("sounds", {})}
    loaded = assemble(contents, sounds, KIT)
    if loaded.hotline is None:
        raise BadHotline(tuple(fault for fault in loaded.faults if fault.severity == "error"))
    return loaded.hotline


def _texts(data: Any) -> set[str]:
    if isinstance(data, Mapping):
        return {text for value in data.values() for text in _texts(value)}
    if isinstance(data, list):
        return {text for value in data for text in _texts(value)}
    return {data} if isinstance(data, str) else set()


class Player:
    """One call, one event at a time."""

    def __init__(self, hotline: Hotline, caller: str = "+12025550101", *, now: float = MONDAY) -> None:
        self.hotline, self.now = hotline, now
        self.entries: list[Entry] = []
        self.chores: list[Chore] = []
        self.verbs: list[Verb] = []
        """Of the last turn, questions to the world within it included."""
        started = CallStarted(caller, "+12025550199", "test")
        self.state: CallState = begin(hotline, "call-1", started, now=now)
        self.last = Step(self.state)
        self.hear(started)

    def hear(self, event: Event, *, after_s: float = 0.0) -> Step:
        """Take an event; what it asks of readers is answered by the real ones, everything else waits for the test."""
        self.now += after_s
        before, self.verbs = self.verbs, self.verbs if self.question is not None else []
        self._step(event)
        if self.last.state is self.before:
            self.verbs = before  # it came too late: the line goes on with what it was told
        while isinstance(self.question, Understand) and self.question.expect != "intent":
            self._step(read(self.question, today=date(2026, 11, 23), region="US"))
        return self.last

    @property
    def question(self) -> Question | None:
        return self.last.question

    @property
    def over(self) -> bool:
        return self.state.phase == "over"

    @property
    def place(self) -> str:
        """Where the call stands: `flow.step`."""
        return f"{self.state.flow}.{self.state.step}"

    @property
    def said(self) -> list[str]:
        """What the line was told to say in the last turn."""
        told = [verb.prompts if isinstance(verb, Listen) else (verb,) for verb in self.verbs]
        return [verb.text for verbs in told for verb in verbs if isinstance(verb, Say)]

    @property
    def traces(self) -> str:
        """Everything a call leaves in records and lists that people read."""
        return to_json([*self.entries]).decode()

    def recorded(self, kind: str) -> list[dict[str, Any]]:
        return [entry.data for entry in self.entries if entry.kind == kind]

    def _step(self, event: Event) -> None:
        self.before, before = self.state, pack(self.state)
        result = step(self.hotline, self.state, event, now=self.now)
        again = step(self.hotline, unpack_state(before), event, now=self.now)
        assert pack(self.state) == before, "the state that came in was changed"
        assert result == again, "the same arguments gave another answer"
        check_held(result, self.state, event)
        self.last, self.state = result, result.state
        self.entries += result.entries
        self.chores += result.chores
        self.verbs += result.verbs
        assert {entry.kind for entry in result.entries} <= ENTRY_KINDS


def check_held(result: Step, came_in: CallState, event: Event) -> None:
    """The line is never left with nothing to do: a caller would hear silence, and a carrier would hang up."""
    gone = isinstance(event, HungUp) or (isinstance(event, Recorded) and event.key == "hangup")
    gone = gone or (isinstance(event, DialEnded) and event.hung_up)
    if result.question is not None or gone:
        return
    if result.verbs:
        assert isinstance(result.verbs[-1], HOLDING), f"after {event} the line is left with {result.verbs[-1]}"
    elif came_in.agent is None or result.state.agent is None:  # in a talk the line is in a room, and stays there
        assert result.state is came_in, f"after {event} the state has changed, but the line is told nothing"
