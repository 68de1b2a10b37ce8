"""What a hotline reaches: how much the machine keeps, what that saves, what is sold, how content callers are (R98)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from ivr.store.records.shares import Change, Share
from ivr.store.records.verdicts import GOOD, Window


@dataclass(frozen=True, slots=True)
class Worth:
    """What a hotline's files say of worth. Money is in its currency."""

    currency: str = "USD"
    person_minute: float | None = None
    """None: what people cost is not told."""
    machine_minute: float = 0.0
    by_machine: tuple[str, ...] = ()
    """Intents that the machine serves best."""
    short_talk_s: float = 30.0
    values: Mapping[str, float] = field(default_factory=dict)
    """Opportunity → what one caller who takes it is worth."""


class Saved(msgspec.Struct, frozen=True):
    """What people did not have to do."""

    minutes: float
    """That callers whom the machine satisfied were on the line, without waiting."""
    amount: float | None
    """What that would have cost more with a person; null: what people cost is not told."""


class Sold(msgspec.Struct, frozen=True):
    """One opportunity."""

    intent: str
    """Empty: sold by agents to callers who had shown none."""
    shown: int
    """Calls in which the caller showed it, or took it."""
    taken: int
    """Of these, where he took it."""
    value: float | None
    """What that is worth; null: no value is told."""


class Rated(msgspec.Struct, frozen=True):
    """What callers say, from 1 to 5."""

    count: int
    """How many rated."""
    mean: float
    """Of their ratings."""
    good: Share
    """3 and better."""


class Reached(msgspec.Struct, frozen=True):
    """The goals over one stretch of time. Shares are null where there is nothing to take them of."""

    since: float
    """Calls that began after that, in seconds since 1970."""
    until: float
    """And not after that."""
    calls: int
    """Calls that began then."""
    ended: int
    """Those of them that are over; all that follows is of these."""
    kept: Share | None
    """By the machine."""
    satisfied: Share | None
    """Before a person."""
    transferred: Share | None
    """To people."""
    met: Share | None
    """Callers who met a person."""
    needless: Share | None
    """Of those: who need not have met one."""
    seconds_to_answer: float | None
    """The median."""
    solved: Share | None
    """Of the calls of which it is known."""
    saved: Saved
    """By what the machine did alone."""
    sold: list[Sold]
    """Each opportunity that was shown, or has a value."""
    value: float | None
    """Of all that was sold; null: no opportunity has a value."""
    machine: Rated | None
    """Ratings after the machine's part."""
    person: Rated | None
    """Ratings after a talk."""


class GoalsTold(msgspec.Struct, frozen=True):
    """What a hotline reaches, and what it reached in as long a stretch of time before."""

    hotline: str
    """Whose goals."""
    currency: str
    """Of all money here."""
    now: Reached
    """In the time that was asked for."""
    earlier: Reached
    """In as long a time before."""
    changes: dict[str, Change]
    """Of the shares, from earlier to now, by their names; `machine` and `person` are of good ratings."""
    means: dict[str, str]
    """What is counted as what, by the names above, in sentences."""


def means(window: Window, worth: Worth) -> dict[str, str]:
    """What stands for what, with the hotline's own numbers."""
    quiet = f"{window.quiet_days} days" if window.quiet_days > 1 else "a day"
    price = (
        "hotline.yaml names no `costs: {person_minute: …}`, so nothing is said of money"
        if worth.person_minute is None
        else f"{worth.person_minute:.2f} less {worth.machine_minute:.2f} {worth.currency} a minute, as if a person had"
        " taken as long"
    )
    return {
        "kept": "calls that came to no person, no line, no callback, no message and no number outside (`dial`), and did"
        " not break; who hung up in line after hearing the answer there, or was led elsewhere by a link, is kept, too",
        "satisfied": "kept, given what they wanted, and not unhappy with it (no rating below 3, no “not solved”): most"
        " of them hang up after the answer",
        "transferred": "to a line, a callback, a message, a person or a number outside; a call that broke (`failed`) is"
        " neither kept nor transferred",
        "met": "an agent took the call",
        "needless": "a person was met for a wish that the machine serves best (`way:` and `ways:`), and the talk took"
        f" less than {worth.short_talk_s:g} s",
        "seconds_to_answer": "from the start of the call until the first wanted information; the median",
        "solved": "by the agent's word, else the caller's, else what the flow says; where nobody says: answered, and no"
        f" other call for the same wish within {quiet}. Of the calls of which it is known",
        "saved": f"minutes of satisfied callers without waiting, {price}",
        "sold": "opportunities that the caller took, as the flow or the agent says, times `value:` of intents.yaml; who"
        " takes one counts as having shown it",
        "rated": f"from 1 to 5; good is {GOOD} and better",
    }
