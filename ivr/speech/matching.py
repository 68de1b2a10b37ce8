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


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the things a recogniser thinks was said."""

    text: str
    worse_by: float = 0.0
    """How much less likely than the best one, in units of log-likelihood."""


def nearest(wordings: Iterable[Wording], phrases: Sequence[str]) -> list[tuple[float, str]]:
    """Every phrase with its distance from the wording that suits it best, the nearest first.

    The wordings come best first; the others cost something, so that they win only where they fit much better.
    """
    said_best = [one for one in wordings if sound(one.text)]
    if not said_best:
        return []
    best = sound(said_best[0].text)
    heard = [
        (sound(one.text), one.worse_by * A_POINT_WORSE + UNLIKE_THE_BEST * _apart(sound(one.text), best))
        for one in said_best
    ]
    away = []
    for phrase in dict.fromkeys(phrases):
        said = sound(phrase)
        if said:
            away.append((min(_apart(one, said) + dear for one, dear in heard), phrase))
    return sorted(away, key=lambda one: one[0])  # stable: of two as near, the one that was written first


def is_whole(text: str, phrases: Iterable[str]) -> bool:
    """Whether this is one of the phrases, and none of them goes on from there."""
    said = sound(text)
    known = {sound(phrase) for phrase in phrases}
    return bool(said) and said in known and not any(one != said and one.startswith(said) for one in known)


def _apart(one: str, other: str) -> float:
    return Levenshtein.normalized_distance(one, other)


def match(wordings: Sequence[Wording], phrases: Sequence[str], *, spoken_s: float = 0.0) -> Heard | Nothing:
    """The phrase that was said, surely or perhaps, or that none was. `spoken_s` is how long was spoken, if known."""
    away = nearest(wordings, phrases)
    if not away:
        return Nothing("silence")
    distance, phrase = away[0]
    if distance > CONFIRM:
        return Nothing("unclear")
    runners_up = tuple(other for far, other in away[1 : OTHERS + 1] if far <= CONFIRM)
    too_short = spoken_s > AT_EASE_S + A_LETTER_S * len(sound(phrase))
    return Heard(phrase, round(1 - distance, 3), distance <= ACCEPT and not too_short, runners_up)
