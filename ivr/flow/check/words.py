"""What is said is there, in every language of the hotline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ivr.flow.check.plan import strings
from ivr.flow.check.walk import walk
from ivr.flow.hotline import Hotline
from ivr.flow.house_words import HOUSE_WORDS, REQUIRED
from ivr.flow.refs import WordsRef
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where, close, nearest


def words(hotline: Hotline, source: Source) -> Iterator[Fault]:
    there = {language: _there(source, language) for language in hotline.words}
    said = dict(_said(hotline, source))
    yield from _nowhere(said, there, source)
    for language in hotline.words:
        yield from _missing_in(language, said, there, source)
    yield from _unused(hotline, source, said)


def file_of(language: str) -> str:
    return f"words/{language}.yaml"


def _there(source: Source, language: str) -> dict[str, None]:
    """Every key that is written, right or wrong, or that the house brings."""
    return dict.fromkeys([*source.names(file_of(language)), *HOUSE_WORDS.get(language, {})])


def _said(hotline: Hotline, source: Source) -> Iterator[tuple[str, list[Where]]]:
    """Key → where it is asked for."""
    found: dict[str, list[Where]] = {}
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            for trail, value in walk(step):
                if isinstance(value, WordsRef):
                    found.setdefault(value, []).append(source.step(flow.name, name, *trail))
    for file, policy in (("handoff.yaml", hotline.handoff), ("hints.yaml", hotline.hints)):
        for trail, value in walk(policy):
            if isinstance(value, WordsRef):
                found.setdefault(value, []).append(source.where(file, trail))
    for name, queue in hotline.queues.queues.items():
        found.setdefault(queue.waiting, []).append(source.where("queues.yaml", ("queues", name, "waiting")))
        for n, words in enumerate(queue.comfort):
            found.setdefault(words, []).append(source.where("queues.yaml", ("queues", name, "comfort", n)))
    yield from found.items()


def _nowhere(said: dict[str, list[Where]], there: dict[str, dict[str, None]], source: Source) -> Iterator[Fault]:
    """Words that no language has: the step's name for them is wrong, or nobody has written them yet."""
    if not all(source.is_readable(file_of(language)) for language in there):
        return
    known = dict.fromkeys(key for keys in there.values() for key in keys if key != "always")
    for key, places in said.items():
        if key not in known:
            hint = close(key, known) or f"Write them into {' and '.join(map(file_of, there))}"
            for where in places:
                yield Fault(where, f"no words called {key!r}", hint)


def _missing_in(
    language: str, said: dict[str, list[Where]], there: dict[str, dict[str, None]], source: Source
) -> Iterator[Fault]:
    """Words that another language has, and those that every language must have."""
    file = file_of(language)
    if not source.is_readable(file):
        return
    if file not in source.documents and language not in HOUSE_WORDS:
        hint = f"{language!r} is one of the `languages:` in hotline.yaml, and the house does not speak it"
        yield Fault(source.where(file), "this file is missing", hint)
        return
    others = [other for other in there if other != language]
    lacking = [key for key in said if key not in there[language] and key not in REQUIRED]
    missing = [key for key in lacking if any(key in there[other] for other in others)]
    if missing and file not in source.documents:
        hint = f"{language!r} is one of the `languages:` in hotline.yaml"
        yield Fault(source.where(file), "this file is missing", hint)
        return
    for key in missing:
        other = next(other for other in others if key in there[other])
        place = source.where_key(file_of(other), (key,))
        hint = f"{file_of(other)} has them in line {place.line}" if key in source.names(file_of(other)) else ""
        yield Fault(source.where(file), f"the words {key!r} are missing here", hint)
    for key in sorted(REQUIRED - there[language].keys()):
        hint = f"The house says them by itself, and has none in {language!r}"
        yield Fault(source.where(file), f"the words {key!r} are missing here", hint)


def _unused(hotline: Hotline, source: Source, said: Iterable[str]) -> Iterator[Fault]:
    """Told once, in the first language that has them."""
    if not all(map(source.is_readable, source.documents)):
        return  # what could not be read may use them
    written = [key for language in hotline.words for key in source.names(file_of(language))]
    meant = {nearest(key, written) for key in said if key not in written}
    used = {*said, *REQUIRED, *_guessed(hotline, source), *meant}
    told: set[str] = set()
    for language in hotline.words:
        for key in source.names(file_of(language)):
            if key not in used and key not in told:
                told.add(key)
                where = source.where_key(file_of(language), (key,))
                yield Fault(where, f"the words {key!r} are never said", "", "warning")


def _guessed(hotline: Hotline, source: Source) -> Iterator[str]:
    """What parts that could not be read may say."""
    for flow in hotline.flows.values():
        steps: Any = source.data(source.flow_file(flow.name), "steps")
        for name, written in steps.items() if isinstance(steps, dict) else ():
            if name not in flow.steps:
                yield from strings(written)
    queues: Any = source.data("queues.yaml", "queues")
    for name, written in queues.items() if isinstance(queues, dict) else ():
        if name not in hotline.queues.queues:
            yield from strings(written)
