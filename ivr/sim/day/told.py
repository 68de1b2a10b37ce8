"""What went wrong on a day, in sentences, with the whole calls it went wrong in."""

from __future__ import annotations

from ivr.sim.day.expectations import unmet
from ivr.sim.day.result import Result

MOST_SHOWN = 3
"""Calls that are shown whole."""


def wrong(result: Result) -> str:
    """Empty where all is well: what was not as `expect:` says, then what must never happen."""
    expected = "\n".join(f"✗ {sentence}" for sentence in unmet(result))
    return "\n".join(part for part in (expected, told_broken(result)) if part)


def told_broken(result: Result) -> str:
    """What must never happen, and did."""
    lines = [f"✗ {one.law}: {one.call or 'no call'}: {one.why}" for one in result.broken]
    calls = list(dict.fromkeys(one.call for one in result.broken if one.call in result.transcripts))
    return "\n".join([*lines, *(f"\n{call}\n{result.transcripts[call]}" for call in calls[:MOST_SHOWN])])
