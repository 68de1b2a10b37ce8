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

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
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


FORM = 4
"""How the line is written down. Another form has keys of its own: what a server of another time has left in Redis is
neither read nor spoilt, and `old_lines.py` gives it a lifetime. Changed with the fields of a record in
`line_records.py`, too."""


def tag(hotline: str) -> str:
    """What every key of this line begins with."""
    return f"{keys.tag(hotline)}{FORM}:"


def records(hotline: str) -> str:
    """Hash: the places of calls, agents, offers by token, what an agent shall see of a call (JSON), and the line's
    clock, policies and paces; packed as `line_records.py` says. A place lives until `heard` gives it up, an agent as
    long as he is declared, an offer until its talk is finished, the offer missed, or the ring cancelled."""
    return f"{tag(hotline)}line"


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
    """Set: the names of agents. They leave it when they are no longer declared."""
    return f"{tag(hotline)}agents"


def free(hotline: str) -> str:
    """Sorted set by text: agents who may be rung now. They leave it."""
    return f"{tag(hotline)}agents:free"


def by_load(hotline: str) -> str:
    """Sorted set by text: of these, agents of queues that pick who has had the fewest calls; they first."""
    return f"{tag(hotline)}agents:by_load"


def present(hotline: str) -> str:
    """Sorted set by text: agents at work: ready, rung, talking, or in wrap-up. They leave it."""
    return f"{tag(hotline)}agents:present"


def beats(hotline: str) -> str:
    """Sorted set: agents whose desk tells that it is alive, by when it must do so again. They leave it."""
    return f"{tag(hotline)}agents:beats"


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


def due(hotline: str) -> str:
    """Sorted set: tokens of offers by the deadline of their ring or talk. They leave it."""
    return f"{tag(hotline)}offers:due"


def cancelled(hotline: str) -> str:
    """Sorted set: tokens of offers whose leg is to be ended, by when that was decided. They live CANCEL_LIFE_S."""
    return f"{tag(hotline)}offers:cancelled"


KEYS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "RECORDS": records,
        "IN_LINE": in_line,
        "WAITING": waiting,
        "HEADS": heads,
        "HEARD": heard,
        "WIDENS": widens,
        "NUMBERS": numbers,
        "DIALS": dials,
        "AGENTS": agents,
        "FREE": free,
        "BY_LOAD": by_load,
        "PRESENT": present,
        "REST": rest,
        "BEATS": beats,
        "DUE": due,
        "CANCELLED": cancelled,
        "EVENTS": keys.events,
    }
)
"""What the scripts call each of them. Every script is given all."""


@lru_cache(maxsize=4096)
def name_text(name: str) -> str:
    """A name as it stands in a text."""
    return quote(name, safe="")


@lru_cache(maxsize=4096)
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
