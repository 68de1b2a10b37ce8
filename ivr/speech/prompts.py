"""What the caller hears, whoever says it: a recording first, then what was said before, else a voice, live."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ivr.call.verbs import Play, Say
from ivr.errors import SpeechError
from ivr.speech.cache import PromptCache, key
from ivr.speech.voices.recorded import Recorded
from ivr.speech.voices.voice import Voice, base, choose

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A text that is known before anybody calls."""

    text: str
    language: str
    rate: float = 1.0


@dataclass(frozen=True, slots=True)
class Rendering:
    """What became of the prompts that were rendered ahead."""

    made: int
    kept: int
    """There already."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """The mouth of one hotline. Many threads and processes may share the cache."""

    voices: Sequence[Voice]
    cache: PromptCache
    recorded: Recorded | None = None
    """The hotline's own sounds."""

    def voice(self, language: str) -> Voice:
        """SpeechError where nobody speaks it."""
        return choose(language, self.voices)

    def sound(self, verb: Say | Play) -> Iterator[bytes]:
        """µ-law of what a verb lets be heard, piece by piece. SpeechError where there is nobody to say it.

        A broken recording is said by a voice, if its words are known. Of secrets nothing is kept.
        """
        if isinstance(verb, Play):
            yield self._played(verb.audio)
            return
        if verb.audio is not None and self.recorded:
            try:
                yield self.recorded.play(verb.audio, verb.rate)
                return
            except SpeechError as error:
                if not verb.text:
                    raise
                log.warning("recording not played, said instead", extra={"sound": verb.audio, "cause": str(error)})
        yield from self._said(Prompt(verb.text, verb.language, verb.rate), keep=not verb.secret)

    def missing(self, prompts: Iterable[Prompt]) -> list[Prompt]:
        """Those that nobody has said yet. SpeechError where nobody speaks one of the languages."""
        return [one for one in dict.fromkeys(prompts) if self.cache.get(self._key(one)) is None]

    def render(
        self, prompts: Iterable[Prompt], progress: Callable[[int, int], None] = lambda done, total: None
    ) -> Rendering:
        """Say ahead what is not in the cache yet; `progress` hears how many of how many are done.

        SpeechError before anything is said where nobody speaks one of the languages.
        """
        wanted = list(dict.fromkeys(prompts))
        for language in sorted({prompt.language for prompt in wanted}):
            self.voice(language)
        made = 0
        for done, prompt in enumerate(wanted):
            progress(done, len(wanted))
            if self.cache.get(self._key(prompt)) is None:
                self.cache.put(self._key(prompt), b"".join(self.voice(prompt.language).say(*_words(prompt))))
                made += 1
        progress(len(wanted), len(wanted))
        return Rendering(made, len(wanted) - made)

    def _said(self, prompt: Prompt, *, keep: bool) -> Iterator[bytes]:
        name = self._key(prompt)
        if keep and (kept := self.cache.get(name)) is not None:
            if kept:
                yield kept
            return
        pieces = []
        for piece in self.voice(prompt.language).say(*_words(prompt)):
            pieces.append(piece)
            yield piece
        if keep:
            try:
                self.cache.put(name, b"".join(pieces))
            except SpeechError as error:  # the caller has heard it; the next one waits a little longer
                log.warning("prompt not kept", extra={"cause": str(error)})

    def _played(self, path: str) -> bytes:
        if self.recorded is None:
            raise SpeechError(f"there is no folder of sounds to play {path!r} from")
        return self.recorded.play(path)

    def _key(self, prompt: Prompt) -> str:
        voice = self.voice(prompt.language)
        return key(prompt.text, base(prompt.language), voice.name, voice.version, prompt.rate)


def _words(prompt: Prompt) -> tuple[str, str, float]:
    return prompt.text, prompt.language, prompt.rate
