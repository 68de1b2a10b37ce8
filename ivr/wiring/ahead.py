"""Prompts rendered ahead, in a process of its own that any call's work goes before.

    python -m ivr.wiring.ahead VOICES PROMPTS NICENESS     one line of JSON comes in: [[text, language, rate], …]

In a thread of the server it would hold the interpreter's lock between calls' frames, however low its priority.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread

from ivr.engine.preferring import EASY_RATE
from ivr.errors import SpeechError
from ivr.flow.fixed_words import fixed_words
from ivr.flow.hotline import Hotline
from ivr.speech.cache import PromptCache
from ivr.speech.prompts import Prompt, Prompts
from ivr.wiring.voices import found, readied

log = logging.getLogger(__name__)

TOLD_EVERY_S = 10.0
LOCK = ".rendering"
LOWEST_PRIORITY = 19


def prompts_of(hotline: Hotline, speaks: Callable[[str], bool]) -> list[Prompt]:
    """What of a hotline is the same in every call and has no recording, at each rate it may be said at."""
    file = hotline.file
    slower = file.easy is not None or file.preferences is not None or "slower" in file.always
    return [
        Prompt(one.text, one.language, rate)
        for one in fixed_words(hotline)
        for rate in ((1.0, EASY_RATE) if slower else (1.0,))
        if one.audio not in hotline.sounds and speaks(one.language)
    ]


class Ahead:
    """Renders for one hotline after the other, in the order in which they are asked for."""

    def __init__(self, voices: Path, prompts: Path, *, niceness: int = LOWEST_PRIORITY) -> None:
        self._command = [sys.executable, "-m", __name__, str(voices), str(prompts), str(niceness)]
        self._wanted: SimpleQueue[tuple[str, Sequence[Prompt]] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="rendering", daemon=True)
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None
        self._closed = False

    def render(self, name: str, wanted: Sequence[Prompt], mouth: Prompts) -> None:
        """Have said ahead what `mouth` has not said before, for the hotline of this name. Returns at once; after
        `close` it does nothing."""
        missing = mouth.missing(wanted)
        with self._lock:
            if missing and not self._closed:
                self._wanted.put((name, missing))
                if not self._thread.is_alive():
                    self._thread.start()

    def close(self) -> None:
        """What is being rendered is left; the next start goes on from there."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()
        self._wanted.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while (job := self._wanted.get()) is not None and not self._closed:
            name, prompts = job
            try:
                self._run(name, prompts)
            except SpeechError as error:
                if not self._closed:
                    log.error("%s: prompts are not rendered ahead but said when they are wanted: %s", name, error)

    def _run(self, name: str, prompts: Sequence[Prompt]) -> None:
        with self._lock:
            if self._closed:
                raise SpeechError("the server ends")
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        process = self._process
        with process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps([[one.text, one.language, one.rate] for one in prompts]) + "\n")
                process.stdin.close()
            _tell_progress(name, len(prompts), process.stdout)
            said = process.stderr.read().strip().splitlines()
        if process.returncode:
            raise SpeechError(said[-1] if said else f"the process that renders ended ({process.returncode})")


def _tell_progress(name: str, total: int, lines: Iterable[str]) -> None:
    """In the log, from numbers of prompts done; nothing where another worker has rendered them meanwhile."""
    began = told = 0.0
    done = 0
    for line in lines:
        done, now = int(line), time.monotonic()
        if not began:
            began = told = now
            log.info("%s: rendering %d prompts ahead; calls go before", name, total)
        elif now - told >= TOLD_EVERY_S:
            told = now
            log.info("%s: rendering prompts %d/%d …", name, done, total)
    if began and done == total:
        log.info("%s: %d prompts rendered in %.0f s", name, total, time.monotonic() - began)


def main(voices: Path, prompts: Path, niceness: int) -> None:
    """Say what comes in; a line with the number done goes out after each prompt."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-c is for the server, which ends us
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # nobody listens any more: end without a word
    os.nice(niceness)
    wanted = [Prompt(*one) for one in json.loads(sys.stdin.readline())]
    cache = PromptCache(prompts)
    with _alone(prompts):
        there = readied(found(voices), ())
        if Prompts(there, cache).missing(wanted):
            speakers = readied(there, dict.fromkeys(one.language for one in wanted))
            Prompts(speakers, cache).render(wanted, lambda done, total: print(done, flush=True))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One after the other: several workers want the same prompts, and the second finds them."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
    except (SpeechError, OSError) as error:
        sys.exit(str(error))
