"""espeak-ng: a robot's voice, quick, and for very many languages. GPL-3, and in a process of its own.

The library is not thread-safe, and hostile text has crashed it before; so small processes hold it, one for each text
that is being said at the same time, and a call only ever loses a prompt. They end with us: their input ends.
"""

from __future__ import annotations

import ctypes.util
import json
import os
import re
import select
import struct
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

import numpy as np

from ivr.errors import SpeechError
from ivr.speech.codec import Samples
from ivr.speech.voices.espeak_talk import FAILED
from ivr.speech.voices.shape import SHAPE, bounded, shaped
from ivr.speech.voices.voice import base

TALK = Path(__file__).with_name("espeak_talk.py")
MOST_S = 10.0
"""A clause takes milliseconds; a process that is silent for so long is ended."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a language is spoken."""

    voice: str
    words_a_minute: int = 155
    """A little slower than the library's own 175, which few callers follow."""
    pitch: int = 50


MANNERS: Mapping[str, Manner] = MappingProxyType(
    {
        "en": Manner("en-us"),
        "zh": Manner("cmn", 160),
        "yue": Manner("yue", 160),
        "ko": Manner("ko+f2", 160, 40),
        **{
            code: Manner(code)
            for code in [
                "de",
                "es",
                "it",
                "nl",
                "pl",
                "ru",
                "sv",
                "tr",
                "da",
                "nb",
                "ro",
                "fi",
                "cs",
                "el",
                "hu",
                "id",
                "uk",
                "vi",
                "hi",
            ]
        },
        "fr": Manner("fr-fr"),
        "pt": Manner("pt-br"),
    }
)
"""Japanese is left out: the library cannot read its Chinese signs."""
SINCE_1_52 = frozenset({"zh", "yue"})
"""Older ones (Debian 12 has 1.51) have no list of Chinese signs, and say what each looks like, in English."""
MOST_IDLE = 2
"""Processes kept for the next text, 20 MB each."""


class Espeak:
    """`library` is the path or the name of libespeak-ng; `data` where its files are, empty for its usual place."""

    name = "espeak-ng"

    def __init__(self, library: str, data: str = "") -> None:
        self._command = [sys.executable, "-I", "-S", str(TALK), library, data]
        self._idle: list[_Talker] = []
        self._lock = threading.Lock()
        weakref.finalize(self, _end_all, self._idle)

    @cached_property
    def version(self) -> str:
        with self._talker() as talker:
            return f"{talker.version}-{SHAPE}"

    @cached_property
    def languages(self) -> frozenset[str]:
        numbers = tuple(int(part) for part in re.findall(r"\d+", self.version)[:2])
        return frozenset(MANNERS) - (SINCE_1_52 if numbers < (1, 52) else frozenset())

    def ready(self) -> None:
        """Starts the first process, which takes some 50 ms."""
        with self._talker():
            pass

    def say(self, text: str, language: str, rate: float = 1.0) -> Iterator[bytes]:
        if base(language) not in self.languages:
            raise SpeechError(f"{self.name} {self.version} does not speak {language!r}")
        return self._said(text, MANNERS[base(language)], bounded(rate))

    def close(self) -> None:
        """End the processes; the next text starts a new one."""
        _end_all(self._idle)

    def _said(self, text: str, manner: Manner, rate: float) -> Iterator[bytes]:
        def make(clause: str) -> tuple[Samples, int]:
            with self._talker() as talker:
                return talker.say(clause, manner, rate), talker.rate_hz

        return shaped(text, rate, make)

    def _talker(self) -> _Lent:
        with self._lock:
            while self._idle:
                talker = self._idle.pop()
                if talker.alive():
                    return _Lent(talker, self._idle)
        return _Lent(_Talker(self._command), self._idle)


class _Talker:
    """One process. Not for two threads at a time."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        try:
            hello = json.loads(self._line())
        except (ValueError, SpeechError):
            self.end()
            raise SpeechError(f"espeak-ng does not start from {command[-2]}") from None
        self.version, self.rate_hz = str(hello["version"]), int(hello["rate_hz"])
        if self.rate_hz <= 0:
            self.end()
            raise SpeechError(f"espeak-ng finds no data in {command[-1] or 'its usual place'}; install espeak-ng-data")

    def say(self, text: str, manner: Manner, rate: float) -> Samples:
        order = {
            "text": text,
            "voice": manner.voice,
            "words_a_minute": round(manner.words_a_minute * rate),
            "pitch": manner.pitch,
        }
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
        except OSError as error:
            raise SpeechError(f"espeak-ng went away: {error.strerror}") from None
        (count,) = struct.unpack("<I", self._read(4))
        if count == FAILED:
            raise SpeechError(f"espeak-ng has no voice {manner.voice!r}, or cannot say a clause of {len(text)} letters")
        return np.frombuffer(self._read(2 * count), "<i2").astype(np.int16)

    def alive(self) -> bool:
        if self._process.poll() is None:
            return True
        self.end()
        return False

    def end(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.kill()
        self._process.wait()

    def _line(self) -> bytes:
        found = b""
        while not found.endswith(b"\n"):
            found += self._read(1)
        return found

    def _read(self, size: int) -> bytes:
        """So many bytes; SpeechError when they do not come in time."""
        assert self._process.stdout
        found, until = bytearray(), time.monotonic() + MOST_S
        source = self._process.stdout.fileno()
        poll = select.poll()  # `select` itself knows 1024 files only, and a server has more sockets
        poll.register(source, select.POLLIN)
        while len(found) < size:
            ready = poll.poll(max(until - time.monotonic(), 0) * 1000)
            piece = os.read(source, size - len(found)) if ready else b""
            if not piece:
                raise SpeechError("espeak-ng crashed" if ready else f"espeak-ng was silent for {MOST_S:.0f} s")
            found += piece
        return bytes(found)


class _Lent:
    """A process for as long as a text is being said; back among the idle ones after, or ended when it failed."""

    def __init__(self, talker: _Talker, idle: list[_Talker]) -> None:
        self.talker, self._idle = talker, idle

    def __enter__(self) -> _Talker:
        return self.talker

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None and len(self._idle) < MOST_IDLE:
            self._idle.append(self.talker)
        else:
            self.talker.end()


def _end_all(idle: list[_Talker]) -> None:
    while idle:
        idle.pop().end()


def find_espeak() -> Espeak | None:
    """By the library that `espeakng-loader` brings, else by the system's own; None where there is neither."""
    if find_spec("espeakng_loader"):
        import espeakng_loader

        return Espeak(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    library = ctypes.util.find_library("espeak-ng")
    return Espeak(library) if library else None
