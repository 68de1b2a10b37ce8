"""A person's voice: the recordings below a hotline's `audio/`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ivr.errors import SpeechError
from ivr.speech.cache import PromptCache, key
from ivr.speech.codec import LINE_HZ, encode
from ivr.speech.resample import resample
from ivr.speech.stretch import stretched
from ivr.speech.voices.shape import SHAPE, bounded
from ivr.speech.wav import parse


@dataclass(frozen=True, slots=True)
class Recorded:
    """Plays what lies below `folder`; a file that the line cannot carry as it is, is converted once and kept."""

    folder: Path
    cache: PromptCache | None = None

    def play(self, path: str, rate: float = 1.0) -> bytes:
        """µ-law of one sound; slower at the same pitch for a `rate` below 1. SpeechError when it cannot be played."""
        file = self._file(path)
        try:
            held = file.read_bytes()
        except OSError as error:
            raise SpeechError(f"{file} cannot be read: {error.strerror}") from None
        sound = parse(held, str(file))
        rate = bounded(rate)
        if sound.of_the_line and rate == 1.0:
            return encode(sound.samples)
        name = key(hashlib.sha256(held).hexdigest(), "", "recorded", SHAPE, rate)
        if self.cache and (kept := self.cache.get(name)) is not None:
            return kept
        ulaw = encode(stretched(resample(sound.samples, sound.rate_hz, LINE_HZ), LINE_HZ, rate))
        if self.cache:
            self.cache.put(name, ulaw)
        return ulaw

    def _file(self, path: str) -> Path:
        """A path out of a flow stays below the folder."""
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts:
            raise SpeechError(f"{path!r} leads out of {self.folder}")
        return self.folder / parts
