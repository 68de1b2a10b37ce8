"""What callers may say, as a hotline's files have it, each phrase with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Where
from ivr.flow.yaml import Trail, read_text


@dataclass(frozen=True, slots=True)
class Sayable:
    """One phrase."""

    text: str
    where: Where


def sayable(hotline: Hotline, language: str, shown: Callable[[str], str] = str) -> Iterator[Sayable]:
    """Choices in the words of a language, then examples and keywords of intents; what the house brings is left out.

    `shown` is how a path below the hotline's folder stands in messages.
    """
    source = source_of(hotline, shown)
    for file, trail in _places(hotline, language):
        for number, phrase in enumerate(source.data(file, *trail) or ()):
            yield Sayable(str(phrase), source.where(file, (*trail, number)))


def source_of(hotline: Hotline, shown: Callable[[str], str] = str) -> Source:
    """Where everything of a checked hotline was written."""
    yaml = {path: content for path, content in hotline.files.items() if path.endswith(".yaml")}
    return Source({path: read_text(content, shown(path)) for path, content in yaml.items()}, shown)


def _places(hotline: Hotline, language: str) -> Iterator[tuple[str, Trail]]:
    """File and trail of every list of phrases."""
    for key, spoken in hotline.words[language].items():
        for option in spoken.choices:
            yield f"words/{language}.yaml", (key, "choices", option)
    for name in hotline.intents:
        for field in ("examples", "keywords"):
            yield "intents.yaml", (name, field, language)
