"""Conditions that no call can ever fulfil, as far as the hotline's own files tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes
from jinja2.parser import Parser

from ivr.flow.check.plan import listed
from ivr.flow.expressions import Condition
from ivr.flow.hotline import Hotline
from ivr.flow.reads import Path, path_of
from ivr.flow.sandbox import plain
from ivr.flow.where import close

LISTS = (("call", "answered"), ("caller", "tags"))


def never(condition: Condition, hotline: Hotline) -> str:
    """Why it never holds, as the end of a sentence with a hint; empty where it may."""
    parser = Parser(plain(), condition.source, state="variable")
    return _never(parser.parse_expression(), _known(hotline))


def _known(hotline: Hotline) -> Mapping[Path, tuple[str, ...]]:
    """What names can be, of those that can be few things only."""
    steps = [step for flow in hotline.flows.values() for step in flow.steps.values()]
    answered = dict.fromkeys(str(step.answers) for step in steps if getattr(step, "answers", None))  # type: ignore[attr-defined]
    intents = tuple(hotline.intents)
    return {
        ("call", "answered"): tuple(answered),
        ("call", "intent"): intents,
        ("caller", "expects"): tuple(hotline.file.predict),
        ("call", "type"): tuple(dict.fromkeys(intent.type for intent in hotline.intents.values())),
        ("call", "language"): hotline.file.languages,
    }


def _never(node: nodes.Node, known: Mapping[Path, tuple[str, ...]]) -> str:
    match node:
        case nodes.And():
            return _never(node.left, known) or _never(node.right, known)
        case nodes.Or():
            both = _never(node.left, known), _never(node.right, known)
            return both[0] if all(both) else ""
        case nodes.Const() if not node.value:
            return f"{node.value!r} is not so"
        case nodes.Compare(ops=[nodes.Operand(op=op, expr=right)]):
            return next(filter(None, (_compared(op, one, known) for one in _pairs(op, node.expr, right))), "")
        case _:
            return ""


def _pairs(op: str, left: nodes.Expr, right: nodes.Expr) -> Iterator[tuple[Path, Any]]:
    """A name and the constant it is compared with."""
    sides = ((right, left),) if op == "in" else ((left, right), (right, left))
    for name, constant in sides:
        path = path_of(name)
        if path is not None and isinstance(constant, nodes.Const):
            yield path, constant.value


def _compared(op: str, pair: tuple[Path, Any], known: Mapping[Path, tuple[str, ...]]) -> str:
    path, value = pair
    name = ".".join(path)
    if op == "eq" and path in LISTS:
        return f"{name} is a list, which is never the same as {value!r}. Write {value!r} in {name}"
    # Before anything is wanted a name is None; and in a text any piece of it is found.
    told = path in known and value is not None and (op == "eq" or (op == "in" and path in LISTS))
    if not told or value in known[path]:
        return ""
    there = known[path]
    hint = close(str(value), there) or (f"It can be {listed(there)}" if there else "")
    return f"{name} is never {value!r}. {hint}" if op == "eq" else f"{value!r} is never in {name}. {hint}"
