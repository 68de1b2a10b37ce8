"""Who may call by browser, and who may take a call up again. Every method is one round trip and raises StoreDown."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import redis

from ivr.store import keys
from ivr.store.guard import guard


@dataclass(frozen=True, slots=True)
class Held:
    """A call and who has it: `holder` grows with every page that takes the call up."""

    hotline: str
    call: str
    holder: int


class RedisTickets:
    """Tickets are good once; a claim is the secret of one call, good as long as the call is known."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def issue(self) -> str:
        ticket = secrets.token_urlsafe(18)
        with guard():
            self._client.set(keys.phone_ticket(ticket), b"1", ex=keys.TICKET_LIFE_S)
        return ticket

    def spend(self, ticket: str) -> bool:
        """False: nobody issued it, it was spent before, or it is too old."""
        with guard():
            return bool(self._client.delete(keys.phone_ticket(ticket)))

    def claim(self, hotline: str, call: str) -> str:
        """A secret for whoever began this call; he is holder 1."""
        claim = f"{hotline}.{secrets.token_urlsafe(18)}"
        key = keys.phone_claim(hotline, claim)
        with guard(), self._client.pipeline(transaction=True) as pipe:
            pipe.hset(key, mapping={"call": call, "holder": 1})
            pipe.expire(key, keys.CALL_LIFE_S)
            pipe.execute()
        return claim

    def take_up(self, claim: str) -> Held | None:
        """The call is held by whoever asks, from now on. None: nobody knows the claim."""
        key = _key(claim)
        if key is None:
            return None
        with guard(), self._client.pipeline(transaction=True) as pipe:
            pipe.hget(key, "call")
            pipe.hincrby(key, "holder", 1)
            pipe.expire(key, keys.CALL_LIFE_S)
            call, holder, _ = pipe.execute()
            if call is None:  # the count has just made a hash of its own
                self._client.delete(key)
                return None
        return Held(claim.partition(".")[0], call.decode(), int(holder))

    def holder(self, claim: str) -> int:
        """Who has the call now; 0 where nobody knows the claim."""
        key = _key(claim)
        if key is None:
            return 0
        with guard():
            return int(self._client.hget(key, "holder") or 0)


def _key(claim: str) -> str | None:
    hotline = claim.partition(".")[0]
    try:
        return keys.phone_claim(hotline, claim)
    except ValueError:  # what a stranger made up
        return None
