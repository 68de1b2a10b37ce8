"""What was found out before, kept by the facts that it hangs on.

Turns are played under facts that a call holds on to, like the hour. Most turns ask for none of them: what was found
under one hour is then so at every hour. What was asked for is written down while something is being found.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, Self, TypeVar

from ivr.proof.doubt import Fact, Given

UNKNOWN = "unknown"
"""Of a fact that nothing was settled about, and that was asked for."""
Needs = Mapping[Fact, Any]
"""Facts that were asked for, as they were settled before."""


class Result(Protocol):
    """What facts stand in."""

    def under(self, given: Given, needs: Needs) -> Self:
        """The same where other facts were given, of those that were not needed."""


R = TypeVar("R", bound=Result)


@dataclass(slots=True)
class Memory(Generic[R]):
    asked: set[Fact] = field(default_factory=set)
    """Facts that were asked for, by what is being found just now."""
    _found: dict[Hashable, list[tuple[Needs, list[R]]]] = field(default_factory=dict)
    _exactly: dict[tuple[Hashable, frozenset[tuple[Fact, Any]]], tuple[Needs, list[R]]] = field(default_factory=dict)

    def of(self, key: Hashable, given: Given, find: Callable[[], list[R]]) -> list[R]:
        """What `find` gives, or has given where all that it asked for was settled alike."""
        exactly = (key, frozenset(given.items()))
        if (known := self._exactly.get(exactly)) is None:
            known = self._exactly[exactly] = self._alike(key, given) or self._new(key, given, find)
        needs, found = known
        self.asked.update(needs)
        return found

    def _alike(self, key: Hashable, given: Given) -> tuple[Needs, list[R]] | None:
        for needs, found in self._found.get(key, ()):
            if all(given.get(fact, UNKNOWN) == value for fact, value in needs.items()):
                return needs, [one.under(given, needs) for one in found]
        return None

    def _new(self, key: Hashable, given: Given, find: Callable[[], list[R]]) -> tuple[Needs, list[R]]:
        outer, self.asked = self.asked, set()
        try:
            found = find()
            known = {fact: given.get(fact, UNKNOWN) for fact in self.asked}, found
        finally:
            self.asked = outer
        self._found.setdefault(key, []).append(known)
        return known
