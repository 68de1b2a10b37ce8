"""Who listens to a call, we or the carrier, and the passes by which its sound may come in."""

from __future__ import annotations

import re
import secrets
from typing import Any

import redis

from ivr.call.turns import CallEars, Left
from ivr.store import keys
from ivr.store.guard import guard

PASS_BYTES = 24
PASS = re.compile(r"[A-Za-z0-9_-]{32}")


class RedisCallEars:
    """`StreamBook` of the Twilio line. Every method raises StoreDown when Redis does not answer."""

    def __init__(self, client: redis.Redis) -> None:
        self.client = client

    def ears(self, hotline: str, call: str) -> CallEars | None:
        """None: nobody has chosen yet."""
        with guard():
            found = self.client.get(keys.call_ears(hotline, call))
        return None if found is None else "ours" if found == b"ours" else "carrier"

    def choose(self, hotline: str, call: str, ears: CallEars) -> None:
        """From now on, whatever was chosen before."""
        with guard():
            self.client.set(keys.call_ears(hotline, call), ears, ex=keys.CALL_LIFE_S)

    def give_pass(self, hotline: str, call: str) -> str:
        """A secret that lets this call's sound in, once and soon."""
        secret = secrets.token_urlsafe(PASS_BYTES)
        with guard():
            self.client.set(keys.sound_pass(hotline, secret), call, ex=keys.PASS_LIFE_S)
        return secret

    def take_pass(self, hotline: str, secret: str) -> str | None:
        """The call it lets in; None for one that was never given, was taken before, or is too old.

        With it begins a new stretch of sound, of which nothing is left yet.
        """
        if not PASS.fullmatch(secret):
            return None
        with guard():
            found: Any = self.client.getdel(keys.sound_pass(hotline, secret))
            if found is None:
                return None
            call = str(found.decode())
            self.client.delete(keys.call_left(hotline, call))
        return call

    def leave(self, hotline: str, call: str, left: Left) -> None:
        """The call's sound has ended in good order, and this is left for the line to do."""
        with guard():
            self.client.set(keys.call_left(hotline, call), f"{left.turn} {left.verbs}", ex=keys.CALL_LIFE_S)

    def left(self, hotline: str, call: str) -> Left | None:
        """None: the sound broke off, or never began."""
        with guard():
            found: Any = self.client.get(keys.call_left(hotline, call))
        if found is None:
            return None
        turn, verbs = found.split()
        return Left(int(turn), int(verbs))
