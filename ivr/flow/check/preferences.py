"""Preferences that a flow sets are kept, and are ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.flow.check.plan import listed
from ivr.flow.hotline import Hotline
from ivr.flow.preferences import sayable
from ivr.flow.source import Source
from ivr.flow.where import Fault, close


def preferences(hotline: Hotline, source: Source) -> Iterator[Fault]:
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            if step.kind != "prefer":
                continue
            if hotline.file.preferences is None:
                hint = "Add `preferences: {}` to hotline.yaml"
                yield Fault(source.step(flow.name, name), "nothing is kept of what callers prefer", hint)
            said = getattr(step, "prefer", None)
            for aspect, value in said.items() if isinstance(said, Mapping) else ():
                known = sayable(aspect, hotline.file.languages)
                if not value.reads and str(value.source) not in known:
                    where = source.step(flow.name, name, "prefer", aspect)
                    hint = close(str(value.source), known) or f"Write {listed(known)}"
                    yield Fault(where, f"{str(value.source)!r} is no {aspect} that can be preferred", hint)
