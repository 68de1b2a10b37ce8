"""How each step kind looks, and what else is drawn as a box.

A word, a silhouette, a sign and colours: any one of the first three alone tells it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """Colours are light fills with dark borders; in black and white, word, outline and sign remain."""

    outline: str
    """A name of `outlines.OUTLINES`."""
    fill: str
    border: str
    sign: str
    """Stroked path in a square of 16."""


def spoken(outline: str, sign: str) -> Look:
    """The caller hears something."""
    return Look(outline, "#e3f0fa", "#1d5c8c", sign)


def counted(outline: str, sign: str) -> Look:
    """The machine finds out or decides."""
    return Look(outline, "#e8f4e4", "#33682a", sign)


def human(outline: str, sign: str) -> Look:
    """A person comes in."""
    return Look(outline, "#fdeedb", "#8a4a00", sign)


def kept(outline: str, sign: str) -> Look:
    """Something is written or sent."""
    return Look(outline, "#f1e9f7", "#663a86", sign)


HANDSET = "M3 3 l3 -1 2 4 -2 1.5 a9 9 0 0 0 3.5 3.5 L11 9 l4 2 -1 3 C7 15 2 10 3 3 Z"

LOOKS: dict[str, Look] = {
    "say": spoken("round", "M2 3 H14 V11 H7 L4 14 V11 H2 Z M5 6 H11 M5 8.5 H9"),
    "ask": spoken("slanted", "M5 6 C5 1.5 11.5 1.5 11.5 6 C11.5 8.5 8 8.5 8 11 M8 13.6 V14.4"),
    "offer": spoken("octagon", "M2 8 L6 12 L14 4 M2 14.5 H14"),
    "hint": spoken("slip", "M5.5 11 C2 8 3.5 2 8 2 C12.5 2 14 8 10.5 11 V12.5 H5.5 Z M6 14.5 H10"),
    "rate": spoken("ticket", "M8 1.5 L10 6.2 L15 6.6 L11.2 9.9 L12.4 14.8 L8 12.1 L3.6 14.8 L4.8 9.9 L1 6.6 L6 6.2 Z"),
    "lookup": counted("drum", "M7 2.5 A4.5 4.5 0 1 1 6.99 2.5 Z M10.3 10.3 L14.5 14.5"),
    "set": counted("plain", "M3 6 H13 M3 10.5 H13"),
    "choose": counted("pointed", "M8 14 V9 L3 3 M8 9 L13 3 M3 6 V3 H6 M10 3 H13 V6"),
    "do": counted("framed", "M2 2 H14 V14 H2 Z M5 5 H11 V11 H5 Z"),
    "queue": human(
        "stack", "M3 6 a2 2 0 1 1 .01 0 Z M8 6 a2 2 0 1 1 .01 0 Z M13 6 a2 2 0 1 1 .01 0 Z M1 13 V9 H15 V13"
    ),
    "dial": human("onwards", HANDSET + " M10 5 L15 1 M11.5 1 H15 V4.5"),
    "callback": human("homewards", HANDSET + " M15 1 L10 5 M10 1.6 V5 H13.4"),
    "record": kept("torn", "M4.5 11 a3.4 3.4 0 1 1 .01 0 Z M11.5 11 a3.4 3.4 0 1 1 .01 0 Z M4.5 11 H11.5"),
    "sms": kept("note", "M1.5 3.5 H14.5 V12.5 H1.5 Z L8 9 L14.5 3.5"),
    "return": Look("flag", "#eceff2", "#333f4b", "M14 13 V8 H3 M7 4 L3 8 L7 12"),
    "always": Look("tab", "#ffffff", "#333f4b", "M8 2 V14 M2.8 5 L13.2 11 M2.8 11 L13.2 5"),
    "hangup": Look("pill", "#eceff2", "#333f4b", "M1.5 10 C4 5.5 12 5.5 14.5 10 L12 12 L10.3 9.8 H5.7 L4 12 Z"),
}
OTHER = Look("plain", "#ffffff", "#333f4b", "M8 2 V14 M2 8 H14")


def look_of(kind: str) -> Look:
    """The look of a step kind; one plain look for a kind that came later."""
    return LOOKS.get(kind, OTHER)
