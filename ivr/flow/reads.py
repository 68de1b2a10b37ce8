"""Which names a template reads, as paths: `{{ balance.amount | money }}` reads ("balance", "amount")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

Path = tuple[str, ...]
ITEM = "[]"
"""In a path: one of a list. `{% for bill in bills %}{{ bill.due }}` reads ("bills", "[]", "due")."""
Locals = Mapping[str, Path | None]
"""Names of the template's own: what they stand for, None where that is no path."""
UNLESS_THERE = ("defined", "undefined")


def reads(tree: nodes.Template) -> frozenset[Path]:
    """Every path that must be there for the template to come out; names asked for by `is defined` need not be."""
    optional = {
        path[0]
        for node in tree.find_all((nodes.Test, nodes.Filter))
        if node.name in (UNLESS_THERE if isinstance(node, nodes.Test) else ("default", "d")) and node.node is not None
        for path in _paths(node.node, {})
    }
    return frozenset(path for path in _body(tree.body, {}) if path[0] not in optional)


def paths(node: nodes.Node) -> frozenset[Path]:
    """Every path that a part of a template names, whether it must be there or not."""
    return frozenset(_paths(node, {}))


def _body(body: list[nodes.Node], known: Locals) -> Iterator[Path]:
    """Statements one after another: `{% set %}` holds for the rest."""
    own = dict(known)
    for node in body:
        yield from _paths(node, own)
        if isinstance(node, nodes.Assign | nodes.AssignBlock):
            own |= dict.fromkeys(_targets(node.target))
        if isinstance(node, nodes.Macro):
            own[node.name] = None


def _paths(node: nodes.Node, known: Locals) -> Iterator[Path]:
    match node:
        case nodes.For():
            yield from _paths(node.iter, known)
            yield from _body(node.else_, known)
            own = {**known, **_item_of(node, known), "loop": None}
            if node.test is not None:
                yield from _paths(node.test, own)
            yield from _body(node.body, own)
        case nodes.If():
            yield from _paths(node.test, known)
            yield from _body(node.body, known)
            yield from _body([*node.elif_], known)
            yield from _body(node.else_, known)
        case nodes.With():
            for value in node.values:
                yield from _paths(value, known)
            yield from _body(node.body, {**known, **dict.fromkeys(n for t in node.targets for n in _targets(t))})
        case nodes.Macro() | nodes.CallBlock():
            own = dict.fromkeys(argument.name for argument in node.args)
            yield from _body(node.body, {**known, **own, "varargs": None, "kwargs": None, "caller": None})
        case _:
            path = path_of(node)
            if path is None:
                for child in node.iter_child_nodes():
                    yield from _paths(child, known)
            elif path[0] not in known:
                yield path
            elif (stands_for := known[path[0]]) is not None:
                yield (*stands_for, *path[1:])


def _item_of(loop: nodes.For, known: Locals) -> dict[str, Path | None]:
    """What the loop's own names stand for."""
    items = path_of(loop.iter)
    if not isinstance(loop.target, nodes.Name) or items is None:
        return dict.fromkeys(_targets(loop.target))
    if items[0] in known:
        head = known[items[0]]
        return {loop.target.name: None if head is None else (*head, *items[1:], ITEM)}
    return {loop.target.name: (*items, ITEM)}


def _targets(node: nodes.Node) -> list[str]:
    return [name.name for name in ([node] if isinstance(node, nodes.Name) else node.find_all(nodes.Name))]


def path_of(node: nodes.Node) -> Path | None:
    """The path that a name with its parts stands for; None for anything else."""
    match node:
        case nodes.Name(ctx="load"):
            return (node.name,)
        case nodes.Getattr():
            head = path_of(node.node)
            return None if head is None else (*head, node.attr)
        case nodes.Getitem(arg=nodes.Const(value=str() as key)):
            head = path_of(node.node)
            return None if head is None else (*head, key)
        case nodes.Getitem(arg=nodes.Const(value=int()) | nodes.Neg()):
            head = path_of(node.node)
            return None if head is None else (*head, ITEM)
        case _:
            return None
