"""Cutting a text into the pieces in which it is spoken, so that the first sound comes before the last word is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCE_MS, CLAUSE_MS = 380, 180
"""Silence after a sentence, and after a comma, a colon and their like."""
LEAST_LETTERS = 12
"""A clause shorter than this stays with the next one: cut off, "Yes," or "So," would sound chopped."""
MOST_LETTERS = 140
"""A text without any sign is cut between words here: somebody waits for the first sound."""
CJK = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
CJK_WEIGHT = 3
"""A Chinese sign or a Korean syllable takes as long to say as three letters."""

CUT = re.compile(
    r"""(?P<sentence>[.!?…]+["'”’)]*(?=\s)|[。！？]+[”’」）]*)|(?P<clause>[,;:](?=\s)|[，；：、]|\s[–—-](?=\s))"""
)
ABBREVIATION = re.compile(r"(?:^|\s)(?:[A-Za-z]|Mr|Mrs|Ms|Dr|St|No|Nr|Jr|Sr|Inc|Co|Ltd|approx|e\.g|i\.e|[ap]\.m)\.$")


@dataclass(frozen=True, slots=True)
class Clause:
    text: str
    pause_ms: int
    """Silence after it; none after the last."""


def clauses(text: str) -> Iterator[Clause]:
    """The text in order and complete but for white space. Nothing to say gives nothing."""
    text = " ".join(text.split())
    pieces = list(_pieces(text))
    for n, (piece, pause_ms) in enumerate(pieces):
        yield Clause(piece, pause_ms if n + 1 < len(pieces) else 0)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    start = 0
    for cut in CUT.finditer(text):
        piece = text[start : cut.end()]
        sentence = cut["sentence"] is not None
        if sentence and _abbreviates(piece, text[cut.end() :]):
            continue
        if not sentence and weight(piece) < LEAST_LETTERS:
            continue
        start = cut.end()
        yield from _bounded(piece.strip(), SENTENCE_MS if sentence else CLAUSE_MS)
    yield from _bounded(text[start:].strip(), 0)


def _abbreviates(piece: str, rest: str) -> bool:
    """The full stop ends no sentence: a small letter follows, or a title or an initial stands before it."""
    return piece.endswith(".") and (rest.lstrip()[:1].islower() or bool(ABBREVIATION.search(piece)))


def _bounded(piece: str, pause_ms: int) -> Iterator[tuple[str, int]]:
    """Cut between words, or between signs where no word ends."""
    while weight(piece) > MOST_LETTERS:
        most = MOST_LETTERS // (CJK_WEIGHT if CJK.search(piece) else 1)
        end = piece.rfind(" ", most // 2, most)
        end = end if end > 0 else most
        yield piece[:end].strip(), 0
        piece = piece[end:].strip()
    if any(sign.isalnum() for sign in piece):
        yield piece, pause_ms


def weight(piece: str) -> int:
    """How long it takes to say, in letters."""
    return len(piece) + (CJK_WEIGHT - 1) * len(CJK.findall(piece))
