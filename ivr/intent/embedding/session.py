"""A model in the folder of models, run by onnxruntime in the process that asks."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np

from ivr.errors import HostError
from ivr.intent.embedding.embedder import Vectors
from ivr.intent.embedding.places import MODEL, TOKENIZER, Place

MOST_PIECES = 128
"""Of a sentence: a minute of speech has about so many; what follows is not seen."""


@dataclass(frozen=True, slots=True)
class _Running:
    """Made in one process and good for that one only: threads do not survive a fork."""

    process: int
    session: Any
    tokenizer: Any
    inputs: frozenset[str]


class OnnxEmbedder:
    """One thread a sentence, and none that spins; callers' sentences come one by one and are kept nowhere."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = Lock()
        self._running: _Running | None = None
        self._name = f"{place.name}-{_content(place)}"

    @property
    def name(self) -> str:
        return self._name

    def embed(self, texts: Sequence[str]) -> Vectors:
        running = self._here()
        vectors = np.array([self._point(running, text) for text in texts], dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
        return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)

    def _point(self, running: _Running, text: str) -> Any:
        """One at a time: whole numbers get their scale from all that runs together, and a sentence shall not change
        with its neighbours."""
        pieces = np.array([running.tokenizer.encode(self._place.before + text).ids], dtype=np.int64)
        offered = {"input_ids": pieces, "attention_mask": np.ones_like(pieces), "token_type_ids": np.zeros_like(pieces)}
        found = running.session.run(None, {name: offered[name] for name in running.inputs})[0]
        return found[0].mean(axis=0) if found.ndim == 3 else found[0]

    def _here(self) -> _Running:
        running = self._running
        if running is None or running.process != os.getpid():
            with self._lock:
                running = self._running
                if running is None or running.process != os.getpid():
                    running = self._running = _start(self._place)
        return running


def _start(place: Place) -> _Running:
    import onnxruntime
    from tokenizers import Tokenizer

    wanted = onnxruntime.SessionOptions()
    wanted.intra_op_num_threads = wanted.inter_op_num_threads = 1
    wanted.add_session_config_entry("session.intra_op.allow_spinning", "0")
    wanted.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(place.folder / MODEL), wanted, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(place.folder / TOKENIZER))
    except Exception as error:  # both libraries raise bare classes of their own for whatever a file may hold
        raise HostError(f"{place.folder}: no model of meanings can be read there: {error}") from error
    inputs = frozenset(one.name for one in session.get_inputs())
    if unknown := inputs - {"input_ids", "attention_mask", "token_type_ids"}:
        raise HostError(f"{place.folder / MODEL}: wants {', '.join(sorted(unknown))}, which no tokenizer gives")
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_PIECES)
    return _Running(os.getpid(), session, tokenizer, inputs)


def _content(place: Place) -> str:
    """Of both files and of what is put before a sentence."""
    told = hashlib.sha256(place.before.encode())
    for name in (MODEL, TOKENIZER):
        with (place.folder / name).open("rb") as file:
            told.update(hashlib.file_digest(file, "sha256").digest())
    return told.hexdigest()[:16]
