"""Messages written down by the ears of their language, beside the calls and never in their way."""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from ivr.errors import HostError, SpeechError
from ivr.runtime.ports import Clock
from ivr.speech.codec import LINE_HZ, Samples
from ivr.speech.decoding import Load
from ivr.speech.hearing import Expectation, Heard
from ivr.speech.recogniser import Recogniser
from ivr.speech.recognisers.choose import best, load
from ivr.speech.resample import resample
from ivr.speech.stretches import stretches
from ivr.speech.wav import read_wav
from ivr.store.records.transcripts import TranscriptBook, Untold

log = logging.getLogger(__name__)

MOST_TRIES = 3
"""A message that ends its process, or its ears, as often as this is given up."""
CALM_S = 0.05
"""Ears behind by more have calls to hear."""
LARGEST_BYTES = 25_000_000
"""Twice the longest message a flow can ask for, and all that is held in memory."""
MOST_LETTERS = 20_000
"""Of a transcript; ten minutes of fast speech have 12,000."""
NICEST = 19
"""Calls' threads come before a thread of this priority."""
WITHOUT_SPACES = frozenset({"zh", "yue", "ja"})


class Hearing(Protocol):
    """The ears of the calls."""

    def recogniser(self, language: str) -> Recogniser | None: ...

    def load(self) -> Load: ...

    def wait(self, timeout_s: float) -> bool:
        """Whether it is known which ears there are."""


@dataclass(slots=True)
class Job:
    """A message in the middle of being written down."""

    message: Untold
    ears: Recogniser
    rest: Iterator[Samples]
    """Stretches of speech still to be heard."""
    lock: BinaryIO
    """Held for as long as the job: one message at a time on this machine."""
    words: list[str] = field(default_factory=list)


class Transcriber:
    """`round` hears one stretch of speech, some twenty seconds of it at most, and is to be called again and again.

    It does nothing while calls wait for their ears, works in a thread below all others, and holds one message in
    memory. Where the calls have no ears for a language and this machine has a model of it, the model is loaded for the
    messages and dropped when none waits. What is written down is told to nobody but the list of messages.
    """

    def __init__(self, book: TranscriptBook, hearing: Hearing, folder: Path, models: Path, clock: Clock) -> None:
        """`folder`: of the messages. `models`: where models are kept beside those that packages bring."""
        self._book = book
        self._hearing = hearing
        self._folder = folder
        self._models = models
        self._clock = clock
        self._thread = ThreadPoolExecutor(1, "transcripts", initializer=_step_back)
        self._job: Job | None = None
        self._own_ears: dict[str, Recogniser] = {}
        self._asked_again = False

    def round(self) -> bool:
        """True where there is more to do now. Raises RecordsDown."""
        load = self._hearing.load()
        if load.waiting or load.lag_s > CALM_S or not self._hearing.wait(0):
            return False
        self._hear_again()
        if self._job is None and not self._take_one():
            return False
        return self._job is None or self._go_on(self._job)

    def close(self) -> None:
        """A message that is being written down waits for the next start, or for another process."""
        self._drop()
        self._thread.shutdown(wait=True, cancel_futures=True)

    # --- one message --------------------------------------------------------------------------------------------

    def _take_one(self) -> bool:
        """Begin the next message; False where none waits, or another process is at one."""
        lock = self._only_one()
        if lock is None:
            return False
        taken = False
        try:
            # A file that is not here is on the disk of another machine, which writes it down.
            here = (one for one in self._book.waiting() if Path(one.file).exists())
            message = next(here, None)
            if message is None:
                self._own_ears.clear()
                return False
            taken = self._begin(message, lock)
        finally:
            if not taken:
                lock.close()
        return True

    def _begin(self, message: Untold, lock: BinaryIO) -> bool:
        """False where it came to an end at once."""
        if message.tries >= MOST_TRIES:
            self._give_up(message, f"given up after {message.tries} tries")
            return False
        if not self._book.begin(message):
            return False
        try:
            samples = _sound_of(Path(message.file))
        except SpeechError as error:
            self._give_up(message, str(error))
            return False
        ears = self._thread.submit(self._ears_for, message.language).result()
        if isinstance(ears, str):
            self._book.end(message.once, "deaf", at=self._clock(), why=ears)
            log.warning("message %s is not written down: %s", message.once, ears)
            return False
        self._job = Job(message, ears, stretches(samples), lock)
        return True

    def _go_on(self, job: Job) -> bool:
        try:
            heard = self._thread.submit(_hear_next, job).result()
        except SpeechError as error:
            log.warning("message %s: try %d failed: %s", job.message.once, job.message.tries + 1, error)
            self._drop()
            return False  # not at once again: whatever ails the ears may pass
        if heard is None:
            self._finish(job)
        elif heard:
            job.words.append(heard)
        return True

    def _finish(self, job: Job) -> None:
        text = _joined(job.words, job.message.language)[:MOST_LETTERS]
        once, now, ears = job.message.once, self._clock(), job.ears.name
        try:
            kept = self._book.end(once, "done" if text else "nothing", at=now, text=text or None, ears=ears)
        finally:
            self._drop()
        if kept:
            log.info("message %s: written down by %s, %d letters", once, ears, len(text))

    def _give_up(self, message: Untold, why: str) -> None:
        self._book.end(message.once, "failed", at=self._clock(), why=why)
        log.warning("message %s is not written down: %s", message.once, why)

    def _drop(self) -> None:
        if self._job is not None:
            self._job.lock.close()
            self._job = None

    # --- ears ---------------------------------------------------------------------------------------------------

    def _ears_for(self, language: str) -> Recogniser | str:
        """Those of the calls, or else our own for as long as messages wait; a sentence where there are none."""
        found = self._hearing.recogniser(language) or self._own_ears.get(language)
        if found is not None:
            return found
        model = best(language, [self._models])
        if model is None:
            return f"no ears for {language!r} here: ivr models list --language {language}"
        self._own_ears.clear()  # one at a time: a model takes up to half a gigabyte
        try:
            found = self._own_ears[language] = load(model, language)
        except SpeechError as error:
            return str(error)
        return found

    def _hear_again(self) -> None:
        """Once a start: models come while the server is down, or while nobody asks."""
        if not self._asked_again:
            languages = self._book.deaf_languages()
            self._book.hear_again(
                one for one in languages if self._hearing.recogniser(one) or best(one, [self._models])
            )
            self._asked_again = True

    def _only_one(self) -> BinaryIO | None:
        """The lock of this machine; it falls with its holder, however that ends."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = (self._folder / ".transcripts").open("wb")
        except OSError as error:
            raise HostError(f"{self._folder} cannot be written to: {error.strerror or error}") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return None
        return lock


def _step_back() -> None:
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICEST)


def _hear_next(job: Job) -> str | None:
    """The words of the next stretch, empty for none; None after the last one."""
    speech = next(job.rest, None)
    if speech is None:
        return None
    stream = job.ears.open(Expectation("text", language=job.message.language))
    stream.feed(speech)
    found = stream.finish()
    return found.text.strip() if isinstance(found, Heard) else ""


def _sound_of(path: Path) -> Samples:
    """At the line's rate, one channel. SpeechError says what is wrong with the file."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SpeechError(f"{path} cannot be read: {error.strerror}") from None
    if size > LARGEST_BYTES:
        raise SpeechError(f"{path}: {size:,} bytes are more than a message can have")
    sound = read_wav(path)
    return resample(sound.samples, sound.rate_hz, LINE_HZ)


def _joined(words: list[str], language: str) -> str:
    if language.split("-")[0] not in WITHOUT_SPACES:
        return " ".join(words)
    return "，".join("".join(one.split()) for one in words)
