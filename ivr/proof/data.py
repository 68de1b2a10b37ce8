"""Business data that makes conditions come out as a call on paper needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from ivr.call.shape import Shape, WrongShape
from ivr.errors import FlowError
from ivr.flow.expressions import Condition
from ivr.proof.law import sample

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
    paths = sorted({path for condition, _ in wanted for path in condition.reads if path in known.free})
    options = [list(dict.fromkeys(map(_Value, candidates(path, known.free[path], wanted)))) for path in paths]
    for tried, picks in enumerate(product(*options)):
        if tried > MOST_TRIES:
            return None
        values = dict(zip(paths, (pick.value for pick in picks), strict=True))
        if _all_hold(wanted, filled(known.names, values)):
            return values
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


def candidates(path: Var, leaf: Leaf, wanted: Iterable[Wanted]) -> Iterator[Any]:
    """Values worth trying: what the conditions compare it with, and those beside."""
    yield from filter(leaf.takes, _compared(path, wanted))
    yield sample(leaf.shape)


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
