"""When a caller is moved to a person, and to whom: at entry, in the dialogue, on request (R12). Pure choices.

Conditions arrive compiled; `holds` says whether one does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

Holds = Callable[[Any], bool]


class RequestRule(Protocol):
    """A rule that gives something before the line."""

    @property
    def id(self) -> str: ...
    @property
    def first(self) -> str: ...
    @property
    def when(self) -> Any: ...
    @property
    def at_most(self) -> int: ...
    @property
    def off(self) -> bool: ...


class LineRule(Protocol):
    """A rule that names the line."""

    @property
    def id(self) -> str: ...
    @property
    def queue(self) -> str: ...
    @property
    def when(self) -> Any: ...
    @property
    def off(self) -> bool: ...


class Gate(Protocol):
    """What an entry rule and a rule of the dialogue have in common."""

    @property
    def queue(self) -> str: ...
    @property
    def move(self) -> str: ...
    @property
    def when(self) -> Any: ...
    @property
    def only_if(self) -> str: ...
    @property
    def off(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and by which rule; `value` is a flow or a queue, None for nothing."""

    rule: str
    value: str | None


@dataclass(frozen=True, slots=True)
class QueueNow:
    """How one queue is doing."""

    open: bool
    idle: int
    """Its people who are free now."""


def stands(rule: Gate, queue: QueueNow, offers_made: bool, holds: Holds) -> str:
    """Why a rule does not apply just now; empty: it does. `offers_made`: whether offers are made at all (R22)."""
    if rule.off or not holds(rule.when):
        return "when"
    if rule.move == "ask" and not offers_made:
        return "offers_when"
    if rule.only_if != "always" and not queue.open:
        return "closed"
    return "busy" if rule.only_if == "idle" and queue.idle < 1 else ""


def before_the_line(rules: Iterable[RequestRule], requests: int, held_back: Collection[str], holds: Holds) -> Decision:
    """What comes first on the caller's `requests`-th request. From the second on, nothing ever does (R21)."""
    if requests >= 2 or held_back:
        return Decision("second_request", None)
    for rule in rules:
        if rule.at_most > 0 and not rule.off and holds(rule.when):
            return Decision(rule.id, rule.first)
    return Decision("no_rule", None)


def which_line(rules: Iterable[LineRule], default: str, holds: Holds) -> Decision:
    """The queue of the first rule that fits."""
    for rule in rules:
        if not rule.off and holds(rule.when):
            return Decision(rule.id, rule.queue)
    return Decision("default", default)
