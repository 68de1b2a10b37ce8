"""Conditions that break on data of the declared shapes, and the call with them: nothing where a number is compared."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod

from ivr.call.shape import Shape
from ivr.errors import FlowError
from ivr.flow.expressions import Condition
from ivr.flow.known import CALL, CALLER, CALLER_FIELDS, HOURS, PEOPLE, lookup_shape, profile_shape
from ivr.flow.refs import LookupRef
from ivr.proof.data import Leaf, Var, candidates, filled
from ivr.proof.law import Law

MOST_TRIES = 20_000
NOTHING_YET = frozenset({("call", "intent"), ("call", "type"), ("call", "way"), ("hours", "opens")})


def can_break(law: Law, condition: Condition, *, known: bool = False) -> bool:
    """False for what nobody can tell, since it reads values of no declared shape. `known`: the business data know the
    caller, and so everything of him that they must."""
    if (condition, known) not in law.breaks:
        law.breaks[condition, known] = _can_break(law, condition, known)
    return law.breaks[condition, known]


def _can_break(law: Law, condition: Condition, known: bool) -> bool:
    constants = law.hotline.file.constants
    found = {path: _leaf(law, path, known) for path in condition.reads if path[0] not in constants}
    leaves = {path: leaf for path, leaf in found.items() if leaf is not None}
    if len(leaves) < len(found):
        return False
    options = [candidates(path, leaf, [(condition, True)]) for path, leaf in leaves.items()]
    if prod(map(len, options)) > MOST_TRIES:
        return True  # too many to try: it is doubted, and a call with it has to be made before it is shown
    return any(
        _breaks(condition, filled(constants, dict(zip(leaves, values, strict=True)))) for values in product(*options)
    )


def _breaks(condition: Condition, names: Mapping[str, object]) -> bool:
    try:
        condition.holds(names)
    except FlowError:
        return True
    return False


def _leaf(law: Law, path: Var, known: bool) -> Leaf | None:
    """What a value can be; None where nobody can tell."""
    match path:
        case ("caller", name, *rest):
            own = profile_shape(law.hotline)
            shape = (own.fields.get(name) if own is not None else None) or CALLER.fields.get(name)
            is_told = known and own is not None and name in own.fields and name not in own.optional
            return _below(shape, rest, CALLER_FIELDS.get(name) is None and not is_told)
        case ("call", *rest):
            return _below(CALL, rest, path[:2] in NOTHING_YET)
        case ("hours", *rest):
            return _below(HOURS, rest, path[:2] in NOTHING_YET)
        case ("people", _, *rest):
            return _below(PEOPLE, rest, False)
        case ("today" | "now",):
            return Leaf(Shape("date" if path == ("today",) else "time"))
        case (name, *rest):
            return _below(_looked_up(law, name), rest, False)
    return None


def _below(shape: Shape | None, path: list[str], may_be_none: bool) -> Leaf | None:
    for name in path:
        if shape is None or name not in shape.fields:
            return None
        may_be_none, shape = may_be_none or name in shape.optional, shape.fields[name]
    return None if shape is None or shape.kind == "any" else Leaf(shape, may_be_none)


def _looked_up(law: Law, name: str) -> Shape | None:
    """The shape of what `lookup` steps keep under a name, where they all agree."""
    found = {
        str(getattr(kind, "lookup", ""))
        for _, _, kind in law.steps()
        if kind.kind == "lookup" and getattr(kind, "name", "") == name
    }
    return lookup_shape(law.hotline, LookupRef(found.pop())) if len(found) == 1 else None
