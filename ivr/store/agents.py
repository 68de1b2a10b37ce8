"""The people who answer, and what each of them is doing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, cast

import msgspec
import redis

from ivr.errors import HostError
from ivr.routing.assign import Policy
from ivr.routing.skills import Ability
from ivr.store.line_keys import able_text, name_text, text_able
from ivr.store.line_scripts import run

State = Literal["signed_out", "ready", "reserved", "on_call", "wrap_up", "paused", "not_answering"]


BEAT_S = 15.0
"""A desk that was not heard of for so long is gone."""

NO_POLICIES: Mapping[str, Policy] = MappingProxyType({})


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
    """reserved: the phone rings. not_answering: missed several calls in a row, or the desk is silent; signing in brings
    him back."""
    since: float
    """When this state began, in seconds since 1970."""
    idle_since: float
    """When the last rest began: who rests longest is rung first."""
    misses: int
    """Calls not answered, in a row."""
    calls_taken: int
    """Since signing in."""
    load: int
    """The same for even load: who signs in late begins with the fewest that colleagues have had."""
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

    def declare(
        self, hotline: str, agents: Iterable[Declared], *, now: float, policies: Mapping[str, Policy] = NO_POLICIES
    ) -> None:
        """Apply queues.yaml: new agents are signed out, changed ones change where they are, and those no longer
        there are signed out, after the call they are on. `policies` are those of the queues, by name."""
        flat = [text for one in agents for text in (one.name, able_text(one.ability), one.phone)]
        run(self._client, "agent_declare", hotline, now, policy_text(policies), *flat)

    def sign_in(self, hotline: str, agent: str, *, now: float, phone: str = "") -> Agent:
        """Ready for callers: from signed out, from a pause, from wrap-up, from not answering.

        `phone` is where the agent is now; of two places, the one signed in from last is rung. Raises UnknownAgent.
        """
        return self._set(hotline, agent, "ready", "", now, phone)

    def beat(self, hotline: str, agent: str, *, now: float, held: str = "", within_s: float = BEAT_S) -> bool:
        """The agent's desk is alive, and says so again `within_s`; a silent one is taken out, after the call under
        way. Not counted is time in which nobody looked for overdue things.

        `held`: the token of a talk that is held at the desk itself, so that its silence ends the talk, too:
        `RedisOffers.cancels` tells it. False for an agent who is not at work: the desk is to sign in again."""
        return run(self._client, "agent_beat", hotline, now, agent, within_s, held) is not None

    def sign_out(self, hotline: str, agent: str, *, now: float) -> Agent:
        """A caller he is rung for waits on at his place; a call under way goes on, and he is signed out after it."""
        return self._set(hotline, agent, "signed_out", "", now)

    def pause(self, hotline: str, agent: str, reason: str, *, now: float) -> Agent:
        """Like signing out, but still there; `sign_in` ends it."""
        return self._set(hotline, agent, "paused", reason, now)

    def free(self, hotline: str, agent: str, *, now: float, wrap_up_s: float) -> None:
        """The wrap-up this agent is in ends so long after it began, if that is sooner; in no other state anything."""
        run(self._client, "agent_free", hotline, now, agent, wrap_up_s)

    def all(self, hotline: str, *, now: float) -> tuple[Agent, ...]:
        """By name."""
        found = run(self._client, "agent_list", hotline, now)
        return tuple(sorted(map(_agent, found), key=lambda agent: agent.name))

    def _set(self, hotline: str, agent: str, state: State, reason: str, now: float, phone: str = "") -> Agent:
        found = run(self._client, "agent_set", hotline, now, agent, state, reason, phone)
        if found is None:
            known = [one.name for one in self.all(hotline, now=now)]
            close = difflib.get_close_matches(agent, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(known) or 'none'}"
            raise UnknownAgent(f"{hotline} has no agent {agent!r}; {hint}")
        return _agent(found)


def _agent(flat: list[Any]) -> Agent:
    name, state, since, idle_since, misses, calls, reason, then, call, phone, able, load = flat
    return Agent(
        name=name.decode(),
        state=cast("State", state.decode()),
        since=float(since),
        idle_since=float(idle_since),
        misses=misses,
        calls_taken=calls,
        load=load,
        reason=reason.decode(),
        then=then.decode(),
        call=call.decode(),
        phone=phone.decode(),
        ability=text_able(able.decode()),
    )


def policy_text(policies: Mapping[str, Policy]) -> bytes:
    """What differs from the usual, for the scripts: they read it at every choice."""
    usual = Policy()
    out = usual.rings_before_out
    named = {name_text(queue): policy for queue, policy in policies.items()}
    return msgspec.msgpack.encode(
        {
            "assign": {queue: one.assign for queue, one in named.items() if one.assign != usual.assign},
            "seats": {queue: one.seats for queue, one in named.items() if one.seats},
            "open_to": {
                queue: dict.fromkeys(map(name_text, sorted(one.open_to)), True)
                for queue, one in named.items()
                if one.seats
            },
            "out": {queue: one.rings_before_out for queue, one in named.items() if one.rings_before_out != out},
        }
    )
