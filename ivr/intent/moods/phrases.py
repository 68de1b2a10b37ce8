"""Phrases as they are written down here."""

from __future__ import annotations


def phrases(text: str) -> tuple[str, ...]:
    """`normal` phrases, parted by commas and line ends."""
    return tuple(phrase.strip() for phrase in text.replace("\n", ",").split(",") if phrase.strip())
