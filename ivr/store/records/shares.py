"""How many of how many, and how sure so few make it."""

from __future__ import annotations

from math import sqrt

import msgspec

Z = 1.959964
"""Of a normal distribution, 19 in 20 lie within so many standard errors."""


class Share(msgspec.Struct, frozen=True):
    """A share of what was counted, and between which shares the true one lies, 19 times in 20. All from 0 to 1."""

    count: int
    """How many it is so of."""
    of: int
    """How many there are."""
    rate: float
    """`count` of `of`."""
    low: float
    """The least the true share may be."""
    high: float
    """The most."""


class Change(msgspec.Struct, frozen=True):
    """A share less an earlier one, from -1 to 1."""

    by: float
    """The share less the earlier one."""
    low: float
    """With `high`, where the true difference lies, 19 times in 20. It is no change for sure while 0 lies between."""
    high: float
    """See `low`."""


def share(count: int, of: int) -> Share | None:
    """None of nothing. With Wilson's interval, which keeps its word for few calls, and for shares near 0 and 1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927) 209-212; L. D. Brown, T. T. Cai, A. DasGupta, "Interval estimation for a binomial
    proportion", Statistical Science 16 (2001) 101-133.
    """
    if not of:
        return None
    rate, z2 = count / of, Z * Z
    middle = rate + z2 / (2 * of)
    half = Z * sqrt(rate * (1 - rate) / of + z2 / (4 * of * of))
    low, high = ((middle + side * half) / (1 + z2 / of) for side in (-1, 1))
    return Share(count, of, round(rate, 4), round(max(0.0, low), 4), round(min(1.0, high), 4))


def change(now: Share | None, before: Share | None) -> Change | None:
    """None where either is of nothing.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
    methods", Statistics in Medicine 17 (1998) 873-890, method 10: out of the two intervals of Wilson.
    """
    if now is None or before is None:
        return None
    by = now.rate - before.rate
    down = sqrt((now.rate - now.low) ** 2 + (before.high - before.rate) ** 2)
    up = sqrt((now.high - now.rate) ** 2 + (before.rate - before.low) ** 2)
    return Change(round(by, 4), round(by - down, 4), round(by + up, 4))
