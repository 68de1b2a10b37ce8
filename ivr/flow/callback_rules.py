"""How a queue calls back those whom it has promised to: `callback:` in queues.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from ivr.flow.edge import written


@written
@dataclass(frozen=True, slots=True)
class CallbackRules:
    """Calls that were promised, made when their turn in line has come: one for each free agent."""

    first: Literal["agent", "caller"] = "agent"
    """Who is rung first: the agent, who hears who it is about and then waits for the caller to answer; or the caller,
    and the agent once the caller has pressed 1."""
    tries: Annotated[int, Field(ge=1, le=20)] = 3
    """How often a caller who is not reached is rung; then it is on the list as called, for people to see to."""
    every_s: Annotated[float, Field(ge=60, le=86_400)] = 1800
    """Seconds between two tries; and never outside `callback_hours:` of the hotline."""
    ring_s: Annotated[int, Field(ge=5, le=60)] = 25
    """Seconds the caller's phone rings. Most answering machines wait for longer."""
