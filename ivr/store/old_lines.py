"""What servers of another time wrote down of a line, in forms that nobody reads any more: it is given a lifetime."""

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
        for form in ("", *(f"{n}:" for n in range(2, line_keys.FORM))):
            for end in sorted(ends):
                pipe.expire(f"{keys.tag(hotline)}{form}{end}", OLD_LIFE_S, nx=True)
        pipe.execute()


def _own(hotline: str) -> set[str]:
    """The stream of entries has no form of its own, and stays."""
    return {key(hotline) for key in line_keys.KEYS.values()} - {keys.events(hotline)}
