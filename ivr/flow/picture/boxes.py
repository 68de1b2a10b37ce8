"""Boxes and tags: their lettering and size before the layout, their SVG after it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from ivr.flow.picture.ink import drawable, element, text_line, tooltip
from ivr.flow.picture.lettering import width, wrap
from ivr.flow.picture.looks import look_of
from ivr.flow.picture.outlines import INSETS, OUTLINES, Inset, Outline, Point
from ivr.flow.picture.parts import Box

MARGIN = 18.0
"""Left and right of the letters, so that they clear every outline."""
NARROWEST, WIDEST = 132.0, 232.0
HEAD, TITLE, TEXT = 10.5, 13.0, 11.5
"""Font sizes in pixels: the kind, the step's name, what is said."""
TITLE_LINES, TEXT_LINES = 2, 3
TAG = 11.0


@dataclass(frozen=True, slots=True)
class Lettered:
    """A box with its lines broken and its size known."""

    box: Box
    title: tuple[str, ...]
    text: tuple[str, ...]
    notes: tuple[str, ...]
    badges: tuple[str, ...]
    width: float
    height: float

    @property
    def inset(self) -> Inset:
        return inset_of(self.box)

    @property
    def outline(self) -> Outline:
        return OUTLINES[look_of(self.box.kind).outline](self.width, self.height)


def inset_of(box: Box) -> Inset:
    return INSETS.get(look_of(box.kind).outline, Inset())


def letter(box: Box) -> Lettered:
    """Break the lines of a box and find its size."""
    room = WIDEST - 2 * MARGIN
    title = wrap(box.title, TITLE * 1.06, room, TITLE_LINES)  # bold is wider
    text = wrap(box.text, TEXT, room, TEXT_LINES)
    notes = tuple(line for note in box.notes for line in wrap(note, TEXT, room, 1))
    badges = tuple(word for word, holds in (("START", box.start), ("END", box.ends)) if holds)
    head = 20 + width(box.kind.upper(), HEAD) * 1.15 + sum(14 + width(badge, HEAD) for badge in badges)
    lines = [head, *(width(line, TITLE * 1.06) for line in title), *(width(line, TEXT) for line in (*text, *notes))]
    inset = inset_of(box)
    wide = max(max(lines) + 2 * MARGIN + inset.right, NARROWEST)
    small = len(text) + len(notes)
    tall = 12 + 15 + len(title) * 17 + (4 if small else 0) + small * 15 + 11 + inset.top + inset.bottom
    return Lettered(box, tuple(title), tuple(text), notes, badges, float(round(wide)), tall)


def draw_box(parent: ET.Element, lettered: Lettered, corner: Point, name: str) -> None:
    """One box; `name` is the id that tags link to. A page finds it by `data-step`, the box's own id, to light it."""
    box, look, outline = lettered.box, look_of(lettered.box.kind), lettered.outline
    own = {"class": "box", "data-step": drawable(box.id), "data-kind": drawable(box.kind)}
    group = element(parent, "g", own, id=name, transform=f"translate({corner[0]:.1f} {corner[1]:.1f})")
    tooltip(group, "\n".join(line for line in (f"{box.kind}: {box.title}", box.text, *box.notes) if line))
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in outline.corners) + " Z"
    heavy = "3" if box.start or box.ends else "1.5"
    style = {"fill": look.fill, "stroke": look.border, "stroke-width": heavy, "stroke-linejoin": "round"}
    element(group, "path", {"class": "outline", "d": path, **style})
    if outline.inner:
        element(group, "path", {"d": outline.inner, "fill": "none", "stroke": look.border, "stroke-width": "1.2"})
    letters = element(group, "g", transform=f"translate(0 {lettered.inset.top:g})")
    sign = {"fill": "none", "stroke": look.border, "stroke-width": "1.4", "stroke-linecap": "round"}
    element(letters, "path", {"d": look.sign, "transform": f"translate({MARGIN:g} 10) scale(0.85)", **sign})
    text_line(letters, box.kind.upper(), MARGIN + 19, 21, "kind", fill=look.border)
    right = lettered.width - lettered.inset.right - MARGIN + 4
    for badge in reversed(lettered.badges):
        wide = width(badge, HEAD) + 10
        right -= wide
        element(letters, "rect", x=f"{right:.1f}", y="10", width=f"{wide:.1f}", height="15", rx="3", fill=look.border)
        text_line(letters, badge, right + wide / 2, 21, "badge")
        right -= 4
    down = 40.0
    for line in lettered.title:
        text_line(letters, line, MARGIN, down, "step")
        down += 17
    down += 2
    for line in lettered.text:
        text_line(letters, line, MARGIN, down, "said")
        down += 15
    for line in lettered.notes:
        text_line(letters, line, MARGIN, down, "note")
        down += 15


def tag_words(target: Box, here: str) -> str:
    """What a tag says: the step; of another flow that flow, and the step where that is not its first."""
    words = target.title
    if target.flow and target.flow != here:
        words = f"flow {target.flow}" if target.start else f"{target.flow}: {target.title}"
    return (wrap(words, TAG, 190, 1) or [""])[0]


def tag_size(words: str) -> tuple[float, float]:
    return round(width(words, TAG) + 34), 24.0


def tag_outline(size: tuple[float, float]) -> Outline:
    w, h = size
    return Outline(((0, 0), (w - 9, 0), (w, h / 2), (w - 9, h), (0, h)))


def draw_tag(parent: ET.Element, target: Box, words: str, corner: Point, name: str | None) -> None:
    """A way that goes on elsewhere; a click leads there, where it is drawn at all."""
    link = element(parent, "a", {"data-goes": drawable(target.id)} | ({"href": f"#{name}"} if name else {}))
    group = element(link, "g", transform=f"translate({corner[0]:.1f} {corner[1]:.1f})")
    tooltip(group, f"goes on at {target.title}" + (f" in flow {target.flow}" if target.flow else ""))
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in tag_outline(tag_size(words)).corners) + " Z"
    element(group, "path", {"class": "tag", "d": path})
    text_line(group, f"→ {words}", 9, 16, "goes-on")
