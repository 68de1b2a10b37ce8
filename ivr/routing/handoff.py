"""When a caller is moved to a person, to whom and in what form: at entry, in the dialogue, on request (R12, R19). Pure
choices.

Conditions arrive compiled; `holds` says whether one does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Holds = Callable[[Any], bool]
CALLBACK = "callback"


class Rule(Protocol):
    """What all rules have."""

    @property
    def when(self) -> Any: ...
    @property
    def off(self) -> bool: ...


class RequestRule(Rule, Protocol):
    """A rule that gives something before the line, or offers another form."""

    @property
    def id(self) -> str: ...
    @property
    def first(self) -> str | None: ...
    @property
    def form(self) -> str | None: ...
    @property
    def at_most(self) -> int: ...


class LineRule(Rule, Protocol):
    """A rule that names the line."""

    @property
    def id(self) -> str: ...
    @property
    def queue(self) -> str: ...
    @property
    def form(self) -> str: ...


class Gate(Rule, Protocol):
    """What an entry rule and a rule of the dialogue have in common."""

    @property
    def move(self) -> str: ...
    @property
    def only_if(self) -> str: ...
    @property
    def offer(self) -> str | None: ...
    @property
    def later(self) -> str | None: ...
    @property
    def elsewhere(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and by which rule."""

    rule: str
    value: str | None
    """A flow or a queue; None for nothing."""
    form: str = ""
    """What is offered instead of the line, or how the line is taken: queue or connect."""
    passed: Mapping[str, str] = field(default_factory=dict)
    """Rules before it that fitted and could not be used → why: busy, no_number."""


@dataclass(frozen=True, slots=True)
class Now:
    """What counts when a rule is to apply."""

    open: bool
    """Of its queue."""
    idle: int
    """Its people who are free now."""
    offers_made: bool = True
    """Whether people are offered at all (R22)."""
    reachable: bool = True
    """The caller has a number that can be rung, or, where the rule leads elsewhere, get the link in a text message."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether and how a rule applies."""

    why: str
    """Why it does not: when, offers_when, closed, busy, no_number; empty: it does."""
    form: str = ""
    """callback: the caller is called back later. Any other: he is led there. Empty: to a person, now."""


def standing(rule: Gate, now: Now, holds: Holds) -> Standing:
    """Whether a rule applies, and in which of its forms: a person now before a call later (R32)."""
    if rule.off or not holds(rule.when):
        return Standing("when")
    if rule.elsewhere is None and rule.later is None:
        return Standing(_kept_back(rule, now))
    if rule.offer is not None and rule.elsewhere is None and not _kept_back(rule, now):
        return Standing("")
    return Standing("", rule.elsewhere or CALLBACK) if now.reachable else Standing("no_number")


def _kept_back(rule: Gate, now: Now) -> str:
    """Why nobody can be offered a person of this rule's queue now."""
    if rule.move == "ask" and not now.offers_made:
        return "offers_when"
    if rule.only_if != "always" and not now.open:
        return "closed"
    return "busy" if rule.only_if == "idle" and now.idle < 1 else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a person."""

    times: int
    """In this call, this one included."""
    held_back: Collection[str]
    """Rules that have held this caller back."""


def before_the_line(
    rules: Iterable[RequestRule], asked: Asked, possible: Callable[[str], bool], holds: Holds
) -> Decision:
    """What comes first on a request. From the second on, nothing ever does (R21). `possible` tells of a form whether
    this caller can have it."""
    if asked.times >= 2 or asked.held_back:
        return Decision("second_request", None)
    passed: dict[str, str] = {}
    for rule in rules:
        if rule.at_most < 1 or rule.off or not holds(rule.when):
            continue
        if rule.form is None or possible(rule.form):
            return Decision(rule.id, rule.first, rule.form or "", passed)
        passed[rule.id] = "no_number"
    return Decision("no_rule", None, "", passed)


def which_line(rules: Iterable[LineRule], default: str, idle: Callable[[str], int], holds: Holds) -> Decision:
    """The queue of the first rule that fits. `idle` tells how many people of a queue are free now."""
    passed: dict[str, str] = {}
    for rule in rules:
        if rule.off or not holds(rule.when):
            continue
        if rule.form != "connect" or idle(rule.queue) > 0:
            return Decision(rule.id, rule.queue, rule.form, passed)
        passed[rule.id] = "busy"
    return Decision("default", default, "queue", passed)
