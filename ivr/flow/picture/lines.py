"""Arrows: rounded paths, arrowheads, labels."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from ivr.flow.picture.ink import element, text_line, tooltip
from ivr.flow.picture.lettering import width, wrap
from ivr.flow.picture.outlines import Point

LABEL = 11.0
LABEL_WIDEST = 150.0
LABEL_LINE = 14.0
LABEL_MOST = 6
BEND = 7.0
HEAD_LENGTH = 9.0
ONWARD, BACK = "#3a4654", "#a3341f"


def label_lines(labels: Sequence[str]) -> list[str]:
    """What stands at a line: few ways with two lines each, many with one; more than can be shown are counted."""
    most = 2 if len(labels) <= LABEL_MOST // 2 else 1
    shown = [line for label in labels for line in wrap(label, LABEL, LABEL_WIDEST, most)]
    return shown if len(shown) <= LABEL_MOST else [*shown[: LABEL_MOST - 1], f"… {len(shown) - LABEL_MOST + 1} more"]


def label_size(lines: Sequence[str]) -> tuple[float, float]:
    """The room the label takes; nothing for no label."""
    if not lines:
        return 0.0, 0.0
    return round(max(width(line, LABEL) for line in lines) + 8), len(lines) * LABEL_LINE + 2


def draw_line(parent: ET.Element, points: Sequence[Point], back: bool, words: str) -> ET.Element:
    """A line with its head; a white rim under it shows at crossings which line goes on. Returns its group."""
    group = element(parent, "g", {"class": "way back" if back else "way"})
    tooltip(group, words)
    trimmed = [*points[:-1], shorter(points[-2], points[-1], HEAD_LENGTH - 1)]
    path = bent(trimmed)
    element(group, "path", {"class": "rim", "d": path})
    element(group, "path", {"class": "line", "d": path})
    element(group, "path", {"class": "head", "d": head(points[-2], points[-1])})
    return group


def draw_label(parent: ET.Element, lines: Sequence[str], middle: Point, back: bool) -> None:
    """The label of a line around the middle of its room."""
    group = element(parent, "g", {"class": "label back" if back else "label"})
    top = middle[1] - len(lines) * LABEL_LINE / 2
    for number, line in enumerate(lines):
        text_line(group, line, middle[0], top + number * LABEL_LINE + 10.5, "name")


def bent(points: Sequence[Point]) -> str:
    """A path through the points with rounded corners."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(BEND, math.dist(before, here) / 2, math.dist(here, after) / 2)
        a, b = shorter(before, here, radius), shorter(after, here, radius)
        path += f" L{a[0]:.1f} {a[1]:.1f} Q{here[0]:.1f} {here[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
    return path + f" L{points[-1][0]:.1f} {points[-1][1]:.1f}"


def shorter(start: Point, end: Point, by: float) -> Point:
    """The point on the way from start to end that is `by` before the end."""
    length = math.dist(start, end)
    if length <= by:
        return start if length else end
    share = (length - by) / length
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def head(before: Point, tip: Point) -> str:
    """An arrowhead whose tip is at `tip`."""
    length = math.dist(before, tip) or 1.0
    dx, dy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    rear = (tip[0] - dx * HEAD_LENGTH, tip[1] - dy * HEAD_LENGTH)
    left = (rear[0] - dy * 4, rear[1] + dx * 4)
    right = (rear[0] + dy * 4, rear[1] - dx * 4)
    return f"M{tip[0]:.1f} {tip[1]:.1f} L{left[0]:.1f} {left[1]:.1f} L{right[0]:.1f} {right[1]:.1f} Z"
