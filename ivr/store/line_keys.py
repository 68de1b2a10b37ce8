"""Every key of a hotline's line and its agents in Redis: what it holds and how long it lives. Continues `keys.py`.

One sorted set holds all files of waiting callers and one all free agents, in the order of their text: a file's head
is one look-up away, and every script knows its keys beforehand, as a cluster wants. The texts:

    needs      queue/language/skill:level+skill:level/seats+seats/never+never/agent     what a caller requires
    able       queue+queue/language+language/skill:level                what an agent can serve; no language: all
    lane       class and ageing rate: callers whose waiting counts alike         7 digits, urgent ones before
    order      static key, number of arrival; in `waiting` and `heads` also which of a caller's files it is
    in_line   queue lane order call     waiting   needs lane order call    heads   lane order needs call
    free      able order agent          by_load   able calls order agent   present   able agent

Names are percent-encoded, so that the separators and the blank stay ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from urllib.parse import quote, unquote

from ivr.routing.skills import Ability, Needs
from ivr.store import keys

PLACE_LIFE_S = 3600
"""A caller of whom nothing was heard for so long has lost the line without our knowing: the place is given up.
Long, for a place in line must outlive any answer heard in between."""

GONE_LIFE_S = 3600
"""A place given up is remembered so long: the same call gets its time back, and late messages change nothing."""

TALK_LIFE_S = 4 * 3600
"""A talk whose end nobody told is over after so long, and its agent free."""

CALLBACK_LIFE_S = 7 * 24 * 3600
"""A callback that came to nothing for so long is given up."""

CANCEL_LIFE_S = 600
"""A ring that was to be ended has ended by itself after so long."""


FORM = 2
"""How the line is written down. Another form has keys of its own: what a server of another time has left in Redis is
neither read nor spoilt."""


def tag(hotline: str) -> str:
    """What every key of this line begins with."""
    return f"{keys.tag(hotline)}{FORM}:"


def clock(hotline: str) -> str:
    """Hash: arrivals (a counter), now (the latest time seen), swept (the last look for what is overdue), and of each
    queue its talks and pace (seconds an agent is busy with one). Lives for ever."""
    return f"{tag(hotline)}line:clock"


def places(hotline: str) -> str:
    """Hash: call -> its place (msgpack). A place lives until `heard` gives it up."""
    return f"{tag(hotline)}line:places"


def context(hotline: str) -> str:
    """Hash: call -> what the agent shall see (JSON). Lives while the caller is in line or with an agent."""
    return f"{tag(hotline)}line:context"


def in_line(hotline: str) -> str:
    """Sorted set by text: callers in line, also those for whom an agent's phone rings. They leave it."""
    return f"{tag(hotline)}line:in_line"


def waiting(hotline: str) -> str:
    """Sorted set by text: callers who can be offered now. They leave it."""
    return f"{tag(hotline)}line:waiting"


def heads(hotline: str) -> str:
    """Sorted set by text: of the waiting callers with equal needs the first, so that few are compared."""
    return f"{tag(hotline)}line:heads"


def heard(hotline: str) -> str:
    """Sorted set: calls by the time their place is given up, or forgotten when it was given up before."""
    return f"{tag(hotline)}line:heard"


def agents(hotline: str) -> str:
    """Hash: agent -> what is known of him (msgpack). Lives as long as the agent is declared."""
    return f"{tag(hotline)}agents"


def free(hotline: str) -> str:
    """Sorted set by text: agents who may be rung now. They leave it."""
    return f"{tag(hotline)}agents:free"


def by_load(hotline: str) -> str:
    """Sorted set by text: the same agents, those with the fewest calls first. They leave it."""
    return f"{tag(hotline)}agents:by_load"


def present(hotline: str) -> str:
    """Sorted set by text: agents at work: ready, rung, talking, or in wrap-up. They leave it."""
    return f"{tag(hotline)}agents:present"


def beats(hotline: str) -> str:
    """Sorted set: agents whose desk tells that it is alive, by when it must do so again. They leave it."""
    return f"{tag(hotline)}agents:beats"


def policy(hotline: str) -> str:
    """String: how the queues choose agents, where not in the usual way (msgpack). Lives until it is declared anew."""
    return f"{tag(hotline)}agents:policy"


def widens(hotline: str) -> str:
    """Sorted set: callers in line, by the time from which more agents may be rung for them. They leave it."""
    return f"{tag(hotline)}line:widens"


def numbers(hotline: str) -> str:
    """Hash: number -> the callback that stands in line for it. It leaves with its place."""
    return f"{tag(hotline)}line:numbers"


def dials(hotline: str) -> str:
    """Sorted set: callbacks whose caller is to be rung, by when, or by when again should nobody tell of the leg. They
    leave it when the leg is known."""
    return f"{tag(hotline)}line:dials"


def rest(hotline: str) -> str:
    """Sorted set: agents by the time their wrap-up or the rest after a miss ends. They leave it."""
    return f"{tag(hotline)}agents:rest"


def offers(hotline: str) -> str:
    """Hash: token -> an offer (msgpack). Lives until the talk is finished, the offer missed, or the ring cancelled."""
    return f"{tag(hotline)}offers"


def due(hotline: str) -> str:
    """Sorted set: tokens of offers by the deadline of their ring or talk. They leave it."""
    return f"{tag(hotline)}offers:due"


def cancelled(hotline: str) -> str:
    """Sorted set: tokens of offers whose leg is to be ended, by when that was decided. They live CANCEL_LIFE_S."""
    return f"{tag(hotline)}offers:cancelled"


@cache
def all_keys(hotline: str) -> tuple[str, ...]:
    """What every script of the line gets as KEYS, in the order of `lua/line_common.lua`."""
    line = (clock, places, context, in_line, waiting, heads, heard)
    people = (agents, free, by_load, rest, offers, due, cancelled, keys.events)
    more = (widens, present, beats, policy, numbers, dials)
    return tuple(owner(hotline) for owner in (*line, *people, *more))


def name_text(name: str) -> str:
    """A name as it stands in a text."""
    return quote(name, safe="")


def text_name(text: str) -> str:
    return unquote(text)


def needs_text(needs: Needs) -> str:
    skills, seats, never = _levels(needs.skills), _names(needs.seats), _names(needs.never)
    return "/".join((name_text(needs.queue), name_text(needs.language), skills, seats, never, name_text(needs.agent)))


def able_text(ability: Ability) -> str:
    return "/".join((_names(ability.queues), _names(ability.languages), _levels(ability.skills)))


def text_able(text: str) -> Ability:
    queues, languages, skills = text.split("/")
    pairs = (part.split(":") for part in skills.split("+") if part)
    return Ability(
        queues=frozenset(map(unquote, queues.split("+") if queues else ())),
        skills={unquote(skill): int(level) for skill, level in pairs},
        languages=frozenset(map(unquote, languages.split("+") if languages else ())),
    )


def _names(names: Iterable[str]) -> str:
    return "+".join(sorted(map(name_text, names)))


def _levels(skills: Mapping[str, int]) -> str:
    return "+".join(f"{name_text(skill)}:{level}" for skill, level in sorted(skills.items()))
