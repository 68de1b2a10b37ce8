"""What works at every prompt: its keys are not taken twice, and its phrases are there in every language."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.plan import listed
from ivr.flow.check.words import file_of
from ivr.flow.hotline import Hotline
from ivr.flow.house_words import HOUSE_WORDS
from ivr.flow.source import Source
from ivr.flow.where import Fault

FILE = "hotline.yaml"
MOST_STEPS = 3


def always(hotline: Hotline, source: Source) -> Iterator[Fault]:
    yield from _keys_twice(hotline, source)
    for name, one in hotline.file.always.items():
        if one.key is not None:
            yield from _shadowed(hotline, source, name, one.key)
        if one.go is not None and name != "person":
            where = source.where_key(FILE, ("always", name, "go"))
            yield Fault(where, f"{name!r} leads nowhere else", "Only `person` has a `go:`")
    yield from _phrases(hotline, source)


def _keys_twice(hotline: Hotline, source: Source) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for name, one in hotline.file.always.items():
        if one.key is not None and first.setdefault(one.key, name) != name:
            where = source.where(FILE, ("always", name, "key"))
            yield Fault(where, f"key {one.key} stands for {first[one.key]!r} already", "Take another key")


def _shadowed(hotline: Hotline, source: Source, name: str, key: str) -> Iterator[Fault]:
    """Steps whose own keys come first; a key that leads to the same at a step is no matter."""
    asked, hidden = 0, []
    for flow in hotline.flows.values():
        for step, kind in flow.steps.items():
            own_keys = getattr(kind, "own_keys", None)
            if not kind.waits or own_keys is None or kind.kind in ("dial", "record"):
                continue
            asked += 1
            if key in own_keys() and getattr(kind, "keys", {}).get(key) != name:
                hidden.append(f"{flow.name}.{step}")
    where = source.where(FILE, ("always", name, "key"))
    if hidden and len(hidden) == asked:
        sentence = f"key {key} for {name!r} works at no prompt: each of them uses that key itself"
        yield Fault(where, sentence, "Take another key", "error" if name == "person" else "warning")
    elif hidden and name == "person":
        more = [f"{len(hidden) - MOST_STEPS} more"] if len(hidden) > MOST_STEPS else []
        sentence = f"key {key} means something else at {listed([*hidden[:MOST_STEPS], *more])}"
        yield Fault(where, sentence, "There a caller can reach a person by voice only", "warning")


def _phrases(hotline: Hotline, source: Source) -> Iterator[Fault]:
    for language, words in hotline.words.items():
        spoken = words.get("always")
        own = source.names(file_of(language), "always", "choices")
        if spoken is None or (not own and language in HOUSE_WORDS):
            continue
        for name in hotline.file.always:
            if name not in spoken.choices and name not in own:
                sentence = f"nothing a caller can say stands for {name!r}, which `always:` of hotline.yaml names"
                yield Fault(source.where(file_of(language), ("always", "choices")), sentence)
