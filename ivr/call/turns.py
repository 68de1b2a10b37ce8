"""One turn of a call, as the store hands it out and takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ivr.call.entries import Entry
from ivr.call.tasks import Chore


@dataclass(frozen=True, slots=True)
class Opened:
    """A call as the store found it when a turn came in."""

    hotline: str
    call: str
    found: Literal["new", "ready", "replay", "busy"]
    """new: nobody knows this call. ready: yours to work on. replay: this turn was answered already.
    busy: another worker has it; ask again in a moment."""
    turn: int = 0
    """The turn that the state waits for."""
    token: str = ""
    """Fences the commit: whoever lost the claim cannot write."""
    state: bytes = b""
    answer: bytes = b""
    """The last answer, of a call that is ready or of a turn that was answered."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What one turn leaves behind; written in one atomic script together with its entries and chores."""

    turn: int
    """The turn that the new state waits for; `answer` is what any older turn is answered with."""
    state: bytes
    answer: bytes
    entries: Sequence[Entry] = ()
    chores: Sequence[Chore] = ()
    final: bool = False
    """The call is over: it no longer counts as running."""


CallEars = Literal["ours", "carrier"]
"""Who listens to a call whose line could let either do it."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a call's sound could not do: the last `verbs` of the answer that made `turn`. The line does them."""

    turn: int
    verbs: int
