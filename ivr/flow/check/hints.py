"""Hints of hints.yaml can be told, taken and refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ivr.flow.check.never import never
from ivr.flow.check.plan import Plan, called, listed, plans
from ivr.flow.check.walk import walk
from ivr.flow.hints import told_at
from ivr.flow.hotline import Hotline
from ivr.flow.known import profile_shape
from ivr.flow.refs import HintsRef
from ivr.flow.source import Source
from ivr.flow.where import Fault, close

FILE = "hints.yaml"


def hints(hotline: Hotline, source: Source) -> Iterator[Fault]:
    places = _places(hotline)
    yield from _nowhere(hotline, source, places)
    yield from _nothing(hotline, source, places)
    for name, hint in hotline.hints.items():
        if why := never(hint.when, hotline):
            yield Fault(source.where(FILE, (name, "when")), f"the hint {name!r} fits nobody: {why}")
    yield from _cannot_be_taken(hotline, source)
    yield from _cannot_be_refused(hotline, source, places)
    yield from _complaints_unknown(hotline, source)


Places = dict[str, list[tuple[str, str]]]
"""What stands behind `hint:` → the steps, each as flow and name."""


def _places(hotline: Hotline) -> Places:
    found: Places = {}
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            place = getattr(step, step.kind, None)
            if isinstance(place, HintsRef):
                found.setdefault(str(place), []).append((flow.name, name))
    return found


def _nowhere(hotline: Hotline, source: Source, places: Places) -> Iterator[Fault]:
    for name, hint in hotline.hints.items():
        if hint.at is not None and hint.at not in places:
            sentence = f"the hint {name!r} is told nowhere: no step is a `hint: {hint.at}`"
            hint_ = close(hint.at, places) or (f"There is {listed(places)}" if places else "Add such a step to a flow")
            yield Fault(source.where(FILE, (name, "at")), sentence, hint_)
        elif not places:
            sentence = f"the hint {name!r} is told nowhere: no flow has a `hint` step"
            yield Fault(source.where_key(FILE, (name,)), sentence, "Add one where it should be told")


def _nothing(hotline: Hotline, source: Source, places: Places) -> Iterator[Fault]:
    if not source.is_readable(FILE) or len(source.names(FILE)) != len(hotline.hints):
        return  # what could not be read may be told there
    for place, steps in places.items():
        if not any(hint.at in (None, place) for hint in hotline.hints.values()):
            for flow, step in steps:
                sentence = f"nothing is told here: no hint of hints.yaml has `at: {place}`"
                wanted = [str(hint.at) for hint in hotline.hints.values() if hint.at is not None]
                yield Fault(source.step(flow, step, "hint"), sentence, close(place, wanted), "warning")


def _cannot_be_taken(hotline: Hotline, source: Source) -> Iterator[Fault]:
    steps = [step for flow in hotline.flows.values() for step in flow.steps.values()]
    sent = {str(value) for step in steps for trail, value in walk(step) if trail[-1:] == ("sms",)}
    asked = any(getattr(step, "expect", None) == "intent" for step in steps)
    for name, hint in hotline.hints.items():
        if hint.tries is None:
            continue
        if hint.tries.sms is not None and hint.tries.sms not in sent:
            sentence = f"nobody can take the hint {name!r}: no step sends {str(hint.tries.sms)!r} as a text message"
            yield Fault(source.where(FILE, (name, "tries", "sms")), sentence, close(hint.tries.sms, sent))
        if hint.tries.intent is not None and not asked:
            sentence = f"nobody can take the hint {name!r}: no step asks what callers want"
            yield Fault(source.where(FILE, (name, "tries", "intent")), sentence, "`expect: intent` does")


def _cannot_be_refused(hotline: Hotline, source: Source, places: Places) -> Iterator[Fault]:
    """Who hears an advertisement can say that he wants none: at once, at the question that follows."""
    offers = {name for name, hint in hotline.hints.items() if hint.kind == "offer" and not hint.off}
    if not offers:
        return
    if "no_hints" not in hotline.file.always:
        sentence = "callers hear advertisements and cannot say that they want none"
        hint = 'Add `no_hints: {key: "7"}` to `always:` of hotline.yaml'
        yield Fault(source.where(FILE, (next(iter(sorted(offers))), "kind")), sentence, hint)
    made = plans(hotline, source)
    for place, steps in places.items():
        if not offers.intersection(told_at(hotline.hints, place)):
            continue
        for flow, step in steps:
            if end := _unasked_end(made[flow], step):
                sentence = f"an advertisement is told here, and the call can end at {end!r} without a question after it"
                hint = "Put the step before a question, where callers can say that they want none"
                yield Fault(source.step(flow, step, "hint"), sentence, hint, "warning")


def _unasked_end(plan: Plan, start: str) -> str:
    """A step that ends the call, with no question on the way there; empty for none. What follows a `return` is not
    looked at, nor what a sub-flow asks."""
    been, todo = {start}, [start]
    for name in todo:
        step: Any = plan.steps.get(name)
        if step is not None and step.kind == "hangup":
            return name
        if step is None or step.waits or called(step):
            continue
        for edge in plan.edges[name]:
            if edge.target is not None and edge.target not in been:
                been.add(edge.target)
                todo.append(edge.target)
    return ""


def _complaints_unknown(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """An offer is told to nobody with an open complaint: somebody must know of it."""
    shape = profile_shape(hotline)
    offer = next((name for name, hint in hotline.hints.items() if hint.kind == "offer" and not hint.off), None)
    if offer is None or shape is None or shape.kind == "any" or shape.child("complaints") is not None:
        return
    sentence = "the profile says nothing of `complaints`, so who has an open one hears advertisements"
    hint = "Let the profile's lookup give `complaints: count`, or a list of them"
    yield Fault(source.where(FILE, (offer, "kind")), sentence, hint, "warning")
