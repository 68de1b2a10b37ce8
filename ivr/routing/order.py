"""The order of a line as one number anybody can explain: seconds waited plus head starts.

Waiting grows alike for everybody, so the order of two callers never changes while they wait: it is fixed by
`enqueued_at - head_start`, a number that is written once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_S = 1_000_000_000.0
"""Head starts end here (some thirty years), so that every order can be written down in full."""

OrderKey = tuple[int, float]
"""Compare two: the smaller one stands before. First the class (0 urgent, 1 not), then the static number."""


@dataclass(frozen=True, slots=True)
class HeadStart:
    """Seconds that count as waited, and the name of each reason for them."""

    seconds: float = 0.0
    terms: Mapping[str, float] = field(default_factory=dict)

    def in_words(self, waited_s: float, *, urgent: bool = False) -> str:
        """The caller's place as a sum: `95 s waited + 300 s gold = 395 s`; an urgent class is told first."""
        total = waited_s + self.seconds
        terms = [f"{waited_s:.0f} s waited", *(f"{seconds:.0f} s {name}" for name, seconds in self.terms.items())]
        capped = f", head starts end at {self.seconds:.0f} s" if sum(self.terms.values()) > self.seconds else ""
        before = "urgent, before all others; " if urgent else ""
        return f"{before}{' + '.join(terms)} = {total:.0f} s{capped}"


def head_start(terms: Mapping[str, float], *, most_s: float = MOST_S) -> HeadStart:
    """Add up what counts for this caller, name -> seconds, at most `most_s`; terms of zero are left out.

    Raises ValueError for seconds that are negative or no number: nobody is set back for who he is.
    """
    for name, seconds in terms.items():
        if not (math.isfinite(seconds) and seconds >= 0):
            raise ValueError(f"the head start {name!r} is {seconds!r}; it must be 0 or more seconds")
    counted = {name: seconds for name, seconds in terms.items() if seconds}
    return HeadStart(min(sum(counted.values()), most_s), counted)


def order_key(enqueued_at: float, head_start_s: float = 0.0, urgent: bool = False) -> OrderKey:
    """Where a caller stands. `enqueued_at` in seconds since 1970.

    Two callers with the same key stand in the order in which they came.
    """
    return (0 if urgent else 1, enqueued_at - bounded(head_start_s))


def bounded(head_start_s: float) -> float:
    """A head start as the line uses it: within 0 and MOST_S, and 0 where it is no number.

    A rule that computes nonsense must not keep a caller from getting a place.
    """
    return min(max(head_start_s, 0.0), MOST_S) if math.isfinite(head_start_s) else 0.0
