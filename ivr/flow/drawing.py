"""A hotline as a picture: every flow as its designer wrote it, with what is really said.

Step kinds are not known here: what a box says comes from the step's own field (`say:` of a `say`) and its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from ivr.errors import FlowError
from ivr.flow.check.walk import walk
from ivr.flow.elsewhere import way_on
from ivr.flow.expressions import Condition, Value
from ivr.flow.hints import told_at
from ivr.flow.hotline import Flow, Hotline
from ivr.flow.kinds import Kind
from ivr.flow.picture import Arrow, Box, Picture
from ivr.flow.refs import BY_RULES, FlowRef, HintsRef, PlaceRef, StepRef, WordsRef
from ivr.flow.where import close

ALWAYS = "always"
"""The box of what works at every prompt; no flow's, so no step has this id."""
PLUMBING = frozenset({"patience_s", "tries"})
"""Fields that say how, not what."""


def draw(hotline: Hotline, only: str | None = None) -> Picture:
    """All flows, the start flow first, then as they are reached; or `only` one. FlowError where there is none such."""
    if only is not None and only not in hotline.flows:
        hint = close(only, hotline.flows) or f"The flows are: {', '.join(hotline.flows)}."
        raise FlowError(f"no flow called {only!r} in {hotline.name}. {hint}")
    numbers = ", ".join(hotline.file.numbers)
    title = f"{hotline.name} · {numbers}" if numbers else hotline.name
    order = flows_as_reached(hotline)
    boxes = {name: tuple(_boxes(hotline, hotline.flows[name])) for name in order}
    if only is not None:
        starts = (box for name in order if name != only for box in boxes[name][:1])
        return Picture(title, boxes[only], tuple(_arrows(hotline, hotline.flows[only])), tuple(starts))
    arrows = [arrow for name in order for arrow in _arrows(hotline, hotline.flows[name])]
    always, from_always = _always(hotline)
    return Picture(title, (*(box for name in order for box in boxes[name]), *always), (*arrows, *from_always))


def flows_as_reached(hotline: Hotline) -> list[str]:
    """The start flow, those it runs, those they run, …; at the end whatever nothing leads to."""
    found: dict[str, None] = dict.fromkeys(name for name in [str(hotline.file.start)] if name in hotline.flows)
    todo = list(found)
    for name in todo:
        here = dict.fromkeys(flow for step in hotline.flows[name].steps.values() for flow in _runs(hotline, step))
        todo += [flow for flow in here if flow not in found]
        found |= here
    led = {str(one.go.flow): None for one in hotline.file.always.values() if one.go is not None}
    return list(dict.fromkeys([*found, *led, *hotline.flows]))


def _runs(hotline: Hotline, step: Kind) -> Iterator[str]:
    """The flows that a step runs and comes back from."""
    for _, leaf in walk(step):
        if isinstance(leaf, FlowRef):
            yield str(leaf)
    if _own(step) == BY_RULES:
        yield from (str(rule.first) for rule in hotline.handoff.request if rule.first is not None)


def _own(step: Kind) -> Any:
    """What stands behind the kind: `say: welcome` → `welcome`."""
    return getattr(step, step.kind, "")


# --- boxes --------------------------------------------------------------------------------------------------


def _boxes(hotline: Hotline, flow: Flow) -> Iterator[Box]:
    """Its steps, the first one first; then one box for each outcome it comes back with."""
    steps = sorted(flow.steps, key=lambda name: name != flow.start)
    for name in steps:
        step = flow.steps[name]
        yield Box(
            id=f"{flow.name}.{name}",
            kind=step.kind,
            title=name,
            text=_text(hotline, step),
            notes=tuple(_notes(step)),
            flow=flow.name,
            ends=not [*step.ways(), *_runs(hotline, step)],
            start=name == flow.start,
        )
    outcomes = (way.target.returns for name in steps for way in flow.steps[name].ways())
    for outcome in dict.fromkeys(outcome for outcome in outcomes if outcome is not None):
        yield Box(id=_return_id(flow, outcome), kind="return", title=outcome, flow=flow.name)


def _return_id(flow: Flow, outcome: str) -> str:
    return f"{flow.name}.return {outcome}"


def _text(hotline: Hotline, step: Kind) -> str:
    match own := _own(step):
        case WordsRef():
            return said(hotline, own)
        case HintsRef():
            return ", ".join(told_at(hotline.hints, own)) or str(own)
        case Value():
            return plain(str(own.source))
        case Mapping():
            return ", ".join(f"{name} = {_shown(value)}" for name, value in own.items())
        case str() if own == BY_RULES:
            queues = dict.fromkeys(str(rule.queue) for rule in hotline.handoff.line)
            return f"by rules: {', '.join(queues)}" if queues else "by rules"
        case str():
            return str(own)
        case _:
            return ""  # cases: their conditions stand at the arrows


def said(hotline: Hotline, key: str) -> str:
    """What the caller hears, in the hotline's first language, as far as it can be told before a call."""
    spoken = hotline.words[hotline.language].get(key)
    return key if spoken is None else plain(spoken.say.source)


def plain(template: str) -> str:
    """Words without the template's machinery: `{balance.amount}` for a placeholder, a stroke between alternatives."""
    text = re.sub(r"\{#.*?#\}", "", template, flags=re.DOTALL)
    text = re.sub(r"\{%-?\s*(?:else|elif)\b.*?%\}", " / ", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{-?\s*(.*?)\s*-?\}\}", lambda found: f"{{{_unfiltered(found[1])}}}", text, flags=re.DOTALL)
    return " ".join(text.split())


def _unfiltered(expression: str) -> str:
    name = re.match(r"([\w.]+)\s*\|", expression)
    return name[1] if name else expression


def _notes(step: Kind) -> Iterator[str]:
    """What else the designer wrote, as it was written: `queue: complaints`."""
    for one in fields(step):  # type: ignore[arg-type]
        value, name = getattr(step, one.name), one.name.rstrip("_")
        leaf = isinstance(value, str | int | float | Value | Condition) and not isinstance(value, StepRef)
        leaf = leaf or (isinstance(value, tuple) and all(isinstance(item, str) for item in value))
        if leaf and name not in (step.kind, *PLUMBING) and value != one.default:
            yield f"{name}: {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ", ".join(value)
    return plain(str(value.source)) if isinstance(value, Value | Condition) else str(value)


# --- arrows -------------------------------------------------------------------------------------------------


def _arrows(hotline: Hotline, flow: Flow) -> Iterator[Arrow]:
    for name, step in flow.steps.items():
        here = f"{flow.name}.{name}"
        for run in dict.fromkeys(_runs(hotline, step)):
            target = _start_id(hotline, run)
            if target is not None:
                yield Arrow(here, target, _when_run(hotline, step, run))
        for way in step.ways():
            outcome = way.target.returns
            target = f"{flow.name}.{way.target}" if outcome is None else _return_id(flow, outcome)
            yield Arrow(here, target, _label(hotline, step, way.label))


def _start_id(hotline: Hotline, flow: str) -> str | None:
    return f"{flow}.{hotline.flows[flow].start}" if flow in hotline.flows else None


def _when_run(hotline: Hotline, step: Kind, run: str) -> str:
    """What stands at an arrow into a sub-flow."""
    if _own(step) != BY_RULES:
        return "runs"
    rules = [rule.id for rule in hotline.handoff.request if rule.first == run]
    return f"first: {', '.join(rules)}"


def _label(hotline: Hotline, step: Kind, way: str) -> str:
    """The way's name, after the keys and rules that lead there; a lone way on needs none."""
    leads = [key for key, answer in getattr(step, "keys", {}).items() if answer == way]
    if step.kind == "queue" and _own(step) == BY_RULES:
        leads += [rule.id for rule in hotline.handoff.request if rule.form is not None and way_on(rule.form) == way]
    return f"{', '.join(leads)} · {way}" if leads else "" if way == "next" else way


def _always(hotline: Hotline) -> tuple[list[Box], list[Arrow]]:
    """What works at every prompt, as a box of its own."""
    words = {name: f"{one.key} · {name}" if one.key else name for name, one in hotline.file.always.items()}
    box = Box(ALWAYS, ALWAYS, "at every prompt", ", ".join(words.values()))
    arrows = [
        Arrow(ALWAYS, target, words[name])
        for name, one in hotline.file.always.items()
        if one.go is not None and (target := _place_id(hotline, one.go)) is not None
    ]
    return ([box] if words else []), arrows


def _place_id(hotline: Hotline, place: PlaceRef) -> str | None:
    return f"{place.flow}.{place.step}" if place.step else _start_id(hotline, place.flow)
