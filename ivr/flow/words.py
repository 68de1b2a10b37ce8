"""What is said, per language: `words/en.yaml` and its siblings.

how_can_i_help:
  say: "How can I help you?"
  nothing: ["Sorry, I heard nothing. How can I help?", "Please say it, or press 1 for your balance."]
  unclear: ["Sorry, I did not get that. How can I help?"]
  choices: {internet: [internet, wifi], phone: [phone, line]}
  audio: how_can_i_help.wav
goodbye: "Thank you for calling {{ company }}."
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from ivr.flow.edge import written
from ivr.flow.expressions import Text
from ivr.flow.refs import SoundRef


@written
@dataclass(frozen=True, slots=True)
class Wording:
    """One entry as written; a plain text means `say` alone."""

    say: str
    """What is said."""
    nothing: tuple[str, ...] = ()
    """Said instead after silence: first, second, … time; the last one stays."""
    unclear: tuple[str, ...] = ()
    """Said instead when the answer was not understood."""
    choices: Mapping[str, Annotated[tuple[str, ...], Field(min_length=1)]] = field(default_factory=dict)
    """What a caller may say for each option."""
    audio: SoundRef | None = None
    """A recording of `say`, below the hotline's `audio/`."""
    sms: str | None = None
    """The written form, where it differs from the spoken one."""


WrittenWords = Mapping[str, str | Wording]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A wording made ready for one language."""

    say: Text
    nothing: tuple[Text, ...]
    unclear: tuple[Text, ...]
    choices: Mapping[str, tuple[str, ...]]
    audio: str | None
    sms: Text


Words = Mapping[str, Spoken]
"""Words key → wording, in one language."""
