"""Calls back that are promised: in the place of a wait, or about a wish while the call goes on here (R32)."""

from __future__ import annotations

from ivr.call.state import Later
from ivr.call.tasks import BookCallback
from ivr.engine import placing
from ivr.engine.draft import Draft


def own_number(draft: Draft) -> str:
    """Where the caller is rung and gets text messages."""
    return str(draft.state.profile.get("number") or draft.state.caller)


def promise(draft: Draft, queue: str, number: str, reason: str) -> BookCallback:
    """A call back by the people of a queue, at the time of the place that is held. The promise is written down; who
    asks has it booked."""
    since = draft.state.place.since if draft.state.place else draft.now
    asked = placing.Asked(queue, {}, ready=True, context=placing.context(draft), number=number)
    place = placing.take_place(draft, asked)
    draft.note("callback", number=number, queue=queue, since=since)
    draft.state.summary.outcome = "callback"
    return BookCallback(number=number, queue=queue, since=since, reason=reason, place=place)


def call_later(draft: Draft, queue: str) -> None:
    """Promise a call about what is wanted now. It is booked when this call is over: nobody rings a line that is in
    use."""
    state = draft.state
    booked = promise(draft, queue, own_number(draft), state.wish or state.summary.intent or "")
    others = [one for one in state.later if one.booked.queue != queue]
    state.later = [*others, Later(booked, len(state.summary.agents))]


def keep(draft: Draft) -> None:
    """The call is over: book what was promised in it, unless the caller has met a person since."""
    state = draft.state
    for one in state.later:
        if len(state.summary.agents) == one.met:
            draft.chores.append(one.booked)
        else:
            why = "the caller has talked to a person since, and is not called back"
            draft.note("note", callback=one.booked.queue, why=why)
