"""What is sold: only an opportunity can be taken, and only an opportunity has a value (R24)."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault

FILE = "intents.yaml"


def opportunities(hotline: Hotline, source: Source) -> Iterator[Fault]:
    for name, intent in hotline.intents.items():
        if intent.value is not None and not intent.opportunity:
            sentence = f"{name!r} has a value, but is no opportunity, so nobody can take it"
            yield Fault(source.where(FILE, (name, "value")), sentence, "Add `opportunity: true`, or take the value out")
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            taken = getattr(step, "converts", None) or ""
            if taken in hotline.intents and not hotline.intents[taken].opportunity:
                sentence = f"the intent {taken!r} is no opportunity, so nobody can take it"
                hint = "Add `opportunity: true` to it in intents.yaml, or name another"
                yield Fault(source.step(flow.name, name, "converts"), sentence, hint)
