"""Texts of a hotline that are the same in every call: what a voice actor can record, and what can be rendered ahead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.flow.check.walk import walk
from ivr.flow.expressions import Text, Unreadable
from ivr.flow.hotline import Hotline
from ivr.flow.refs import WordsRef


@dataclass(frozen=True, slots=True)
class FixedWords:
    """One text, with the constants of the hotline put in."""

    key: str
    """Its name among the words."""
    language: str
    text: str
    audio: str | None = None
    """The recording that is played instead, as a path below `audio/`; None where there is none."""
    records: bool = True
    """Whether a recording of it can be named: that of `say`; what is said after silence is always said by a voice."""

    @property
    def sound(self) -> str:
        """Where its recording is, or should be: `en/welcome.wav`."""
        return self.audio or f"{self.language}/{self.key}.wav"


def fixed_words(hotline: Hotline) -> Iterator[FixedWords]:
    """In the order of `languages` and of the words' files.

    What names a caller, a lookup or a time is left out, and so is what only ever goes out as a text message.
    """
    texted = _texted(hotline)
    for language in hotline.file.languages:
        for key, spoken in hotline.words[language].items():
            if key in texted:
                continue
            if said := _fixed(spoken.say, hotline):
                yield FixedWords(key, language, said, spoken.audio)
            for text in (*spoken.nothing, *spoken.unclear):
                if said := _fixed(text, hotline):
                    yield FixedWords(key, language, said, records=False)


def _texted(hotline: Hotline) -> frozenset[str]:
    """Keys that steps and hints name under `sms:`, or ways elsewhere as their link, and nowhere else."""
    steps = [step for flow in hotline.flows.values() for step in flow.steps.values()]
    uses = [
        (str(value), trail[-1:] == ("sms",))
        for part in (*steps, *hotline.hints.values())
        for trail, value in walk(part)
        if isinstance(value, WordsRef)
    ]
    uses += [(str(one.words), True) for one in hotline.handoff.elsewhere.values()]
    return frozenset(key for key, texted in uses if texted) - {key for key, texted in uses if not texted}


def _fixed(text: Text, hotline: Hotline) -> str | None:
    """The words, in just the form in which a call says them; None where they differ from call to call."""
    if any(path[0] not in hotline.file.constants for path in text.reads):
        return None
    try:
        return text.render(hotline.file.constants)
    except Unreadable:  # a fault of the words, told by the check
        return None
