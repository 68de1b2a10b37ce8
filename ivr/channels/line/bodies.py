"""What is sent to the local line."""

from __future__ import annotations

from typing import Annotated

import msgspec

from ivr.call.closing import LONGEST_NOTE, Outcome

LONGEST_NAME = 200
Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]


class NewCall(msgspec.Struct):
    """The body that begins a call."""

    caller: Name
    called: Name = ""


class Beat(msgspec.Struct):
    """An agent's phone is there."""

    token: Name = ""
    """Of the talk that is held at it."""
    rings: Name = ""
    """Of the caller it rings for."""


class SentTo(msgspec.Struct):
    """To whom a caller is sent, or who is brought in."""

    to: Name
    """`queue:NAME` or `agent:NAME`."""
    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)] = ""


class SentAway(msgspec.Struct):
    """Who is to leave a talk."""

    expert: Name = ""


class Ended(msgspec.Struct):
    """How a talk ended."""

    outcome: Outcome
    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)] = ""
