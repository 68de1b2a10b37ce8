"""Prompts that were said before, on disk: µ-law, safe for several processes, no larger than it may be.

A file is a short header and the sound. Files are written under another name and then renamed, so nobody sees half of
one; what is broken all the same (a full disk, a hand) is no hit, and is said anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import SpeechError

MAGIC = b"IVR1"
HEADER = struct.Struct("<4sII")
"""Magic, length of the sound, its CRC-32."""
ENDING = ".ulaw"
MOST_BYTES = 512_000_000
"""Seventeen hours of speech."""
SWEPT_TO = 0.9
"""A sweep leaves room, so that the next prompt does not sweep again."""
SWEEP_EVERY = 0.02
"""Of the bytes allowed: so much is written by this process between two looks at the folder."""
ABANDONED_S = 600
"""A half-written file this old has lost its writer."""


def key(text: str, language: str, voice: str, version: str, rate: float) -> str:
    """Names a sound; any difference that can be heard makes another key."""
    parts = json.dumps([text, language, voice, version, round(rate, 2)], ensure_ascii=False)
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class PromptCache:
    """`folder` is made when the first prompt is kept. The one used longest ago goes first."""

    folder: Path
    most_bytes: int = MOST_BYTES
    clock: Callable[[], float] = time.time
    _written: int = 0
    """Bytes of this process since the folder was last looked through."""

    def get(self, key: str) -> bytes | None:
        """The sound, or None where it must be said anew."""
        path = self._path(key)
        try:
            held = path.read_bytes()
        except OSError:
            return None
        ulaw = held[HEADER.size :]
        if len(held) < HEADER.size or HEADER.unpack_from(held) != (MAGIC, len(ulaw), zlib.crc32(ulaw)):
            return None
        with suppress(OSError):  # swept away in between, or a folder that may only be read
            os.utime(path, times=(self.clock(),) * 2)
        return ulaw

    def put(self, key: str, ulaw: bytes) -> None:
        """Keep it. SpeechError where it cannot be written; the sound itself is as good as before."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
                try:
                    file.write(HEADER.pack(MAGIC, len(ulaw), zlib.crc32(ulaw)) + ulaw)
                    file.close()
                    os.utime(file.name, times=(self.clock(),) * 2)
                    os.replace(file.name, path)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as error:
            raise SpeechError(f"prompts cannot be kept in {self.folder}: {error.strerror}") from None
        self._written += HEADER.size + len(ulaw)
        if self._written > self.most_bytes * SWEEP_EVERY:
            self._written = 0
            self.sweep()

    def sweep(self) -> None:
        """Remove what was used longest ago until the rest is small enough. Several processes may do so at once."""
        found = []
        for path in self.folder.glob("*/*"):
            with suppress(OSError):
                seen = path.stat()
                if path.suffix != ENDING and seen.st_mtime > self.clock() - ABANDONED_S:
                    continue  # being written
                found.append((seen.st_mtime if path.suffix == ENDING else 0.0, seen.st_size, path))
        size = sum(one for _, one, _ in found)
        goal = self.most_bytes if size <= self.most_bytes else self.most_bytes * SWEPT_TO
        for at, bytes_, path in sorted(found):
            if size <= goal and at:
                break
            with suppress(OSError):
                path.unlink()
            size -= bytes_

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}{ENDING}"
