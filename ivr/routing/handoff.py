"""What happens when a caller asks for a person: held back once by a rule, or straight into which line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Protocol


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


class LineRule(Protocol):
    """A rule that names the line."""

    @property
    def id(self) -> str: ...
    @property
    def queue(self) -> str: ...
    @property
    def when(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided and by which rule; `value` is a flow or a queue, None for nothing."""

    rule: str
    value: str | None


def before_the_line(
    rules: Iterable[RequestRule], requests: int, held_back: Collection[str], holds: Callable[[Any], bool]
) -> Decision:
    """What comes first on the caller's `requests`-th request. From the second on, nothing ever does (R21)."""
    if requests >= 2 or held_back:
        return Decision("second_request", None)
    for rule in rules:
        if rule.at_most > 0 and holds(rule.when):
            return Decision(rule.id, rule.first)
    return Decision("no_rule", None)


def which_line(rules: Iterable[LineRule], default: str, holds: Callable[[Any], bool]) -> Decision:
    """The queue of the first rule that fits."""
    for rule in rules:
        if holds(rule.when):
            return Decision(rule.id, rule.queue)
    return Decision("default", default)
