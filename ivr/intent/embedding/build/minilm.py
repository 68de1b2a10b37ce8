"""all-MiniLM-L6-v2 (Apache-2.0): English, as safetensors beside its tokenizer.json."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import load

from ivr.intent.embedding.build.encoder import Dense, Encoder, Floats, Layer, Scale


def read(weights: bytes, folder: Path) -> tuple[Encoder, str]:
    """The encoder and its tokenizer.json, from a folder as sentence-transformers writes it."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    at = load(weights)

    def dense(name: str) -> Dense:
        return Dense(_floats(at[f"{name}.weight"].T), _floats(at[f"{name}.bias"]))

    def scale(name: str) -> Scale:
        return Scale(_floats(at[f"{name}.weight"]), _floats(at[f"{name}.bias"]))

    def layer(number: int) -> Layer:
        here = f"encoder.layer.{number}"
        return Layer(
            dense(f"{here}.attention.self.query"),
            dense(f"{here}.attention.self.key"),
            dense(f"{here}.attention.self.value"),
            dense(f"{here}.attention.output.dense"),
            scale(f"{here}.attention.output.LayerNorm"),
            dense(f"{here}.intermediate.dense"),
            dense(f"{here}.output.dense"),
            scale(f"{here}.output.LayerNorm"),
        )

    places = at["embeddings.position_embeddings.weight"] + at["embeddings.token_type_embeddings.weight"][0]
    encoder = Encoder(
        _floats(at["embeddings.word_embeddings.weight"]),
        _floats(places),
        scale("embeddings.LayerNorm"),
        tuple(layer(number) for number in range(config["num_hidden_layers"])),
        config["num_attention_heads"],
        config["layer_norm_eps"],
    )
    return encoder, (folder / "tokenizer.json").read_text(encoding="utf-8")


def _floats(array: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Floats:
    return np.ascontiguousarray(array, dtype=np.float32)
