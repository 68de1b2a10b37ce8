"""What a caller prefers: known from the first word on, noticed while the call goes on, kept when it is over (R33)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from ivr.call.events import DigitsPressed, Event, Recalled, SpeechHeard
from ivr.call.habits import Habit, Wish
from ivr.call.tasks import ForgetHabits, KeepHabit, KeepWish
from ivr.engine.draft import Draft
from ivr.engine.same_day import is_somebody
from ivr.flow.preferences import sayable
from ivr.routing.preferences import learned, merged

Way = Literal["machine", "person", "callback", "message", "elsewhere"]
EASY_RATE = 0.85
WAYS: Mapping[str, Way] = {"callback": "callback", "voicemail": "message", "elsewhere": "elsewhere"}
"""Outcome of a call → the way that its caller has taken."""


# --- before: what is known ------------------------------------------------------------------------------------


def recalled(draft: Draft, event: Recalled) -> None:
    """What earlier calls have shown, and what was said in them."""
    file = draft.hotline.file.preferences
    if file is None:
        return
    draft.state.said = dict(event.said)
    habits = event.habits if file.learn else ()
    draft.state.learned = {
        name: value for name, value in learned(habits, draft.now, file.half_life_days).items() if value is not None
    }


def known(draft: Draft) -> None:
    """Let conditions and words know of it, business data included, and go by it: the language and the pace. Nobody is
    led to another way by a preference of the house's own accord (R27)."""
    state = draft.state
    business = state.profile.get("prefers")
    prefers = merged(state.learned, business if isinstance(business, Mapping) else {}, state.said)
    own = prefers["language"]
    if own in draft.hotline.file.languages and ("language" in state.said or state.profile.get("language") is None):
        state.language = own
    if prefers["pace"] is not None:
        state.rate = EASY_RATE if prefers["pace"] == "slow" else 1.0
    state.profile["prefers"] = prefers
    draft.forget_names()


# --- during: what is noticed and said --------------------------------------------------------------------------


def noticed(draft: Draft, event: Event) -> None:
    """Keys or voice, where the caller could have used either."""
    listening, acts = draft.state.listening, draft.state.acts
    if listening is None or not listening.speech or listening.secret:
        return
    if isinstance(event, DigitsPressed):
        draft.state.acts = msgspec.structs.replace(acts, keys=acts.keys + 1)
    elif isinstance(event, SpeechHeard) and event.text.strip():
        draft.state.acts = msgspec.structs.replace(acts, spoken=acts.spoken + 1)


def say(draft: Draft, name: str, value: str) -> None:
    """The caller, or the flow for him, says it outright: from here on, and in later calls."""
    state, languages = draft.state, draft.hotline.file.languages
    if value not in sayable(name, languages):
        draft.note("note", prefer=name, why="this cannot be preferred, and is not kept")  # it may be anything
        return
    state.said = {**state.said, name: Wish(value, draft.now)}
    state.profile["prefers"] = {**(state.profile.get("prefers") or {}), name: value}
    if name == "language":
        state.language = value
    if name == "pace":
        state.rate = EASY_RATE if value == "slow" else 1.0
    draft.note("preferred", name=name, value=value)
    if is_somebody(state.caller):
        draft.chores.append(KeepWish(state.caller, name, value, draft.now))
    draft.forget_names()


def forget(draft: Draft) -> None:
    """Nothing is known of the caller's preferences any more, and nothing is learned from this call."""
    state = draft.state
    state.said, state.learned, state.forgets = {}, {}, True
    state.profile["prefers"] = merged({}, {}, {})
    draft.note("preferred", name="all", value="forgotten")
    if is_somebody(state.caller):
        draft.chores.append(ForgetHabits(state.caller, draft.now))
    draft.forget_names()


# --- after: what is kept ---------------------------------------------------------------------------------------


def shown(draft: Draft, outcome: str) -> KeepHabit | None:
    """The chore of keeping what this call has shown; None where it showed nothing, or nothing may be learned."""
    state, file = draft.state, draft.hotline.file.preferences
    if file is None or not file.learn or state.forgets or not is_somebody(state.caller):
        return None
    acts, summary = state.acts, state.summary
    habit = Habit(
        at=draft.now,
        language=state.language if acts.keys + acts.spoken else None,
        input=None if acts.keys == acts.spoken else "keys" if acts.keys > acts.spoken else "voice",
        pace=acts.pace,
        way=_way(draft, outcome),
        hour=_hour(draft) if outcome == "callback" else None,
        offers=None if not summary.offers else "taken" if summary.consents else "refused",
    )
    return KeepHabit(state.caller, habit) if habit != Habit(draft.now) else None


def _way(draft: Draft, outcome: str) -> Way | None:
    """Who asked for a person wants one, whether he had the time to wait or not."""
    summary = draft.state.summary
    if outcome in WAYS:
        return WAYS[outcome]
    if summary.agent is not None or summary.requests:
        return "person"
    return "machine" if summary.answered else None


def _hour(draft: Draft) -> int:
    return datetime.fromtimestamp(draft.now, UTC).astimezone(ZoneInfo(draft.hotline.file.timezone)).hour
