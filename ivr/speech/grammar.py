"""What a recogniser should listen for, from what a prompt expects, in words that its model knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ivr.speech.hearing import Expectation
from ivr.speech.matching import ALONE, Around
from ivr.speech.sounds import apart
from ivr.speech.spoken_words import AFTER, BEFORE, EVERYDAY, SPOKEN

Knows = Callable[[str], bool]
"""Whether a model's vocabulary has a word."""

PHRASED = frozenset({"yes_no", "choice", "intent", "line"})
"""Answered by one of several phrases, so that the nearest of them is what was said."""
WORDED = frozenset({"digits", "phone", "amount", "date"})
"""Answered by words of a small set in any order; what was heard is taken as it is."""
TOO_ALIKE = 0.4
"""An everyday word that is no farther than this from a word of a phrase would be heard in its place."""
LONGEST_PIECE = 12
"""Letters; longer words of a model are not looked for when a compound is split."""


@dataclass(frozen=True, slots=True)
class Deaf:
    """A word that a model cannot hear, in the phrase it stands in."""

    phrase: str
    word: str
    instead: str
    """What to write instead; a sentence."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The phrases to listen for, as the model spells them, and what each of them stands for."""

    spelled: tuple[str, ...]
    phrases: tuple[str, ...]
    """As they were written, for `matching.match`; empty where words are taken as they are."""
    around: Around = ALONE
    """Of callers who are polite."""
    others: tuple[str, ...] = ()
    """Words of other matters, which would be taken for the phrases if they were not listened for too."""


def wanted(expected: Expectation) -> tuple[str, ...]:
    """The phrases or words of an answer; none where anything may be said, or where the language has no table."""
    table = SPOKEN.get(expected.language.split("-")[0], {})
    if expected.kind == "yes_no":
        return tuple(dict.fromkeys((*table.get("yes_no", ()), *expected.phrases)))
    if expected.kind in WORDED:
        words = table.get(expected.kind, ())
        return tuple(dict.fromkeys((*words, *expected.phrases))) if words else ()
    return expected.phrases if expected.kind in PHRASED else ()


def grammar(expected: Expectation, knows: Knows) -> Grammar | None:
    """None: listen for anything. Phrases with a word the model cannot hear are left out; the others still help."""
    phrases, spelled = [], []
    for phrase in wanted(expected):
        words = spell(phrase, knows)
        if words is not None:
            phrases.append(phrase)
            spelled.append(words)
    if not spelled:
        return None
    heard = tuple(dict.fromkeys(spelled))
    if expected.kind not in PHRASED:
        return Grammar(heard, ())
    tongue = expected.language.split("-")[0]
    politely, around = (heard, ALONE) if expected.kind == "yes_no" else _politely(heard, tongue, knows)
    return Grammar(politely, tuple(phrases), around, _others(heard, tongue, knows))


def _politely(spelled: tuple[str, ...], tongue: str, knows: Knows) -> tuple[tuple[str, ...], Around]:
    """Each phrase alone and with every polite word before or after it, since a grammar knows what follows what."""
    before, after = (
        [said for words in table.get(tongue, ()) if (said := spell(words, knows))] for table in (BEFORE, AFTER)
    )
    politely = [*spelled, *(f"{said} {phrase}" for phrase in spelled for said in before)]
    politely += [f"{phrase} {said}" for phrase in spelled for said in after]
    return tuple(dict.fromkeys(politely)), Around(_words(before), _words(after))


def _words(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in phrase.split())


def _others(spelled: tuple[str, ...], tongue: str, knows: Knows) -> tuple[str, ...]:
    own = _words(spelled)
    return tuple(
        word for word in EVERYDAY.get(tongue, ()) if knows(word) and all(apart(word, one) > TOO_ALIKE for one in own)
    )


def spell(phrase: str, knows: Knows) -> str | None:
    """The phrase in words of the model, compounds split; None where one cannot be."""
    pieces = [split(word, knows) for word in words_of(phrase)]
    return " ".join(" ".join(piece) for piece in pieces if piece) if pieces and all(pieces) else None


def deaf_to(phrase: str, knows: Knows) -> tuple[Deaf, ...]:
    """The words of a phrase that the model cannot hear, each with what to write instead."""
    return tuple(Deaf(phrase, word, _instead(word, knows)) for word in words_of(phrase) if not split(word, knows))


def words_of(phrase: str) -> list[str]:
    """Words as models spell them: small letters, apostrophes kept, other punctuation gone."""
    kept = "".join(one if one.isalnum() or one in "'’" else " " for one in phrase.casefold())
    return [word for word in (word.strip("'") for word in kept.replace("’", "'").split()) if word]


def split(word: str, knows: Knows) -> tuple[str, ...]:
    """The word itself, or the fewest known pieces that make it up; empty where nothing does.

    Latin words are not split: pieces of them are spoken differently from the whole.
    """
    if knows(word):
        return (word,)
    if word.isascii():
        return ()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - LONGEST_PIECE), end):
            before, piece = best[start], word[start:end]
            if before is None or piece == word or not knows(piece):
                continue
            shortest = best[end]
            if shortest is None or len(before) + 1 < len(shortest):
                best[end] = (*before, piece)
    return best[-1] or ()


def _instead(word: str, knows: Knows) -> str:
    if any(one.isdigit() for one in word):
        return "Write the number in words, as callers say it."
    if word.isascii():
        for cut in range(2, len(word) - 1):
            if knows(word[:cut]) and knows(word[cut:]):
                return f"Write it apart, where it is said so: '{word[:cut]} {word[cut:]}'."
        if knows(word.replace("'", "")):
            return f"Write {word.replace(chr(39), '')!r}."
    for length in range(len(word) - 1, max(0, len(word) - 3), -1):
        if length > 1 and knows(word[:length]):
            return f"The model knows {word[:length]!r}."
    return "Add a phrase in everyday words that means the same, and a key."
