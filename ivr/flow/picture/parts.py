"""What a picture is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """One step. `id` is unique in the picture, `kind` a step kind (an unknown one is drawn plainly, with its name)."""

    id: str
    kind: str
    title: str
    text: str = ""
    """What is said or looked up; wrapped to three lines, whole in the tooltip."""
    notes: tuple[str, ...] = ()
    """What else was written; a line for each under the text."""
    flow: str = ""
    """Boxes of one flow share a section; sections stand in the order of their first boxes."""
    ends: bool = False
    start: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """One way from box to box, by their ids. Ways between the same two boxes share one line and list their labels."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn; the order of boxes and arrows decides what stands left and what goes on downwards."""

    title: str
    boxes: tuple[Box, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    elsewhere: tuple[Box, ...] = ()
    """Boxes that are not drawn: ways may lead to them, and end at tags that name them."""
