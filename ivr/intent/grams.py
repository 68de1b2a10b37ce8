"""What of a sentence is compared: its words and pairs of words, and the pieces of its words."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from ivr.intent.text import is_han

LONGEST_PIECE = 4


def grams(said: str) -> tuple[Counter[str], Counter[str]]:
    """The words and pairs, and the pieces of two to four characters within words, of a `normal` text.

    A Chinese character counts as a word; pieces run through a whole run of them, as there are no word borders.
    A piece at the edge of a word keeps the space, so that "pre" in "prepaid" differs from "pre" in "express".
    """
    runs = said.split()
    words = [word for run in runs for word in (run if is_han(run) else (run,))]
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    pieces: list[str] = []
    for run in runs:
        edged = f" {run} "
        for size in range(2, min(LONGEST_PIECE, len(edged)) + 1):
            pieces += [edged[at : at + size] for at in range(len(edged) - size + 1)]
    return Counter(words + pairs), Counter(pieces)
