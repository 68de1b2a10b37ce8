"""What is told of rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import msgspec

from ivr.store.records.shares import Change, Share

By = Literal["version", "rule"]


class RuleCounts(msgspec.Struct, frozen=True):
    """One rule, in one version of the hotline."""

    version: str | None
    """Of the hotline; null: of all versions together."""
    point: str
    """entry, intent, mood, request or line of handoff.yaml; `hint` of hints.yaml; `step`: an offer of a flow."""
    rule: str
    """Its name there."""
    off: bool
    """It is switched off in the version that is served now."""
    fitted: int
    """How often it fitted a caller."""
    applied: int
    """How often it was applied: the caller moved, asked, or told something."""
    kept_back: dict[str, int]
    """Why it was not: offers_when, closed, busy, no_number, or what keeps a hint back → how often."""
    yes: int
    """Callers who agreed to what it asked, or did what it told of."""
    no: int
    """Callers who did not."""
    nothing: int
    """Callers who gave no clear answer."""
    agreed: Share | None
    """Of those asked; of a hint, of those told. Null, as for the next ones, of nothing."""
    calls: int
    """Calls in which it was applied."""
    solved: Share | None
    """Of those of these calls of which it is known."""
    converted: Share | None
    """Calls in which the caller took, after that, what was for sale."""
    solved_change: Change | None
    """Against the version before in which this rule was applied; null where there is none, or nothing is known."""
    converted_change: Change | None
    """In the same way."""
    outcomes: dict[str, int]
    """How these calls ended: connected, answered, abandoned … → how many; `running` has not."""
    rated: int
    """How many of these calls were rated, the person or the machine."""
    rating: float | None
    """The mean of these ratings, from 1 to 5."""


class Version(msgspec.Struct, frozen=True):
    """A version of the hotline, and the calls that ran on it."""

    version: str
    """The hash of its files."""
    first_at: float
    """When the first of them began, in seconds since 1970."""
    last_at: float
    """When the last of them began."""
    calls: int
    """How many began."""


class RulesTold(msgspec.Struct, frozen=True):
    """The rules of a hotline."""

    hotline: str
    """Whose rules."""
    since: float
    """Calls that began after that, in seconds since 1970."""
    until: float
    """And not after that."""
    quiet_days: int
    """So many days without another call for the same wish count as solved, where nobody has said."""
    versions: list[Version]
    """The newest first."""
    rules: list[RuleCounts]
    """A row for each rule and version, the newest first; rules served now that fitted nobody have zeros."""


class Named(NamedTuple):
    """A rule as it is written."""

    point: str
    rule: str
    off: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """What is served now."""

    version: str = ""
    rules: tuple[Named, ...] = ()
