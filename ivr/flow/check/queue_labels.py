"""How queues are called, in the languages of the hotline."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.plan import listed
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault, close


def queue_labels(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """Who has named a queue in one language wants it named in all."""
    for name, queue in hotline.queues.queues.items():
        for language in queue.label:
            if language not in hotline.words:
                where = source.where_key("queues.yaml", ("queues", name, "label", language))
                hint = close(language, hotline.words) or f"They are {listed(hotline.words)}"
                yield Fault(where, f"{language!r} is not among the hotline's languages", hint)
        for language in hotline.words if queue.label else ():
            if not queue.label.get(language):
                where = source.where_key("queues.yaml", ("queues", name, "label"))
                hint = f"Without it agents and callers hear {name!r}"
                yield Fault(where, f"the queue {name!r} has no label in {language!r}", hint, "warning")
