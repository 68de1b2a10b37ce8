"""Agents and what each of them is doing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ivr.call import tasks
from ivr.desk.api.desk import Ask
from ivr.desk.api.problem import Refused
from ivr.desk.api.reading import plain
from ivr.desk.api.route import Route
from ivr.store.agents import Agent, State

OWN = "this token is of the agent {!r} and may ask for that one only"


class AgentRow(msgspec.Struct, frozen=True):
    """An agent as he is now."""

    agent: str
    """The name in queues.yaml."""
    state: State
    """reserved: the phone rings. not_answering: missed several calls in a row, or the desk is silent."""
    since: float | None
    """When this state began, in seconds since 1970; null: never signed in."""
    reason: str
    """Of a pause."""
    then: str
    """signed_out or paused when that is to follow the call under way, else empty."""
    call: str
    """Whom he is rung for or talks to, or empty."""
    queues: list[str]
    """The queues this agent answers."""
    skills: dict[str, int]
    """Skill → level; `grade` is the experience."""
    languages: list[str]
    """What this agent speaks; empty: all of the hotline's."""
    calls_taken: int
    """Since signing in."""
    misses: int
    """Calls not answered, in a row."""
    phone: str
    """What is rung."""


class Agents(msgspec.Struct, frozen=True):
    """All agents of the hotline."""

    items: list[AgentRow]
    """By name."""


class Ready(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="state", tag="ready"):
    """Signed in, and ready for callers: from signed out, a pause, wrap-up, or not answering."""


class SignedOut(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="state", tag="signed_out"):
    """Signed out; a call under way goes on, and it is done after it."""


class Paused(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="state", tag="paused"):
    """No calls for a while; a call under way goes on, and it is done after it."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    """Why, for the colleagues: lunch, training."""


def list_agents(ask: Ask) -> Agents:
    """All agents and what each is doing."""
    return Agents([_row(one) for one in ask.desk.agents.all(ask.hotline, now=ask.now)])


def show_agent(ask: Ask, agent: str) -> AgentRow:
    """One agent. An agent's token shows its own only."""
    _must_be_own(ask, agent)
    for one in ask.desk.agents.all(ask.hotline, now=ask.now):
        if one.name == agent:
            return _row(one)
    raise Refused(HTTPStatus.NOT_FOUND, f"{ask.hotline} has no agent {agent!r}")


def set_agent_state(ask: Ask, agent: str, body: Ready | SignedOut | Paused) -> AgentRow:
    """Sign an agent in or out, or pause with a reason. Doing it twice is doing it once. The answer is the state that
    came of it: a call under way goes on, and `then` says what follows."""
    _must_be_own(ask, agent)
    agents = ask.desk.agents
    match body:
        case Ready():
            return _row(agents.sign_in(ask.hotline, agent, now=ask.now))
        case SignedOut():
            return _row(agents.sign_out(ask.hotline, agent, now=ask.now))
        case Paused(reason=reason):
            shown = plain(reason)
            if not shown:
                raise Refused(HTTPStatus.BAD_REQUEST, "a pause needs a reason that can be read: lunch, training")
            return _row(agents.pause(ask.hotline, agent, shown, now=ask.now))


def queues_of(ask: Ask) -> list[str] | None:
    """The queues whose work this request may see; None: all of them."""
    if ask.sees_all:
        return None
    return show_agent(ask, ask.who.agent).queues


def call_of(ask: Ask) -> str:
    """The call the asking agent is rung for or talks to, also as an expert or to call back; empty: none."""
    return "" if ask.sees_all else tasks.call_of(show_agent(ask, ask.who.agent).call)[0]


def talk_of(ask: Ask) -> str:
    """The call the asking agent talks in; empty: none, also while the phone only rings."""
    me = None if ask.sees_all else show_agent(ask, ask.who.agent)
    return tasks.call_of(me.call)[0] if me and me.state == "on_call" else ""


def _must_be_own(ask: Ask, agent: str) -> None:
    if not ask.sees_all and agent != ask.who.agent:
        raise Refused(HTTPStatus.FORBIDDEN, OWN.format(ask.who.agent))


def _row(one: Agent) -> AgentRow:
    return AgentRow(
        agent=one.name,
        state=one.state,
        since=one.since or None,
        reason=one.reason,
        then=one.then,
        call=one.call,
        queues=sorted(one.ability.queues),
        skills=dict(one.ability.skills),
        languages=sorted(one.ability.languages),
        calls_taken=one.calls_taken,
        misses=one.misses,
        phone=one.phone,
    )


class Who(msgspec.Struct, frozen=True):
    """What a token may."""

    name: str
    """Of the token."""
    hotline: str
    """The one hotline whose data it sees."""
    role: Literal["agent", "supervisor", "admin"]
    """Each may what the one before it may, and more."""
    agent: str
    """Whose it is; empty but for the role agent."""
    until: float | None
    """Good until then, in seconds since 1970; null: until it is ended."""


def who_am_i(ask: Ask) -> Who:
    """What the token of this request may."""
    who = ask.who
    return Who(who.name, who.hotline, who.role, who.agent, who.until)


ROUTES = (
    Route("GET", "/me", "agent", who_am_i),
    Route("GET", "/agents", "supervisor", list_agents),
    Route("GET", "/agents/{agent}", "agent", show_agent),
    Route("PUT", "/agents/{agent}/state", "agent", set_agent_state),
)
