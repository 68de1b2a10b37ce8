"""How long one who joins a line now may have to wait."""

from __future__ import annotations

HANDLING_S = 240.0
"""What a call takes an agent, the writing up included, where nothing better is known."""


def wait_ahead_s(waiting: int, idle: int, busy: int, handling_s: float = HANDLING_S) -> float:
    """Seconds. Calls end one after the other, on average every `handling_s` divided by the agents at work; whoever
    comes now needs one more end than callers stand before him. Nobody at work: as if one were, so that the number
    grows with the line all the same."""
    if idle > waiting:
        return 0.0
    return round((waiting - idle + 1) * handling_s / max(1, idle + busy), 1)
