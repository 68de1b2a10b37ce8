"""The reasons of a call as text for a terminal. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, tzinfo

from ivr.store.records.show import clock_time, offset, one_line
from ivr.store.records.why.reasons import CallReasons
from ivr.store.records.why.wording import inputs_text

Line = tuple[float | None, str]
"""When, and a sentence; without a time it belongs to the one before."""
INDENT = " " * 10


def reasons_text(reasons: CallReasons, *, zone: tzinfo = UTC) -> str:
    """Four questions and their answers, each line with its time since the call's start."""
    start = clock_time(reasons.started_at, zone) or "start not recorded"
    state = "still running" if reasons.running else f"ended: {reasons.ended}"
    head = f"call {reasons.call} on hotline {reasons.hotline}, {start}; {state}"
    parts = [head]
    for question, lines in (
        ("Why a person, and why this queue?", _decided(reasons)),
        ("Why this place and this wait?", _place(reasons)),
        ("Why this agent?", list(_rung(reasons))),
        ("How did the wait end?", _end(reasons)),
    ):
        parts.append("\n".join([question, *(_line(reasons, at, told) for at, told in lines or NOTHING)]))
    if reasons.hinted:
        told = (_line(reasons, one.at, one.told) for one in reasons.hinted)
        parts.append("\n".join(["Why was the caller told something unasked, or not?", *told]))
    if reasons.missing:
        parts.append("\n".join(["Not recorded", *(f"{INDENT}{one}" for one in reasons.missing)]))
    return "\n\n".join("\n".join(one_line(line) for line in part.split("\n")) for part in parts)


NOTHING: list[Line] = [(None, "Nothing of it is in the record.")]


def _decided(reasons: CallReasons) -> list[Line]:
    found: list[tuple[float, list[Line]]] = []
    for one in reasons.decided:
        known = inputs_text(one.inputs)
        found.append((one.at, [(one.at, one.told), *([(None, f"Known then: {known}.")] if known else [])]))
    found += [(at, [(at, told)]) for at, told in _also(reasons, "transferred", "expert_asked", "callback", "led")]
    return [line for _, lines in sorted(found, key=lambda one: one[0]) for line in lines]


def _place(reasons: CallReasons) -> list[Line]:
    told = [*((one.at, one.told) for one in reasons.joined), *((one.at, one.told) for one in reasons.passed)]
    return sorted([*told, *_also(reasons, "alarm")])


def _rung(reasons: CallReasons) -> Iterator[Line]:
    for one in reasons.rung:
        ring = f", ring {one.times} for this caller" if one.times else ""
        yield one.at, f"The phone of {one.agent} rang{ring}."
        yield from ((None, sentence) for sentence in one.told)


def _end(reasons: CallReasons) -> list[Line]:
    told = [*((one.at, one.told) for one in reasons.connected), *((one.at, one.told) for one in reasons.left)]
    told = sorted([*told, *_also(reasons, "expert_joined", "dialled")])
    if reasons.running and reasons.joined and (not told or told[-1][0] < reasons.joined[-1].at):
        waits: Line = (None, "The caller is still in line.")
        return [*told, waits]
    return [*told]


def _also(reasons: CallReasons, *kinds: str) -> list[tuple[float, str]]:
    return [(one.at, one.told) for one in reasons.also if one.kind in kinds]


def _line(reasons: CallReasons, at: float | None, told: str) -> str:
    if at is None:
        return f"{INDENT}{told}"
    return f"{offset(at - (at if reasons.started_at is None else reasons.started_at))}  {told}"
