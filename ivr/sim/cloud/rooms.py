"""Conferences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Rooms:
    """Who is in which room. `started` and `ended` are told the call ids of those for whom a room has.

    Calls come and go in one thread while threads of the API look.
    """

    started: Callable[[str], None]
    ended: Callable[[str], None]
    _people: dict[str, dict[str, bool]] = field(default_factory=dict)
    """Room -> call id -> whether that one's leaving ends it."""
    _lock: Lock = field(default_factory=Lock)

    def join(self, room: str, call: str, *, ends_on_exit: bool) -> None:
        with self._lock:
            inside = self._people.setdefault(room, {})
            others = list(inside)
            inside[call] = ends_on_exit
        for other in others:
            self.started(other)

    def leave(self, room: str, call: str) -> None:
        with self._lock:
            inside = self._people.get(room, {})
            ends = inside.pop(call, False)
            others = list(inside) if ends else []
            if ends or not inside:
                self._people.pop(room, None)
        for other in others:
            self.ended(other)

    def let(self, room: str, call: str, *, ends_on_exit: bool) -> bool:
        """Whether this one's leaving shall end the room; False: he is not in it."""
        with self._lock:
            inside = self._people.get(room, {})
            if call in inside:
                inside[call] = ends_on_exit
            return call in inside

    def open(self) -> list[str]:
        """The rooms with somebody in them."""
        with self._lock:
            return list(self._people)

    def inside(self, room: str) -> list[str]:
        """The call ids."""
        with self._lock:
            return list(self._people.get(room, {}))

    def with_(self, call: str) -> frozenset[str]:
        """Who hears this call now."""
        with self._lock:
            for inside in self._people.values():
                if call in inside:
                    return frozenset(inside) - {call}
            return frozenset()
