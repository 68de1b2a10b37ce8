"""Who calls when: callers come by chance, at the rates of the day."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ivr.flow.hotline import Hotline
from ivr.sim.day.chance import Chance, pick
from ivr.sim.day.written import Calls, Day, Who, seconds_of

FIRST_NUMBER = 5550000000
HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class Caller:
    """One caller of a day, and what does not depend on how the hotline treats him."""

    n: int
    """From 1, in the order of their first calls."""
    at: float
    """Seconds since midnight."""
    kind: str
    who: Who
    number: str
    like: str
    """Whose data the company has for him; empty: it does not know him."""
    language: str
    wants: str
    """The intent."""
    by_keys: bool
    patience_s: float


def callers(day: Day, hotline: Hotline, chance: Chance) -> list[Caller]:
    """All of a day."""
    times = arrivals(day.calls, chance.of("arrivals"))
    weights = {name: kind.weight for name, kind in day.who.items()}
    return [_caller(n, at, day, weights, hotline, chance) for n, at in enumerate(times, 1)]


def arrivals(calls: Calls, draw: Random) -> list[float]:
    """A Poisson process with these rates; given `many`, the same process on a day on which just so many came."""
    begins = [*map(seconds_of, calls.rate), seconds_of(calls.until)]
    spans = list(zip(begins, begins[1:], calls.rate.values(), strict=False))
    expected = [(end - begin) / HOUR_S * rate for begin, end, rate in spans]
    if calls.many is None:
        return [at for begin, end, rate in spans for at in _process(begin, end, rate / HOUR_S, draw)]
    picked = draw.choices(spans, expected, k=calls.many)
    return sorted(round(draw.uniform(begin, end), 3) for begin, end, _ in picked)


def _process(begin: float, end: float, rate: float, draw: Random) -> list[float]:
    found, at = [], begin
    while rate and (at := at + draw.expovariate(rate)) < end:
        found.append(round(at, 3))
    return found


def _caller(n: int, at: float, day: Day, weights: dict[str, float], hotline: Hotline, chance: Chance) -> Caller:
    name = pick(weights, chance.of("caller", n, "kind")) or next(iter(day.who))
    kind = day.who[name]
    return Caller(
        n=n,
        at=at,
        kind=name,
        who=kind,
        number=f"+1{FIRST_NUMBER + n}",
        like=chance.of("caller", n, "like").choice(kind.like) if kind.like else "",
        language=kind.language or hotline.file.languages[0],
        wants=pick(kind.wants, chance.of("caller", n, "wants")) or next(iter(kind.wants)),
        by_keys=chance.of("caller", n, "keys").random() < kind.keys,
        patience_s=kind.patience_s.drawn(chance.of("caller", n, "patience")),
    )
