"""What a key does in line can be said there, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ivr.flow.check.plan import listed
from ivr.flow.check.words import file_of
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault, close

ALWAYS = "how_long"
"""May be said in every line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A step `queue`, for its callers of one language."""

    flow: str
    step: str
    language: str
    words: str
    names: tuple[str, ...]
    """Its ways by key, and its flows."""


def in_line(hotline: Hotline, source: Source) -> Iterator[Fault]:
    lines = list(_lines(hotline))
    for line in lines:
        yield from _unsayable(hotline, source, line)
    for language in hotline.words:
        for words in dict.fromkeys(line.words for line in lines):
            known = {ALWAYS, *(name for line in lines if line.words == words for name in line.names)}
            yield from _unknown(source, language, words, known)


def _lines(hotline: Hotline) -> Iterator[Line]:
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            if step.kind == "queue":
                queue: Any = step
                names = tuple(dict.fromkeys((*queue.keys.values(), *map(str, queue.menu.values()))))
                yield from (Line(flow.name, name, language, queue.words, names) for language in hotline.words)


def _unsayable(hotline: Hotline, source: Source, line: Line) -> Iterator[Fault]:
    spoken = hotline.words[line.language].get(line.words)
    own = source.names(file_of(line.language), line.words, "choices")
    missing = [name for name in line.names if spoken and name not in spoken.choices and name not in own]
    if missing:
        sentence = f"nothing a caller in line can say in {line.language!r} stands for {listed(map(repr, missing))}"
        said = "" if spoken is not None and spoken.say else "say: '', "
        hint = f"Write `{line.words}: {{{said}choices: {{{missing[0]}: [what callers say]}}}}` into its words"
        yield Fault(source.step(line.flow, line.step), sentence, hint, "warning")


def _unknown(source: Source, language: str, words: str, known: set[str]) -> Iterator[Fault]:
    for name in source.names(file_of(language), words, "choices"):
        if name not in known:
            where = source.where_key(file_of(language), (words, "choices", name))
            hint = close(name, known) or f"There are {listed(sorted(known))}"
            yield Fault(where, f"no step `queue` has the way or flow {name!r}", hint, "warning")
