"""Which files make a hotline, and what each is."""

from __future__ import annotations

import hashlib
import re
import wave
from collections.abc import Mapping
from pathlib import Path

POLICIES = ("hotline.yaml", "intents.yaml", "handoff.yaml", "queues.yaml", "answers.yaml")
WORDS = re.compile(r"words/([a-z]{2,3})\.yaml")
SOUND_ENDINGS = (".wav",)
MULAW_RATE_HZ = 8000


def read_folder(folder: Path) -> dict[str, bytes]:
    """What a hotline is made of: path below the folder → bytes. Scripted calls are tests, not part of it."""
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("words/*.yaml"), *folder.glob("*.sql")])
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def read_sounds(folder: Path) -> dict[str, float]:
    """Sounds below `audio/`: path → length in seconds."""
    sounds = sorted(path for path in (folder / "audio").rglob("*") if path.suffix in SOUND_ENDINGS)
    return {path.relative_to(folder / "audio").as_posix(): length_s(path) for path in sounds}


def length_s(path: Path) -> float:
    """Of a WAV file; one that `wave` cannot read (µ-law) is 8000 bytes a second behind its header."""
    try:
        with wave.open(str(path)) as sound:
            return float(sound.getnframes() / sound.getframerate())
    except (wave.Error, EOFError):
        return max(0.0, (path.stat().st_size - 58) / MULAW_RATE_HZ)


def is_flow(path: str) -> bool:
    return "/" not in path and path not in POLICIES


def version_of(files: Mapping[str, bytes], sounds: Mapping[str, float]) -> str:
    """The content hash that names a version: twelve hex digits."""
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    for path, length in sorted(sounds.items()):
        digest.update(f"{path}\0{length:.3f}\0".encode())
    return digest.hexdigest()[:12]
