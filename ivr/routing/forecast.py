"""How long a caller is going to wait, as a range or not at all (R64)."""

from __future__ import annotations

import math
from dataclasses import dataclass

HANDLING_S = 240.0
"""What a call takes an agent, the writing up included, where nothing better is known."""

LEAST_TALKS = 3
"""From so many talks on a pace is known; before, nothing is foretold."""

SPREAD = 0.4
"""The ends of the range lie so far from its middle, as a share of it, for a line of one; longer lines average out."""

STEP_S = 60.0


@dataclass(frozen=True, slots=True)
class Team:
    """The agents of a queue as they are now."""

    free: int
    busy: int
    """With a caller, or in wrap-up."""
    pace_s: float
    """Seconds an agent is busy with one call, wrap-up included, on average."""
    talks: int
    """How many talks that average is made of."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Between `least_s` and `most_s`, in whole minutes."""

    least_s: float
    most_s: float


def wait_for(position: int, team: Team) -> Wait | None:
    """The wait of the caller at `position`, counted from 1; None where nobody can tell.

    Each of `n` agents is free again after `pace_s`, so one of them is after `pace_s / n`; the caller needs as many of
    these as stand before, himself included, less the agents who are free already.
    """
    staff = team.free + team.busy
    if staff <= 0 or team.talks < LEAST_TALKS or team.pace_s <= 0:
        return None
    turns = max(0, position - team.free)
    if turns == 0:
        return Wait(0.0, STEP_S)
    middle = turns * team.pace_s / staff
    spread = middle * SPREAD / math.sqrt(turns)
    least = math.floor((middle - spread) / STEP_S) * STEP_S
    return Wait(max(0.0, least), max(STEP_S, math.ceil((middle + spread) / STEP_S) * STEP_S))


def free_after(started_s_ago: float, pace_s: float) -> float:
    """Seconds until an agent who began a call so long ago is expected to be free.

    A talk longer than usual is expected to go on for as long as a usual one has left at its half: nobody is
    foretold to be free at once for ever.
    """
    left = pace_s - started_s_ago
    return left if left > pace_s / 4 else pace_s / 4


def known_pace_s(talks: int, pace_s: float) -> float:
    """What a call takes an agent, as far as it is known."""
    return pace_s if talks >= LEAST_TALKS and pace_s > 0 else HANDLING_S


def wait_ahead_s(waiting: int, idle: int, busy: int, handling_s: float = HANDLING_S) -> float:
    """Seconds. Calls end one after the other, on average every `handling_s` divided by the agents at work; whoever
    comes now needs one more end than callers stand before him. Nobody at work: as if one were, so that the number
    grows with the line all the same."""
    if idle > waiting:
        return 0.0
    return round((waiting - idle + 1) * handling_s / max(1, idle + busy), 1)
