"""The silhouettes of boxes: closed paths inside a rectangle, and where an arrow that points at one touches it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A silhouette around (0, 0)–(width, height): corners in order, and lines drawn inside it."""

    corners: tuple[Point, ...]
    inner: str = ""


def arc(cx: float, cy: float, rx: float, ry: float, start: int, end: int) -> list[Point]:
    """Points on an ellipse between two angles in degrees, clockwise as seen on a screen, 0 to the right."""
    count = max(2, abs(end - start) // 15)
    turns = [math.radians(start + (end - start) * i / count) for i in range(count + 1)]
    return [(cx + rx * math.cos(turn), cy + ry * math.sin(turn)) for turn in turns]


def rounded(w: float, h: float, r: float) -> Outline:
    corners = [*arc(w - r, r, r, r, -90, 0), *arc(w - r, h - r, r, r, 0, 90)]
    corners += [*arc(r, h - r, r, r, 90, 180), *arc(r, r, r, r, 180, 270)]
    return Outline(tuple(corners))


def cut_corners(w: float, h: float, c: float) -> Outline:
    return Outline(((c, 0), (w - c, 0), (w, c), (w, h - c), (w - c, h), (c, h), (0, h - c), (0, c)))


def slanted(w: float, h: float) -> Outline:
    return Outline(((12, 0), (w, 0), (w - 12, h), (0, h)))


def ticket(w: float, h: float) -> Outline:
    corners = [*arc(w, 0, 9, 9, 180, 90), *arc(w, h, 9, 9, 270, 180), *arc(0, h, 9, 9, 0, -90), *arc(0, 0, 9, 9, 90, 0)]
    return Outline(tuple(corners))


def drum(w: float, h: float) -> Outline:
    top, bottom = arc(w / 2, 7, w / 2, 7, 180, 360), arc(w / 2, h - 7, w / 2, 7, 0, 180)
    return Outline((*top, *bottom), f"M0 7 A{w / 2:.1f} 7 0 0 0 {w:.1f} 7")


def pointed(w: float, h: float) -> Outline:
    return Outline(((14, 0), (w - 14, 0), (w, h / 2), (w - 14, h), (14, h), (0, h / 2)))


def framed(w: float, h: float) -> Outline:
    return Outline(((0, 0), (w, 0), (w, h), (0, h)), f"M6 0 V{h:.1f} M{w - 6:.1f} 0 V{h:.1f}")


def stack(w: float, h: float) -> Outline:
    """Sheets behind one another."""
    corners = ((0, 0), (w - 8, 0), (w - 8, 4), (w - 4, 4), (w - 4, 8), (w, 8), (w, h), (8, h), (8, h - 4), (4, h - 4))
    inner = f"M{w - 8:.1f} 4 V{h - 8:.1f} H4 M{w - 4:.1f} 8 V{h - 4:.1f} H8"
    return Outline((*corners, (4, h - 8), (0, h - 8)), inner)


def torn(w: float, h: float) -> Outline:
    """A sheet with a wavy lower edge."""
    wave = [(w * (1 - i / 16), h - 5 + 5 * math.sin(math.tau * i / 16)) for i in range(17)]
    return Outline(((0, 0), (w, 0), *wave))


def note(w: float, h: float) -> Outline:
    corners = ((0, 0), (w - 14, 0), (w, 14), (w, h), (0, h))
    return Outline(corners, f"M{w - 14:.1f} 0 V14 H{w:.1f}")


@dataclass(frozen=True, slots=True)
class Inset:
    """Room that an outline takes from its letters, in pixels."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


INSETS = {"drum": Inset(top=9, bottom=4), "stack": Inset(right=8, bottom=8), "torn": Inset(bottom=7)}
OUTLINES: dict[str, Callable[[float, float], Outline]] = {
    "plain": lambda w, h: Outline(((0, 0), (w, 0), (w, h), (0, h))),
    "round": lambda w, h: rounded(w, h, 10),
    "pill": lambda w, h: rounded(w, h, min(24, h / 2)),
    "octagon": lambda w, h: cut_corners(w, h, 11),
    "onwards": lambda w, h: Outline(((0, 0), (w - 14, 0), (w, h / 2), (w - 14, h), (0, h))),
    "homewards": lambda w, h: Outline(((14, 0), (w, 0), (w, h), (14, h), (0, h / 2))),
    "flag": lambda w, h: Outline(((12, 0), (w, 0), (w - 9, h / 2), (w, h), (12, h), (0, h / 2))),
    "tab": lambda w, h: Outline(((9, 0), (w - 9, 0), (w, 9), (w, h), (0, h), (0, 9))),
    "slip": lambda w, h: Outline(((0, 0), (w, 0), (w, h - 12), (w - 12, h), (12, h), (0, h - 12))),
    "slanted": slanted,
    "ticket": ticket,
    "drum": drum,
    "pointed": pointed,
    "framed": framed,
    "stack": stack,
    "torn": torn,
    "note": note,
}


def touch(outline: Outline, before: Point, port: Point) -> Point:
    """Where a line from `before` through `port`, a point on the rectangle around, meets the outline; else the port."""
    dx, dy = port[0] - before[0], port[1] - before[1]
    length = math.hypot(dx, dy)
    if not length:
        return port
    ends = zip(outline.corners, (*outline.corners[1:], outline.corners[0]), strict=True)
    along = [at for a, b in ends if (at := crossing(before, (dx, dy), a, b)) is not None and at > 0]
    if not along:
        return port
    at = min(along, key=lambda share: abs(share - 1))
    return (before[0] + dx * at, before[1] + dy * at)


def crossing(start: Point, way: Point, a: Point, b: Point) -> float | None:
    """How far along `way` from `start` the edge a–b is met, in lengths of `way`; None where it is not."""
    ex, ey = b[0] - a[0], b[1] - a[1]
    across = way[0] * ey - way[1] * ex
    if abs(across) < 1e-9:
        return None
    ax, ay = a[0] - start[0], a[1] - start[1]
    on_edge = (ax * way[1] - ay * way[0]) / across
    return (ax * ey - ay * ex) / across if -1e-9 <= on_edge <= 1 + 1e-9 else None
