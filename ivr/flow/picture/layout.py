"""Where everything goes. The one file that knows the layout library (graphlay): sizes in, places out, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import graphlay

from ivr.flow.picture.outlines import Point

SPACING = {"node_gap": 34.0, "dummy_gap": 22.0, "port_gap": 16.0, "isolated_gap": 34.0}
LAYER_GAP = 46.0
"""Between rows of boxes."""
THOROUGH, BALANCED = 80, 200
"""Boxes up to which the library takes its time; more are laid out fast."""
WIDEST = 2.2
"""A drawing wider than this many times its height is laid out from left to right instead, if that is squarer."""


@dataclass(frozen=True, slots=True)
class Node:
    """Something that takes room."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes by their numbers, with the room its label needs; down unless `back`."""

    source: int
    target: int
    label: Node
    back: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """How a line runs from its source's rectangle to its target's, and the middle of where its label fits."""

    points: tuple[Point, ...]
    label: Point | None


@dataclass(frozen=True, slots=True)
class Placed:
    """Upper left corners and routes in the order given; everything lies between (0, 0) and (width, height)."""

    corners: tuple[Point, ...]
    routes: tuple[Route, ...]
    width: float
    height: float


def place(nodes: Sequence[Node], edges: Sequence[Edge]) -> Placed:
    """Lay out one flow; the same input gives the same picture."""
    if not nodes:
        return Placed((), (), 0.0, 0.0)
    upright = run(nodes, edges, "topbottom")
    if upright.width <= WIDEST * upright.height:
        return upright
    lying = run(nodes, edges, "leftright")
    return min(upright, lying, key=lambda placed: max(placed.width / placed.height, placed.height / placed.width))


def run(nodes: Sequence[Node], edges: Sequence[Edge], direction: str) -> Placed:
    """One layout. Lines back go in turned around, so that the library sees no circles and keeps our sense of down."""
    graph = graphlay.Graph()
    for number, node in enumerate(nodes):
        graph.node(number, width=node.width, height=node.height)
    for edge in edges:
        ends = (edge.target, edge.source) if edge.back else (edge.source, edge.target)
        size: dict[str, Any] = {"label_size": {"width": edge.label.width, "height": edge.label.height}}
        graph.edge(*ends, **(size if edge.label.width else {}))
    effort = "thorough" if len(nodes) <= THOROUGH else "balanced" if len(nodes) <= BALANCED else "fast"
    longest = max((edge.label.width for edge in edges), default=0.0)
    gap = max(LAYER_GAP, longest + 34) if direction == "leftright" else LAYER_GAP  # labels lie along lines then
    options = {
        "direction": direction,
        "effort": effort,
        "spacing": {**SPACING, "layer_gap": gap},
        "coords": {"terminal_centering": False},
    }
    found = graphlay.layout(graph, preset="process_map", options=options)
    left, top = found.bounds["min"]["x"], found.bounds["min"]["y"]
    corners = tuple(
        (one["center"]["x"] - node.width / 2 - left, one["center"]["y"] - node.height / 2 - top)
        for one, node in zip(found.nodes, nodes, strict=True)
    )
    routes = tuple(route(one, edge.back, left, top) for one, edge in zip(found.edges, edges, strict=True))
    return Placed(corners, routes, found.bounds["max"]["x"] - left, found.bounds["max"]["y"] - top)


def route(found: dict[str, Any], back: bool, left: float, top: float) -> Route:
    """One line as the library gives it, turned to run from our source to our target."""
    points = [(point["x"] - left, point["y"] - top) for point in found["points"]]
    anchor = found["label_anchor"]
    label = (anchor["x"] - left, anchor["y"] - top) if anchor else None
    return Route(tuple(reversed(points) if back else points), label)
