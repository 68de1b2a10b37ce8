"""Where the label of each line stands: on its own line, as near to where it starts as nothing else is in the way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ivr.flow.picture.outlines import Point

STRIDE = 7.0
"""Pixels between the places that are tried along a line."""
SHIFTS = (0.2, -0.2, 0.4, -0.4)
"""Shares of its width by which a label may stand off the middle of its line."""
BESIDE = 32.0
"""Twice the pixels between a label and its line up to which one sees that they belong together."""
AIR = 3.0
TIP = 11.0
"""An arrowhead, which no label may hide."""
NOBODY = -1
CELL = 120.0
"""What is in the way is looked up by squares of this size, or 300 boxes would be compared with 300 labels."""


@dataclass(frozen=True, slots=True)
class Room:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def meets(self, other: Room) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def around(middle: Point, size: Point) -> Room:
    """The rectangle of a size around a point."""
    return Room(
        middle[0] - size[0] / 2, middle[1] - size[1] / 2, middle[0] + size[0] / 2, middle[1] + size[1] / 2
    )  # fmt: skip


def bounds_of(rooms: Sequence[Room]) -> Room:
    """The rectangle around all of them; there is at least one."""
    return Room(
        min(one.left for one in rooms),
        min(one.top for one in rooms),
        max(one.right for one in rooms),
        max(one.bottom for one in rooms),
    )


class Taken:
    """What is drawn already, by squares of the paper. On a line its own label may stand, on the rest none."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], list[tuple[Room, int]]] = {}

    def add(self, room: Room, owner: int = NOBODY) -> None:
        for cell in cells(room):
            self.cells.setdefault(cell, []).append((room, owner))

    def free(self, room: Room, owner: int, *, over_lines: bool = False) -> bool:
        """Whether nothing of anybody else is there; lines may be let pass below."""
        near = (one for cell in cells(room) for one in self.cells.get(cell, ()))
        return not any(
            there.meets(room) for there, whose in near if whose != owner and not (over_lines and whose != NOBODY)
        )


def cells(room: Room) -> Iterator[tuple[int, int]]:
    for x in range(math.floor(room.left / CELL), math.floor(room.right / CELL) + 1):
        for y in range(math.floor(room.top / CELL), math.floor(room.bottom / CELL) + 1):
            yield x, y


def place_labels(
    boxes: Sequence[Room], routes: Sequence[Sequence[Point]], sizes: Sequence[Point], otherwise: Sequence[Point | None]
) -> list[Point | None]:
    """The middle of each label; no size, no place. `otherwise` is where the layout kept room for it."""
    taken = Taken()
    for box in boxes:
        taken.add(box)
    for owner, route in enumerate(routes):
        taken.add(around(route[-1], (TIP, TIP * 2)))
        for a, b in pairwise(route):
            taken.add(
                Room(min(a[0], b[0]) - AIR, min(a[1], b[1]) - AIR, max(a[0], b[0]) + AIR, max(a[1], b[1]) + AIR), owner
            )
    found: list[Point | None] = []
    for owner, (route, size, kept) in enumerate(zip(routes, sizes, otherwise, strict=True)):
        if not size[0]:
            found.append(None)
            continue
        middle = best(taken, route, size, kept, owner)
        taken.add(around(middle, size))
        found.append(middle)
    return found


def best(taken: Taken, route: Sequence[Point], size: Point, kept: Point | None, owner: int) -> Point:
    """On the line with nothing in the way, in the middle of the label or not; else beside it, or where room was kept
    if that is beside it too; else over other lines, never over a box or a label while there is any other place."""
    on_line = list(along(route))
    shifted = [(x + share * size[0], y) for share in SHIFTS for x, y in on_line]
    aside = [(x + side * (size[0] / 2 + AIR), y) for x, y in on_line for side in (1, -1)]
    last = [kept] if kept else []
    near = [one for one in last if any(around(one, (size[0] + BESIDE, size[1] + BESIDE)).holds(at) for at in on_line)]
    astray = [(x + side * (size[0] / 2 + far), y) for far in (14, 28, 42, 56) for x, y in on_line for side in (1, -1)]
    tried = ((on_line + shifted + aside + near, False), (on_line + shifted + aside, True), (last + astray, True))
    for middles, over_lines in tried:
        for middle in middles:
            if taken.free(around(middle, size), owner, over_lines=over_lines):
                return middle
    return kept or route[len(route) // 2]


def along(route: Sequence[Point]) -> Iterator[Point]:
    """Places on the line from its start to its end, a stride apart."""
    for a, b in pairwise(route):
        length = math.dist(a, b)
        for step in range(1, int(length / STRIDE) + 1):
            share = step * STRIDE / length
            yield (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
