"""What a hotline keeps of how callers like to be served: `preferences:` of hotline.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from ivr.flow.edge import written

Aspect = Literal["language", "input", "pace", "way"]
"""What a caller can say outright."""
VALUES: Mapping[str, tuple[str, ...]] = {
    "input": ("keys", "voice"),
    "pace": ("slow", "normal"),
    "way": ("machine", "person", "callback", "message", "elsewhere"),
}
"""Aspect → what can be said of it; of `language` those of the hotline."""


def sayable(aspect: str, languages: Sequence[str]) -> Sequence[str]:
    """What can be said of an aspect on a hotline of these languages."""
    return VALUES.get(aspect, languages)


@written
@dataclass(frozen=True, slots=True)
class Preferences:
    """What is kept of how callers like to be served, for 400 days after the last call; of who hides the number nothing.

    It stands in `caller.prefers`, and the house itself goes by two of them from the first word on: the language, and a
    slow pace.
    """

    learn: bool = True
    """Learn from what callers do: the language, keys or voice, "slower" and "faster", whether a person or the machine
    served them, at which hour they want to be called back, whether they take what is offered. `false`: only what is
    said outright, by a `prefer` step or at the desk, is kept."""
    half_life_days: Annotated[float, Field(ge=1, le=3650)] = 90.0
    """After so many days what a call has shown counts half; so a preference changes with what the caller does, and
    fades when nothing shows it any more."""
