"""The `Ears` port on the intent room: one trained recogniser per version of a hotline, and the readers of answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ivr.call.events import Event, MeaningFound
from ivr.call.tasks import Understand
from ivr.flow.hotline import Hotline
from ivr.intent.mood import Moods
from ivr.intent.ordinals import keyed
from ivr.intent.readers import read
from ivr.intent.recogniser import Recogniser

if TYPE_CHECKING:
    from ivr.intent.model import Embedders

Choosing = Callable[[str], "Embedders | None"]
"""Who compares what sentences of a primary language mean; None for nobody."""

KEPT = 8
"""Recognisers kept at once: the present version of each hotline, and the last ones that calls still need."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What one version of a hotline understands."""

    intents: Recogniser
    moods: Moods

    def understand(self, task: Understand) -> MeaningFound:
        """What the caller wants, and how he feels."""
        if (intent := keyed(task.text, task.language, task.among)) is not None:
            return MeaningFound(intent, 1.0, "keyword")
        found = self.intents.understand(task.text, task.language, tuple(task.among))
        mood = self.moods.of(task.text, task.language)
        return MeaningFound(found.intent, found.confidence, found.because, found.others, mood)


class HotlineEars:
    """Answers `Understand` tasks. Safe for many threads."""

    def __init__(self, models: Path | None = None) -> None:
        """`models`: where models of meanings lie; None compares words alone, which is the same on every machine."""
        self._lock = Lock()
        self._meanings = by_meaning(models)
        self._trained: dict[tuple[str, str], Trained] = {}

    def understand(self, hotline: Hotline, task: Understand, *, now: float) -> Event:
        if task.expect == "intent":
            return self.trained(hotline).understand(task)
        zone = ZoneInfo(hotline.file.timezone)
        today = datetime.fromtimestamp(now, UTC).astimezone(zone).date()
        return read(task, today=today, region=hotline.file.region)

    def trained(self, hotline: Hotline) -> Trained:
        """When first asked for; a reload asks before new calls come in."""
        key = (hotline.name, hotline.version)
        with self._lock:
            found = self._trained.pop(key, None) or Trained(
                train(hotline, self._meanings), train_moods(hotline, self._meanings)
            )
            self._trained[key] = found
            while len(self._trained) > KEPT:
                del self._trained[next(iter(self._trained))]
        return found


def by_meaning(models: Path | None) -> Choosing:
    """Who compares meanings in a language, by the models below that folder; nobody where it is None."""
    if models is None:
        return lambda tongue: None
    from ivr.intent.embedding.choose import of_folder  # numpy is for those who have models

    return of_folder(models)


def train(hotline: Hotline, meanings: Choosing = lambda tongue: None) -> Recogniser:
    """From intents.yaml: examples, keywords and names per language."""
    languages = hotline.file.languages
    return Recogniser.train(
        {language: _phrases(hotline, language, "examples") for language in languages},
        {language: _phrases(hotline, language, "keywords") for language in languages},
        {
            language: {
                name: intent.label[language] for name, intent in hotline.intents.items() if language in intent.label
            }
            for language in languages
        },
        meanings,
    )


def train_moods(hotline: Hotline, meanings: Choosing = lambda tongue: None) -> Moods:
    """From the rules of handoff.yaml; what intents.yaml has for calm wishes is said in no mood."""
    return Moods.train(
        {mood: rule.examples for mood, rule in hotline.handoff.mood.items()},
        {language: _calm(hotline, language) for language in hotline.file.languages},
        meanings,
    )


def _calm(hotline: Hotline, language: str) -> tuple[str, ...]:
    wishes = (intent for intent in hotline.intents.values() if intent.type != "complaint")
    return tuple(chain.from_iterable(intent.examples.get(language, ()) for intent in wishes))


def _phrases(hotline: Hotline, language: str, field: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(getattr(intent, field).get(language, ())) for name, intent in hotline.intents.items()}
