"""The far end of a browser call's sound: an `ivr.channels.audio.wire.Wire` that writes into an outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from ivr.call.events import DialEnded, Event, HungUp
from ivr.call.verbs import Dial, Join, Say, Verb
from ivr.channels.webphone.outbox import Outbox

IN_ORDER = frozenset({"said", "played"})
"""Notices that belong to the sound which follows them; all others are shown at once."""
FOR_ALL = frozenset({"said", "heard", "key", "ignored", "speech", "interrupted", "unsaid"})
"""Notices that the phone itself shows; the rest is for the panel."""


class PhoneWire:
    """A browser can ring nobody and join nobody: it shows whom, and the caller tells how that ended."""

    def __init__(self, outbox: Outbox, *, panel: bool) -> None:
        self.happened: Callable[[Event], None] = _nobody
        """Where what comes of a verb of the line's own is told."""
        self.answered: Callable[[], None] = _nothing
        """Called when the engine has answered a turn."""
        self._outbox = outbox
        self._panel = panel
        self._dialled_at: float | None = None
        self._away = False

    # --- what the call tells ---------------------------------------------------------------------------------

    def sound(self, ulaw: bytes) -> None:
        self._back()
        self._outbox.sound(ulaw)

    def mark(self, name: str) -> None:
        self._outbox.after_sound("mark", {"name": name})

    def clear(self) -> None:
        self._outbox.clear()

    def unsaid(self, words: Say) -> bool:
        if words.text:
            self.noticed("unsaid", {"text": None if words.secret else words.text, "language": words.language})
        return True

    def rest(self, verbs: Sequence[Verb], turn: int) -> bool:
        match verbs[0] if verbs else None:
            case Dial(number=number, action="fallback"):
                self._elsewhere("away", number)
                # The flow is broken and nothing follows. Not from within: the call is in the middle of telling us.
                asyncio.get_running_loop().call_soon(lambda: self.happened(HungUp()))
                return True
            case Dial(number=number):
                self._dialled_at = asyncio.get_running_loop().time()
                self._elsewhere("dial", number)
                return True
            case Join(agent=agent):
                self._elsewhere("joined", agent)
                return True
            case _:
                return False

    def over(self) -> None:
        """Said by the call as soon as it is over; the socket tells the page when all was sent."""

    def noticed(self, what: str, told: dict[str, Any]) -> None:
        if what == "answered":
            self.answered()
        if not self._panel and what not in FOR_ALL:
            return
        notice = {"what": what, **told}
        if what in IN_ORDER:
            self._back()
            self._outbox.after_sound("notice", notice)
        else:
            self._outbox.at_once("notice", notice)

    # --- what the caller tells -------------------------------------------------------------------------------

    def ended(self, status: str) -> None:
        """How the call to somebody else ended. Nothing where none was under way."""
        if self._dialled_at is None:
            return
        seconds = asyncio.get_running_loop().time() - self._dialled_at
        self._back()
        self.happened(DialEnded(status, seconds if status == "completed" else 0.0))

    # --- here or elsewhere ------------------------------------------------------------------------------------

    def _elsewhere(self, state: str, who: str) -> None:
        self._away = True
        self._outbox.after_sound("state", {"is": state, "who": who})

    def _back(self) -> None:
        if self._away:
            self._away, self._dialled_at = False, None
            self._outbox.after_sound("state", {"is": "line", "who": ""})


def _nobody(event: Event) -> None:
    """Before the call has begun nothing can happen to it."""


def _nothing() -> None:
    """Where there is no panel."""
