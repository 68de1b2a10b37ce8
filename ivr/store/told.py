"""News for a call's record that no turn of the call brings."""

from __future__ import annotations

import redis

from ivr.call.codec import to_json
from ivr.call.entries import Entry
from ivr.store import keys
from ivr.store.guard import guard


class RedisTold:
    """StoreDown when Redis does not answer."""

    def __init__(self, client: redis.Redis) -> None:
        self.client = client

    def tell(self, hotline: str, call: str, entry: Entry) -> None:
        """Told twice, it stands there twice."""
        with guard():
            self.client.xadd(keys.events(hotline), {"call": call, "entry": to_json(entry)})
