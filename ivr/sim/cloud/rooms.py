"""Conferences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rooms:
    """Who is in which room. `started` and `ended` are told the call ids of those for whom a room has."""

    started: Callable[[str], None]
    ended: Callable[[str], None]
    people: dict[str, dict[str, bool]] = field(default_factory=dict)
    """Room -> call id -> whether that one's leaving ends it."""

    def join(self, room: str, call: str, *, ends_on_exit: bool) -> None:
        inside = self.people.setdefault(room, {})
        for other in inside:
            self.started(other)
        inside[call] = ends_on_exit

    def leave(self, room: str, call: str) -> None:
        inside = self.people.get(room, {})
        ends = inside.pop(call, False)
        if ends:
            for other in inside:
                self.ended(other)
            inside.clear()
        if not inside:
            self.people.pop(room, None)

    def with_(self, call: str) -> frozenset[str]:
        """Who hears this call now."""
        for inside in self.people.values():
            if call in inside:
                return frozenset(inside) - {call}
        return frozenset()
