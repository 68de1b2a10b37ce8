"""How a talk ended, in the words of somebody who was in it (R75)."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Outcome = Literal["solved", "not_solved", "converted"]
"""converted: solved, and sold."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
LONGEST_NOTE = 500


class Closing(msgspec.Struct, frozen=True):
    """Told once for a call, whoever was in it: the first word stands."""

    outcome: Outcome
    """As it stands."""
    by: str
    """An agent, or the name of somebody's token."""
    note: str = ""
    """In words."""
    at: float = 0.0
    """In seconds since 1970."""
