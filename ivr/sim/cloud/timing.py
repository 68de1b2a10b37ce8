"""How long things take to hear."""

from __future__ import annotations

import io
import wave

LETTERS_PER_S = 15.0
SIGNS_PER_S = 4.5
"""Of Chinese, Japanese and Korean, where a sign is a syllable or more."""
MU_LAW_BYTES_PER_S = 8000.0
MP3_BYTES_PER_S = 4000.0
"""At 32 kbit/s, as telephone prompts are."""


def spoken_s(text: str) -> float:
    """An estimate; a short word takes half a second."""
    signs = sum(1 for letter in text if letter >= "\u2e80")
    return max(0.5, signs / SIGNS_PER_S + (len(text) - signs) / LETTERS_PER_S)


def sounding_s(audio: bytes, content_type: str) -> float:
    """Exact for plain wav files, an estimate for others."""
    if audio[:4] != b"RIFF":
        return len(audio) / (MP3_BYTES_PER_S if "mp" in content_type else MU_LAW_BYTES_PER_S)
    try:
        with wave.open(io.BytesIO(audio)) as sound:
            return float(sound.getnframes() / sound.getframerate())
    except wave.Error:  # mu-law in a wav, which the standard library does not read
        return max(0, len(audio) - 58) / MU_LAW_BYTES_PER_S


def silence(seconds: float) -> bytes:
    """A wav file of quiet: 8 kHz, 16 bit, mono."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(int(seconds * 8000) * 2))
    return file.getvalue()
