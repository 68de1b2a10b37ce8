"""Reading a day, and checking it against the hotline it is a day of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ivr.errors import FlowError
from ivr.flow.edge import read_as
from ivr.flow.hotline import Hotline
from ivr.flow.where import Fault, close
from ivr.flow.yaml import Document, Trail, read_file
from ivr.sim.day.written import ANY, Day, Staff, Who

Unknown = Callable[[str, str, Iterable[str], Trail], Iterator[Fault]]
"""noun, name, those there are, where it is written → what is wrong with it."""


class BadDay(FlowError):
    """A day cannot be read; the message says where and why."""


def find_day(folder: Path, name: str) -> Path:
    """`busy` → `FOLDER/days/busy.yaml`; a path is taken as it is. Raises BadDay."""
    if Path(name).suffix == ".yaml":
        path = Path(name)
        known = ""
    else:
        path = folder / "days" / f"{name}.yaml"
        days = sorted(one.stem for one in folder.glob("days/*.yaml"))
        known = f" {close(name, days)}".rstrip() or f" There are: {', '.join(days) or 'none'}."
    if not path.is_file():
        raise BadDay(f"there is no day {path}.{known}")
    return path


def read_day(path: Path, hotline: Hotline, shown_as: str | None = None) -> Day:
    """Raises BadDay with every fault."""
    document = read_file(path, shown_as or str(path))
    faults: list[Fault] = list(document.faults)
    day = None if document.data is None else read_as(Day, document, document.data, (), faults)
    if isinstance(day, Day):
        faults += _faults(day, hotline, document)
    if not isinstance(day, Day) or faults:
        raise BadDay("\n".join(str(fault) for fault in sorted(faults)))
    return day


def staffed(hotline: Hotline, day: Day) -> Hotline:
    """The hotline with the people of this day instead of those of queues.yaml."""
    agents = {}
    for name, staff in day.agents.items():
        spec = hotline.queues.agents[staff.like or name]
        for n, one in enumerate(names_of(name, staff)):
            agents[one] = replace(spec, phone=f"client:{one}" if n or staff.like else spec.phone)
    return replace(hotline, queues=replace(hotline.queues, agents=agents))


def names_of(name: str, staff: Staff) -> list[str]:
    return [name] if staff.count == 1 else [f"{name}_{n}" for n in range(1, staff.count + 1)]


def _faults(day: Day, hotline: Hotline, document: Document) -> Iterator[Fault]:
    def unknown(noun: str, name: str, known: Iterable[str], at: Trail) -> Iterator[Fault]:
        names = list(known)
        if name not in names:
            hint = close(name, names) or f"There are: {', '.join(names) or 'none'}"
            yield Fault(document.where_key(at), f"{hotline.name} has no {noun} {name!r}", hint)

    for name, kind in day.who.items():
        yield from _faults_of_kind(("who", name), kind, hotline, unknown)
    taken: set[str] = set()
    for name, staff in day.agents.items():
        at: Trail = ("agents", name, "like") if staff.like else ("agents", name)
        yield from unknown("agent", staff.like or name, hotline.queues.agents, at)
        for one in names_of(name, staff):
            if one in taken:
                yield Fault(document.where_key(("agents", name)), f"there are two agents called {one!r}", "Rename one")
            taken.add(one)
    for intent in day.talks:
        yield from unknown("intent", intent, [*hotline.intents, ANY], ("talks", intent))
    for intent in day.closes:
        yield from unknown("intent", intent, [*hotline.intents, ANY], ("closes", intent))
    for queue in day.expect.queues:
        yield from unknown("queue", queue, hotline.queues.queues, ("expect", "queues", queue))


def _faults_of_kind(at: Trail, kind: Who, hotline: Hotline, unknown: Unknown) -> Iterator[Fault]:
    for field in ("wants", "says"):
        for intent in getattr(kind, field):
            yield from unknown("intent", intent, hotline.intents, (*at, field, intent))
    if kind.language is not None:
        yield from unknown("language", kind.language, hotline.file.languages, (*at, "language"))
    words = hotline.words[hotline.file.languages[0]]
    for question in kind.answers:
        yield from unknown("words", question, words, (*at, "answers", question))
