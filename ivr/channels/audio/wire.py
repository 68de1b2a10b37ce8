"""The far end of a call's sound, as a Protocol: each line that carries audio implements it in its own dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from ivr.call.verbs import Say, Verb


class Wire(Protocol):
    """What the caller's end is told. Every method is called in the event loop, queues, and returns at once."""

    def sound(self, ulaw: bytes) -> None:
        """Play this after what was sent before: µ-law, 8,000 bytes a second, of any length."""

    def mark(self, name: str) -> None:
        """Tell back (`AudioCall.marked`) when all that was sent before has been played."""

    def clear(self) -> None:
        """Be silent at once; what has not been played is dropped, and its marks come back."""

    def unsaid(self, words: Say) -> bool:
        """Nobody here can say this. True: the line found its own way (shows it, says it itself); False: `rest` must."""

    def rest(self, verbs: Sequence[Verb], turn: int) -> bool:
        """These verbs of the answer are the line's own matter: they begin with one that a stream cannot do.

        `turn` is the one the caller's next event must carry. True: the line does them and tells what came of it by
        `AudioCall.happened`; False: this sound is over, and the line goes on with them elsewhere.
        """

    def over(self) -> None:
        """The call has ended; nothing more is sent."""

    def noticed(self, what: str, told: dict[str, Any]) -> None:
        """Something to show to whoever watches the call: see `ivr.channels.audio.notices`. Most lines drop it."""
