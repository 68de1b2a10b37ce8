"""Where rules fitted, were applied and answered, out of one entry of a call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

KINDS = ("decided", "consent", "hinted", "not_hinted", "accepted", "hints_refused")
"""Entries that tell of rules."""
NOT_APPLIED = ("offers_when", "closed", "busy", "no_number")
"""What keeps a rule of handoff.yaml that fits from being applied."""
Answer = Literal["yes", "no", "nothing"]
ANSWERS: tuple[Answer, ...] = ("yes", "no", "nothing")


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule, at one moment of a call."""

    point: str
    rule: str
    fitted: bool = True
    """False: this only tells what the caller answered."""
    held: str | None = None
    """Why it was not applied; None: it was; empty: it was nothing that can be applied."""
    answer: Answer | None = None
    version: str | None = None
    """Of the hotline, where it is not that of the call."""


def fired(kind: str, data: Mapping[str, Any]) -> Iterator[Fired]:
    """What an entry of one of KINDS tells."""
    point, rule = str(data.get("point") or ""), str(data.get("rule") or "")
    match kind:
        case "decided" if point == "request":
            yield from _request(rule, data)
        case "decided":
            result = str(data.get("result") or "")
            yield Fired(point, rule, held=result if result in NOT_APPLIED else None)
        case "consent" if "recording" not in data:
            said = data.get("answer")
            answer: Answer | None = said if said in ANSWERS else None
            # A flow offers a person by itself, under the name of its words; a rule was decided on before.
            yield Fired(point or "step", rule or str(data.get("offer") or ""), fitted=not rule, answer=answer)
        case "hinted":
            yield Fired("hint", rule)
        case "not_hinted":
            yield Fired("hint", rule, held=str(data.get("why") or "?"))
        case "accepted":
            yield Fired("hint", rule, fitted=False, answer="yes", version=data.get("version"))
        case "hints_refused" if rule:
            yield Fired("hint", rule, fitted=False, answer="no")


def _request(rule: str, data: Mapping[str, Any]) -> Iterator[Fired]:
    """Two rules: what came before the line or was offered instead, where anything was, and which line it was. And those
    before them that could not be used: forms of `request:` for who has no number, lines where nobody is free."""
    yield Fired("request", rule, held=None if data.get("first") or data.get("offers") else "")
    if line := str(data.get("line_rule") or ""):
        yield Fired("line", line)
    passed = data.get("passed")
    for name, why in passed.items() if isinstance(passed, Mapping) else ():
        yield Fired("line" if why == "busy" else "request", str(name), held=str(why))
