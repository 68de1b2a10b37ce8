"""`expect: choice`: one of a few named options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rapidfuzz.distance import Levenshtein

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent.ordinals import ordinal
from ivr.intent.phrases import finder
from ivr.intent.readers.registry import NOTHING, reader
from ivr.intent.sounds import sounds
from ivr.intent.text import normal, plain, primary

NEAR_ENOUGH = 0.25
"""Edits per letter, of what was heard against a phrase; found with a recogniser's mistakes on real calls."""
SAID_IN_PART = 0.8
"""How sure "prepaid" is for "prepaid plan"."""
MOST_WORDS = 60
"""Who says more than this has not answered."""
CLEARLY_NEARER = 0.05
"""How much farther the next option must be: "plan a" and "plan b" are both near "plan"."""


@reader("choice")
def read_choice(task: Understand, today: date, region: str) -> ValueRead:
    """The option whose phrase was said, or the nearest by sound; its place ("the second one") will do as well.

    By keys: the option that has the key as a phrase, or else the place.
    """
    options = {option: _phrases(option, phrases) for option, phrases in task.among.items()}
    tongue = primary(task.language)
    if task.by == "keys":
        named = [option for option, phrases in options.items() if task.text in phrases]
        return ValueRead(named[0]) if len(named) == 1 else _placed(options, _key(task.text))
    said = normal(task.text)
    named = _said(said, options)
    if named:
        return ValueRead(named[0]) if len(named) == 1 else NOTHING
    placed = _placed(options, ordinal(plain(task.text), tongue, len(options)))
    if placed.value is not None:
        return placed
    part_of = _part_of(said, options)
    return ValueRead(part_of[0], SAID_IN_PART) if len(part_of) == 1 else _nearest(said, options, tongue)


def _phrases(option: str, phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normal(phrase) for phrase in (*phrases, option)))


def _key(keys: str) -> int | None:
    return int(keys) if keys.isascii() and keys.isdecimal() and len(keys) < 3 else None


def _placed(options: Mapping[str, object], place: int | None) -> ValueRead:
    return ValueRead(list(options)[place - 1]) if place and place <= len(options) else NOTHING


def _said(said: str, options: Mapping[str, Sequence[str]]) -> list[str]:
    """The options with a phrase in the text; a phrase inside a longer one that was found does not count."""
    pattern = finder(phrase for phrases in options.values() for phrase in phrases)
    found = {match.group() for match in pattern.finditer(said)} if pattern else set()
    return [option for option, phrases in options.items() if found & set(phrases)]


def _part_of(said: str, options: Mapping[str, Sequence[str]]) -> list[str]:
    """The options of which a phrase has all that was said in it, as whole words."""
    pattern = finder([said]) if len(said) >= 2 else None
    return [option for option, phrases in options.items() if pattern and any(map(pattern.search, phrases))]


def _nearest(said: str, options: Mapping[str, Sequence[str]], tongue: str) -> ValueRead:
    heard = sounds(said, tongue)[:MOST_WORDS]
    distances = sorted(
        (min((_distance(heard, sounds(phrase, tongue)) for phrase in phrases if phrase), default=1.0), option)
        for option, phrases in options.items()
    )
    if not distances or distances[0][0] > NEAR_ENOUGH:
        return NOTHING
    if len(distances) > 1 and distances[1][0] - distances[0][0] < CLEARLY_NEARER:
        return NOTHING
    distance, option = distances[0]
    return ValueRead(option, 1 - distance)


def _distance(heard: Sequence[str], phrase: Sequence[str]) -> float:
    """The least over all stretches of what was heard that have about as many words as the phrase."""
    wanted = " ".join(phrase)
    least = 1.0
    for size in range(max(1, len(phrase) - 1), len(phrase) + 2):
        for at in range(max(1, len(heard) - size + 1)):
            stretch = " ".join(heard[at : at + size])
            least = min(least, Levenshtein.normalized_distance(stretch, wanted, score_cutoff=least))
    return least
