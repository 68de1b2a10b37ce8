"""A picture as one self-contained SVG: sections in rows, each flow laid out by itself."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence

from ivr.flow.picture.ink import drawable, element, text_line, tooltip
from ivr.flow.picture.legend import LEGEND_HEIGHT, LEGEND_WIDTH, draw_legend
from ivr.flow.picture.lettering import width
from ivr.flow.picture.parts import Arrow, Box, Picture
from ivr.flow.picture.section import Section, draw_section, lay_out
from ivr.flow.picture.style import STYLE

EDGE = 24.0
"""Around everything."""
INSIDE = 22.0
"""Around the drawing in a section's frame."""
GAP = 20.0
HEADING = 34.0
TITLE = 44.0


def svg(picture: Picture) -> str:
    """The picture as SVG text. Raises ValueError for two boxes with one id and for an arrow without its box."""
    names = box_names(picture)
    boxes = {box.id: box for box in (*picture.elsewhere, *picture.boxes)}
    sections = lay_out_all(picture, boxes)
    widest = max([LEGEND_WIDTH, width(picture.title, 20), *map(frame_width, sections)])
    rows = in_rows(sections, widest)
    heights = [max(one.bounds.height + 2 * INSIDE + heading_height(one) for one in row) for row in rows]
    wide, tall = widest + 2 * EDGE, TITLE + sum(heights) + GAP * len(rows) + LEGEND_HEIGHT + 2 * EDGE
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {wide:.0f} {tall:.0f}",
            "width": f"{wide:.0f}",
            "height": f"{tall:.0f}",
            "role": "img",
            "aria-labelledby": "picture-title picture-words",
        },
    )
    element(root, "title", id="picture-title").text = drawable(picture.title)
    element(root, "desc", id="picture-words").text = drawable(in_words(picture))
    element(root, "style").text = STYLE
    element(root, "rect", {"class": "paper", "width": f"{wide:.0f}", "height": f"{tall:.0f}"})
    text_line(root, picture.title, EDGE, EDGE + 20, "title")
    down = EDGE + TITLE
    for row, height in zip(rows, heights, strict=True):
        right = EDGE
        for section in row:
            across = frame_width(section) if section is not row[-1] else EDGE + widest - right
            frame = element(root, "g", {"class": "flow"}, transform=f"translate({right:.1f} {down:.1f})")
            element(frame, "rect", {"class": "frame", "width": f"{across:.1f}", "height": f"{height:.1f}", "rx": "10"})
            if section.flow:
                tooltip(frame, f"flow {section.flow}")
                text_line(frame, section.flow, INSIDE, 30, "heading")
            inside = element(frame, "g", transform=f"translate({INSIDE:g} {INSIDE + heading_height(section):g})")
            draw_section(inside, section, boxes, names)
            right += across + GAP
        down += height + GAP
    draw_legend(element(root, "g", transform=f"translate({EDGE:g} {down:.1f})"))
    return ET.tostring(root, encoding="unicode")


def box_names(picture: Picture) -> Mapping[str, str]:
    """The id in the SVG of every box, which what people wrote cannot be."""
    names: dict[str, str] = {}
    for box in picture.boxes:
        if box.id in names:
            raise ValueError(f"two boxes have the id {box.id!r}")
        names[box.id] = f"step-{len(names) + 1}"
    elsewhere = {box.id for box in picture.elsewhere}
    for arrow in picture.arrows:
        for end in (arrow.source, arrow.target):
            if end not in names and (end == arrow.source or end not in elsewhere):
                raise ValueError(f"an arrow from {arrow.source!r} to {arrow.target!r} has no box {end!r}")
    return names


def lay_out_all(picture: Picture, boxes: Mapping[str, Box]) -> Sequence[Section]:
    """One section per flow, in the order of their first boxes."""
    flows: dict[str, list[Box]] = {}
    for box in picture.boxes:
        flows.setdefault(box.flow, []).append(box)
    arrows: dict[str, list[Arrow]] = {flow: [] for flow in flows}
    for arrow in picture.arrows:
        arrows[boxes[arrow.source].flow].append(arrow)
    return [lay_out(flow, own, arrows[flow], boxes) for flow, own in flows.items()]


def in_rows(sections: Sequence[Section], widest: float) -> list[list[Section]]:
    """Side by side, in their order, as many as fit into a row."""
    rows: list[list[Section]] = []
    left = 0.0
    for section in sections:
        wide = frame_width(section)
        if not rows or wide > left:
            rows.append([])
            left = widest
        rows[-1].append(section)
        left -= wide + GAP
    return rows


def frame_width(section: Section) -> float:
    return max(section.bounds.width, width(section.flow, 15) * 1.1) + 2 * INSIDE  # the heading is bold


def heading_height(section: Section) -> float:
    return HEADING if section.flow else 0.0


def in_words(picture: Picture) -> str:
    """What the picture shows, for those who hear it."""
    flows = dict.fromkeys(box.flow for box in picture.boxes if box.flow)
    starts = [box.title for box in picture.boxes if box.start]
    ends = [box.title for box in picture.boxes if box.ends]
    parts = [f"A call flow of {len(picture.boxes)} steps and {len(picture.arrows)} ways"]
    parts += [f"flows: {', '.join(flows)}"] if flows else []
    parts += [f"starts at: {', '.join(starts)}"] if starts else []
    parts += [f"ends at: {', '.join(ends)}"] if ends else []
    return "; ".join(parts) + "."
