"""One flow: its boxes, tags and lines, sized, laid out and drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ivr.flow.picture.boxes import Lettered, draw_box, draw_tag, letter, tag_outline, tag_size, tag_words
from ivr.flow.picture.ink import drawable, element
from ivr.flow.picture.labels import Room, around, bounds_of, place_labels
from ivr.flow.picture.layout import Edge, Node, Placed, Route, place
from ivr.flow.picture.lines import draw_label, draw_line, label_lines, label_size
from ivr.flow.picture.outlines import Outline, Point, touch
from ivr.flow.picture.parts import Arrow, Box
from ivr.flow.picture.plan import Line, plan


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag that stands for a box elsewhere."""

    target: Box
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A flow with every place in it known. `placed` has the boxes first, then the tags."""

    flow: str
    boxes: tuple[Lettered, ...]
    tags: tuple[Tag, ...]
    lines: tuple[Line, ...]
    placed: Placed
    routes: tuple[tuple[Point, ...], ...]
    """Each line from silhouette to silhouette."""
    labels: tuple[Point | None, ...]
    """The middle of each line's label."""
    bounds: Room
    """Around all of it, labels that stand out included."""


def lay_out(flow: str, boxes: Sequence[Box], arrows: Sequence[Arrow], all_boxes: Mapping[str, Box]) -> Section:
    """Find a place for everything; `arrows` start in this flow, `all_boxes` are the whole picture's by id."""
    lettered = tuple(letter(box) for box in boxes)
    lines = tuple(plan(boxes, arrows))
    numbers = {box.id: number for number, box in enumerate(boxes)}
    nodes = [Node(one.width, one.height) for one in lettered]
    tags: list[Tag] = []
    edges: list[Edge] = []
    for line in lines:
        target = numbers.get(line.target, 0)
        if line.tag:
            target = len(nodes)
            tags.append(Tag(all_boxes[line.target], tag_words(all_boxes[line.target], flow)))
            nodes.append(Node(*tag_size(tags[-1].words)))
        size = label_size(label_lines(line.labels))
        edges.append(Edge(numbers[line.source], target, Node(*size), line.back and not line.tag))
    placed = place(nodes, edges)
    outlines = [*(one.outline for one in lettered), *(tag_outline(tag_size(tag.words)) for tag in tags)]
    routes = tuple(to_outlines(outlines, edge, placed, route) for edge, route in zip(edges, placed.routes, strict=True))
    rooms = [
        Room(left, top, left + node.width, top + node.height)
        for (left, top), node in zip(placed.corners, nodes, strict=True)
    ]
    sizes = [(edge.label.width, edge.label.height) for edge in edges]
    labels = place_labels(rooms, routes, sizes, [route.label for route in placed.routes])
    shown = [around(middle, size) for middle, size in zip(labels, sizes, strict=True) if middle]
    bounds = bounds_of([Room(0.0, 0.0, placed.width, placed.height), *shown])
    return Section(flow, lettered, tuple(tags), lines, placed, routes, tuple(labels), bounds)


def draw_section(parent: ET.Element, section: Section, boxes: Mapping[str, Box], names: Mapping[str, str]) -> None:
    """Lines below, boxes over them, labels on top, from (0, 0) on; `names` are the ids of all boxes in the SVG.

    A line tells by `data-from` and `data-to` which boxes it joins, so that a page can show the way a call went.
    """
    shift = f"translate({-section.bounds.left:.1f} {-section.bounds.top:.1f})"
    inside = element(parent, "g", transform=shift)
    corners = section.placed.corners
    for line, route in zip(section.lines, section.routes, strict=True):
        words = f"{boxes[line.source].title} → {boxes[line.target].title}" + (
            f": {', '.join(line.labels)}" if line.labels else ""
        )
        group = draw_line(inside, route, line.back and not line.tag, words)
        group.attrib |= {"data-from": drawable(line.source), "data-to": drawable(line.target)}
    for lettered, corner in zip(section.boxes, corners, strict=False):
        draw_box(inside, lettered, corner, names[lettered.box.id])
    for tag, corner in zip(section.tags, corners[len(section.boxes) :], strict=True):
        draw_tag(inside, tag.target, tag.words, corner, names.get(tag.target.id))
    for line, middle in zip(section.lines, section.labels, strict=True):
        if middle:
            draw_label(inside, label_lines(line.labels), middle, line.back and not line.tag)


def to_outlines(outlines: Sequence[Outline], edge: Edge, placed: Placed, route: Route) -> tuple[Point, ...]:
    """The route, drawn out from the rectangles the layout knows to the silhouettes that are seen."""
    points = list(route.points)
    points[0] = moved(outlines[edge.source], placed.corners[edge.source], points[1], points[0])
    points[-1] = moved(outlines[edge.target], placed.corners[edge.target], points[-2], points[-1])
    return tuple(points)


def moved(outline: Outline, corner: Point, before: Point, port: Point) -> Point:
    """The port, moved along its line to the silhouette whose upper left corner is given."""
    left, top = corner
    inside = touch(outline, (before[0] - left, before[1] - top), (port[0] - left, port[1] - top))
    return (inside[0] + left, inside[1] + top)
