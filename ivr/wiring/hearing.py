"""The ears and voices of one process: made ready beside the calls, shared by all of them."""

from __future__ import annotations

import gc
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

from ivr.errors import SpeechError
from ivr.flow.hotline import Hotline
from ivr.flow.where import Fault
from ivr.speech.cache import PromptCache
from ivr.speech.decoding import Decoding, Load
from ivr.speech.ear import Ear, Told
from ivr.speech.prompts import Prompts
from ivr.speech.recogniser import Recogniser
from ivr.speech.recognisers.choose import able, load
from ivr.speech.voices.recorded import Recorded
from ivr.speech.voices.voice import Voice, base
from ivr.wiring.ahead import Ahead, prompts_of
from ivr.wiring.deaf import deaf_words
from ivr.wiring.voices import found, readied

log = logging.getLogger(__name__)

THREADS = 2
"""That decode in one process: a third one gained nothing on two cores."""
WARM = 4
"""Calls that may answer an open question at the same moment before one waits a second for its recogniser."""
MOST_TOLD = 10
"""Words that cannot be heard, in the log of one version."""
OWN_EARS = "vosk"
"""`ears:` of a hotline whose callers we hear ourselves, whichever way they come."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where what is needed for hearing and speaking lies, all below the data directory."""

    models: Path
    voices: Path
    """Piper voices of your own."""
    prompts: Path
    """What was said before."""

    @classmethod
    def below(cls, data: Path) -> Places:
        return cls(data / "models", data / "voices", data / "prompts")


class Hearing:
    """Fits the Protocol of `ivr.channels.audio.parts`. Until something is ready, nobody is heard by it.

    Build it in the process that works with it: neither threads nor models come through a fork.
    """

    def __init__(
        self,
        places: Places,
        folders: Mapping[str, Path],
        *,
        everyone: bool = False,
        decoding: Decoding | None = None,
        ahead: Ahead | None = None,
    ) -> None:
        """`folders`: hotline → its folder. `everyone`: hotlines whose callers the carrier hears are made ready too,
        since there are lines without a carrier. `decoding`, `ahead`: who decodes and who renders, its own where left
        out."""
        self._places = places
        self._folders = folders
        self._everyone = everyone
        self._cache = PromptCache(places.prompts)
        self._voices: tuple[Voice, ...] = ()
        self._ears: dict[str, Recogniser | None] = {}
        """Language → its recogniser; None where there is none to be had."""
        self.decoding = decoding or Decoding(THREADS)
        self._ahead = ahead or Ahead(places.voices, places.prompts)
        self._wanted: SimpleQueue[Hotline | None] = SimpleQueue()
        self._idle = Event()
        self._idle.set()
        self._closed = Event()
        self._thread = Thread(target=self._work, name="hearing", daemon=True)

    # --- what a channel sees ----------------------------------------------------------------------------------

    def prompts(self, hotline: str) -> Prompts:
        return Prompts(self._voices, self._cache, Recorded(self._folders[hotline] / "audio", self._cache))

    def ear(self, language: str, told: Told) -> Ear | None:
        recogniser = self._ears.get(base(language))
        return Ear(recogniser, self.decoding, told) if recogniser is not None else None

    def hears(self, language: str) -> bool:
        return self._ears.get(base(language)) is not None

    def speaks(self, language: str) -> bool:
        return any(base(language) in voice.languages for voice in self._voices)

    def takes_calls(self) -> bool:
        return self.decoding.takes_calls()

    def load(self) -> Load:
        """How far behind the ears are."""
        return self.decoding.load()

    def recogniser(self, language: str) -> Recogniser | None:
        """For questions about its vocabulary, and for recordings."""
        return self._ears.get(base(language))

    # --- getting ready ----------------------------------------------------------------------------------------

    def take_in(self, *hotlines: Hotline) -> None:
        """Get ready for these (anew: for a new version) in a thread of ours; returns at once."""
        self._idle.clear()
        for hotline in hotlines:
            self._wanted.put(hotline)
        if not self._thread.is_alive():
            self._thread.start()

    def wait(self, timeout_s: float) -> bool:
        """Until the ears and voices of all hotlines are ready, or known to be missing; False where that takes longer.
        Prompts may still be rendered after it."""
        return self._idle.wait(timeout_s)

    def close(self) -> None:
        self._closed.set()
        self._wanted.put(None)
        self._ahead.close()
        if self._thread.is_alive():
            self._thread.join()
        self.decoding.close()

    def _work(self) -> None:
        while (hotline := self._wanted.get()) is not None and not self._closed.is_set():
            try:
                self._make_ready(hotline)
            except Exception:  # the outer handler of this thread: after a bug the next version may be made ready
                log.exception("%s: a bug; its callers go by keys, or the carrier hears them", hotline.name)
            if self._wanted.empty():
                self._idle.set()

    def _make_ready(self, hotline: Hotline) -> None:
        if not self._everyone and hotline.file.ears != OWN_EARS:
            return
        for get_ready in (self._ready_voices, self._ready_ears, self._tell_deaf_words, self._render):
            if self._closed.is_set():
                return
            get_ready(hotline)

    def _ready_voices(self, hotline: Hotline) -> None:
        self._voices = readied(self._voices or found(self._places.voices), hotline.file.languages)
        for language in hotline.file.languages:
            if not self.speaks(language):
                log.warning(
                    "%s: no voice speaks %r, so that only recordings of it are heard. Put a Piper voice into %s, or "
                    "pip install 'ivr[voices]'",
                    hotline.name,
                    language,
                    self._places.voices,
                )

    def _ready_ears(self, hotline: Hotline) -> None:
        for language in hotline.file.languages:
            if base(language) not in self._ears and not self._closed.is_set():
                self._load_ears(language)
        # What has been loaded stays; the garbage collector need not look through it during calls.
        gc.freeze()

    def _load_ears(self, language: str) -> None:
        models = able(language, [self._places.models])
        if not models:
            log.warning("no ears for %r: keys, or the carrier's. ivr models list --language %s", language, language)
        ready = None
        for model in models:
            try:
                loaded = load(model, language)
                loaded.warm(WARM)
            except SpeechError as error:
                log.error("ears for %r are left out: %s", language, error)
            else:
                ready = loaded
                log.info("%s hears callers who speak %r", ready.name, language)
                break
        self._ears[base(language)] = ready

    def _tell_deaf_words(self, hotline: Hotline) -> None:
        folder = self._folders[hotline.name]
        deaf: list[Fault] = []
        for language in hotline.file.languages:
            recogniser = self.recogniser(language)
            if recogniser is not None:
                deaf += deaf_words(hotline, language, recogniser, lambda file: str(folder / file))
        for fault in deaf[:MOST_TOLD]:
            log.warning("%s", fault)
        if len(deaf) > MOST_TOLD:
            log.warning("%s: %d more such words; ivr check tells them all", hotline.name, len(deaf) - MOST_TOLD)

    def _render(self, hotline: Hotline) -> None:
        self._ahead.render(hotline.name, prompts_of(hotline, self.speaks), self.prompts(hotline.name))
