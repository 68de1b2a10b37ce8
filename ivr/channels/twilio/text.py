"""Words made fit for a document: no letter XML refuses, no piece longer than Twilio speaks, cut where one breathes."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_BYTES = 3000
"""The smallest limit among the voices: Polly's. Basic voices take 4096, Google's 5000."""
MAX_QUOTED = 4500
"""And every voice's limit on the text as it would stand in a URL: %xx for whatever is not a plain letter."""

# XML 1.0 knows no other control characters, no lone surrogates and no U+FFFE; a parser refuses the whole document.
REFUSED = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BREAKS = (
    re.compile(r"[.!?]['\")\]]*\s+|[。！？][”’」』）]*|\n+"),  # a sentence ends
    re.compile(r"[,;:]\s+|[，；：、]"),  # a clause ends
    re.compile(r"\s+"),
)
PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")


def clean(text: str) -> str:
    """The same words without letters that XML refuses."""
    return REFUSED.sub(" ", text).strip()


def pieces(text: str) -> Iterator[str]:
    """The whole text in parts that fit one `Say` each; nothing for a text without a letter in it."""
    rest = clean(text)
    while rest:
        piece, rest = _split(rest, MAX_BYTES, MAX_QUOTED)
        yield piece


def shortened(text: str, max_bytes: int) -> str:
    """The beginning of the text, up to the last sentence that fits."""
    return _split(clean(text), max_bytes, 9 * max_bytes)[0]


def _split(text: str, max_bytes: int, max_quoted: int) -> tuple[str, str]:
    """The longest good beginning within the limits, and what is left."""
    end = _reach(text, max_bytes, max_quoted)
    if end == len(text):
        return text, ""
    for kind in BREAKS:
        # A break in the first half would leave many short pieces: then the next kind of break is better.
        if cuts := [found.end() for found in kind.finditer(text, end // 2, end)]:
            end = cuts[-1]
            break
    return text[:end].strip(), text[end:].strip()


def _reach(text: str, max_bytes: int, max_quoted: int) -> int:
    """How many letters fit; at least one."""
    if 4 * len(text) <= max_bytes and 12 * len(text) <= max_quoted:  # a letter is 4 bytes at most: nothing to count
        return len(text)
    size = quoted = 0
    for at, letter in enumerate(text):
        length = len(letter.encode())
        size += length
        quoted += 1 if letter in PLAIN else 3 * length
        if size > max_bytes or quoted > max_quoted:
            return max(at, 1)
    return len(text)
