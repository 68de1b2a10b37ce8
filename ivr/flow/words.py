"""What callers hear, under names that the steps use: one file for each language, `words/en.yaml`, `words/zh.yaml`.

welcome: "Welcome to {{ company }}."
how_can_i_help:
  say: "How can I help you? Or press 1 for your balance."
  nothing:                                  # said instead after silence: the first time, the second time, …
    - "I did not hear anything. How can I help you?"
    - "Please press 1 for your balance, or 0 for a person."
  unclear: ["I did not get that. How can I help you?"]
which_service:
  say: "Is it about the internet or about the phone?"
  choices: {internet: [internet, wifi, broadband], phone: [phone, line, landline]}   # what a caller may say
your_balance_is:
  say: "Your balance is {{ balance.amount | money }}{% if balance.due %}, due on {{ balance.due | date }}{% endif %}."
  sms: "Balance: {{ balance.amount | money }}."       # the written form, where it differs
goodbye:
  say: "Thank you for calling. Goodbye."
  audio: goodbye.wav                                  # a recording of `say`, in the folder audio/
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
    """An entry is a text, or lines that say more. Every language needs every name."""

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
