"""What a caller is told unasked: where it fits, not too often, and not when he wants none (R28, R40, R52, R106).

What he was told before comes in as data when the call begins, and what he is told now leaves as a chore.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from ivr.call.events import Recalled
from ivr.call.past import ToldHint
from ivr.call.tasks import KeepHint, RefuseHints
from ivr.call.verbs import Say
from ivr.engine import texting
from ivr.engine.draft import Draft
from ivr.engine.moves import Stay
from ivr.engine.same_day import is_somebody
from ivr.errors import FlowError
from ivr.flow.hints import DAY_S, Hint, told_at

COMPLAINTS = "complaints"
"""What a profile calls complaints of this caller that are open: how many, or which."""


# --- what is known when the call begins -----------------------------------------------------------------------


def recalled(draft: Draft, event: Recalled) -> None:
    draft.state.hints = dict(event.hints)
    draft.state.refuses_hints = event.refuses_hints


def shown(draft: Draft) -> None:
    """Let conditions know whether the caller wants to be told anything; the profile may say so, too."""
    profile = draft.state.profile
    draft.state.refuses_hints = draft.state.refuses_hints or bool(profile.get("no_hints"))
    profile["no_hints"] = draft.state.refuses_hints


# --- telling --------------------------------------------------------------------------------------------------


def tell(draft: Draft, place: str, most: int) -> None:
    """Say the first hints of a place that fit, at most so many. A hint that cannot be said is never worth the call."""
    told = 0
    for name in told_at(draft.hotline.hints, place):
        try:
            told += _tell(draft, _Now(name, draft.hotline.hints[name], place))
        except FlowError as error:
            draft.note("failed", why=f"hint {name}: {error}", heard="nothing of it")
        if told == most:
            return


@dataclass(frozen=True, slots=True)
class _Now:
    """A hint that may be told here."""

    name: str
    hint: Hint
    place: str

    @property
    def data(self) -> dict[str, Any]:
        return {"rule": self.name, "sort": self.hint.kind, "at": self.place}


def _tell(draft: Draft, one: _Now) -> bool:
    state, hint = draft.state, one.hint
    before = state.hints.get(one.name, ToldHint())
    if before.call == state.call or not draft.holds(hint.when):
        return False
    if why := kept_back(draft, hint, before):
        draft.note("not_hinted", **one.data, why=why)
        return False
    draft.say(hint.say)
    days_ago = round((draft.now - before.at) / DAY_S, 1) if before.times else None
    draft.note("hinted", **one.data, times=before.times + 1, days_ago=days_ago, inputs=_inputs(draft, hint))
    told = ToldHint(before.times + 1, draft.now, state.version, state.call)
    others = {name: other for name, other in state.hints.items() if name != one.name}
    state.hints, state.acted = {**others, one.name: told}, False
    draft.chores.append(KeepHint(state.caller, one.name, "told", draft.now, state.version))
    if hint.sms is not None:
        _text(draft, one.name, hint.sms)
    return True


def _text(draft: Draft, name: str, words: str) -> None:
    """What was told is told, whatever becomes of the text message."""
    try:
        texting.send(draft, words)
    except FlowError as error:
        draft.note("failed", why=f"hint {name}: {error}", heard="the hint, and no text message came")


def kept_back(draft: Draft, hint: Hint, before: ToldHint) -> str:
    """Why a hint that fits is not told to this caller; empty where it is."""
    if not is_somebody(draft.state.caller):
        return "unknown"
    if draft.state.refuses_hints:
        return "refused"
    if hint.kind != "notice" and complains(draft):
        return "complaint"
    if hint.kind != "notice" and _told_here(draft):
        return "another"
    if hint.not_for is not None and draft.holds(hint.not_for):
        return "not_for"
    if hint.kind == "habit" and before.accepted_at is not None:
        return "taken"
    if hint.most is not None and before.times >= hint.most:
        return "often"
    return "lately" if before.times and draft.now - before.at < hint.pause_s else ""


def complains(draft: Draft) -> bool:
    """Whether a complaint is known: in this call, in the caller's last one of this day, or open with the company. No
    rule and no flow can have anything advertised then (R106)."""
    state = draft.state
    last = draft.hotline.intents.get(state.last.intent or "") if state.last is not None else None
    return state.complained or bool(state.profile.get(COMPLAINTS)) or (last is not None and last.type == "complaint")


def _told_here(draft: Draft) -> list[str]:
    """What was told in this call, in order."""
    return [name for name, told in draft.state.hints.items() if told.call == draft.state.call]


def _inputs(draft: Draft, hint: Hint) -> dict[str, Any]:
    """What the condition has read, for who asks why it was told."""
    found: dict[str, Any] = {}
    for path in sorted(hint.when.reads):
        value: Any = draft.names
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        if value is None or isinstance(value, str | int | float | list | tuple):
            found[".".join(path)] = value
    return found


# --- refusing it ----------------------------------------------------------------------------------------------


def refuse(draft: Draft, *, refused: bool) -> Stay:
    """The caller wants no hints any more, or wants them again; he hears that it is so, and the question once more."""
    state = draft.state
    state.refuses_hints = state.profile["no_hints"] = refused
    draft.forget_names()
    if refused:
        here = _told_here(draft)
        draft.note("hints_refused", rule=here[-1] if here else None)
        _take_out(draft, [draft.hotline.hints[name] for name in here if name in draft.hotline.hints])
    else:
        draft.note("hints_wanted")
    if is_somebody(state.caller):
        draft.chores.append(RefuseHints(state.caller, refused, draft.now))
    draft.say("no_more_hints" if refused else "hints_again")
    return draft.listen_again()


def _take_out(draft: Draft, told: Sequence[Hint]) -> None:
    """What was said just before the question is a part of it, and would be said again: the hint, and what led to it."""
    listening = draft.state.listening
    if listening is None:
        return
    words = [draft.wording(hint.say) for hint in told]
    heard = {(draft.render(one.say), one.audio) for one in words}
    prompts = listening.prompts
    found = [n for n, one in enumerate(prompts) if isinstance(one, Say) and (one.text, one.audio) in heard]
    rest = prompts[found[-1] + 1 :] if found else prompts
    draft.state.listening = msgspec.structs.replace(listening, prompts=rest)
