"""Why a look-up brought no usable answer, on its way to becoming a LookupFailed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr.errors import LookupBroken

LARGEST_BYTES = 256_000
"""What one answer may hold: all of it is kept in the call's state."""

BROKEN = frozenset({"timeout", "refused"})


class Trouble(LookupBroken):
    """`reason` is what the flow and the record see; the message is for the log and holds nothing a caller said."""

    def __init__(self, reason: str, cause: str, *, again: bool = False) -> None:
        super().__init__(cause)
        self.reason = reason
        self.again = again
        """It may go better at once: worth another try."""

    @property
    def sick(self) -> bool:
        """The provider itself is down, which the breaker counts; a wrong answer is a sign of life."""
        return self.reason in BROKEN or self.reason.startswith("status 5")


def without_values(message: str, values: Mapping[str, Any]) -> str:
    """The first line of somebody else's message, or nothing where it may quote a value, be it three signs of it."""
    line = message.strip().partition("\n")[0]
    for value in values.values():
        said = str(value)
        if value is not None and any(said[at : at + 3] in line for at in range(max(1, len(said) - 2))):
            return ""
    return line
