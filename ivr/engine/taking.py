"""Whether callers do what hints have told them of: how well a hint does is measured by that (R34)."""

from __future__ import annotations

import msgspec

from ivr.call.events import DigitsPressed, Event, NothingHeard, Polled, SpeechHeard
from ivr.call.tasks import KeepHint
from ivr.engine.draft import Draft
from ivr.flow.hints import Hint


def noticed(draft: Draft, event: Event) -> None:
    """Whether what follows this event is the caller's own doing."""
    match event:
        case DigitsPressed() | SpeechHeard():
            draft.state.acted = True
        case NothingHeard() | Polled():
            draft.state.acted = False


def did(draft: Draft, what: str, name: str) -> None:
    """The caller does something that hints may have told of, as `flow.hints.Tries` names it. It counts once for each
    telling, and only where he came to it himself."""
    state = draft.state
    if not state.acted:
        return
    for rule, told in state.hints.items():
        hint = draft.hotline.hints.get(rule)
        if hint is None or hint.tries is None or not hint.tries.is_done_by(what, name):
            continue
        is_new = told.accepted_at is None or told.accepted_at < told.at
        if is_new and draft.now - told.at <= hint.counts_s:
            _accept(draft, rule, hint, {what: name})


def _accept(draft: Draft, rule: str, hint: Hint, done: dict[str, str]) -> None:
    state, told = draft.state, draft.state.hints[rule]
    state.hints = {**state.hints, rule: msgspec.structs.replace(told, accepted_at=draft.now)}
    draft.note("accepted", rule=rule, sort=hint.kind, did=done, told_at=told.at, version=told.version)
    draft.chores.append(KeepHint(state.caller, rule, "accepted", draft.now, told.version))
