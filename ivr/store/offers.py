"""Bringing a waiting caller and a free agent together: offered, taken or missed, finished."""

from __future__ import annotations

import re
import secrets
from typing import Any

import redis

from ivr.errors import StoreDown
from ivr.store.line_scripts import run
from ivr.store.offer import Finished, Missed, Offer, Taken, hotline_of, read_offer, read_taken

GRACE_S = 15.0
"""What an agent has, after the last ring, to hear who calls and press a key."""

UNRUNG_S = 12.0
"""What a worker has to ring the agent of an offer; it has died if nobody does. A carrier may take ten of them."""

REST_S = 10.0
"""An agent who missed a caller is not rung again so soon; others come first."""

MOST_MISSES = 3
"""Misses in a row after which an agent is taken to be away."""

STEP_BACK_S = 60.0
"""A clock that reads so much less than before was set back; less is the difference between two machines."""

AT_ONCE = 200
"""What one look for overdue things ends at most; the next look ends the rest."""

MOST_OFFERS = 255
"""Told apart by the last two digits of their tokens."""

TOKEN = re.compile(r"([^{}]+)\.[0-9a-f]{16}")

FAULT = "fault"
"""Why of a miss that is ours or the carrier's, and not counted against the agent."""


class RedisOffers:
    """waiting → reserved → connected → gone, each step one script that happens or does not.

    A token fences every step after the first: whoever comes late with an old one changes nothing. An offer that nobody
    ends (its worker was killed) ends at its deadline by `expire`, and its caller is back at the very same place.
    """

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._unheard: dict[str, str] = {}
        """Hotline → how the tokens of offers begin whose answer never came; asked for again by it, they are found."""

    def next_offers(self, hotline: str, *, now: float, most: int = 1) -> tuple[Offer, ...]:
        """Reserve the first callers in order for whom an able agent is free, and of these agents those the queue picks.

        Fewer than `most` when nobody else fits; call until then, whenever a caller comes or an agent is free, and every
        second for agents whose rest is over. The offers stand for UNRUNG_S, until `rung` tells how long.
        """
        tokens = self._unheard.pop(hotline, None) or f"{hotline}.{secrets.token_hex(7)}"
        try:
            found = self._run("offer_next", hotline, now, tokens, UNRUNG_S, min(most, MOST_OFFERS))
        except StoreDown:
            self._unheard[hotline] = tokens
            raise
        return tuple(map(read_offer, found))

    def rung(self, token: str, leg: str, *, now: float, ring_s: float = 20.0) -> bool:
        """The agent's phone rings; the offer stands for `ring_s` and GRACE_S from now. False: it is off, and `cancels`
        tells its leg."""
        return self._run_on(token, "offer_rung", now, leg, ring_s + GRACE_S) is not None

    def take(self, token: str, *, now: float) -> Taken | None:
        """The agent takes the caller: connected, exactly once. None: the caller is gone or somebody else's.

        The same token again brings the same answer, so a doubled webhook may tell the caller's call twice."""
        found = self._run_on(token, "offer_take", now)
        return None if found is None else read_taken(found)

    def find(self, token: str, *, now: float) -> Offer | None:
        """The offer while it stands: the phone rings, or the talk is on."""
        found = self._run_on(token, "offer_find", now)
        return None if found is None else read_offer(found)

    def offer_for(self, hotline: str, agent: str, *, now: float) -> Offer | None:
        """The same of the agent it was made to."""
        found = self._run("offer_find", hotline, now, "", agent)
        return None if found is None else read_offer(found)

    def talk(self, hotline: str, call: str, *, now: float) -> Taken | None:
        """The agent a caller has been given, if any; its token finishes the talk."""
        found = self._run("offer_talk", hotline, now, call)
        return None if found is None else read_taken(found)

    def miss(self, token: str, why: str, *, now: float) -> Missed | None:
        """The agent's leg ended without taking: `why` is no_answer, busy, declined, or FAULT. None: known already."""
        counts = int(why != FAULT)
        found = self._run_on(token, "offer_miss", now, why, counts, REST_S, MOST_MISSES)
        if found is None:
            return None
        call, agent, state, misses = found
        return Missed(call.decode(), agent.decode(), state.decode(), misses)

    def finish(self, token: str, *, now: float, wrap_up_s: float = 0.0, held_s: float = 0.0) -> Finished | None:
        """The talk is over; the agent is free after `wrap_up_s`, or after `held_s` where that is longer and nothing
        frees him sooner (`RedisAgents.free`). None: known already.

        Tell it before the caller's call hears AgentLeft: only then may the caller take a place again.
        """
        found = self._run_on(token, "offer_finish", now, wrap_up_s, held_s)
        if found is None:
            return None
        call, agent, talked_s = found
        return Finished(call.decode(), agent.decode(), float(talked_s))

    def expire(self, hotline: str, *, now: float) -> tuple[str, ...]:
        """End what is overdue; tokens of the offers that expired. Call every second or so, from any worker.

        Also: rests and wrap-ups, callers not heard of for an hour, talks without an end."""
        found = self._run("offer_expire", hotline, now, REST_S, MOST_MISSES, STEP_BACK_S, AT_ONCE)
        return tuple(token.decode() for token in found)

    def cancels(self, hotline: str, *, now: float) -> tuple[Offer, ...]:
        """Offers whose leg has nobody to talk to: end it at the carrier. Told until `cancelled`; none is forgotten."""
        return tuple(read_offer(one) for one in self._run("offer_cancels", hotline, now))

    def cancelled(self, token: str, *, now: float) -> None:
        """The leg was ended, or nothing can be done about it."""
        self._run_on(token, "offer_cancelled", now)

    def _run(self, name: str, hotline: str, now: float, *arguments: Any) -> Any:
        return run(self._client, name, hotline, now, *arguments)

    def _run_on(self, token: str, name: str, now: float, *arguments: Any) -> Any:
        """Tokens come back through webhooks, so any text may be one; nonsense finds no offer."""
        return self._run(name, hotline_of(token), now, token, *arguments) if TOKEN.fullmatch(token) else None
