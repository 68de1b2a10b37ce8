"""Business data that makes conditions come out as a call on paper needs them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ivr.call.shape import Shape, WrongShape
from ivr.errors import FlowError
from ivr.flow.expressions import Condition
from ivr.proof.law import sample
from ivr.proof.moments import Moment

MOST_TRIES = 20_000
LITERAL = re.compile(r"'([^']*)'|\"([^\"]*)\"|(?<![\w.])(\d+(?:\.\d+)?)")
Held = bool | None
"""What a condition comes to; None: it breaks, and the call with it."""
Wanted = tuple[Condition, Held]
Var = tuple[str, ...]
"""A path that conditions read: `("caller", "tier")`."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a value may be."""

    shape: Shape
    may_be_none: bool = False

    def takes(self, value: Any) -> bool:
        if value is None:
            return self.may_be_none
        try:
            return _Value(self.shape.fit(value)) == _Value(value)
        except WrongShape:
            return False


@dataclass(frozen=True, slots=True)
class Known:
    """What names stand for, as far as it is settled, and what may be chosen."""

    names: Mapping[str, Any]
    free: Mapping[Var, Leaf]


def choose(wanted: Sequence[Wanted], known: Known) -> dict[Var, Any] | None:
    """Values for the free paths with which every condition comes out as wanted; None where nothing was found."""
    paths = list(dict.fromkeys(path for one, _ in wanted for path in sorted(one.reads) if path in known.free))
    options = [candidates(path, known.free[path], wanted) for path in paths]
    due: list[set[Wanted]] = [set() for _ in range(len(paths) + 1)]
    for one in wanted:
        due[max((n for n, path in enumerate(paths, 1) if path in one[0].reads), default=0)].add(one)
    return _Search(paths, options, due, known.names).found(0, {})


def against(wanted: Sequence[Wanted], known: Known) -> Sequence[Wanted]:
    """Few of the conditions, for which no values were found either."""
    left = list(dict.fromkeys(wanted))
    for one in list(left):
        fewer = [other for other in left if other != one]
        left = fewer if choose(fewer, known) is None else left
    return left


@dataclass(slots=True)
class _Search:
    """One path after the other; what is due is looked at as soon as its paths have values."""

    paths: Sequence[Var]
    options: Sequence[Sequence[Any]]
    due: Sequence[Collection[Wanted]]
    """After so many paths: the conditions that read no other."""
    names: Mapping[str, Any]
    tried: int = 0

    def found(self, n: int, values: dict[Var, Any]) -> dict[Var, Any] | None:
        if self.tried > MOST_TRIES or not _all_hold(self.due[n], filled(self.names, values)):
            return None
        if n == len(self.paths):
            return values
        for option in self.options[n]:
            self.tried += 1
            if (found := self.found(n + 1, {**values, self.paths[n]: option})) is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class _Value:
    """Told apart by sort as well: 1 is not true."""

    value: Any

    def __hash__(self) -> int:
        return hash(repr(self.value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Value) and repr(other.value) == repr(self.value)


def _all_hold(wanted: Iterable[Wanted], names: Mapping[str, Any]) -> bool:
    return all(_comes_to(condition, names) is held for condition, held in wanted)


def _comes_to(condition: Condition, names: Mapping[str, Any]) -> Held:
    try:
        return condition.holds(names)
    except FlowError:
        return None


def candidates(path: Var, leaf: Leaf, wanted: Iterable[Wanted]) -> list[Any]:
    """Values worth trying, each once: what the conditions compare it with, and those beside."""
    found = (*filter(leaf.takes, _compared(path, wanted)), sample(leaf.shape))
    return [one.value for one in dict.fromkeys(map(_Value, found))]


def _compared(path: Var, wanted: Iterable[Wanted]) -> Iterator[Any]:
    yield from (None, "x", 0, 1, True, False, [])
    for condition, _ in wanted:
        if path in condition.reads:
            for one, other, number in LITERAL.findall(condition.source):
                if number:
                    value = float(number) if "." in number else int(number)
                    yield from (value, value - 1, value + 1)
                else:
                    yield one or other
                    yield [one or other]


def filled(names: Mapping[str, Any], values: Mapping[Var, Any]) -> dict[str, Any]:
    """The names with these values at their paths."""
    found = dict(names)
    for path, value in values.items():
        found[path[0]] = _put(found.get(path[0]), path[1:], value)
    return found


def _put(whole: Any, path: Var, value: Any) -> Any:
    if not path:
        return value
    return {**(whole if isinstance(whole, Mapping) else {}), path[0]: _put((whole or {}).get(path[0]), path[1:], value)}


def leaves(path: Var, leaf: Leaf) -> Iterator[tuple[Var, Leaf]]:
    """Every value inside."""
    shape = leaf.shape
    if shape.item is not None and shape.item.fields:
        return
    if not shape.fields:
        yield path, leaf
    for name, inner in shape.fields.items():
        yield from leaves((*path, name), Leaf(inner, name in shape.optional))


def habit(intent: str | None, months: int, moment: Moment) -> Iterator[dict[str, Any]]:
    """Contacts by which an intent is expected on the day of the call."""
    today = date.fromisoformat(moment.local[:10])
    for n in range(1, months + 1):
        year, month = divmod(today.year * 12 + today.month - 1 - n, 12)
        yield {"at": date(year, month + 1, min(today.day, 28)).isoformat(), "intent": intent}


def all_known(condition: Condition, names: Mapping[str, Any]) -> bool:
    """It reads something, and nothing but these names."""
    return bool(condition.reads) and all(path[0] in names for path in condition.reads)
