"""The voices of a process without its ears."""

from __future__ import annotations

from ivr.channels.audio.parts import Hearing
from ivr.speech.ear import Ear, Told
from ivr.speech.prompts import Prompts


class Deaf:
    """A `Hearing` for a call that comes when the ears have too much to do."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing

    def prompts(self, hotline: str) -> Prompts:
        return self._hearing.prompts(hotline)

    def ear(self, language: str, told: Told) -> Ear | None:
        return None

    def hears(self, language: str) -> bool:
        return False

    def speaks(self, language: str) -> bool:
        return self._hearing.speaks(language)

    def takes_calls(self) -> bool:
        return False
