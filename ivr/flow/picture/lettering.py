"""How much room text takes, without a font at hand: widths as wide sans-serif fonts have them, so text fits in all."""

from __future__ import annotations

import unicodedata

NARROW = frozenset("iIjl.,:;'|!()[]`")
SLIM = frozenset(' ftr-"/\\*°{}')
BROAD = frozenset("mwMW@%&—…→")
BREAKS_AFTER = frozenset(" _-/|")


def width(text: str, size: float) -> float:
    """Pixels of one line at a font size in pixels."""
    return sum(map(share, text)) * size


def share(sign: str) -> float:
    """The width of one sign in ems; Chinese signs and emoji fill a square, combining marks take no room."""
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if sign in NARROW:
        return 0.35
    if sign in SLIM:
        return 0.43
    if sign in BROAD:
        return 0.95
    return 0.7 if sign.isupper() else 0.61


def wrap(text: str, size: float, room: float, lines: int) -> list[str]:
    """At most `lines` lines no wider than `room`; what does not fit is cut with an ellipsis.

    Lines break after blanks and `_ - / |`, between Chinese signs, and anywhere in a word that is wider than a line."""
    done: list[str] = []
    line = ""
    for piece in pieces(" ".join(text.split()), size, room):
        if line and width((line + piece).rstrip(), size) > room:
            done.append(line.rstrip())
            line = ""
        line += piece
    if line.rstrip():
        done.append(line.rstrip())
    if len(done) > lines:
        return [*done[: lines - 1], cut(done[lines - 1] + "…", size, room)]
    return done


def cut(text: str, size: float, room: float) -> str:
    """The text, shortened before its ellipsis until it fits."""
    while len(text) > 2 and width(text, size) > room:
        text = text[:-2].rstrip() + "…"
    return text


def pieces(text: str, size: float, room: float) -> list[str]:
    """The text cut wherever a line may break."""
    found: list[str] = []
    piece = ""
    for sign in text:
        square = unicodedata.east_asian_width(sign) in "WF" and sign.isalnum()
        if piece and (square or width(piece + sign, size) > room):
            found.append(piece)
            piece = ""
        piece += sign
        if sign in BREAKS_AFTER:
            found.append(piece)
            piece = ""
    return [*found, piece] if piece else found
