"""WAV files: read those that a voice actor delivers, write those that a telephone line carries.

Python's `wave` knows linear audio only, and a telephone's files are µ-law (RFC 2361, format 7).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ivr.errors import SpeechError
from ivr.speech.codec import LINE_HZ, Samples, decode

LINEAR, MULAW, EXTENSIBLE = 1, 7, 0xFFFE
CODINGS = {1: "linear", 3: "floating point", 6: "A-law", 7: "µ-law", 0x11: "ADPCM", 0x55: "MP3"}
WANTED = "export it as WAV, 16-bit PCM"
LARGEST_BYTES = 200_000_000
"""An hour of stereo at 48 kHz is more than any prompt; what is larger was put here by mistake."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording as it was found, brought down to one channel."""

    samples: Samples
    rate_hz: int
    channels: int
    mulaw: bool

    @property
    def length_s(self) -> float:
        return len(self.samples) / self.rate_hz

    @property
    def of_the_line(self) -> bool:
        """Whether a telephone line carries it as it is."""
        return self.mulaw and self.rate_hz == LINE_HZ and self.channels == 1

    @property
    def format(self) -> str:
        """For people: `44,100 Hz, stereo, 16-bit`."""
        channels = {1: "mono", 2: "stereo"}.get(self.channels, f"{self.channels} channels")
        return f"{self.rate_hz:,} Hz, {channels}, {'µ-law' if self.mulaw else '16-bit'}"


def read_wav(path: Path) -> Sound:
    """16-bit linear or µ-law, any rate, any number of channels. SpeechError says what would be right."""
    return parse(_bytes(path), str(path))


def parse(held: bytes, shown: str) -> Sound:
    """The same from a file's bytes; `shown` is its name in messages."""
    if held[:4] != b"RIFF" or held[8:12] != b"WAVE":
        raise SpeechError(f"{shown}: this is no WAV file; {WANTED}")
    chunks = _chunks(held)
    form, data = chunks.get(b"fmt ", b""), chunks.get(b"data", b"")
    if len(form) < 16:
        raise SpeechError(f"{shown}: the WAV header is broken; {WANTED}")
    coding, channels, rate_hz, _, _, bits = struct.unpack("<HHIIHH", form[:16])
    if coding == EXTENSIBLE and len(form) >= 26:
        (coding,) = struct.unpack("<H", form[24:26])
    if (coding, bits) not in ((LINEAR, 16), (MULAW, 8)):
        raise SpeechError(f"{shown}: this is {bits}-bit {CODINGS.get(coding, f'coding {coding}')}; {WANTED}")
    if not 1 <= channels <= 8 or not 4_000 <= rate_hz <= 192_000:
        raise SpeechError(f"{shown}: {channels} channels at {rate_hz:,} Hz cannot be; {WANTED}")
    step = channels * bits // 8
    data = data[: len(data) // step * step]
    samples = decode(data) if coding == MULAW else np.frombuffer(data, "<i2").astype(np.int16)
    if channels > 1:
        samples = samples.reshape(-1, channels).mean(axis=1).astype(np.int16)
    return Sound(samples, rate_hz, channels, coding == MULAW)


def wav_bytes(ulaw: bytes) -> bytes:
    """A µ-law WAV file of the line's rate."""
    form = struct.pack("<HHIIHHH", MULAW, 1, LINE_HZ, LINE_HZ, 1, 8, 0)
    fact = struct.pack("<I", len(ulaw))
    body = b"WAVE" + b"".join(
        name + struct.pack("<I", len(chunk)) + chunk + b"\0" * (len(chunk) % 2)
        for name, chunk in ((b"fmt ", form), (b"fact", fact), (b"data", ulaw))
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise SpeechError(f"{path}: this file is larger than {LARGEST_BYTES:,} bytes; cut it into prompts")
        return path.read_bytes()
    except OSError as error:
        raise SpeechError(f"{path} cannot be read: {error.strerror}") from None


def _chunks(held: bytes) -> dict[bytes, bytes]:
    """Name → contents; a file that was cut off, or streamed without a known length, gives what is there."""
    found: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(held):
        name, size = struct.unpack("<4sI", held[at : at + 8])
        found.setdefault(name, held[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return found
