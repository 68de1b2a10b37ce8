"""Chance with names: what is drawn under a name is the same whatever else was drawn before.

So a caller's patience does not change with the rules of a hotline, and two versions can be compared caller by caller.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pydantic import Field

from ivr.flow.edge import written

Name = TypeVar("Name", bound=str)
Seconds = Annotated[float, Field(ge=0, le=86_400)]


@written
@dataclass(frozen=True, slots=True)
class Lasting:
    """How long something takes, in seconds: one of `{always: 20}`, `{from: 5, to: 15}`, `{mean: 60}` (most are short,
    a few are very long) and `{median: 180, spread: 0.5}` (as talks are: one in six takes longer than
    median * e^spread)."""

    always: Seconds | None = None
    """Just so long."""
    from_: Annotated[Seconds | None, Field(alias="from")] = None
    """At least; with `to`."""
    to: Seconds | None = None
    """At most."""
    mean: Annotated[Seconds | None, Field(gt=0)] = None
    """On average."""
    median: Annotated[Seconds | None, Field(gt=0)] = None
    """Half of them take longer."""
    spread: Annotated[float, Field(ge=0, le=3)] = 0.5
    """How far they lie apart; with `median`."""

    def __post_init__(self) -> None:
        forms = (self.always, self.from_, self.mean, self.median)
        if sum(form is not None for form in forms) != 1 or (self.from_ is None) != (self.to is None):
            raise ValueError("write one of {always: 20}, {from: 5, to: 15}, {mean: 60} or {median: 180, spread: 0.5}")
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise ValueError(f"`from: {self.from_:g}` is later than `to: {self.to:g}`")

    def drawn(self, draw: random.Random) -> float:
        """To a millisecond, so that sums come out alike on every machine."""
        if self.always is not None:
            return self.always
        if self.from_ is not None and self.to is not None:
            return round(draw.uniform(self.from_, self.to), 3)
        if self.mean is not None:
            return round(draw.expovariate(1 / self.mean), 3)
        return round(draw.lognormvariate(math.log(self.median or 1.0), self.spread), 3)


@dataclass(frozen=True, slots=True)
class Chance:
    """All chance of one day."""

    seed: int

    def of(self, *name: object) -> random.Random:
        """A source of its own for each name, such as `("caller", 17, "patience")`."""
        return random.Random("/".join(map(str, (self.seed, *name))))


def pick(weights: Mapping[Name, float], draw: random.Random) -> Name | None:
    """One of the names by its weight, in the order they are written; None where there is none."""
    total = sum(weights.values())
    if total <= 0:
        return None
    at = draw.random() * total
    for name, weight in weights.items():
        at -= weight
        if at < 0:
            return name
    return next(reversed(list(weights)))
