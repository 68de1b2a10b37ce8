"""What the day's earlier calls of a caller say of this one (R62, R63)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ivr.call.past import PastCall
from ivr.call.tasks import Recall, Remember
from ivr.engine.draft import Draft
from ivr.flow.hotline import Hotline
from ivr.flow.numbers import can_be_rung

BROKE_OFF = {"abandoned": "line", "hung_up": "talk", "failed": "talk"}
"""Outcomes of calls that did not come to their end: where the caller was."""
GAVE_UP = "abandoned"


def asks(draft: Draft) -> Recall | None:
    """The question of what is remembered; None where nothing is, or nobody can tell who is calling."""
    number, hotline = draft.state.caller, draft.hotline
    wanted = _remembers_calls(hotline) or bool(hotline.hints) or hotline.file.preferences is not None
    return Recall(number=number) if wanted and is_somebody(number) else None


def recalled(draft: Draft, calls: Sequence[PastCall]) -> None:
    """Let conditions and words know of today's calls."""
    if not _remembers_calls(draft.hotline):
        return
    zone = ZoneInfo(draft.hotline.file.timezone)
    today = [past for past in calls if _day(past.at, zone) == _day(draft.now, zone)]
    if not today:
        return
    last = draft.state.last = today[-1]
    draft.state.profile.update(
        calls_today=len(today),
        gave_up_today=sum(past.outcome == GAVE_UP for past in today),
        broke_off=BROKE_OFF.get(last.outcome),
        last_wish=label(draft.hotline, last.intent, draft.state.language),
        last_agent=next((past.agent for past in reversed(today) if past.agent is not None), None),
    )


def remembers(draft: Draft, outcome: str) -> Remember | None:
    """The chore of keeping how this call went."""
    state = draft.state
    if not _remembers_calls(draft.hotline) or not is_somebody(state.caller):
        return None
    summary = state.summary
    past = PastCall(draft.now, outcome, state.wish, summary.queue, summary.agent)
    return Remember(number=state.caller, past=past)


def label(hotline: Hotline, intent: str | None, language: str) -> str | None:
    """How an intent is named to a caller."""
    known: Any = hotline.intents.get(intent or "")
    if known is None:
        return None
    return str(known.label.get(language) or str(intent).replace("_", " "))


def is_somebody(number: str) -> bool:
    """Whether calls from there are one caller's."""
    return can_be_rung(number) or number.startswith(("sip:", "sips:", "client:"))


def _remembers_calls(hotline: Hotline) -> bool:
    return hotline.file.remember == "same_day"


def _day(at: float, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(zone).date().isoformat()
