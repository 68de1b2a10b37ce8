"""Callbacks in line: places with a number and with nobody on the line, until somebody is rung and presses a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
import redis

from ivr.call.tasks import TakePlace
from ivr.store.line_keys import text_name
from ivr.store.line_plan import place_arguments
from ivr.store.line_scripts import run
from ivr.store.offers import REST_S
from ivr.store.old_lines import carried_over, promised_in_old_lines

LEASE_S = 20.0
"""A worker that was to ring a caller and has not told of the leg for so long is dead: another one rings."""

NO_LIMIT = 1_000_000_000
"""Who has been promised a call is not refused because the line is full."""

AT_ONCE = 20

Booked = Literal["booked", "twice", "over"]


@dataclass(frozen=True, slots=True)
class Callback:
    """One promised call, as it stands."""

    name: str
    """CALL.n, after the call that asked for it."""
    hotline: str
    state: Literal["waiting", "reserved", "connected", "gone"]
    why: str
    """Why it is gone: served, rang_in, not_reached, declined, worked."""
    queue: str
    number: str
    since: float
    """When the place was first taken."""
    booked_at: float
    tries: int
    """How often the number was rung."""
    rung_at: float
    """When it was rung last; 0: never."""
    wake: float
    """Not offered before; 0: at any time."""
    leg: str
    """The carrier's name for the call to the caller; empty while nobody is rung."""
    confirmed: bool
    """The caller has pressed the key and is on the line."""
    token: str
    """Of the offer to an agent; empty while there is none."""
    agent: str
    context: dict[str, Any]


class RedisCallbacks:
    """Every method is one script: atomic, and doing it twice is doing it once. Raises StoreDown."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def book(self, hotline: str, name: str, task: TakePlace, since: float, *, now: float) -> Booked:
        """Put it in line, at the time `since` or at that of the place its call had. `twice`: another callback waits for
        this number, and keeps its place. `over`: this one was done already."""
        call, _, _ = name.partition(".")
        arguments = place_arguments(msgspec.structs.replace(task, limit=NO_LIMIT))
        state, *_ = self._run("line_take", hotline, now, name, *arguments, task.number, since, call, 0)
        return "over" if state == b"over" else "twice" if state == b"twice" else "booked"

    def find(self, hotline: str, name: str, *, now: float) -> Callback | None:
        """None for a name nobody knows (any more)."""
        found = self._run("callback_find", hotline, now, name)
        return None if found is None else _read(hotline, found)

    def live(self, hotline: str, *, now: float) -> Sequence[Callback]:
        """All that are not over."""
        return [_read(hotline, one) for one in self._run("callback_live", hotline, now)]

    def to_dial(self, hotline: str, name: str, *, now: float) -> bool:
        """The caller is to be rung; `dials` tells whoever does it."""
        return self._run("callback_dial", hotline, now, name) is not None

    def dials(self, hotline: str, *, now: float) -> Sequence[Callback]:
        """Callers to be rung now, by this worker; the try is counted."""
        return [_read(hotline, one) for one in self._run("callback_dials", hotline, now, LEASE_S, AT_ONCE)]

    def rung(self, hotline: str, name: str, leg: str, *, now: float) -> bool:
        """The caller's phone rings. False: this leg is one too many and is to be ended."""
        return self._run("callback_leg", hotline, now, name, leg) is not None

    def confirm(self, hotline: str, name: str, leg: str, *, now: float) -> Callback | None:
        """The caller has pressed the key. None: this leg is not the one, or the callback is over."""
        found = self._run("callback_confirm", hotline, now, name, leg)
        return None if found is None else _read(hotline, found)

    def again(
        self, hotline: str, name: str, leg: str | None, why: str, at: float, *, now: float, tries: int = 0
    ) -> bool:
        """It came to nothing: back in line, offered from `at` on, or given up where that is 0. The agent is free, and
        his leg is to be ended. `leg` is the one this is told of, empty for a call that got none, None for whichever;
        `tries` are to be counted besides. False: this was known, or is of another try."""
        told_of = "" if leg is None else leg or "-"
        rest_s = 0.0 if leg is None and not tries else REST_S  # nobody's phone has rung
        found = self._run("callback_again", hotline, now, name, told_of, why, at, rest_s, tries)
        return found is not None

    def drop(self, hotline: str, name: str, why: str, *, now: float) -> bool:
        """Nobody needs it any more. A talk under way goes on."""
        return self._run("callback_drop", hotline, now, name, why) is not None

    def in_old_lines(self, hotline: str) -> dict[str, str]:
        """Those that an older server has left in a line of another form: number → name."""
        return promised_in_old_lines(self._client, hotline)

    def carried_over(self, hotline: str, number: str) -> None:
        """Of those, this number's is seen to."""
        carried_over(self._client, hotline, number)

    def _run(self, script: str, hotline: str, now: float, *arguments: Any) -> Any:
        return run(self._client, script, hotline, now, *arguments)


def _read(hotline: str, flat: Sequence[Any]) -> Callback:
    name, state, why, queue, number, since, *more = flat
    booked_at, tries, rung_at, wake, leg, confirmed, token, agent, context = more
    return Callback(
        name=name.decode(),
        hotline=hotline,
        state=state.decode(),
        why=why.decode(),
        queue=text_name(queue.decode()),
        number=number.decode(),
        since=float(since),
        booked_at=float(booked_at),
        tries=tries,
        rung_at=float(rung_at),
        wake=float(wake),
        leg=leg.decode(),
        confirmed=bool(confirmed),
        token=token.decode(),
        agent=agent.decode(),
        context=msgspec.json.decode(context),
    )
