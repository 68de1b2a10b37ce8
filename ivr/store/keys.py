"""Every key of calls, versions, chores and records in Redis: what it holds and how long it lives.

All keys of a hotline carry its hash tag, so in a cluster they share one slot and one script may touch them all.
The keys of lines and agents stand in `line_keys.py`.
"""

from __future__ import annotations

CALL_LIFE_S = 4 * 3600
"""A call is forgotten so long after its last event; no carrier lets a call last longer without one."""

CLAIM_LIFE_S = 60
"""A call that was claimed and never saved is forgotten so soon."""

TICKET_LIFE_S = 60
"""A page asks for a ticket just before it calls."""

WATCH_LIFE_S = 120
"""A call is no longer watched so long after the last look at it."""

PASS_LIFE_S = 60
"""The carrier opens a call's socket as soon as it has read of it; a pass not shown by then never will be."""

MEMORY_LIFE_S = 36 * 3600
"""A caller's calls are remembered until the day after is nearly over, wherever in the world the day is counted."""

PREFERS_LIFE_S = 400 * 86_400
"""What a caller prefers is remembered until well over a year after the last of it."""

FORGOTTEN_LIFE_S = 7 * 86_400
"""That it was to be forgotten is remembered so long, so that no late news of a call brings it back."""

HINTS_LIFE_S = 400 * 24 * 3600
"""What a caller was told unasked is remembered until well over a year after the last of it."""

WORKER_LIFE_S = 10
"""A worker that has told nothing of itself for so long is dead; it tells something every two seconds."""

VERSION_LIFE_S = 7 * 24 * 3600
"""A hotline's version is forgotten so long after its last use."""


def tag(hotline: str) -> str:
    """What every key of this hotline begins with; the braces decide the slot in a cluster."""
    if not hotline or "{" in hotline or "}" in hotline:
        raise ValueError(f"{hotline!r} cannot name a hotline in Redis; use letters, digits and hyphens")
    return f"ivr:{{{hotline}}}:"


def call(hotline: str, call: str) -> str:
    """Hash: state, answer, turn, entries (how many so far), done (token of the last commit), and while a worker
    has it, holder (its token) and until. Lives CALL_LIFE_S after the last commit."""
    return f"{tag(hotline)}call:{call}"


def lookup_answer(hotline: str, call: str, once: str) -> str:
    """String: the answer of one slow lookup. Lives CALL_LIFE_S."""
    return f"{tag(hotline)}call:{call}:answer:{once}"


def call_closing(hotline: str, call: str) -> str:
    """String: how the call ended, as who was in it says (the entry `closed`, JSON). Lives MEMORY_LIFE_S; the records
    have it, too."""
    return f"{tag(hotline)}call:{call}:closed"


def call_beside(hotline: str, call: str) -> str:
    """Set: the calls that are closed together with this one: who was promised a call in the one talks in the other.
    Lives MEMORY_LIFE_S after it last grew."""
    return f"{tag(hotline)}call:{call}:beside"


def watched(hotline: str, call: str) -> str:
    """Stream: the entries of one call (n, entry) for who watches it; it is there only while somebody does. Lives
    WATCH_LIFE_S after the last look."""
    return f"{tag(hotline)}call:{call}:watched"


def call_ears(hotline: str, call: str) -> str:
    """String: who listens to this call, `ours` or `carrier`. Lives CALL_LIFE_S after it was last chosen."""
    return f"{tag(hotline)}call:{call}:ears"


def call_left(hotline: str, call: str) -> str:
    """String: the turn and how many verbs of its answer the call's sound has left to the line. Lives CALL_LIFE_S, or
    until sound begins again."""
    return f"{tag(hotline)}call:{call}:left"


def sound_pass(hotline: str, secret: str) -> str:
    """String: the call whose sound this secret lets in. Lives PASS_LIFE_S, or until it is shown."""
    return f"{tag(hotline)}pass:{secret}"


def phone_ticket(ticket: str) -> str:
    """String: this ticket is good for one call by browser. Lives TICKET_LIFE_S, or until it is spent."""
    return f"ivr:phone:ticket:{ticket}"


def phone_claim(hotline: str, claim: str) -> str:
    """Hash: call, holder (how many pages have had it). Lives CALL_LIFE_S after it was last taken up."""
    return f"{tag(hotline)}phone:{claim}"


def caller_memory(hotline: str, number: str) -> str:
    """Hash: a caller's calls (JSON), by their ids. Lives MEMORY_LIFE_S after the last one."""
    return f"{tag(hotline)}caller:{number}"


def caller_prefers(hotline: str, number: str) -> str:
    """Hash: what a caller prefers: call:ID (what a call has shown, JSON), said:NAME (what was said outright, JSON), and
    forgotten (a time). Lives PREFERS_LIFE_S after the last of it, or FORGOTTEN_LIFE_S after it was forgotten."""
    return f"{tag(hotline)}caller:{number}:prefers"


def caller_hints(hotline: str, number: str) -> str:
    """Sorted set: which hints a caller was told and has taken ([told or accepted, rule, version, call] as JSON), by
    the time when. Lives HINTS_LIFE_S after the last one."""
    return f"{tag(hotline)}caller:{number}:hints"


def caller_refuses(hotline: str, number: str) -> str:
    """Sorted set: when a caller last said that he wants no hints (`refused`), or wants them again (`wanted`). Lives for
    ever, as his word does."""
    return f"{tag(hotline)}caller:{number}:refuses"


def running(hotline: str) -> str:
    """Sorted set: calls that have not ended, by the time of their last event. Lives for ever; calls leave it."""
    return f"{tag(hotline)}running"


def version(hotline: str, version: str) -> str:
    """String: the packed files of one version of the hotline. Lives VERSION_LIFE_S after its last use."""
    return f"{tag(hotline)}version:{version}"


def version_served(hotline: str) -> str:
    """String: the name of the version that new calls begin with. Lives VERSION_LIFE_S after it was last kept."""
    return f"{tag(hotline)}version"


def events(hotline: str) -> str:
    """Stream: the entries of all calls (call, n, entry) on their way to the records. An entry lives until it is
    written down."""
    return f"{tag(hotline)}events"


def events_leader(hotline: str) -> str:
    """String: who writes this hotline's records just now. Lives for some seconds and is renewed."""
    return f"{tag(hotline)}events:leader"


def events_trouble(hotline: str) -> str:
    """String: why records are not being written. Lives for two minutes after the last failure."""
    return f"{tag(hotline)}events:trouble"


def chores(hotline: str) -> str:
    """Stream: chores to do (call, chore, and after a failure key and attempts). A chore lives until it is done."""
    return f"{tag(hotline)}chores"


def chores_later(hotline: str) -> str:
    """Sorted set: chores that failed and are tried again, by the time when. Lives for ever; chores leave it."""
    return f"{tag(hotline)}chores:later"


def chores_dead(hotline: str) -> str:
    """Stream: chores given up (key, call, chore, attempts, why). The newest 10,000 live for ever."""
    return f"{tag(hotline)}chores:dead"


def workers() -> str:
    """Set: the names of workers. Lives for ever; who sees that one is dead takes it out."""
    return "ivr:{workers}:names"


def worker(name: str) -> str:
    """Hash: what one worker measures of itself (a name, a number). Lives WORKER_LIFE_S after it was told."""
    return f"ivr:{{workers}}:of:{name}"


def counts() -> str:
    """Hash: what all workers have counted (a name, how many). Lives for ever."""
    return "ivr:{workers}:counts"


def rate(who: str) -> str:
    """String: when the last request of this one would have come, had all come evenly. Lives until it makes no
    difference."""
    return f"ivr:rate:{who}"
