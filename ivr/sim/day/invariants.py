"""What must hold on every day, however busy: nobody is lost, nobody is moved without a yes, nobody is stuck."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ivr.call.entries import Entry
from ivr.flow.hotline import Hotline
from ivr.sim.day.facts import CallFacts
from ivr.store.agents import Agent

AWAY = ("signed_out", "not_answering")
INSTEAD = ("callback", "voicemail", "dialled", "transferred")
"""Ends of a call whose caller asked for a person, and got no place in line."""
GONE = ("hung_up", "abandoned")
LAST_PLACE = 10**9


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that must not happen."""

    law: str
    call: str
    """Empty where it is about no call."""
    why: str


def broken_by_call(call: CallFacts, hotline: Hotline) -> Iterator[Broken]:
    """All that is wrong with one call."""
    kinds = [entry.kind for entry in call.entries]
    for kind in ("started", "ended"):
        if kinds.count(kind) != 1:
            yield Broken("a call begins and ends once", call.call, f"{kind} {kinds.count(kind)} times")
    for stay in call.stays:
        if stay.end == "open":
            yield Broken("nobody is lost", call.call, f"took a place in {stay.queue}, and nothing came of it")
    if kinds.count("connected") > len(call.stays):
        yield Broken("connected once", call.call, f"{kinds.count('connected')} agents for {len(call.stays)} places")
    if "failed" in kinds:
        yield Broken("no call fails", call.call, "the caller heard the apology")
    yield from _second_request(call, kinds)
    yield from _places(call)
    yield from _complaints(call, hotline)
    yield from _hints(call, hotline)


def _second_request(call: CallFacts, kinds: list[str]) -> Iterator[Broken]:
    """Who asks again is not held back by any rule, and is put in line or promised something."""
    asked = [entry for entry in call.entries if entry.kind == "decided" and entry.data["point"] == "request"]
    for entry in asked[1:]:
        if entry.data.get("first") or entry.data.get("offers"):
            yield Broken("a second request goes straight on", call.call, f"held back by {entry.data['rule']}")
    if call.requests >= 2 and "queued" not in kinds and call.outcome not in (*INSTEAD, *GONE):
        yield Broken("a second request reaches a person", call.call, f"the call ended as {call.outcome}")


def _places(call: CallFacts) -> Iterator[Broken]:
    """The position told never goes up, and no place is taken away."""
    told = LAST_PLACE
    for entry in call.entries:
        if entry.kind == "queued":
            told = int(entry.data["position"])
        elif entry.kind == "position":
            if int(entry.data["position"]) > told:
                yield Broken("places never go up", call.call, f"from {told} to {entry.data['position']}")
            told = int(entry.data["position"])
        elif entry.kind == "note" and str(entry.data.get("why", "")) == "no place: down":
            yield Broken("places are never lost", call.call, f"the line knew no place in {entry.data['queue']}")


def _complaints(call: CallFacts, hotline: Hotline) -> Iterator[Broken]:
    """R31: a complaint is moved after a yes, or because the caller asked for a person himself."""
    wish, free = "", True
    for entry in call.entries:
        intent = _wish_of(entry, hotline)
        if intent:
            wish, free = intent, hotline.intents[intent].type != "complaint"
        elif _sets_free(entry):
            free = True
        elif entry.kind == "queued" and not free:
            yield Broken("no complaint moves without a yes", call.call, f"{wish} stands in {entry.data['queue']}")


def _hints(call: CallFacts, hotline: Hotline) -> Iterator[Broken]:
    """R106: who has complained, is upset, or wants no hints hears no advertisement after it."""
    spared = ""
    for entry in call.entries:
        intent = _wish_of(entry, hotline)
        if entry.kind in ("mood", "hints_refused") or (intent and hotline.intents[intent].type == "complaint"):
            spared = spared or entry.kind
        elif entry.kind == "hints_wanted" and spared == "hints_refused":
            spared = ""
        elif entry.kind == "hinted" and entry.data["sort"] != "notice" and spared:
            yield Broken("nothing is advertised after a complaint", call.call, f"{entry.data['rule']} after {spared}")


def _wish_of(entry: Entry, hotline: Hotline) -> str:
    if entry.kind == "understood" and entry.data.get("intent") in hotline.intents:
        return str(entry.data["intent"])
    if entry.kind == "heard" and entry.data.get("how") == "keys":
        return _key_wish(entry, hotline)
    return ""


def _key_wish(entry: Entry, hotline: Hotline) -> str:
    """A key at a menu of intents is a wish, too."""
    flow, _, step = str(entry.data.get("step", "")).partition(".")
    known = hotline.flows.get(flow)
    asked = known.steps.get(step) if known else None
    if getattr(asked, "expect", "") != "intent":
        return ""
    intent = getattr(asked, "keys", {}).get(str(entry.data.get("text")), "")
    return intent if intent in hotline.intents else ""


def _sets_free(entry: Entry) -> bool:
    if entry.kind == "consent":
        return entry.data.get("answer") == "yes"
    return entry.kind == "decided" and entry.data["point"] == "request"


def broken_by_line(waiting: Mapping[str, Iterable[str]], agents: Iterable[Agent]) -> Iterator[Broken]:
    """What is left when everybody has gone home."""
    for queue, calls in waiting.items():
        for call in calls:
            yield Broken("nobody is left in line", call, f"stands in {queue} after all calls are over")
    for agent in agents:
        if agent.state not in AWAY:
            yield Broken("no agent is stuck", agent.call, f"{agent.name} is {agent.state} after the end of the day")


def broken_by_talks(calls: Iterable[CallFacts]) -> Iterator[Broken]:
    """No agent is with two callers at once."""
    talks: dict[str, list[tuple[float, float, str]]] = {}
    for call in calls:
        begins: tuple[float, str] | None = None
        for entry in call.entries:
            if entry.kind == "connected":
                begins = (entry.at, str(entry.data["agent"]))
            elif entry.kind in ("agent_left", "ended") and begins:
                talks.setdefault(begins[1], []).append((begins[0], entry.at, call.call))
                begins = None
    for agent, spans in talks.items():
        spans.sort()
        for (_, ends, first), (starts, _, second) in pairwise(spans):
            if starts < ends:
                yield Broken("one caller at a time", second, f"{agent} was still talking with {first}")
