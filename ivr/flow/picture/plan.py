"""What is drawn of one flow, before anybody knows where: lines between boxes, and tags instead of lines.

Ways between the same two boxes become one line. A way back to a step that was passed on the way from the start is a
line back. A tag names the step a way goes to instead of a line to it: to another flow, or to a step so many lead to
that their lines would cover the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ivr.flow.picture.parts import Arrow, Box

MOST_LINES = 8
"""Lines that may end at one box; of more, all but one become tags."""


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn line, with the labels of all ways it stands for."""

    source: str
    target: str
    labels: tuple[str, ...]
    back: bool = False
    tag: bool = False
    """Ends at a tag that names the target."""


def plan(boxes: Sequence[Box], arrows: Iterable[Arrow]) -> list[Line]:
    """The lines of one flow: `boxes` are its own, `arrows` those that start in it."""
    own = {box.id for box in boxes}
    labels: dict[tuple[str, str], list[str]] = {}
    for arrow in arrows:
        labels.setdefault((arrow.source, arrow.target), []).append(arrow.label)
    ways = [pair for pair in labels if pair[1] in own and pair[0] != pair[1]]
    starts = [box.id for box in boxes if box.start]
    back = ways_back([*starts, *(box.id for box in boxes)], ways)
    tagged = crowded(ways, back)
    return [
        Line(
            source,
            target,
            tuple(label for label in said if label),
            back=(source, target) in back,
            tag=target not in own or (source, target) in tagged,
        )
        for (source, target), said in labels.items()
    ]


def ways_back(roots: Iterable[str], ways: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The ways that lead to a step still open on the walk from the first step: without them there is no circle."""
    onward = by_source(ways)
    back: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        trail, trail_set = [(root, iter(onward.get(root, ())))], {root}
        while trail:
            here, rest = trail[-1]
            target = next(rest, None)
            if target is None:
                trail.pop()
                trail_set.discard(here)
            elif target in trail_set:
                back.add((here, target))
            elif target not in seen:
                seen.add(target)
                trail.append((target, iter(onward.get(target, ()))))
                trail_set.add(target)
    return back


def crowded(ways: Sequence[tuple[str, str]], back: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The ways to crowded steps, which become tags; the lowest way down stays a line and holds the step there."""
    depth = depths(ways, back)
    tagged: set[tuple[str, str]] = set()
    arriving: dict[str, list[tuple[str, str]]] = {}
    for way in ways:
        arriving.setdefault(way[1], []).append(way)
    for there in arriving.values():
        if len(there) > MOST_LINES:
            down = [way for way in there if way not in back]
            kept = max(down, key=lambda way: depth[way[0]]) if down else None
            tagged.update(way for way in there if way != kept)
    return tagged


def depths(ways: Sequence[tuple[str, str]], back: set[tuple[str, str]]) -> dict[str, int]:
    """How many ways the longest walk down to each step takes."""
    down = [way for way in ways if way not in back]
    onward = by_source(down)
    arriving = {step: 0 for way in ways for step in way}
    for _, target in down:
        arriving[target] += 1
    depth = dict.fromkeys(arriving, 0)
    ready = [step for step, count in arriving.items() if not count]
    while ready:
        here = ready.pop()
        for target in onward.get(here, ()):
            depth[target] = max(depth[target], depth[here] + 1)
            arriving[target] -= 1
            if not arriving[target]:
                ready.append(target)
    return depth


def by_source(ways: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """Where each step leads, in the order written."""
    onward: dict[str, list[str]] = {}
    for source, target in ways:
        onward.setdefault(source, []).append(target)
    return onward
