"""Calls, running and past; one with its track, the caller's earlier ones, and why it went where it went (R77)."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, cast

import msgspec
from msgspec import Meta

from ivr.call.closing import LONGEST_NOTE, Closing, Outcome
from ivr.desk.api.agents import call_of, talk_of
from ivr.desk.api.desk import Ask
from ivr.desk.api.messages import MessageRow, rows_of
from ivr.desk.api.numbers import as_seen
from ivr.desk.api.problem import Refused
from ivr.desk.api.reading import plain
from ivr.desk.api.route import Route
from ivr.store.records.pages import CallsWanted, calls_page, is_somebody, promises_about
from ivr.store.records.reader import CallEvent, CallRecord, CallSummary
from ivr.store.records.show import event_words
from ivr.store.records.why.read import ReasonsReader
from ivr.store.records.why.reasons import CallReasons

EARLIER = 10
"""Of a caller's earlier calls, the latest."""
Moment = Annotated[float, Meta(ge=0, le=1e11)]
CURSOR = r"^[0-9]{1,11}(\.[0-9]{1,9})?~"


class CallRow(msgspec.Struct, frozen=True):
    """One call. Times are seconds since 1970; null: not known, or not yet."""

    call: str
    """Its name."""
    running: bool
    """It has not ended."""
    started_at: float | None
    """When it began."""
    ended_at: float | None
    """When it ended."""
    seconds: float | None
    """How long it was."""
    caller: str | None
    """Who called; an agent's token sees the last digits only."""
    called: str | None
    """The number that was dialled."""
    channel: str | None
    """The line it came by."""
    language: str | None
    """What the caller spoke."""
    version: str | None
    """Of the hotline."""
    mode: str | None
    """self_service, smart or human."""
    outcome: str | None
    """One word for the whole call: answered, connected, abandoned, voicemail …"""
    why: str | None
    """What ended it."""
    intent: str | None
    """The first thing the caller wanted."""
    answered: list[str]
    """What the caller got to know."""
    seconds_to_answer: float | None
    """From the start until then."""
    requests: int | None
    """How often the caller asked for a person."""
    offers: int | None
    """How often the caller was asked whether to be moved."""
    consents: int | None
    """How often the caller said yes to that."""
    queue: str | None
    """The last line."""
    waited_s: float | None
    """In line."""
    agent: str | None
    """Who took it."""
    rating_machine: int | None
    """From 1 to 5."""
    rating_human: int | None
    """From 1 to 5."""
    closed: Outcome | None
    """How the talk ended, as somebody who was in it says."""
    closed_by: str | None
    """Who says so: an agent, or the name of a token."""


class CallPage(msgspec.Struct, frozen=True):
    """Some calls, the newest first."""

    items: list[CallRow]
    """At most `limit`."""
    next: str | None
    """Give it as `after` to get the next ones; null: there are no more."""


class CallsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which calls."""

    running: bool | None = None
    """true: only those that have not ended; false: only those that have."""
    caller: Annotated[str, Meta(max_length=100)] | None = None
    """Only calls of this number; not for agents."""
    since: Moment | None = None
    """Only calls that began then or later, in seconds since 1970."""
    before: Moment | None = None
    """Only calls that began before then, in seconds since 1970."""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    """How many at most."""
    after: Annotated[str, Meta(pattern=CURSOR, max_length=200)] | None = None
    """The `next` of the page before."""


class TrackEntry(msgspec.Struct, frozen=True):
    """One thing that happened in a call: what was said, heard, understood, looked up, sent, decided."""

    at: float
    """When, in seconds since 1970."""
    after_s: float | None
    """Seconds since the start of the call."""
    kind: str
    """said, heard, understood, answered, sms, queued, connected …"""
    step: str
    """Where in the flows; empty where it was none."""
    text: str
    """In words."""


class EarlierCall(msgspec.Struct, frozen=True):
    """A call of the same caller before this one."""

    call: str
    """Its name."""
    started_at: float | None
    """When it began, in seconds since 1970."""
    outcome: str | None
    """How it ended."""
    intent: str | None
    """What the caller wanted."""
    agent: str | None
    """With whom the caller spoke."""
    queue: str | None
    """The last line."""
    rating_human: int | None
    """How that was rated, from 1 to 5."""


class CallSheet(msgspec.Struct, frozen=True):
    """All that is known of one call, for the side of a desk."""

    call: CallRow
    """The call as a whole."""
    track: list[TrackEntry]
    """What has happened in it, in order."""
    earlier: list[EarlierCall]
    """The caller's last calls before this one, the newest first; none for a caller without a number."""
    messages: list[MessageRow]
    """Callbacks, voicemails and follow-ups of this call, and open ones of the same number."""


def list_calls(ask: Ask, query: CallsQuery) -> CallPage:
    """Calls, the newest first. An agent's token sees its own: those it took, and the one it is rung for."""
    if query.caller is not None and not ask.sees_all:
        raise Refused(HTTPStatus.FORBIDDEN, "`caller` is for supervisors; leave it out to see your own calls")
    wanted = CallsWanted(
        hotline=ask.hotline,
        running=query.running,
        caller=query.caller,
        since=query.since,
        before=query.before,
        agent=None if ask.sees_all else ask.who.agent,
        present=call_of(ask),
    )
    found = calls_page(ask.desk.engine, wanted, _place(query.after), query.limit + 1)
    shown, more = found[: query.limit], len(found) > query.limit
    last = f"{shown[-1].started_at!r}~{shown[-1].call}" if more else None
    return CallPage([as_seen(ask, _row(one), one.caller or "") for one in shown], last)


def show_call(ask: Ask, call: str) -> CallSheet:
    """One call with its track so far (menus, answers, messages), the caller's earlier calls and with whom (R77)."""
    record = _record(ask, call)
    summary = record.summary
    sheet = CallSheet(_row(summary), _track(record), _earlier(ask, summary), _messages(ask, summary))
    return as_seen(ask, sheet, summary.caller or "")


def show_why(ask: Ask, call: str) -> CallReasons:
    """Why a call went where it went: rules, queue, place, agent, and who came second, each also in a sentence."""
    record = _record(ask, call)
    return as_seen(ask, ReasonsReader(ask.desk.engine).of(record), record.summary.caller or "")


class Closed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a talk ended."""

    outcome: Outcome
    """not_solved: the caller will need more. converted: solved, and sold."""
    note: Annotated[str, Meta(max_length=LONGEST_NOTE)] = ""
    """In words, for the record; no secrets."""


def close_call(ask: Ask, call: str, body: Closed) -> Closing:
    """Say how a talk ended, while it is on or after it; agents, of talks they were in. It is recorded once for a call,
    of whoever says so first; the same said again changes nothing, and something else is refused."""
    record = _record(ask, call)
    if not (ask.sees_all or _was_in(ask, record)):
        sentence = f"{ask.who.agent} has not talked in the call {call!r}, and cannot say how it ended"
        raise Refused(HTTPStatus.CONFLICT, sentence)
    summary = record.summary
    if summary.closed is not None:  # the store may have forgotten it
        stands = Closing(cast("Outcome", summary.closed), summary.closed_by or "")
    else:
        by = ask.who.agent or ask.who.name
        stands = ask.desk.closings.close(ask.hotline, call, Closing(body.outcome, by, plain(body.note), ask.now))
    if stands.outcome != body.outcome:
        raise Refused(HTTPStatus.CONFLICT, f"{stands.by} has closed this call as {stands.outcome}, and that stands")
    return stands


def _record(ask: Ask, call: str) -> CallRecord:
    """Raises Refused; a call that is not the agent's own is told like one that is not there."""
    record = ask.desk.reader.call(call, hotline=ask.hotline)
    if record is None or not (ask.sees_all or _is_own(ask, record)):
        raise Refused(HTTPStatus.NOT_FOUND, f"there is no call {call!r} here; GET /api/v1/calls lists them")
    return record


def _is_own(ask: Ask, record: CallRecord) -> bool:
    return _was_in(ask, record) or call_of(ask) == record.summary.call


def _was_in(ask: Ask, record: CallRecord) -> bool:
    """Whether the asking agent took this call, joined it, or is in it: the record may be a moment behind."""
    me = ask.who.agent
    took = any(
        event.kind in ("connected", "expert_joined") and event.data.get("agent") == me for event in record.events
    )
    return took or record.summary.agent == me or talk_of(ask) == record.summary.call


def _place(cursor: str | None) -> tuple[float, str] | None:
    if cursor is None:
        return None
    at, _, call = cursor.partition("~")
    return float(at), call


def _row(one: CallSummary) -> CallRow:
    values = {name: getattr(one, name) for name in CallRow.__struct_fields__}
    return CallRow(**{**values, "answered": [str(intent) for intent in one.answered or ()]})


def _track(record: CallRecord) -> list[TrackEntry]:
    began = record.summary.started_at
    return [
        TrackEntry(
            at=one.at,
            after_s=None if began is None else round(max(0.0, one.at - began), 3),
            kind=one.kind,
            step=str(one.data.get("step") or ""),
            text=_words(one),
        )
        for one in record.events
    ]


def _words(event: CallEvent) -> str:
    """The breakdown behind a ring is told by `/why`."""
    if event.kind == "offered":
        event = replace(event, data={name: value for name, value in event.data.items() if name != "why"})
    return event_words(event)


def _earlier(ask: Ask, summary: CallSummary) -> list[EarlierCall]:
    if not is_somebody(summary.caller) or summary.started_at is None:
        return []
    found = ask.desk.reader.calls(hotline=ask.hotline, caller=summary.caller, before=summary.started_at, limit=EARLIER)
    return [EarlierCall(**{name: getattr(one, name) for name in EarlierCall.__struct_fields__}) for one in found]


def _messages(ask: Ask, summary: CallSummary) -> list[MessageRow]:
    number = summary.caller if is_somebody(summary.caller) else None
    return rows_of(ask, promises_about(ask.desk.engine, ask.hotline, summary.call, number))


ROUTES = (
    Route("GET", "/calls", "agent", list_calls),
    Route("GET", "/calls/{call}", "agent", show_call),
    Route("GET", "/calls/{call}/why", "agent", show_why),
    Route("PUT", "/calls/{call}/closed", "agent", close_call),
)
