"""What a new token must be; the command line and the API both make tokens by this."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ivr.errors import HostError
from ivr.store.records.tokens import Role, Token

NAME = re.compile(r"[\w.@-]{1,64}", re.ASCII)
DAY_S = 86_400.0


class BadToken(HostError):
    """A token cannot be made so; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a token to be."""

    name: str
    role: Role
    agent: str = ""
    """Of the role agent: whose it is; empty: the agent of the token's own name."""
    days: int | None = None
    """Good for so many; None: until it is ended."""


def new_token(wish: Wish, hotline: str, agents: Sequence[str], *, now: float) -> Token:
    """`agents` are those of the hotline. Raises BadToken."""
    if not NAME.fullmatch(wish.name):
        raise BadToken(
            f"{wish.name!r} is no name for a token; take letters, digits, dots, hyphens: wallboard, amy.desk"
        )
    until = None if wish.days is None else now + wish.days * DAY_S
    return Token(wish.name, hotline, wish.role, _agent(wish, hotline, agents), now, until)


def _agent(wish: Wish, hotline: str, agents: Sequence[str]) -> str:
    if wish.role != "agent":
        if wish.agent:
            raise BadToken(f"a token of the role {wish.role} belongs to no agent; leave the agent out")
        return ""
    agent = wish.agent or wish.name
    if agent not in agents:
        close = get_close_matches(agent, agents, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(agents) or 'none'}"
        raise BadToken(f"{hotline} has no agent {agent!r}; {hint}")
    return agent
