"""Words of a hotline that our ears can never hear, as warnings for its author."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ivr.flow.hotline import Hotline
from ivr.flow.sayable import sayable
from ivr.flow.where import Fault
from ivr.speech.recogniser import Recogniser


def deaf_words(hotline: Hotline, language: str, ears: Recogniser, shown: Callable[[str], str] = str) -> Iterator[Fault]:
    """In the order of the files; `shown` is how a path below the hotline's folder stands in messages."""
    for phrase in sayable(hotline, language, shown):
        for deaf in ears.deaf_to([phrase.text]):
            sentence = f"{ears.name} can never hear {deaf.word!r} in {phrase.text!r}"
            yield Fault(phrase.where, sentence, deaf.instead, "warning")
