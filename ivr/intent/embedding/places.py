"""Which models of meanings are made, and which of them understands a language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivr.errors import HostError

BEGINNING = "meaning-"
MODEL, TOKENIZER, ABOUT = "model.onnx", "tokenizer.json", "about.json"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder `meaning-NAME` with `model.onnx` and `tokenizer.json`; `about.json` may say the other two."""

    folder: Path
    languages: tuple[str, ...] = (ANY,)
    """Primary ones; `*` for all."""
    before: str = ""
    """What the model was taught to find before each sentence."""

    @property
    def name(self) -> str:
        return self.folder.name


def places(models: Path) -> Iterator[Place]:
    """The models below the folder of models, by name. HostError where an `about.json` makes no sense."""
    for folder in sorted(models.glob(f"{BEGINNING}*")):
        if all((folder / name).is_file() for name in (MODEL, TOKENIZER)):
            yield _place(folder)


def fitting(models: Path, tongue: str) -> Place | None:
    """The one for a primary language: one that names it, or else one for all."""
    here = list(places(models))
    for wanted in (tongue, ANY):
        for place in here:
            if wanted in place.languages:
                return place
    return None


def _place(folder: Path) -> Place:
    about = folder / ABOUT
    if not about.is_file():
        return Place(folder)
    try:
        told: dict[str, Any] = json.loads(about.read_text(encoding="utf-8"))
        languages = tuple(str(one) for one in told.get("languages", (ANY,)))
        return Place(folder, languages, str(told.get("before", "")))
    except (ValueError, AttributeError, TypeError) as error:
        raise HostError(
            f'{about}: {error}; right would be {{"languages": ["en"], "before": "query: "}}, and both may be left out'
        ) from error
