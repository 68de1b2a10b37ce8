"""Which files make a hotline, and what each is."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Mapping
from pathlib import Path

POLICIES = ("hotline.yaml", "intents.yaml", "handoff.yaml", "queues.yaml", "answers.yaml", "hints.yaml")
WORDS = re.compile(r"words/([a-z]{2,3})\.yaml")
SOUND_ENDINGS = (".wav",)


def read_folder(folder: Path) -> dict[str, bytes]:
    """What a hotline is made of: path below the folder → bytes. Scripted calls are tests, not part of it."""
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("words/*.yaml"), *folder.glob("*.sql")])
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def read_sounds(folder: Path) -> dict[str, float]:
    """Sounds below `audio/`: path → length in seconds."""
    sounds = sorted(path for path in (folder / "audio").rglob("*") if path.suffix in SOUND_ENDINGS)
    return {path.relative_to(folder / "audio").as_posix(): length_s(path) for path in sounds}


def length_s(path: Path) -> float:
    """Of a WAV file of any coding: its data, by the bytes a second that its header tells; 0 for what is none."""
    bytes_a_second = 0
    with path.open("rb") as file:
        file.seek(len(b"RIFF....WAVE"))
        while len(head := file.read(8)) == 8:
            name, size = struct.unpack("<4sI", head)
            if name == b"data":
                there = path.stat().st_size - file.tell()  # a file that was streamed or cut off tells too much
                return min(size, there) / bytes_a_second if bytes_a_second else 0.0
            form = file.read(size + size % 2) if name == b"fmt " else b""
            if len(form) >= 12:
                (bytes_a_second,) = struct.unpack("<I", form[8:12])
            elif name != b"fmt ":
                file.seek(size + size % 2, 1)
    return 0.0


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
