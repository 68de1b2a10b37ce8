"""What servers of another time wrote down of a line, in forms that nobody reads any more: it is given a lifetime.

Who waits on the line takes his place again by himself, at his time; who was promised a call cannot, and is told here.
"""

from __future__ import annotations

import redis

from ivr.store import keys, line_keys
from ivr.store.guard import guard

OLD_LIFE_S = line_keys.CALLBACK_LIFE_S
"""As long as the longest wait in line: an older server that still runs beside the newer one ends its calls in peace."""

FORMER = frozenset({"line:clock", "line:places", "line:context", "agents:policy", "offers"})
"""What names of keys behind the form's number ended in, in an older form, and do no more. With a new FORM, those that
it no longer has come here."""


def let_go_of_old_lines(client: redis.Redis, hotline: str) -> None:
    """Give the keys of older forms OLD_LIFE_S from now, where they have no lifetime yet, and take it from our own, to
    which a newer server may have given it. Raises StoreDown."""
    own = _own(hotline)
    begins = line_keys.tag(hotline)
    ends = FORMER | {key.removeprefix(begins) for key in own}
    with guard(), client.pipeline(transaction=False) as pipe:
        for key in sorted(own):
            pipe.persist(key)
        for begin in _old_tags(hotline):
            for end in sorted(ends):
                pipe.expire(f"{begin}{end}", OLD_LIFE_S, nx=True)
        pipe.execute()


def promised_in_old_lines(client: redis.Redis, hotline: str) -> dict[str, str]:
    """Callbacks that stand in a line of an older form: number → name. Raises StoreDown."""
    with guard(), client.pipeline(transaction=False) as pipe:
        for key in _old_numbers(hotline):
            pipe.hgetall(key)
        found: list[dict[bytes, bytes]] = pipe.execute()
    return {number.decode(): name.decode() for one in found for number, name in one.items()}


def carried_over(client: redis.Redis, hotline: str, number: str) -> None:
    """This number's callback stands in the line of today, or needs to no more. Raises StoreDown."""
    with guard(), client.pipeline(transaction=False) as pipe:
        for key in _old_numbers(hotline):
            pipe.hdel(key, number)
        pipe.execute()


def _old_numbers(hotline: str) -> list[str]:
    """Of all forms alike: number → callback, both as plain text."""
    end = line_keys.numbers(hotline).removeprefix(line_keys.tag(hotline))
    return [f"{begin}{end}" for begin in _old_tags(hotline)]


def _old_tags(hotline: str) -> list[str]:
    return [f"{keys.tag(hotline)}{form}" for form in ("", *(f"{n}:" for n in range(2, line_keys.FORM)))]


def _own(hotline: str) -> set[str]:
    """The stream of entries has no form of its own, and stays."""
    return {key(hotline) for key in line_keys.KEYS.values()} - {keys.events(hotline)}
