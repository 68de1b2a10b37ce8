"""What a caller was told unasked, and why or why not, as sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr.store.records.reader import CallEvent
from ivr.store.records.sentences import pairs, value_text
from ivr.store.records.why.reasons import Hinted

KINDS = ("hinted", "not_hinted", "accepted", "hints_refused", "hints_wanted")
KEPT = {
    "unknown": "the number is hidden, so nobody can tell what this caller was told before",
    "refused": "the caller wants no hints",
    "complaint": "a complaint of this caller is known, or the caller was upset",
    "another": "something else was told in this call already",
    "not_for": "its `not_for:` held",
    "taken": "the caller has taken it before",
    "often": "it was told as often as its `at_most:` lets it",
    "lately": "it was told less than its `every_days:` ago",
}


def hinted_of(event: CallEvent) -> Hinted:
    """`event` is of one of KINDS."""
    data, result = event.data, {"hinted": "told"}.get(event.kind, event.kind)
    if event.kind == "not_hinted":
        result = str(data.get("why") or "not recorded")
    inputs = data.get("inputs")
    known = dict(inputs) if isinstance(inputs, Mapping) else {}
    told = _told(event.kind, data, known)
    return Hinted(event.at, str(data.get("rule") or ""), result, str(data.get("at") or ""), known, told)


def _told(kind: str, data: Mapping[str, Any], known: Mapping[str, Any]) -> str:
    rule, place = data.get("rule"), data.get("at") or "a place that is not recorded"
    match kind:
        case "hinted":
            seen = ", ".join(f"{name} {value_text(value)}" for name, value in known.items())
            because = f" Known then: {seen}." if seen else ""
            return f"The hint {rule!r} fitted at {place}, and was told{_before(data)}.{because}"
        case "not_hinted":
            why = str(data.get("why") or "")
            return f"The hint {rule!r} fitted at {place}, and was not told: {KEPT.get(why, why or 'not recorded why')}."
        case "accepted":
            did = data.get("did")
            done = f" ({pairs(did)})" if isinstance(did, Mapping) and did else ""
            return f"The caller did what the hint {rule!r} had told of{done}."
        case "hints_refused":
            return "The caller wants no hints any more" + (f", after the hint {rule!r}." if rule else ".")
        case _:
            return "The caller wants hints again."


def _before(data: Mapping[str, Any]) -> str:
    times, days_ago = data.get("times"), data.get("days_ago")
    if not isinstance(times, int) or not isinstance(days_ago, int | float):
        return ""
    return f" again, {days_ago:g} days after the last time: {times} times now"
