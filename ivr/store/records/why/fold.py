"""From a call's entries to its reasons. Entries of older versions may lack anything; nothing here fails for that."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from msgspec.structs import replace

from ivr.call.tasks import call_of
from ivr.routing.why import read_reasons
from ivr.store.records.reader import CallEvent, CallRecord
from ivr.store.records.why import places, wording
from ivr.store.records.why.hints import KINDS as HINTS
from ivr.store.records.why.hints import hinted_of
from ivr.store.records.why.reasons import (
    Also,
    CallReasons,
    Connected,
    Consent,
    Decided,
    Hinted,
    Joined,
    LeftLine,
    Passed,
    Rung,
    Score,
)

ANSWERS = ("yes", "no", "nothing")


def reasons_of(record: CallRecord, preferred: Iterable[CallEvent] = ()) -> CallReasons:
    """All that the record of a call tells of its reasons, finished or running.

    `preferred` are entries `offered` of other calls, with `call` among their data, in which this one came second.
    """
    found = _Found()
    for event in record.events:
        if event.kind in FOLD:
            FOLD[event.kind](found, event)
    summary = record.summary
    return CallReasons(
        hotline=summary.hotline,
        call=summary.call,
        running=summary.running,
        started_at=summary.started_at,
        ended="" if summary.running else summary.outcome or "ended",
        decided=found.decided,
        joined=found.joined,
        rung=found.rung,
        passed=list(_passed(preferred)),
        connected=found.connected,
        left=found.left,
        also=found.also,
        hinted=found.hinted,
        missing=_missing(found, summary.queue, summary.agent),
    )


@dataclass
class _Found:
    """What the entries read so far have told."""

    decided: list[Decided] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    rung: list[Rung] = field(default_factory=list)
    connected: list[Connected] = field(default_factory=list)
    left: list[LeftLine] = field(default_factory=list)
    also: list[Also] = field(default_factory=list)
    hinted: list[Hinted] = field(default_factory=list)
    promised_in: str = ""
    """The call whose promise this call keeps: the caller was called back."""


def _started(found: _Found, event: CallEvent) -> None:
    found.promised_in = call_of(text(event.data, "callback"))[0]


def _decided(found: _Found, event: CallEvent) -> None:
    data = event.data
    point, queue, inputs = text(data, "point"), text(data, "queue"), mapping(data, "inputs")
    if point == "request":
        result = text(data, "first") or ("ask" if data.get("offers") else "line")
        told = wording.request_text(data)
    else:
        result, told = text(data, "result"), wording.rule_text(data)
    found.decided.append(
        Decided(event.at, point, text(data, "rule"), result, queue, text(data, "line_rule"), inputs, None, told)
    )


def _consent(found: _Found, event: CallEvent) -> None:
    data = event.data
    if "recording" in data:
        return
    said = text(data, "answer")
    answer = cast("Literal['yes', 'no', 'nothing', 'not recorded']", said if said in ANSWERS else "not recorded")
    consent, point, rule = Consent(event.at, answer, text(data, "heard")), text(data, "point"), text(data, "rule")
    for n in range(len(found.decided) - 1, -1, -1):
        one = found.decided[n]
        if point and (one.point, one.rule, one.result, one.consent) == (point, rule, "ask", None):
            found.decided[n] = replace(one, consent=consent, told=wording.answered_text(one.told, consent))
            return
    # A step of the flow has offered a person; or the decision behind the question is not in the record.
    point, rule, queue = point or "step", rule or text(data, "offer"), text(data, "queue")
    asked = wording.rule_text({"point": point, "rule": rule, "result": "ask", "queue": queue})
    told = wording.answered_text(asked, consent)
    found.decided.append(Decided(event.at, point, rule, "ask", queue, "", {}, consent, told))


def _queued(found: _Found, event: CallEvent) -> None:
    data = event.data
    queue, position, size = text(data, "queue"), whole(data, "position"), whole(data, "size")
    terms = {str(name): number(value) or 0.0 for name, value in mapping(data, "head_starts").items()}
    caller_class, rate = text(data, "class"), number(data.get("rate", 1.0)) or 1.0
    urgent = data.get("urgent") is True
    counts = places.counts_text(terms, number(data.get("head_start_s")), caller_class, rate, urgent)
    if "head_starts" not in data:
        counts = "Head starts are not recorded."
    never = data.get("never")
    agents = [str(agent) for agent in never] if isinstance(never, list) else []
    counts += places.may_serve_text(mapping(data, "skills"), agents)
    since = number(data.get("since"))
    counts += places.kept_place_text(event.at - since) if since is not None else ""
    again = event.kind == "position"
    told = places.recounted_text(position, counts) if again else places.place_text(queue, position, size, counts)
    found.joined.append(Joined(event.at, queue, position, size, terms, caller_class, rate, urgent, told))


def _position(found: _Found, event: CallEvent) -> None:
    """Whatever moves a caller up is told only where he counts for something else himself."""
    if "head_starts" in event.data:
        _queued(found, event)


def _expert_joined(found: _Found, event: CallEvent) -> None:
    _became(found, text(event.data, "agent"), "taken", "")
    _also(found, event)


def _offered(found: _Found, event: CallEvent) -> None:
    data = event.data
    agent, score = text(data, "agent"), _score(data.get("why"))
    told = wording.score_text(agent, score) if score else ["Why this caller and this agent is not recorded."]
    ring = Rung(event.at, agent, text(data, "queue"), whole(data, "times"), score, "open", "", told)
    found.rung.append(replace(ring, told=[*told, wording.became_text(agent, "open", "")]))


def _missed(found: _Found, event: CallEvent) -> None:
    _became(found, text(event.data, "agent"), "missed", text(event.data, "why").replace("-", "_"))  # a carrier's way


def _connected(found: _Found, event: CallEvent) -> None:
    data = event.data
    agent, queue, waited_s = text(data, "agent"), text(data, "queue"), number(data.get("waited_s"))
    _became(found, agent, "taken", "")
    told = wording.connected_text(agent, queue, waited_s)
    found.connected.append(Connected(event.at, agent, queue, waited_s, told))


def _left(found: _Found, event: CallEvent) -> None:
    queue, why, waited_s = text(event.data, "queue"), text(event.data, "why"), number(event.data.get("waited_s"))
    found.left.append(LeftLine(event.at, queue, why, waited_s, wording.left_text(queue, why, waited_s)))


def _turned_away(found: _Found, event: CallEvent) -> None:
    """The line took nobody: it was closed, or full. Other notes tell of nothing that was decided."""
    queue, why, instead = (text(event.data, name) for name in ("queue", "why", "instead"))
    if queue and why in wording.TURNED_AWAY:
        told = wording.turned_away_text(queue, why, instead)
        found.left.append(LeftLine(event.at, queue, wording.TURNED_AWAY[why], None, told))


def _also(found: _Found, event: CallEvent) -> None:
    kind = cast("Literal['transferred']", event.kind)
    found.also.append(Also(event.at, kind, wording.also_text(event.kind, event.data)))
    if event.kind == "dialled" and "tries" in event.data and found.rung:
        # A call back: what came of ringing the caller is what came of the agent's ring.
        status = text(event.data, "status")
        if status == "confirmed":
            _became(found, found.rung[-1].agent, "taken", "")
        else:
            _became(found, found.rung[-1].agent, "missed", f"{wording.CALLED}{status}")


def _became(found: _Found, agent: str, became: Literal["taken", "missed"], why: str) -> None:
    """Of the last ring of this agent that is open."""
    for n in range(len(found.rung) - 1, -1, -1):
        one = found.rung[n]
        if one.agent == agent and one.became == "open":
            told = [*one.told[:-1], wording.became_text(agent, became, why)]
            found.rung[n] = replace(one, became=became, why_missed=why, told=told)
            return


FOLD: Mapping[str, Callable[[_Found, CallEvent], None]] = {
    "started": _started,
    "decided": _decided,
    "consent": _consent,
    "queued": _queued,
    "position": _position,
    "offered": _offered,
    "missed": _missed,
    "connected": _connected,
    "left_line": _left,
    "note": _turned_away,
    **dict.fromkeys(wording.ALSO, _also),
    "expert_joined": _expert_joined,
    **dict.fromkeys(HINTS, lambda found, event: found.hinted.append(hinted_of(event))),
}


def _score(why: Any) -> Score | None:
    """None where the breakdown is missing or cannot be read."""
    if not isinstance(why, Mapping):
        return None
    try:
        read = read_reasons(why)
    except (KeyError, ValueError):
        return None
    return Score(
        waited_s=read.score.waited_s,
        rate=read.score.rate,
        head_start_s=read.score.head_start_s,
        head_starts=dict(read.score.terms),
        total_s=round(read.score.total_s, 3),
        urgent=read.score.urgent,
        group=read.group,
        assign=read.assign,
        idle_s=read.idle_s,
        load=read.load,
        fit=read.fit,
        next_call=read.next_call,
        next_score_s=read.next_score_s,
        next_agent=read.next_agent,
    )


def _passed(preferred: Iterable[CallEvent]) -> Iterator[Passed]:
    for event in preferred:
        score, agent, call = _score(event.data.get("why")), text(event.data, "agent"), text(event.data, "call")
        if score is not None:
            told = wording.passed_text(agent, call, score, score.next_score_s)
            yield Passed(event.at, call, agent, score.total_s, score.next_score_s, told)


def _missing(found: _Found, queue: str | None, agent: str | None) -> list[str]:
    told = []
    if (found.rung or found.connected) and not found.joined and not found.promised_in:
        told.append("When and at which place the caller joined the line is not recorded.")
    if found.promised_in:
        told.append(f"The caller was called back. Why that queue and agent is told of the call {found.promised_in}.")
    elif found.joined and not any(one.point == "request" or one.result in ("direct", "ask") for one in found.decided):
        told.append("No rule is recorded: the flow itself led to this queue.")
    rung, met = {one.agent for one in found.rung}, found.connected[1:] if found.promised_in else found.connected
    told += [f"Why {one.agent} was chosen is not recorded." for one in met if one.agent and one.agent not in rung]
    if agent and not found.connected:
        told.append(f"{agent} took the call; how that came is not recorded.")
    if queue and not found.joined and not found.rung and not found.connected:
        told.append(f"The caller was in the line of {queue}; how that came is not recorded.")
    return told


# --- values as they may be in a record ---------------------------------------------------------------------------


def text(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    return "" if value is None else str(value)


def mapping(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = data.get(name)
    return dict(value) if isinstance(value, Mapping) else {}


def number(value: Any) -> float | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if good else None


def whole(data: Mapping[str, Any], name: str) -> int | None:
    value = number(data.get(name))
    return None if value is None else int(value)
