"""From what a caller said to what the caller wants: exact rules first, then what the examples taught."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivr.call.events import MeaningFound
from ivr.intent.keywords import Heard, Keywords
from ivr.intent.text import normal, primary

if TYPE_CHECKING:
    from ivr.intent.model import Embedders, Guess, Model

OUT_OF_SCOPE = 0.35
"""An answer less sure than this is none: the caller wants something the hotline does not know."""
OTHERS = 3

PerLanguage = Mapping[str, Mapping[str, Sequence[str]]]
"""Language -> intent -> sentences or phrases."""


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Understands the languages it has examples or keywords of. Same examples, same answers."""

    keywords: Mapping[str, Keywords]
    models: Mapping[str, Model]

    @classmethod
    def train(
        cls,
        examples: PerLanguage,
        keywords: PerLanguage | None = None,
        names: Mapping[str, Mapping[str, str]] | None = None,
        embedders: Callable[[str], Embedders | None] = lambda tongue: None,
    ) -> Recogniser:
        """Learn a hotline. `names` are the intents' labels: language -> intent -> label.

        Keywords, labels and the intents' own names (`pay_bill`: "pay bill") count as examples too. A language without
        examples has keyword rules only. `embedders` tells of a primary language who compares meanings; where nobody
        does, words alone are compared. Learning the same again in one process costs nothing.
        """
        phrases = _by_language(keywords or {})
        labels = _by_language({tongue: {i: (n,) for i, n in named.items()} for tongue, named in (names or {}).items()})
        models = {}
        for tongue, taught in _by_language(examples).items():
            if any(taught.values()):
                from ivr.intent.model import train  # numpy is for hotlines that have examples

                called = _together(phrases.get(tongue, {}), labels.get(tongue, {}))
                own = {intent: (normal(intent),) for intent in {*taught, *called}}
                models[tongue] = train(taught, _together(called, own), embedders(tongue))
        return cls({tongue: Keywords.of(said) for tongue, said in phrases.items()}, models)

    def understand(self, text: str, language: str, among: Collection[str] = ()) -> MeaningFound:
        """What the caller wants, out of `among` where that is not empty.

        Where no intent fits, the intent is None, the confidence 0, and `others` holds what came nearest.
        """
        said = normal(text)
        tongue = primary(language)
        if not said:
            return MeaningFound(None, 0.0, "out_of_scope")
        heard = self.keywords[tongue].heard(said, among) if tongue in self.keywords else Heard()
        if len(heard.wanted) == 1:
            return MeaningFound(heard.wanted[0], 1.0, "keyword")
        guesses = self._guesses(said, tongue, heard.wanted or among, heard.refused)
        if not guesses:
            return _torn(heard.wanted)
        ranked = tuple((guess.intent, guess.confidence) for guess in guesses[: 1 + OTHERS])
        intent, sure = ranked[0]
        if heard.wanted:
            sure = max(sure, 1 / len(heard.wanted))
        if sure < OUT_OF_SCOPE:
            return MeaningFound(None, 0.0, "out_of_scope", ranked[:OTHERS])
        return MeaningFound(intent, sure, "model", ranked[1:])

    def _guesses(self, said: str, tongue: str, among: Collection[str], refused: Collection[str]) -> tuple[Guess, ...]:
        return self.models[tongue].guesses(said, among, refused) if tongue in self.models else ()


def _torn(heard: tuple[str, ...]) -> MeaningFound:
    """Between several keywords, with no example to decide: the first said is as likely as the others."""
    if not heard:
        return MeaningFound(None, 0.0, "out_of_scope")
    share = 1 / len(heard)
    return MeaningFound(heard[0], share, "keyword", tuple((other, share) for other in heard[1:]))


def _by_language(given: PerLanguage) -> dict[str, dict[str, tuple[str, ...]]]:
    """Normalised, and `en-GB` put together with `en-US`."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, per_intent in given.items():
        tongue = primary(language)
        more = {intent: tuple(normal(text) for text in texts) for intent, texts in per_intent.items()}
        found[tongue] = _together(found.get(tongue, {}), more)
    return found


def _together(one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {intent: one.get(intent, ()) + other.get(intent, ()) for intent in {**one, **other}}
