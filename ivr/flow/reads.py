"""Which names a template reads, as paths: `{{ balance.amount | money }}` reads ("balance", "amount")."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import meta, nodes

Path = tuple[str, ...]


def reads(tree: nodes.Template) -> frozenset[Path]:
    """Every path that must be there for the template to come out; names asked for by `is defined` need not be."""
    free = meta.find_undeclared_variables(tree)
    optional = {path[0] for test in tree.find_all(nodes.Test) if test.name == "defined" for path in _paths(test.node)}
    optional |= {
        path[0]
        for f in tree.find_all(nodes.Filter)
        if f.name in ("default", "d") and f.node is not None
        for path in _paths(f.node)
    }
    return frozenset(path for path in _paths(tree) if path[0] in free and path[0] not in optional)


def _paths(node: nodes.Node) -> Iterator[Path]:
    path = _path(node)
    if path is not None:
        yield path
        return
    for child in node.iter_child_nodes():
        yield from _paths(child)


def _path(node: nodes.Node) -> Path | None:
    match node:
        case nodes.Name(ctx="load"):
            return (node.name,)
        case nodes.Getattr():
            head = _path(node.node)
            return None if head is None else (*head, node.attr)
        case nodes.Getitem(arg=nodes.Const(value=str() as key)):
            head = _path(node.node)
            return None if head is None else (*head, key)
        case _:
            return None
