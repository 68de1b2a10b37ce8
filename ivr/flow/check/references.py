"""Every name that stands for something elsewhere must be found there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ivr.flow.check.walk import walk
from ivr.flow.elsewhere import BUILT_IN
from ivr.flow.files import is_flow
from ivr.flow.hotline import Hotline
from ivr.flow.queues import HOLD
from ivr.flow.refs import (
    BY_RULES,
    ElsewhereRef,
    FlowRef,
    FormRef,
    IntentRef,
    LookupRef,
    PlaceRef,
    QueueRef,
    Ref,
    SoundRef,
    StepRef,
)
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where, close
from ivr.flow.yaml import Trail


def references(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """Steps, flows, queues, intents, lookups and sounds; words have a check of their own."""
    known = Known(hotline, source)
    for flow, path, trail, value in _everything(hotline, source):
        if isinstance(value, Ref):
            yield from known.missing(value, flow, source.where(path, trail))


def _everything(hotline: Hotline, source: Source) -> Iterator[tuple[str | None, str, Trail, Any]]:
    """Every leaf of every file: the flow, the path of the file, the trail in it, the value."""
    policies: Mapping[str, Any] = {
        "hotline.yaml": hotline.file,
        "handoff.yaml": hotline.handoff,
        "queues.yaml": hotline.queues,
        "intents.yaml": hotline.intents,
        "hints.yaml": hotline.hints,
    }
    for path, policy in policies.items():
        for trail, value in walk(policy):
            if source.data(path, *trail) is not None or value == HOLD:  # else it stands in for what could not be read
                yield None, path, trail, value
    for language, words in hotline.words.items():
        for key, spoken in words.items():
            if spoken.audio is not None:
                yield None, f"words/{language}.yaml", (key, "audio"), SoundRef(spoken.audio)
    for flow in hotline.flows.values():
        path = source.flow_file(flow.name)
        if source.data(path, "start") is not None:
            yield flow.name, path, ("start",), StepRef(flow.start)
        for name, step in flow.steps.items():
            for trail, value in walk(step):
                yield flow.name, path, ("steps", name, *trail), value


class Known:
    """What there is, read or not: a step that could not be read has a fault of its own, and is not missing."""

    def __init__(self, hotline: Hotline, source: Source) -> None:
        self.hotline = hotline
        self.steps = {name: self._steps(source, name) for name in hotline.flows}
        unread = [path.removesuffix(".yaml") for path in source.documents if is_flow(path)]
        self.flows = dict.fromkeys([*hotline.flows, *unread])
        self.queues = dict.fromkeys([*hotline.queues.queues, *source.names("queues.yaml", "queues")])
        self.elsewhere = dict.fromkeys([*hotline.handoff.elsewhere, *source.names("handoff.yaml", "elsewhere")])
        self.intents = dict.fromkeys([*hotline.intents, *source.names("intents.yaml")])
        self.connectors = dict.fromkeys([*hotline.connectors, *source.names("hotline.yaml", "connectors")])
        self.unsure = {path for path in source.documents if not source.is_readable(path)}

    def _steps(self, source: Source, flow: str) -> dict[str, None]:
        return dict.fromkeys([*self.hotline.flows[flow].steps, *source.names(source.flow_file(flow), "steps")])

    def missing(self, ref: Ref, flow: str | None, where: Where) -> Iterator[Fault]:
        match ref:
            case StepRef():
                if ref.returns is None and flow is not None:
                    yield from _unknown(ref, self.steps[flow], where)
            case FlowRef():
                yield from _unknown(ref, self.flows, where)
            case PlaceRef():
                if ref.flow not in self.flows:
                    yield from _unknown(FlowRef(ref.flow), self.flows, where)
                elif ref.step and ref.step not in self.steps.get(ref.flow, (ref.step,)):
                    hint = close(ref.step, self.steps[ref.flow])
                    yield Fault(where, f"flow {ref.flow!r} has no step {ref.step!r}", hint)
            case QueueRef():
                yield from self._queue(ref, where)
            case ElsewhereRef() | FormRef():
                if "handoff.yaml" not in self.unsure:
                    own = BUILT_IN if isinstance(ref, FormRef) else frozenset()
                    yield from _unknown(ref, [*sorted(own), *self.elsewhere], where)
            case IntentRef():
                if "intents.yaml" not in self.unsure:
                    yield from _unknown(ref, self.intents, where)
            case LookupRef():
                yield from self._lookup(ref, where)
            case SoundRef():
                if ref not in self.hotline.sounds:
                    hint = close(ref, self.hotline.sounds) or f"Put {ref} into the folder audio/"
                    yield Fault(where, f"no sound called {str(ref)!r}", hint)

    def _queue(self, ref: QueueRef, where: Where) -> Iterator[Fault]:
        if "queues.yaml" in self.unsure:
            return
        if ref == BY_RULES and not self.queues:
            yield Fault(where, "there is no queue to wait in", "Write one into queues.yaml, under `queues:`")
        elif ref != BY_RULES:
            yield from _unknown(ref, self.queues, where)

    def _lookup(self, ref: LookupRef, where: Where) -> Iterator[Fault]:
        connector = self.hotline.connectors.get(ref.connector)
        if connector is None:
            if ref.connector not in self.connectors:
                yield Fault(where, f"no connector called {ref.connector!r}", close(ref.connector, self.connectors))
        elif ref.operation not in connector.operations:
            hint = close(ref.operation, connector.operations)
            yield Fault(where, f"connector {ref.connector!r} has no operation {ref.operation!r}", hint)


def _unknown(ref: Ref, known: Collection[str], where: Where) -> Iterator[Fault]:
    if ref not in known:
        yield Fault(where, f"no {ref.noun} called {str(ref)!r}", close(ref, known))
