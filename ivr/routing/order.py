"""The order of a line as one number anybody can explain: seconds waited, times a rate, plus head starts.

Of callers whose waiting counts alike, the order never changes while they wait: it is fixed by
`enqueued_at - head_start / rate`, a number that is written once. Only the first ones of different rates are compared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_S = 10_000_000.0
"""Head starts end here (some hundred days), so that every order can be written down and compared in full."""

RATES = (0.1, 10.0)
"""The slowest and the quickest a wait can count."""

OrderKey = tuple[int, float]
"""Compare two of one rate: the smaller one stands before. First the class (0 urgent, 1 not), then the static number."""


@dataclass(frozen=True, slots=True)
class HeadStart:
    """Seconds that count as waited, and the name of each reason for them."""

    seconds: float = 0.0
    terms: Mapping[str, float] = field(default_factory=dict)


def head_start(terms: Mapping[str, float], *, most_s: float = MOST_S) -> HeadStart:
    """Add up what counts for this caller, name -> seconds, at most `most_s`; terms of zero are left out.

    Raises ValueError for seconds that are negative or no number: nobody is set back for who he is.
    """
    for name, seconds in terms.items():
        if not (math.isfinite(seconds) and seconds >= 0):
            raise ValueError(f"the head start {name!r} is {seconds!r}; it must be 0 or more seconds")
    counted = {name: seconds for name, seconds in terms.items() if seconds}
    return HeadStart(min(sum(counted.values()), most_s), counted)


def order_key(enqueued_at: float, head_start_s: float = 0.0, urgent: bool = False, rate: float = 1.0) -> OrderKey:
    """Where a caller stands among those of the same rate. `enqueued_at` in seconds since 1970.

    Two callers with the same key stand in the order in which they came.
    """
    return (0 if urgent else 1, enqueued_at - bounded(head_start_s) / bounded_rate(rate))


def score(key: OrderKey, rate: float, now: float) -> float:
    """What the static number is worth now, in seconds: waited times rate, plus head starts. The larger comes first."""
    return (now - key[1]) * bounded_rate(rate)


def bounded(head_start_s: float) -> float:
    """A head start as the line uses it: within 0 and MOST_S, and 0 where it is no number.

    A rule that computes nonsense must not keep a caller from getting a place.
    """
    return min(max(head_start_s, 0.0), MOST_S) if math.isfinite(head_start_s) else 0.0


def bounded_rate(rate: float) -> float:
    """A rate as the line uses it: within RATES, to a thousandth, and 1 where it is no number."""
    return round(min(max(rate, RATES[0]), RATES[1]), 3) if math.isfinite(rate) else 1.0
