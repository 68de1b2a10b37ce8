"""What conditions, values and words see of a call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ivr.call.state import CallState, HeldPlace
from ivr.flow.hotline import Hotline
from ivr.flow.known import HOURS
from ivr.flow.numbers import can_be_rung, can_get_texts
from ivr.flow.queues import spoken


class LazyHours(Mapping[str, Any]):
    """`hours.open` and `hours.opens`, worked out only when a template asks."""

    def __init__(self, hotline: Hotline, at: datetime) -> None:
        self._hours = hotline.hours.get("")
        self._at = at

    def __getitem__(self, key: str) -> Any:
        if key == "open":
            return self._hours is None or self._hours.is_open(self._at)
        if key == "opens":
            opens = self._hours and self._hours.opens_next(self._at)
            return opens.isoformat() if opens else None
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(HOURS.names())

    def __len__(self) -> int:
        return len(HOURS.names())


def names(hotline: Hotline, state: CallState, now: float) -> dict[str, Any]:
    """Everything a template may name. The step's own names come last and cannot be ones of `flow.known.RESERVED`."""
    at = datetime.fromtimestamp(now, UTC).astimezone(ZoneInfo(hotline.file.timezone))
    number = str(state.profile.get("number") or state.caller)
    place, wished = state.place, hotline.intents.get(state.wish or "")
    return {
        **hotline.file.constants,
        **state.names,
        "caller": state.profile,
        "call": {
            "id": state.call,
            "caller": state.caller,
            "called": state.called,
            "channel": state.channel,
            "language": state.language,
            "intent": state.wish,
            "type": wished.type if wished else None,
            "urgent": bool(wished and wished.urgent),
            "way": hotline.best_way(state.wish) if state.wish else None,
            "answered": state.summary.answered,
            "requests": state.summary.requests,
            "slowly": state.rate < 1,
            "spoke": state.summary.mode == "smart",
            "ringable": can_be_rung(number),
            "textable": can_get_texts(number),
        },
        "hours": LazyHours(hotline, at),
        "place": _place(hotline, place, state.language) if place else {},
        "people": state.people,
        "today": at.date().isoformat(),
        "now": at.isoformat(timespec="seconds"),
    }


def _place(hotline: Hotline, place: HeldPlace, language: str) -> dict[str, Any]:
    line = spoken(hotline.queues.queues, place.queue, language)
    return {
        "queue": place.queue,
        "line": line,
        "position": place.position,
        "size": place.size,
        "wait": place.wait,
    }
