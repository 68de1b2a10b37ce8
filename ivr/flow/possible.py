"""Whether a condition can hold while only some of what it reads is known."""

from __future__ import annotations

from collections.abc import Collection

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateExpression
from jinja2.parser import Parser

from ivr.flow.expressions import Condition, Names
from ivr.flow.reads import Path, paths
from ivr.flow.sandbox import plain

Truths = frozenset[bool | None]
"""What something can come to; None: it breaks, and the call with it."""
ANY: Truths = frozenset({True, False, None})


def can_hold(condition: Condition, names: Names, known: Collection[Path]) -> bool:
    """`known`: paths whose values `names` holds, with all that is below them. Whatever else the condition reads may be
    anything. False: it cannot hold. True: nothing was seen that is against it."""
    tree = Parser(plain(), condition.source, state="variable").parse_expression()
    return True in _truths(tree, names, known)


def _truths(node: nodes.Expr, names: Names, known: Collection[Path]) -> Truths:
    if all(any(path[: len(one)] == one for one in known) for path in paths(node)):
        return frozenset({_come_to(node, names)})
    match node:
        case nodes.Not():
            return frozenset(None if one is None else not one for one in _truths(node.node, names, known))
        case nodes.And():
            return _chain(_truths(node.left, names, known), _truths(node.right, names, known), goes_on=True)
        case nodes.Or():
            return _chain(_truths(node.left, names, known), _truths(node.right, names, known), goes_on=False)
        case nodes.CondExpr(expr2=nodes.Expr() as otherwise):
            test = _truths(node.test, names, known)
            found = _truths(node.expr1, names, known) if True in test else frozenset()
            return found | (_truths(otherwise, names, known) if False in test else frozenset()) | test & {None}
        case _:
            return ANY


def _chain(left: Truths, right: Truths, *, goes_on: bool) -> Truths:
    """The right side is looked at only where the left one has come to `goes_on`."""
    return left - {goes_on} | right if goes_on in left else left


def _come_to(node: nodes.Expr, names: Names) -> bool | None:
    body: list[nodes.Node] = [nodes.Assign(nodes.Name("result", "store", lineno=1), node, lineno=1)]
    run = TemplateExpression(plain().from_string(nodes.Template(body, lineno=1)), undefined_to_none=False)
    try:
        found = run(**names)
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, RecursionError):
        return None
    return None if isinstance(found, jinja2.Undefined) else bool(found)
