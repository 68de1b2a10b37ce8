"""Every name that stands for something elsewhere must be found there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ivr.flow.check.walk import walk
from ivr.flow.hotline import Hotline
from ivr.flow.refs import FlowRef, IntentRef, LookupRef, PlaceRef, QueueRef, Ref, SoundRef, StepRef, WordsRef
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where, close
from ivr.flow.yaml import Trail

BY_RULES = "by_rules"


def references(hotline: Hotline, source: Source) -> Iterator[Fault]:
    for path, trail, value in _everything(hotline):
        if isinstance(value, Ref):
            flow = path.removesuffix(".yaml") if trail[:1] == ("steps",) or trail == ("start",) else None
            yield from _check(hotline, value, flow, source.where(path, trail))


def _everything(hotline: Hotline) -> Iterator[tuple[str, Trail, Any]]:
    """Every leaf of every file: path of the file, trail in it, value."""
    policies: Mapping[str, Any] = {
        "hotline.yaml": hotline.file,
        "handoff.yaml": hotline.handoff,
        "queues.yaml": hotline.queues,
        "intents.yaml": hotline.intents,
    }
    for path, policy in policies.items():
        for trail, value in walk(policy):
            yield path, trail, value
    for flow in hotline.flows.values():
        yield f"{flow.name}.yaml", ("start",), StepRef(flow.start)
        for name, step in flow.steps.items():
            for trail, value in walk(step):
                yield f"{flow.name}.yaml", ("steps", name, *trail), value


def _check(hotline: Hotline, ref: Ref, flow: str | None, where: Where) -> Iterator[Fault]:
    match ref:
        case StepRef():
            if ref.returns is None and flow is not None:
                yield from _unknown(ref, hotline.flows[flow].steps, where)
        case FlowRef():
            yield from _unknown(ref, hotline.flows, where)
        case PlaceRef():
            yield from _unknown(ref, _places(hotline), where)
        case WordsRef():
            for language, words in hotline.words.items():
                if ref not in words:
                    yield Fault(where, f"words/{language}.yaml has no {ref!r}", close(ref, words))
        case QueueRef():
            if ref != BY_RULES:
                yield from _unknown(ref, hotline.queues.queues, where)
        case IntentRef():
            yield from _unknown(ref, hotline.intents, where)
        case LookupRef():
            yield from _lookup(hotline, ref, where)
        case SoundRef():
            yield from _unknown(ref, hotline.sounds, where)


def _places(hotline: Hotline) -> list[str]:
    return [*hotline.flows, *(f"{flow.name}.{step}" for flow in hotline.flows.values() for step in flow.steps)]


def _lookup(hotline: Hotline, ref: LookupRef, where: Where) -> Iterator[Fault]:
    connector = hotline.connectors.get(ref.connector)
    if connector is None:
        if ref.connector not in hotline.file.connectors:  # one that cannot be read has a fault of its own
            yield Fault(where, f"no connector called {ref.connector!r}", close(ref.connector, hotline.file.connectors))
    elif ref.operation not in connector.operations:
        hint = close(ref.operation, connector.operations)
        yield Fault(where, f"connector {ref.connector!r} has no operation {ref.operation!r}", hint)


def _unknown(ref: Ref, known: Collection[str], where: Where) -> Iterator[Fault]:
    if ref not in known:
        yield Fault(where, f"no {ref.noun} called {str(ref)!r}", close(ref, known))
