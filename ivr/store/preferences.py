"""What callers prefer, between their calls: what each call has shown, and what was said outright."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import redis

from ivr.call.habits import Habit, Wish
from ivr.call.tasks import ForgetHabits, KeepHabit, KeepWish
from ivr.routing.preferences import learned, merged
from ivr.store import keys, memos
from ivr.store.guard import guard
from ivr.store.memos import CALL, SAID

_habit = msgspec.json.Decoder(Habit)
_wish = msgspec.json.Decoder(Wish)


class RedisPreferences:
    """StoreDown when Redis does not answer."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client

    def keep(self, hotline: str, call: str, memo: KeepHabit | KeepWish | ForgetHabits) -> None:
        memos.keep(self._client, hotline, call, memo)

    def of(self, hotline: str, number: str) -> tuple[tuple[Habit, ...], dict[str, Wish]]:
        """Both empty for who is not known."""
        with guard():
            return read(self._client.hgetall(keys.caller_prefers(hotline, number)))  # type: ignore[arg-type]

    @staticmethod
    def now(
        habits: Sequence[Habit], said: Mapping[str, Wish], at: float, half_life_days: float
    ) -> dict[str, str | int]:
        """What holds at a moment, without business data."""
        found = merged(learned(habits, at, half_life_days), {}, said)
        return {name: value for name, value in found.items() if value is not None}


def read(found: Mapping[bytes, bytes]) -> tuple[tuple[Habit, ...], dict[str, Wish]]:
    """The key's hash: habits, the latest last, and wishes by their names."""
    habits = [_habit.decode(value) for name, value in found.items() if name.startswith(CALL.encode())]
    said = {
        name.decode().removeprefix(SAID): _wish.decode(value)
        for name, value in found.items()
        if name.startswith(SAID.encode())
    }
    return tuple(sorted(habits, key=lambda one: one.at)), said
