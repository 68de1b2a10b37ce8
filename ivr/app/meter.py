"""What this process measures of itself, told to all of them every two seconds."""

from __future__ import annotations

import secrets

from ivr.app.house import House
from ivr.app.sockets import Sockets
from ivr.errors import StoreDown
from ivr.store.meters import RedisMeters

EVERY_S = 2.0
SOCKETS = "sockets:"
"""Before a path: how many are open there."""


class Meter:
    """`tell` is one round of a worker; not for two threads at once."""

    def __init__(self, house: House, sockets: Sockets) -> None:
        self._house, self._sockets = house, sockets
        self._meters = RedisMeters(house.works.client)
        self._name = secrets.token_hex(8)
        self._told: dict[str, int] = {}

    def tell(self) -> None:
        """Raises StoreDown; what was counted meanwhile is told the next time."""
        counted = self._counted()
        new = {name: count - self._told.get(name, 0) for name, count in counted.items()}
        self._meters.tell(self._name, self._standing(), {name: count for name, count in new.items() if count})
        self._told = counted

    def close(self) -> None:
        """The last counts; then this worker is no more."""
        try:
            self.tell()
            self._meters.gone(self._name)
        except StoreDown:
            return  # it is forgotten by itself

    def _standing(self) -> dict[str, float]:
        load = self._house.hearing.load()
        return {
            "decode_waiting": load.waiting,
            "decode_lag_s": load.lag_s,
            "shedding": int(load.shedding),
            **{f"{SOCKETS}{path}": count for path, count in self._sockets.open.items()},
        }

    def _counted(self) -> dict[str, int]:
        return {
            "turns": self._house.works.calls.turns,
            "wait_alarms": self._house.works.calls.alarms,
            "calls_refused_ears": self._house.hearing.load().refused,
            "sockets_refused": self._sockets.refused,
        }
