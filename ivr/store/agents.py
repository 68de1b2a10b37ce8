"""The people who answer, and what each of them is doing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

import redis

from ivr.errors import HostError
from ivr.routing.assign import Ability
from ivr.store.line_keys import able_text, text_able
from ivr.store.line_scripts import run

State = Literal["signed_out", "ready", "reserved", "on_call", "wrap_up", "paused", "missing"]


class UnknownAgent(HostError):
    """No agent of this name is declared; the message names one alike."""


@dataclass(frozen=True, slots=True)
class Declared:
    """An agent as queues.yaml has him."""

    name: str
    phone: str
    """Rung by the carrier: E.164, `client:…` or `sip:…`."""
    ability: Ability


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent as he is now."""

    name: str
    state: State
    """reserved: the phone rings. missing: did not answer several times in a row; signing in brings him back."""
    since: float
    """When this state began, in seconds since 1970."""
    idle_since: float
    """When the last rest began: who rests longest is rung first."""
    misses: int
    """Calls not answered, in a row."""
    calls_taken: int
    """Since signing in."""
    reason: str
    """Of a pause."""
    then: str
    """signed_out or paused when that is to follow the call under way, else empty."""
    call: str
    """Whom he is rung for or talks to, or empty."""
    phone: str
    ability: Ability


class RedisAgents:
    """Every method is one script: atomic, and doing it twice is doing it once."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def declare(self, hotline: str, agents: Iterable[Declared], *, now: float) -> None:
        """Apply queues.yaml: new agents are signed out, changed ones change where they are, and those no longer
        there are signed out, after the call they are on."""
        flat = [text for one in agents for text in (one.name, able_text(one.ability), one.phone)]
        run(self._client, "agent_declare", hotline, now, *flat)

    def sign_in(self, hotline: str, agent: str, *, now: float) -> Agent:
        """Ready for callers: from signed out, from a pause, from wrap-up, from missing. Raises UnknownAgent."""
        return self._set(hotline, agent, "ready", "", now)

    def sign_out(self, hotline: str, agent: str, *, now: float) -> Agent:
        """A caller he is rung for waits on at his place; a call under way goes on, and he is signed out after it."""
        return self._set(hotline, agent, "signed_out", "", now)

    def pause(self, hotline: str, agent: str, reason: str, *, now: float) -> Agent:
        """Like signing out, but still there; `sign_in` ends it."""
        return self._set(hotline, agent, "paused", reason, now)

    def all(self, hotline: str, *, now: float) -> tuple[Agent, ...]:
        """By name."""
        found = run(self._client, "agent_list", hotline, now)
        return tuple(sorted(map(_agent, found), key=lambda agent: agent.name))

    def _set(self, hotline: str, agent: str, state: State, reason: str, now: float) -> Agent:
        found = run(self._client, "agent_set", hotline, now, agent, state, reason)
        if found is None:
            known = [one.name for one in self.all(hotline, now=now)]
            close = difflib.get_close_matches(agent, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(known) or 'none'}"
            raise UnknownAgent(f"{hotline} has no agent {agent!r}; {hint}")
        return _agent(found)


def _agent(flat: list[Any]) -> Agent:
    name, state, since, idle_since, misses, calls, reason, then, call, phone, able = flat
    return Agent(
        name=name.decode(),
        state=cast("State", state.decode()),
        since=float(since),
        idle_since=float(idle_since),
        misses=misses,
        calls_taken=calls,
        reason=reason.decode(),
        then=then.decode(),
        call=call.decode(),
        phone=phone.decode(),
        ability=text_able(able.decode()),
    )
