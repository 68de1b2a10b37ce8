"""The checks that look across files, each in a module of its own: `(hotline, source) -> faults`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ivr.flow.check.references import references
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault

Check = Callable[[Hotline, Source], Iterable[Fault]]
CHECKS: tuple[Check, ...] = (references,)


def check(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """Every fault that any check finds."""
    for one in CHECKS:
        yield from one(hotline, source)
