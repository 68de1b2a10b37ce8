"""What the carrier plays to a caller from a stream: sound and marks in the order they came, in real pieces of time."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

QUIET = b"\xff"


@dataclass(slots=True)
class Player:
    """`played` is all that the caller's ear has had, from the stream's beginning: silence too, so that places in it are
    times."""

    played: bytearray = field(default_factory=bytearray)
    sounded: int = 0
    """Bytes of it that were sound."""
    _waiting: deque[bytes | str] = field(default_factory=deque)
    """Sound, and the names of marks."""

    @property
    def sounding(self) -> bool:
        return any(isinstance(one, bytes) for one in self._waiting)

    def sound(self, ulaw: bytes) -> None:
        if ulaw:
            self._waiting.append(ulaw)

    def mark(self, name: str) -> list[str]:
        """The marks to tell back now: this one, where nothing is before it."""
        self._waiting.append(name)
        return self._reached()

    def clear(self) -> list[str]:
        """All marks come back at once."""
        marks = [one for one in self._waiting if isinstance(one, str)]
        self._waiting.clear()
        return marks

    def play(self, size: int) -> list[str]:
        """So much time passes; the marks that were reached in it."""
        marks: list[str] = []
        part = bytearray()
        while len(part) < size and self._waiting:
            first = self._waiting.popleft()
            if isinstance(first, str):
                marks.append(first)
                continue
            taken = size - len(part)
            part += first[:taken]
            if len(first) > taken:
                self._waiting.appendleft(first[taken:])
        self.sounded += len(part)
        self.played += part.ljust(size, QUIET)
        return marks + self._reached()

    def _reached(self) -> list[str]:
        marks = []
        while self._waiting and isinstance(first := self._waiting[0], str):
            marks.append(first)
            self._waiting.popleft()
        return marks
