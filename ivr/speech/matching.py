"""From what a recogniser wrote down to the phrase that was said.

A grammar does not force whole phrases: its words come in any order, and for one word another that sounds like it. The
nearest phrase by sound is what was meant, or nothing near enough is. The bounds were measured on real speech.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from ivr.speech.hearing import Heard, Nothing
from ivr.speech.sounds import sound

ACCEPT = 0.25
"""Distance, 0-1, up to which a phrase is taken for said."""
CONFIRM = 0.40
"""And up to which the caller is asked whether he said it."""
A_POINT_WORSE = 0.03
"""What a wording costs for each unit of log-likelihood that the recogniser finds it worse than its best one."""

UNLIKE_THE_BEST = 0.3
"""What a wording costs that sounds wholly unlike the best one: a short phrase is found in any jumble by somebody."""

A_LETTER_S, AT_EASE_S = 0.25, 0.5
"""Nobody speaks a phrase more slowly than so much a letter and so much besides: longer speech held something else."""
OTHERS = 3
FULL = 6
"""Letters of a phrase that is long enough to be known among other words."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the things a recogniser thinks was said."""

    text: str
    worse_by: float = 0.0
    """How much less likely than the best one, in units of log-likelihood."""


@dataclass(frozen=True, slots=True)
class Around:
    """Words that callers say before and after a phrase, and that add nothing to it."""

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()

    def without(self, text: str) -> str:
        """The text without them; as it is where hardly anything would be left."""
        words = text.split()
        start, end = 0, len(words)
        while start < end and words[start] in self.before:
            start += 1
        while start < end and words[end - 1] in self.after:
            end -= 1
        left = " ".join(words[start:end])
        return left if len(sound(left)) >= FULL else text


ALONE = Around()


def nearest(wordings: Iterable[Wording], phrases: Sequence[str], around: Around = ALONE) -> list[tuple[float, str]]:
    """Every phrase with its distance from the wording that suits it best, the nearest first.

    The wordings come best first; the others cost something, so that they win only where they fit much better. Words
    `around` either count for nothing.
    """
    heard = [(sound(around.without(one.text)), one.worse_by * A_POINT_WORSE) for one in wordings]
    heard = [(said, dear) for said, dear in heard if said]
    if not heard:
        return []
    best = heard[0][0]
    priced = [(said, dear + UNLIKE_THE_BEST * _apart(said, best)) for said, dear in heard]
    away = []
    for phrase in dict.fromkeys(phrases):
        said = sound(around.without(phrase))
        if said:
            away.append((min(_apart(one, said) + dear for one, dear in priced), phrase))
    return sorted(away, key=lambda one: one[0])  # stable: of two as near, the one that was written first


def is_whole(text: str, phrases: Iterable[str]) -> bool:
    """Whether this is one of the phrases, and none of them goes on from there."""
    said = sound(text)
    known = {sound(phrase) for phrase in phrases}
    return bool(said) and said in known and not any(one != said and one.startswith(said) for one in known)


def _apart(one: str, other: str) -> float:
    return Levenshtein.normalized_distance(one, other)


def match(
    wordings: Sequence[Wording], phrases: Sequence[str], *, spoken_s: float = 0.0, around: Around = ALONE
) -> Heard | Nothing:
    """The phrase that was said, surely or perhaps, or that none was. `spoken_s` is how long was spoken, if known."""
    away = nearest(wordings, phrases, around)
    if not away:
        return Nothing("silence")
    distance, phrase = away[0]
    if distance > CONFIRM:
        return Nothing("unclear")
    runners_up = tuple(other for far, other in away[1 : OTHERS + 1] if far <= CONFIRM)
    letters = len(sound(phrase)) + len(sound(wordings[0].text)) - len(sound(around.without(wordings[0].text)))
    too_short = spoken_s > AT_EASE_S + A_LETTER_S * letters
    return Heard(phrase, round(1 - distance, 3), distance <= ACCEPT and not too_short, runners_up)
