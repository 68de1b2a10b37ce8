"""The points of a hotline's examples, kept on disk so that a start or a reload need not make them again."""

from __future__ import annotations

import hashlib
import logging
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ivr.intent.embedding.embedder import Embedder, Vectors

log = logging.getLogger(__name__)
MOST = 20_000
"""Points in a file, 30 MB; the oldest go."""


class KeptEmbedder:
    """Another embedder for sentences that come again: examples, not what callers say, which no disk shall hold.

    One file for each model, named by its content. Written whole beside and then renamed: of two processes one wins,
    and what the other had made is made again some time.
    """

    def __init__(self, made_by: Embedder, folder: Path) -> None:
        self._made_by = made_by
        self._file = folder / f"{made_by.name}.npz"

    @property
    def name(self) -> str:
        return self._made_by.name

    def embed(self, texts: Sequence[str]) -> Vectors:
        keys = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        known = self._read()
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            known |= zip(missing, self._made_by.embed(list(missing.values())), strict=True)
            self._write(dict(list(known.items())[-MOST:]))
        return np.array([known[key] for key in keys], dtype=np.float32)

    def _read(self) -> dict[str, Vectors]:
        try:
            with self._file.open("rb") as file, np.load(file) as kept:  # np.load itself forgets to close a broken one
                return dict(zip(kept["keys"].tolist(), kept["points"], strict=True))
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            log.warning("%s is not as we wrote it (%s); the points are made again", self._file, error)
            return {}

    def _write(self, points: dict[str, Vectors]) -> None:
        beside = self._file.with_name(f"{self._file.stem}.{os.getpid()}.tmp.npz")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(beside, keys=np.array(list(points)), points=np.array(list(points.values())))
            beside.replace(self._file)
        except OSError as error:
            log.warning("%s cannot be kept (%s); the next start makes the points again", self._file, error)
