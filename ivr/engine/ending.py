"""How calls end: well, in an apology with a transfer, or because the caller hung up. The summary is made here."""

from __future__ import annotations

from ivr.call.tasks import FollowUp, LeaveLine
from ivr.call.verbs import Dial, Hangup
from ivr.engine import hinting, preferring, promising, recording, same_day, transfers
from ivr.engine.draft import Draft
from ivr.engine.moves import Over
from ivr.errors import FlowError


def broken(draft: Draft, why: str) -> Over:
    """The flow cannot go on: say so, transfer to the fallback number, or hang up where there is none."""
    draft.note("failed", why=why)
    draft.verbs.clear()
    recording.end(draft)
    try:
        draft.say("apology")
    except FlowError as error:
        draft.note("failed", why=str(error))
    number = draft.hotline.file.fallback_number
    draft.verbs.append(Dial(number=number, action="fallback") if number else Hangup(reason="failed"))
    draft.state.summary.outcome = "failed"
    return Over("failed")


BECAUSE = "because"
"""Where the notes of a step that says goodbye hold why the call is over, should the caller hang up first."""


def hang_up(draft: Draft, why: str) -> Over:
    draft.verbs.append(Hangup(reason=why))
    return Over(why)


def leave_line(draft: Draft, why: str) -> None:
    """Give the place in line up, if one is held."""
    place = draft.state.place
    if place is not None:
        draft.chores.append(LeaveLine(queue=place.queue, why=why, at=draft.now))
        draft.note("left_line", queue=place.queue, why=why, waited_s=stop_waiting(draft))


def stop_waiting(draft: Draft) -> float:
    """The caller holds no place from here on; how long this wait was, in seconds, is added to the summary."""
    state, summary = draft.state, draft.state.summary
    waited_s = 0.0
    if state.place is not None and summary.queued_at is not None:
        waited_s = round(draft.now - summary.queued_at, 3)
        summary.waited_s = round((summary.waited_s or 0.0) + waited_s, 3)
    state.place = None
    draft.forget_names()
    return waited_s


def close(draft: Draft, why: str) -> None:
    """The call is over: leave the line, write the summary row's entry, drop what a finished call need not keep."""
    state, summary = draft.state, draft.state.summary
    outcome = _outcome(draft, why)
    leave_line(draft, "answered" if outcome == "answered" else "hangup")
    if state.agent is not None:
        draft.chores.append(LeaveLine(queue="", why="hangup", at=draft.now))
        transfers.end_talk(draft)
    draft.note(
        "ended",
        why=why,
        outcome=outcome,
        mode=summary.mode if summary.agent is None else "human",
        intent=summary.intent,
        answered=summary.answered,
        language=state.language,
        seconds=round(draft.now - state.started_at, 3),
        seconds_to_answer=None if summary.answered_at is None else round(summary.answered_at - state.started_at, 3),
        offers=summary.offers,
        consents=summary.consents,
        requests=summary.requests,
        queue=summary.queue,
        waited_s=summary.waited_s,
        talked_s=summary.talked_s,
        agent=summary.agent,
        agents=list(dict.fromkeys(summary.agents)),
        rating_machine=summary.rating_machine,
        rating_human=summary.rating_person,
        opportunities=summary.opportunities,
        converted=summary.converted,
        converted_at=summary.converted_at,
        caller_says=summary.caller_says,
    )
    promising.keep(draft)
    _follow_up(draft, outcome)
    kept = (same_day.remembers(draft, outcome), preferring.shown(draft, outcome))
    draft.chores.extend(one for one in kept if one is not None)
    state.phase = "over"
    state.names, state.secrets, state.scratch, state.frames, state.trail = {}, [], {}, [], []
    state.pending = state.listening = None
    state.later = []


def _follow_up(draft: Draft, outcome: str) -> None:
    """An opportunity that no person took and no flow sold is not lost: the outbound team gets it (R24). Not of who
    complains or wants to be told nothing unasked: he wants to be rung for it even less."""
    state = draft.state
    if state.refuses_hints or hinting.complains(draft):
        return
    seen_to = {*(one.booked.reason for one in state.later), *state.summary.converted}
    missed = [one for one in state.summary.opportunities if one not in seen_to and state.summary.agent is None]
    if missed and same_day.is_somebody(state.caller) and _may_be_followed_up(draft):
        number = str(state.profile.get("number") or state.caller)
        for intent in missed:
            draft.chores.append(FollowUp(number=number, intent=intent, outcome=outcome))
            draft.note("follow_up", intent=intent)


def _may_be_followed_up(draft: Draft) -> bool:
    """A condition that breaks keeps the caller off the list: it may be what says who must not be rung. The call ends
    all the same."""
    try:
        return draft.holds(draft.hotline.handoff.follow_up_when)
    except FlowError as error:
        why = f"follow_up_when: {draft.without_secrets(str(error))}"
        draft.note("failed", why=why, heard="all that the call had to say; nobody follows it up")
        return False


def _outcome(draft: Draft, why: str) -> str:
    """One word for the whole call. Who hangs up in line after hearing the answer there was served, not lost (R38)."""
    summary = draft.state.summary
    if summary.agent is not None:
        return "connected"
    if summary.outcome is not None:
        return summary.outcome
    if draft.state.place is not None and (summary.answered_last_at or 0.0) < (summary.queued_at or 0.0):
        return "abandoned"
    if draft.state.later:
        return "callback"
    return "answered" if summary.answered else why
