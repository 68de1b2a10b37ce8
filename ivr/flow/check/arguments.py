"""A lookup is given what its operation takes, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ivr.flow.check.plan import listed
from ivr.flow.hotline import Hotline
from ivr.flow.known import operation
from ivr.flow.refs import LookupRef
from ivr.flow.source import Source
from ivr.flow.where import Fault, close
from ivr.flow.yaml import Trail


def arguments(hotline: Hotline, source: Source) -> Iterator[Fault]:
    profile = hotline.file.profile
    if profile is not None:
        at: Trail = ("profile", "with")
        yield from _of_lookup(hotline, source, profile.lookup, profile.with_, "hotline.yaml", at)
        if profile.history is not None:
            at = ("profile", "history_with")
            yield from _of_lookup(hotline, source, profile.history, profile.history_with, "hotline.yaml", at)
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            if step.kind == "lookup":
                lookup: Any = step
                at = ("steps", name, "with")
                yield from _of_lookup(hotline, source, lookup.lookup, lookup.with_, source.flow_file(flow.name), at)


def _of_lookup(
    hotline: Hotline, source: Source, lookup: LookupRef, given: Collection[str], file: str, at: Trail
) -> Iterator[Fault]:
    found = operation(hotline, lookup)
    if found is None:
        return
    takes = [str(name).removesuffix("?") for name in found.takes]
    needs = [str(name) for name in found.takes if not str(name).endswith("?")]
    yield from compared(source, file, at, set(given), takes, needs, f"lookup {str(lookup)!r}")


def compared(
    source: Source,
    file: str,
    at: Trail,
    given: Collection[str],
    takes: Collection[str],
    needs: Collection[str],
    what: str,
) -> Iterator[Fault]:
    """What `with:` gives beside what is taken; a name given under a wrong spelling is told once."""
    free = [name for name in takes if name not in given]
    meant: set[str] = set()
    for name in given:
        if name not in takes:
            like = close(name, free)
            meant |= {one for one in free if like == close(one, [one])}
            hint = like or (f"It takes {listed(takes)}" if takes else "It takes nothing")
            yield Fault(source.where_key(file, (*at, name)), f"{what} takes no {name!r}", hint)
    for name in needs:
        if name not in given and name not in meant:
            yield Fault(source.where(file, at), f"{what} takes {name!r}, and `{at[-1]}:` does not hand it in")
