"""Callbacks, voicemails and follow-ups: lists that people work, from new to called to closed (R82, R83, R24)."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ivr.desk.api.agents import queues_of
from ivr.desk.api.desk import Ask
from ivr.desk.api.problem import Refused
from ivr.desk.api.reading import plain
from ivr.desk.api.route import Route
from ivr.store.records.pages import PromisesWanted, promises_page
from ivr.store.records.promises import NotYours, Promise, Working
from ivr.store.records.promises import State as Worked
from ivr.store.records.transcripts import State as Written

Kind = Literal["callback", "voicemail", "follow_up"]
CURSOR = r"^[0-9]{1,11}(\.[0-9]{1,9})?~"


class Words(msgspec.Struct, frozen=True):
    """What was said in a voicemail."""

    state: Written
    """done; waiting; nothing: no words were heard; deaf: no ears here for the language; failed; secret: never written
    down; forgotten: deleted on request."""
    language: str
    """What the caller spoke."""
    text: str | None
    """The words, where they are written down."""


class MessageRow(msgspec.Struct, frozen=True):
    """One thing that was promised to a caller. Times are seconds since 1970."""

    message: str
    """Its name."""
    kind: Kind
    """What it is."""
    state: Worked
    """How far it is. taken: somebody is about to call."""
    worked_by: str | None
    """Who moved it to that state: an agent, or the name of a token; null: nobody has, or the line did."""
    worked_at: float | None
    """When."""
    note: str | None
    """What that person wrote down last."""
    call: str
    """The call it came from."""
    queue: str
    """Whose work it is; empty: the outbound team's."""
    number: str
    """Whom to call; whoever may see the message may call it."""
    at: float
    """When it was promised."""
    since: float
    """When the caller began to wait."""
    reason: str
    """What it is about."""
    seconds: float | None
    """Of a voicemail: how long it is."""
    has_sound: bool
    """Its sound is on the server."""
    words: Words | None
    """Of a voicemail."""


class MessagePage(msgspec.Struct, frozen=True):
    """Some messages; who waits longest first."""

    items: list[MessageRow]
    """At most `limit`."""
    next: str | None
    """Give it as `after` to get the next ones; null: there are no more."""


class MessagesQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which messages."""

    kind: Kind | None = None
    """Only these."""
    state: Worked | None = None
    """Only these; left out: closed ones, too."""
    queue: Annotated[str, Meta(max_length=100)] | None = None
    """Only those of this queue."""
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    """How many at most."""
    after: Annotated[str, Meta(pattern=CURSOR, max_length=200)] | None = None
    """The `next` of the page before."""


class MessageState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far it is."""

    state: Worked
    """new, taken, called or closed."""
    note: Annotated[str, Meta(max_length=500)] | None = None
    """What came of it, for the colleagues; left out: the one that is there stays."""


def list_messages(ask: Ask, query: MessagesQuery) -> MessagePage:
    """Callbacks, voicemails and follow-ups; who waits longest first. An agent's token sees those of its queues."""
    wanted = PromisesWanted(ask.hotline, query.kind, query.state, _queues(ask, query.queue))
    place = None
    if query.after is not None:
        at, _, name = query.after.partition("~")
        place = (float(at), name)
    found = promises_page(ask.desk.promises, wanted, place, query.limit + 1)
    shown, more = found[: query.limit], len(found) > query.limit
    return MessagePage(rows_of(ask, shown), f"{shown[-1].since!r}~{shown[-1].once}" if more else None)


def show_message(ask: Ask, message: str) -> MessageRow:
    """One message, with all that was said."""
    (row,) = rows_of(ask, [one_message(ask, message)])
    return row


def set_message_state(ask: Ask, message: str, body: MessageState) -> MessageRow:
    """Move a message on: taken, called, closed, or new again. Doing it twice is doing it once. Of two who take it at
    once one has it, and the other is told who. What somebody has taken only a supervisor moves on for him."""
    one_message(ask, message)
    note = None if body.note is None else plain(body.note)
    working = Working(ask.who.agent or ask.who.name, ask.now, note, over=ask.sees_all and body.state != "taken")
    try:
        ask.desk.promises.work(message, body.state, working)
    except NotYours as error:
        raise Refused(HTTPStatus.CONFLICT, held(error.found, "it")) from None
    return show_message(ask, message)


def held(found: Promise, what: str) -> str:
    """Who is to be asked."""
    if found.state == "closed":
        who = found.worked_by or "the line"
        return f"{who} has closed {what}; make it new before you take it"
    return f"{found.worked_by} has taken {what}; ask them, or a supervisor makes it new"


def rows_of(ask: Ask, found: Sequence[Promise]) -> list[MessageRow]:
    told = ask.desk.transcripts.of([one.once for one in found]) if found else {}
    rows = []
    for one in found:
        said = told.get(one.once)
        rows.append(
            MessageRow(
                message=one.once,
                kind=one.kind,
                state=one.state,
                worked_by=one.worked_by,
                worked_at=one.worked_at,
                note=one.note,
                call=one.call,
                queue=one.queue,
                number=one.number,
                at=one.at,
                since=one.since,
                reason=one.reason,
                seconds=one.duration_s,
                has_sound=one.file is not None,
                words=Words(said.state, said.language, said.text) if said else None,
            )
        )
    return rows


def _queues(ask: Ask, wanted: str | None) -> list[str] | None:
    """None: of all queues."""
    mine = queues_of(ask)
    if wanted is None:
        return mine
    return [wanted] if mine is None or wanted in mine else []


def one_message(ask: Ask, message: str) -> Promise:
    """Raises Refused; one of another hotline, or not for this agent, is told like one that is not there."""
    mine = queues_of(ask)
    try:
        found = ask.desk.promises.one(message)
    except KeyError:
        found = None
    if found is None or found.hotline != ask.hotline or (mine is not None and found.queue not in mine):
        raise Refused(HTTPStatus.NOT_FOUND, f"there is no message {message!r} here; GET /api/v1/messages lists them")
    return found


ROUTES = (
    Route("GET", "/messages", "agent", list_messages),
    Route("GET", "/messages/{message}", "agent", show_message),
    Route("PUT", "/messages/{message}/state", "agent", set_message_state),
)
