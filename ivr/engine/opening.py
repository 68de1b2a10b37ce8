"""Before the first step: who is calling, what they are likely to want, in which language to speak."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ivr.call.events import CalledBack, CallStarted, Event, LookupDone, LookupFailed, PeopleSeen, Recalled
from ivr.call.state import CallState
from ivr.engine import called_back, handing, hinting, people, preferring, same_day, slow
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask, Jump, Move
from ivr.engine.preferring import EASY_RATE
from ivr.flow.hotline import Hotline
from ivr.flow.known import caller_fields
from ivr.routing.prediction import expected_intent

HISTORY_LIMIT = 500
"""Contacts looked at; more says nothing new about the last months."""


def begin(hotline: Hotline, call: str, event: CallStarted, *, now: float) -> CallState:
    """The state of a call that has just come in; `step` it with the same event."""
    return CallState(
        call=call,
        hotline=hotline.name,
        version=hotline.version,
        caller=event.caller,
        called=event.called,
        channel=event.channel,
        language=hotline.language,
        started_at=now,
    )


def hear(draft: Draft, event: Event) -> Move:
    """The opening's own events, in order: started, profile, history."""
    state = draft.state
    match event:
        case CalledBack():
            return called_back.begin(draft, event)
        case CallStarted():
            draft.note_start()
            state.profile = {**caller_fields(draft.hotline), "number": state.caller}
            asked = same_day.asks(draft)
            return Ask(asked) if asked is not None else _ask_profile(draft)
        case Recalled(calls=calls):
            same_day.recalled(draft, calls)
            hinting.recalled(draft, event)
            preferring.recalled(draft, event)
            return _ask_profile(draft)
        case LookupDone(result=Mapping() as result) if state.scratch.get("asking") == "profile":
            state.profile.update({name: value for name, value in result.items() if value is not None})
            state.profile["known"] = True
            return _ask_history(draft)
        case LookupDone(result=result):
            state.profile["expects"] = _expected(draft, result)
            return _enter(draft)
        case PeopleSeen():
            people.seen(draft, event)
            return _lead(draft)
        case LookupFailed(reason=reason):
            draft.note(
                "failed", why=f"{state.scratch.get('asking')}: {reason}", heard="the caller is taken for unknown"
            )
            return _enter(draft)
        case _:
            return _enter(draft)


def _ask_profile(draft: Draft) -> Move:
    written = draft.hotline.file.profile
    if written is None:
        return _enter(draft)
    draft.state.scratch["asking"] = "profile"
    draft.forget_names()
    return slow.look_up(draft, written.lookup, draft.values(written.with_))


def _ask_history(draft: Draft) -> Move:
    written = draft.hotline.file.profile
    if written is None or written.history is None:
        return _enter(draft)
    draft.state.scratch["asking"] = "history"
    draft.state.visits += 1
    draft.forget_names()
    return slow.look_up(draft, written.history, draft.values(written.history_with))


def _expected(draft: Draft, history: Any) -> str | None:
    if not isinstance(history, list):
        return None
    zone = ZoneInfo(draft.hotline.file.timezone)
    today = datetime.fromtimestamp(draft.now, UTC).astimezone(zone).date()
    rows = [row for row in history[:HISTORY_LIMIT] if isinstance(row, Mapping)]
    contacts = [(row["at"], row["intent"]) for row in rows if row.get("at") and row.get("intent")]
    try:
        return expected_intent(contacts, today, draft.hotline.file.predict)
    except ValueError as error:
        draft.note("failed", why=f"history: {error}", heard="nothing is expected of this caller")
        return None


def _enter(draft: Draft) -> Move:
    """Speak the caller's language from here on, and begin."""
    state = draft.state
    if state.profile.get("language") in draft.hotline.file.languages:
        state.language = state.profile["language"]
    preferring.known(draft)
    if state.last is not None:
        state.profile["last_wish"] = same_day.label(draft.hotline, state.last.intent, state.language)
    hinting.shown(draft)
    shown = {name: value for name, value in state.profile.items() if value not in (None, [], False)}
    draft.note("profile", **{**shown, "prefers": _without_none(state.profile["prefers"])})
    draft.forget_names()
    easy = draft.hotline.file.easy
    if easy is not None and draft.holds(easy) and state.profile["prefers"]["pace"] is None:
        state.rate = EASY_RATE
    return _lead(draft)


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _lead(draft: Draft) -> Move:
    """To a person, where a rule says so of this caller; else to the first step."""
    draft.state.phase, draft.state.scratch = "flow", {}
    move = handing.entry(draft)
    if isinstance(move, Ask):
        draft.state.phase = "opening"
    return move or Jump(draft.hotline.file.start)
