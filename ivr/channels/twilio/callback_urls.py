"""Where the pages of promised calls are found. `name` is the callback's."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class CallbackUrls:
    """Absolute addresses below `base`, as `Urls`."""

    base: str

    def answered(self, hotline: str, name: str, attempt: int = 1) -> str:
        """The caller has answered."""
        return self._at(hotline, name, "") + (f"?attempt={attempt}" if attempt > 1 else "")

    def key(self, hotline: str, name: str, attempt: int = 1) -> str:
        return self._at(hotline, name, f"/key?attempt={attempt}")

    def status(self, hotline: str, name: str) -> str:
        """What the status callback of the caller's leg is set to."""
        return self._at(hotline, name, "/status")

    def caller_alone(self, hotline: str, name: str) -> str:
        """Asked while the caller waits in the room for an agent."""
        return self._at(hotline, name, "/caller-alone")

    def agent_alone(self, hotline: str, name: str, agent: str) -> str:
        """Asked while the agent waits in the room for the caller."""
        return self._at(hotline, name, "/agent-alone") + f"?{urlencode({'agent': agent})}"

    def left(self, hotline: str, name: str, looked: int = 0) -> str:
        """Asked when the caller is out of the room and on the line."""
        return self._at(hotline, name, f"/left?looked={looked}")

    def _at(self, hotline: str, name: str, what: str) -> str:
        return f"{self.base}/twilio/callback/{quote(hotline, safe='')}/{quote(name, safe='')}{what}"
