"""How long a caller waits: from the end of his voice, or from his key, to our first sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ivr.speech.end_of_speech import SHORT_S, Moment


@dataclass(slots=True)
class FirstSound:
    """One call's watch. Times are seconds that only grow."""

    _after: str = ""
    _since: float = 0.0
    _running: bool = False
    """His turn is over: the next sound is the answer's."""

    def voice(self, moment: Moment, now: float, patience_s: float) -> None:
        """He fell silent earlier than we are sure of it: by the silence that this takes."""
        if moment is not Moment.STARTED:
            silent_s = SHORT_S if moment is Moment.PAUSED else patience_s
            self._after, self._since = "speech", now - silent_s

    def key(self, now: float) -> None:
        self._after, self._since = "key", now

    def answered(self) -> None:
        self._running = bool(self._after)

    def out(self, now: float) -> dict[str, Any] | None:
        """A sound goes out; what to tell of the wait, where it ends one."""
        if not self._running:
            return None
        after, self._after, self._running = self._after, "", False
        return {"after": after, "ms": round(1000 * (now - self._since))}
