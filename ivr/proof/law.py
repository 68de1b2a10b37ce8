"""What is known of a hotline before any call: what its steps are, what conditions hang on, what lookups can answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from ivr.call.past import PastCall
from ivr.call.shape import Shape
from ivr.call.state import CallState
from ivr.flow.expressions import Condition, Value
from ivr.flow.handoff import ALWAYS
from ivr.flow.hotline import Hotline
from ivr.flow.kinds import MISSES, Kind
from ivr.flow.known import lookup_shape
from ivr.flow.refs import LookupRef
from ivr.proof.moments import Moment, moments

DOUBTED = ("steady", "free")
STEADY = frozenset({"caller"})
"""Names that do not change in a call once it has begun."""
CHANGES = frozenset({"broke_off", "no_hints"})
"""Of the caller: what a call can change."""
"""What conditions ask of what the caller wants."""
STEADY_OF_CALL = frozenset({"id", "caller", "called", "channel", "ringable", "textable"})
SAMPLES: Mapping[str, Any] = {
    "text": "x", "number": 1, "count": 1, "money": 1, "date": "2026-11-23", "time": "2026-11-23T12:00:00",
    "flag": True, "phone": "+12025550111", "any": "x",
}  # fmt: skip


@dataclass(frozen=True)
class Law:
    hotline: Hotline

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        return moments(self.hotline)

    @cached_property
    def for_people(self) -> frozenset[str]:
        """Answers that are a request for a person."""
        return frozenset({"person", *self.hotline.for_people()})

    @cached_property
    def complaints(self) -> frozenset[str]:
        return frozenset(name for name, intent in self.hotline.intents.items() if intent.type == "complaint")

    @cached_property
    def aside(self) -> frozenset[int]:
        """Conditions that decide what a place in line is worth, how words are spoken, what is told unasked, or what is
        done after the call, and never where a caller is led."""
        rules, file = self.hotline.queues, self.hotline.file
        parts = (rules.classes, rules.head_starts, rules.needs, rules.preferred, rules.never)
        found = [getattr(rule, field.name) for part in parts for rule in part for field in fields(rule)]
        found += [one for many in found if isinstance(many, tuple) for one in many]
        late = [file.easy, getattr(self.hotline.handoff, "follow_up_when", None)]
        late += [when for hint in self.hotline.hints.values() for when in (hint.when, hint.not_for)]
        written = [one for one in (*found, *late) if isinstance(one, Condition | Value)]
        return frozenset(id(one) for one in written if one.reads)

    @cached_property
    def harmless(self) -> frozenset[int]:
        """Of those, what is not worth a call where it breaks: what is told unasked, or done after the call."""
        hints = [when for hint in self.hotline.hints.values() for when in (hint.when, hint.not_for)]
        return frozenset(map(id, (*hints, self.hotline.handoff.follow_up_when)))

    @cached_property
    def alone(self) -> frozenset[str]:
        """Conditions of one rule each and of nothing else; where nobody is free, that rule is passed over."""
        handoff = self.hotline.handoff
        moving: tuple[Any, ...] = (*handoff.entry, *handoff.intent.values(), *handoff.mood.values())
        passed = [rule.when for rule in moving if rule.later is None and rule.elsewhere is None]
        passed += [rule.when for rule in handoff.line]
        times = Counter(condition.source for condition in _conditions(self.hotline))
        return frozenset(one.source for one in passed if times[one.source] == 1 and self.sort_of(one) in DOUBTED)

    def sort_of(self, condition: Condition) -> str:
        """`aside`, `fixed`, `hours`, `steady`, or `free`."""
        if condition not in self._sorts:
            fits = (("fixed", self.is_fixed), ("hours", self.is_hours), ("steady", self.is_steady))
            self._sorts[condition] = next((sort for sort, holds in fits if holds(condition)), "free")
        return "aside" if id(condition) in self.aside else self._sorts[condition]

    @cached_property
    def _sorts(self) -> dict[Condition, str]:
        return {}

    @cached_property
    def breaks(self) -> dict[tuple[Condition, bool], bool]:
        """Filled by `breaking.can_break`."""
        return {}

    def is_fixed(self, condition: Condition) -> bool:
        """It reads nothing but constants of the hotline."""
        return not _asks_softly(condition) and all(path[0] in self.hotline.file.constants for path in condition.reads)

    def is_hours(self, condition: Condition) -> bool:
        """It hangs on what is open, and on nothing else that is not known."""
        paths = [path for path in condition.reads if path[0] not in self.hotline.file.constants]
        return not _asks_softly(condition) and all(path == ("hours", "open") for path in paths)

    def is_steady(self, condition: Condition) -> bool:
        """It holds for the whole call or not at all."""
        return not _asks_softly(condition) and all(
            (path[0] in STEADY and path[1:2] and path[1] not in CHANGES)
            or path[0] in self.hotline.file.constants
            or (path[0] == "call" and path[1:2] and path[1] in STEADY_OF_CALL)
            for path in condition.reads
        )

    def step_at(self, state: CallState) -> Any:
        """The step a call stands at, as `travel.here` finds it; None before the first."""
        if state.offering is not None:
            return self.hotline.offers[state.offering.key]
        flow = self.hotline.house.get(state.flow) or self.hotline.flows.get(state.flow)
        return flow.steps.get(state.step) if flow else None

    @cached_property
    def calls_back(self) -> bool:
        """Whether callers can be called back at all."""
        handoff = self.hotline.handoff
        rules: tuple[Any, ...] = (*handoff.entry, *handoff.intent.values(), *handoff.mood.values())
        return any(kind.kind == "callback" for _, _, kind in self.steps()) or any(
            rule.later is not None for rule in rules
        )

    @cached_property
    def always_keys(self) -> frozenset[str]:
        return frozenset(one.key for one in self.hotline.file.always.values() if one.key is not None)

    @cached_property
    def unasked(self) -> frozenset[tuple[str, str]]:
        """Steps at which a call can stand although nobody is asked anything: a lookup takes long."""
        return frozenset((flow, name) for flow, name, kind in self.steps() if not kind.waits)

    @cached_property
    def lines(self) -> frozenset[tuple[str, str]]:
        """Steps at which callers wait for an agent."""
        return frozenset((flow, name) for flow, name, kind in self.steps() if kind.kind == "queue")

    @cached_property
    def surely_offered(self) -> frozenset[str]:
        """Rules of the dialogue that apply whenever they may, so that only being used up stops them."""
        handoff = self.hotline.handoff
        rules = [*((f"intent.{name}", rule) for name, rule in handoff.intent.items())]
        rules += [(f"mood.{name}", rule) for name, rule in handoff.mood.items()]
        certain = handoff.offers_when == ALWAYS
        return frozenset(
            name
            for name, rule in rules
            if certain and rule.when == ALWAYS and rule.only_if == "always" and not rule.off
        )

    @cached_property
    def earlier(self) -> tuple[PastCall | None, ...]:
        """Calls of this day that can have broken off: none; one in each line; one at each wish."""
        if self.hotline.file.remember != "same_day" or all(kind.kind != "resume" for _, _, kind in self.steps()):
            return (None,)
        at = self.moments[0].at
        lines = (PastCall(at, "abandoned", queue=queue) for queue in self.hotline.queues.queues)
        wishes = (PastCall(at, "hung_up", intent) for intent in self.hotline.intents)
        return (None, *lines, *wishes)

    @cached_property
    def earlier_sorts(self) -> tuple[PastCall | None, ...]:
        """None of them, and one of each sort that can be gone on with."""
        lines = [one for one in self.earlier if one is not None and one.queue is not None]
        known = {
            way for step in self.hotline.flows[self.hotline.file.start].steps.values() for way in self.answers_of(step)
        }
        wishes = [one for one in self.earlier if one is not None and one.intent in known]
        return (None, *lines[:1], *wishes[:1])

    def tongue(self, language: str) -> Hashable:
        """Of a language: what always works can be said in it."""
        return self._tongues[language]

    @cached_property
    def _tongues(self) -> dict[str, Hashable]:
        found: dict[str, Hashable] = {}
        for language, words in self.hotline.words.items():
            always = words.get("always")
            found[language] = tuple(name for name in self.hotline.file.always if always and always.choices.get(name))
        return found

    def answers_of(self, step: Any) -> tuple[str, ...]:
        """The answers a question branches by, the wishes that lead to a person from everywhere among them."""
        own = tuple(way for way in getattr(step, "on", {}) if way not in MISSES)
        if getattr(step, "expect", None) == "intent":
            return tuple(dict.fromkeys((*own, *self.hotline.for_people())))
        return own

    @cached_property
    def wishes_for_people(self) -> tuple[str, ...]:
        """The wish for a person, and one of those that a person serves."""
        known = [name for name in self.hotline.intents if name in self.hotline.for_people()]
        return tuple(dict.fromkeys((*(name for name in known if name == "person"), *known[:1], *known[1:2])))

    def led_back(self, flow: str) -> Iterator[tuple[str, str]]:
        """The questions for wishes of a flow, each with one that leads back to it."""
        known_flow = self.hotline.flows.get(flow)
        for name, step in known_flow.steps.items() if known_flow is not None else ():
            if getattr(step, "expect", "") == "intent":
                known = (one for one in self.answers_of(step) if one in self.hotline.intents)
                led = next((one for one in known if one not in self.for_people), None)
                if led is not None:
                    yield name, led

    def sample_of(self, lookup: str) -> Any:
        """An answer of its declared shape."""
        return sample(lookup_shape(self.hotline, LookupRef(lookup)) or Shape("any"))

    def steps(self) -> Iterator[tuple[str, str, Kind]]:
        for flow in self.hotline.flows.values():
            for name, kind in flow.steps.items():
                yield flow.name, name, kind


def sample(shape: Shape) -> Any:
    if shape.fields:
        return {name: sample(inner) for name, inner in shape.fields.items()}
    if shape.item is not None:
        return [sample(shape.item)]
    return SAMPLES[shape.kind]


def _asks_softly(condition: Condition) -> bool:
    """It asks whether there is a name at all, so that its `reads` do not tell the whole."""
    return any(word in condition.source for word in ("defined", "default", "d("))


def _conditions(hotline: Hotline) -> Iterator[Condition]:
    yield from hotline.handoff.conditions()
    for flow in hotline.flows.values():
        for step in flow.steps.values():
            yield from (case.when for case in getattr(step, "choose", ()))
