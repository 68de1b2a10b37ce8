"""What a call's record says of it: its stays in line, the rules that applied, how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ivr.call.entries import Entry

USUAL = "queue"
"""How agents are rung that no rule names."""
End = Literal["answered", "abandoned", "callback", "left", "open"]
WHY: Mapping[str, End] = {"hangup": "abandoned", "callback": "callback"}


@dataclass(slots=True)
class Stay:
    """One stay in line, from taking a place to the agent or to leaving."""

    queue: str
    at: float
    """When the place was taken, in seconds since midnight."""
    rules: tuple[str, ...] = ()
    """Of queues.yaml, that counted for it: `head_start.gold`, `class.newcomer`, `rung.familiar`."""
    end: End = "open"
    """left: for a message, or because the answer came while waiting."""
    waited_s: float = 0.0
    agent: str = ""


@dataclass(slots=True)
class Applied:
    """A rule of handoff.yaml or hints.yaml that fitted this caller."""

    rule: str
    """`entry.gold`, `intent.plans`, `request.answer_first`, `line.everybody`, `hint.bill_due`."""
    at: float
    result: str
    """direct, ask, told, or why it held back: nobody free, busy times, closed; of a hint told lately, refused …"""
    said: str = ""
    """To the question of a rule that asks: yes, no or nothing. Who does what a hint told of has said yes."""
    then: End | Literal[""] = ""
    """What became of the next stay in line."""


@dataclass(slots=True)
class CallFacts:
    """One call."""

    call: str
    at: float = 0.0
    """When it began, in seconds since midnight."""
    seconds: float = 0.0
    outcome: str = ""
    """As in the records; empty for a call that has no end."""
    mode: str = ""
    rating: int | None = None
    offers: int = 0
    consents: int = 0
    requests: int = 0
    stays: list[Stay] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def reached_person(self) -> bool:
        return any(stay.end == "answered" for stay in self.stays)

    @property
    def waited_s(self) -> float:
        return sum(stay.waited_s for stay in self.stays)


def facts(rows: Iterable[tuple[str, Entry]], midnight: float) -> dict[str, CallFacts]:
    """By call, in the order of their first entries."""
    found: dict[str, CallFacts] = {}
    for call, entry in rows:
        known = found.setdefault(call, CallFacts(call))
        known.entries.append(entry)
        _read(known, entry, entry.at - midnight)
    for known in found.values():
        for applied in known.applied:
            later = next((stay for stay in known.stays if stay.at >= applied.at), None)
            applied.then = later.end if later else ""
    return found


def _read(call: CallFacts, entry: Entry, at: float) -> None:
    data = entry.data
    match entry.kind:
        case "started":
            call.at = at
        case "decided":
            call.applied += _applied(data, at)
        case "consent":
            _answered(call, data)
        case "hinted" | "not_hinted":
            result = "told" if entry.kind == "hinted" else str(data["why"])
            call.applied.append(Applied(f"hint.{data['rule']}", at, result))
        case "accepted":
            _says(call, f"hint.{data['rule']}", "yes")
        case "queued":
            open_stay = _open(call)
            if open_stay is None:
                call.stays.append(Stay(str(data["queue"]), at, _counted(data)))
            else:
                open_stay.queue = str(data["queue"])
        case "offered":
            _rung_by(call, str((data.get("why") or {}).get("group") or USUAL))
        case "connected":
            _close(call, "answered", float(data["waited_s"]), str(data["agent"]))
        case "left_line":
            _close(call, WHY.get(str(data["why"]), "left"), float(data.get("waited_s") or 0.0))
        case "ended":
            call.seconds, call.outcome, call.mode = data["seconds"], data["outcome"], data["mode"]
            call.offers, call.consents, call.requests = data["offers"], data["consents"], data["requests"]
            call.rating = data.get("rating_human") or data.get("rating_machine")
        case _:
            pass


def _counted(data: Mapping[str, Any]) -> tuple[str, ...]:
    starts = tuple(f"head_start.{name}" for name in data.get("head_starts") or ())
    return (*starts, f"class.{data['class']}") if data.get("class") else starts


def _rung_by(call: CallFacts, group: str) -> None:
    """Agents were rung by a rule of their own: as preferred ones, or to help out."""
    stay = _open(call)
    if stay is not None and group != USUAL and (rule := f"rung.{group}") not in stay.rules:
        stay.rules = (*stay.rules, rule)


def _open(call: CallFacts) -> Stay | None:
    return call.stays[-1] if call.stays and call.stays[-1].end == "open" else None


def _close(call: CallFacts, end: End, waited_s: float, agent: str = "") -> None:
    stay = _open(call)
    if stay is not None:
        stay.end, stay.waited_s, stay.agent = end, waited_s, agent


def _applied(data: Mapping[str, Any], at: float) -> Sequence[Applied]:
    if data["point"] != "request":
        return [Applied(f"{data['point']}.{data['rule']}", at, str(data["result"]))]
    found = [Applied(f"line.{data['line_rule']}", at, "direct")] if data.get("line_rule") else []
    if data.get("first"):
        found.append(Applied(f"request.{data['rule']}", at, "first"))
    if data.get("offers"):
        found.append(Applied(f"request.{data['rule']}", at, "ask"))
    return found


def _answered(call: CallFacts, data: Mapping[str, Any]) -> None:
    """The question of a rule of handoff.yaml; of an offer in a flow, the place in the flow stands for the rule."""
    if data.get("rule"):
        _says(call, f"{data.get('point')}.{data['rule']}", str(data["answer"]))
    elif data.get("offer"):
        at = call.entries[-1].at - call.entries[0].at + call.at
        call.applied.append(Applied(f"offer.{data['offer']}", at, "ask", str(data["answer"])))


def _says(call: CallFacts, rule: str, answer: str) -> None:
    """To the last time that the rule fitted; what was told in an earlier call is not looked for."""
    for applied in reversed(call.applied):
        if applied.rule == rule:
            applied.said = answer
            return
