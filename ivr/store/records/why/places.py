"""What a place in line counted for, and who might be rung for it, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def place_text(queue: str, position: int | None, size: int | None, counts: str) -> str:
    place = "at a place that is not recorded" if position is None else f"at place {position}"
    many = f" of {size}" if size is not None and position is not None else ""
    return f"Joined the line of {queue} {place}{many}. {counts}"


def recounted_text(position: int | None, counts: str) -> str:
    place = "" if position is None else f", at place {position}"
    return f"From here on the caller counted otherwise{place}. {counts}"


def counts_text(
    head_starts: Mapping[str, float], capped_s: float | None, caller_class: str, rate: float, urgent: bool
) -> str:
    """What lets a caller come before others who have waited as long."""
    starts = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in head_starts.items())
    end = "" if capped_s is None else f" (they end at {capped_s:.0f} s)"
    told = [f"Head starts: {starts}{end}." if starts else "No head start."]
    of_class = f" (class {caller_class})" if caller_class else ""
    if urgent:
        told.append(f"Urgent{of_class}: before all others.")
    if rate != 1:
        told.append(f"Each second of waiting counts {rate:g}{of_class}.")
    elif caller_class and not urgent:
        told.append(f"Class {caller_class}.")
    return " ".join(told)


def kept_place_text(earlier_s: float) -> str:
    return f" The place was held before, and counts from {earlier_s:.0f} s earlier."


def may_serve_text(skills: Mapping[str, Any], never: Sequence[str]) -> str:
    """Who may be rung at all, where not everybody may."""
    wanted = ", ".join(f"{skill} {level}" if level != 1 else skill for skill, level in sorted(skills.items()))
    return (f" Only for who knows {wanted}." if wanted else "") + (f" Never for {', '.join(never)}." if never else "")
