"""The reasons of a call in sentences a supervisor understands. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr.store.records.sentences import pairs, quoted
from ivr.store.records.why.reasons import Consent, Score

POINTS = {
    "entry": "as the call came in",
    "intent": "because of what the caller wanted",
    "mood": "because of how the caller sounded",
    "step": "by a step of the flow",
}
KEPT = {
    "offers_when": "`offers_when:` of handoff.yaml did not hold, so nothing was offered",
    "closed": "the queue was closed",
    "busy": "nobody of the queue was free",
    "no_number": "the caller has no number that can be rung or texted",
}
BECAUSE = {
    "complaint": "it is a complaint",
    "best_way": "the machine is not what serves it best",
    "opportunity": "it is an opportunity",
    "abnormal": "the data show that something is wrong",
    "unsolved": "it was tried here in vain",
}
"""At which boundary of the caller's way a rule stands."""
NO_ANSWER = " No answer is recorded."
SAID = {
    "yes": "The caller said yes",
    "no": "The caller said no",
    "nothing": "The caller gave no clear answer, which counts as no",
    "not recorded": "What the caller answered is not recorded",
}
MISSED = {
    "no_answer": "did not answer",
    "expired": "did not answer in time",
    "busy": "was busy",
    "declined": "declined",
    "no_key": "answered and pressed no key",
    "fault": "could not be rung, which is not counted against the agent",
    "signed_out": "signed out meanwhile",
    "paused": "paused meanwhile",
    "not_answering": "was taken out for not answering",
    "caller_gone": "was rung no more, for the caller had gone",
}
CALLED = "called: "
"""What the reason of a miss begins with where it was the caller who was rung in vain; the status of that follows."""
CALLED_IN_VAIN = {
    "later": "was not needed: it was no time to ring the caller",
    "declined": "was not needed: the caller wanted no call any more",
    "agent_left": "was gone before the caller was there",
    "handed_on": "left the call to somebody else",
}
GROUPS = {
    "familiar": "{} served this caller before",
    "queue": "{} answers this queue",
    "overflow": "{} helps this queue out",
    "transfer": "the caller was sent on to {}",
    "given_back": "nobody else had taken the caller, so it was {} again",
    "expert": "{} was wanted in the talk",
}
ALSO = {
    "transferred": "{agent} sent the caller on to {queue}{to}{note}.",
    "expert_asked": "{agent} asked somebody of {queue}{to} into the talk{note}.",
    "expert_joined": "{agent} joined the talk.",
    "callback": "A call back was promised; the place is kept for it.",
    "dialled": "{status}.",
    "led": "The caller got a text message with the link to {to_way}.",
    "alarm": "The wait was longer than the alarm of {queue} allows{after}.",
}
DIALLED = {
    "confirmed": "The caller was rung, answered, and wanted to be connected",
    "later": "The caller was not rung yet: it was no time for it",
    "not_reached": "The caller was not reached in all the tries there are",
    "declined": "The caller was rung and wanted no call any more",
    "agent_left": "The agent was gone before the caller was rung",
    "no_key": "The caller was rung, answered, and pressed no key",
    "handed_on": "Somebody else is to ring the caller",
}
TURNED_AWAY = {"closed at this hour": "closed", "no place: full": "full"}
"""Notes of callers whom a line did not take."""
LEFT = {
    "hangup": "hung up while waiting",
    "silent": "was not heard of for an hour",
    "answered": "left after hearing the answer, which counts as served",
    "closed": "came to a queue that is closed at this hour",
    "callback": "asked to be called back; the place is kept for that",
    "call_back": "asked to be called back; the place is kept for that",
    "voicemail": "left a message instead",
    "message": "left a message instead",
    "moved_on": "went on to something else",
}


def rule_text(data: Mapping[str, Any]) -> str:
    """A rule of entry, intent or mood, or an offer of the flow."""
    point, rule, result, queue = (str(data.get(name) or "") for name in ("point", "rule", "result", "queue"))
    if point == "step":
        return f"A step of the flow offered a person of {queue or 'a queue'} in the words {rule!r}.{NO_ANSWER}"
    because = BECAUSE.get(str(data.get("because") or ""))
    first = f"Rule {rule!r} of `{point}:` fitted {POINTS.get(point, '')}".rstrip()
    first = f"{first} ({because})" if because else first
    if result in KEPT:
        kept = kept_text(inputs) if result == "busy" and isinstance(inputs := data.get("inputs"), Mapping) else ""
        of_whom = f"{f' ({queue})' if queue else ''}{f', but {kept}' if kept else ''}"
        return f"{first}, and was not applied: {KEPT[result]}{of_whom}."
    if result == "direct":
        return f"{first}: connected to {queue} without a question."
    if result == "ask":
        return f"{first}: the caller was asked about {_form_text(str(data.get('form') or ''), queue)}.{NO_ANSWER}"
    return f"{first}: {result or 'its result is not recorded'}."


def _form_text(form: str, queue: str) -> str:
    """What is offered: people of a queue, or something instead."""
    if form == "callback":
        return f"a call back by {queue}" if queue else "a call back"
    if form == "message":
        return "leaving a message"
    return f"going on by {form!r}" if form else queue


def answered_text(told: str, consent: Consent) -> str:
    """The sentence of a question, with what the caller said to it."""
    words = "" if consent.heard in ("", "key") else f" in the words {quoted(consent.heard)}"
    by = " by key" if consent.heard == "key" else words
    return f"{told.removesuffix(NO_ANSWER)} {SAID[consent.answer]}{by}."


def request_text(data: Mapping[str, Any]) -> str:
    """The caller, or a flow, asked for a person."""
    times, rule, first, form = data.get("request"), str(data.get("rule") or ""), data.get("first"), data.get("offers")
    asked = f"A person was asked for (request {times} of this call)" if times else "A person was asked for"
    if first:
        before = f"rule {rule!r} of `request:` fitted, so {first!r} came before the line (the place was taken first)"
    elif form:
        before = (
            f"rule {rule!r} of `request:` fitted, so the caller was asked about {_form_text(str(form), '')} instead of "
            "the line (the place was taken first)"
        )
    elif rule == "second_request":
        before = "nothing may come before the line a second time"
    else:
        before = "no rule of `request:` fitted, so nothing came before the line"
    inputs = data.get("inputs")
    kept = kept_text(inputs) if isinstance(inputs, Mapping) else ""
    told = f"{_line_text(data)}{f' Of its people, {kept}.' if kept else ''}"
    return f"{asked}: {before}. {told}{_passed_over(data)}{NO_ANSWER if form else ''}"


def _line_text(data: Mapping[str, Any]) -> str:
    queue, line_rule = data.get("queue"), str(data.get("line_rule") or "")
    if not queue:
        return "Which queue was chosen is not recorded."
    if line_rule == "default":
        return f"No rule of `line:` fitted, so it was the first queue, {queue}."
    by = f"by rule {line_rule!r} of `line:`" if line_rule else "by a rule that is not recorded"
    free = ", where somebody was free" if data.get("form") == "connect" else ""
    return f"The queue is {queue}, {by}{free}."


def _passed_over(data: Mapping[str, Any]) -> str:
    """Rules that fitted and could not be used."""
    passed = data.get("passed")
    if not isinstance(passed, Mapping):
        return ""
    return "".join(f" Rule {rule!r} fitted, too, but {KEPT.get(str(why), why)}." for rule, why in passed.items())


def inputs_text(inputs: Mapping[str, Any]) -> str:
    """What a decision was made on: `tier gold, age 70; of the queue: 1 idle, 0 waiting`; empty: nothing is known."""
    seen = inputs.get("people")
    told = pairs({name: "yes" if value is True else value for name, value in inputs.items() if name != "people"})
    if not isinstance(seen, Mapping):
        return told
    counts = ", ".join(f"{seen[name]} {name}" for name in ("idle", "busy", "off", "waiting") if name in seen)
    return f"{told}; of the queue: {counts}".removeprefix("; ") + (f", {kept}" if (kept := kept_text(inputs)) else "")


def kept_text(inputs: Mapping[str, Any]) -> str:
    """Of the queue: who was free and not to be had; empty: nobody."""
    seen = inputs.get("people")
    kept = seen.get("kept") if isinstance(seen, Mapping) else None
    if not isinstance(kept, int) or kept < 1:
        return ""
    return f"{kept} kept free for other callers (`reserve:` of queues.yaml)"


def score_text(agent: str, score: Score) -> list[str]:
    """Why it was this caller, and why this agent."""
    return [_caller_text(score), _agent_text(agent, score)]


def _caller_text(score: Score) -> str:
    rate = f" x {score.rate:g}" if score.rate != 1 else ""
    parts = [f"{score.waited_s:.0f} s waited{rate}"]
    parts += [f"{seconds:.0f} s {name}" for name, seconds in score.head_starts.items()]
    capped = sum(score.head_starts.values()) > score.head_start_s + 0.5
    end = f" (head starts end at {score.head_start_s:.0f} s)" if capped else ""
    together = f" = {score.total_s:.0f} s" if len(parts) > 1 or rate else ""
    total = f"{' + '.join(parts)}{together}{end}"
    second = f"; second was call {score.next_call} with {score.next_score_s:.0f} s" if score.next_call else ""
    urgent = "urgent callers go first; " if score.urgent else ""
    return f"Why this caller: {urgent}{total}{second or '; nobody else was waiting whom this agent could have'}."


def _agent_text(agent: str, score: Score) -> str:
    group = GROUPS[score.group].format(agent) if score.group in GROUPS else ""
    if score.group and not group:
        group = f"rule {score.group!r} of `preferred:` wants {agent} first"
    picked = {
        "longest_idle": f"had been free for {score.idle_s:.0f} s (who is free for longest is rung first)",
        "even_load": f"had had {score.load} calls (who had the fewest is rung first)",
        "ability": f"has ability {score.fit} for this caller (the most able one is rung first)",
    }.get(score.assign, f"was picked by {score.assign!r}")
    if not score.next_agent:
        chosen = score.group and score.group not in ("queue", "overflow")
        nobody = "nobody else meant by that was free" if chosen else "nobody else able was free"
        return f"Why this agent: {group or f'{agent} may have this caller'}, and {nobody}."
    return f"Why this agent: {f'{group}, and ' if group else f'{agent} '}{picked}; second was {score.next_agent}."


def became_text(agent: str, became: str, why: str) -> str:
    if became == "taken":
        return f"{agent} took the call."
    if became == "missed":
        kept = "" if why in ("caller_gone", f"{CALLED}declined") else "; the caller kept the place"
        in_vain = CALLED_IN_VAIN.get(why.removeprefix(CALLED), "had nobody to talk to: the caller was not reached")
        return f"{agent} {in_vain if why.startswith(CALLED) else MISSED.get(why, f'did not take it: {why}')}{kept}."
    return "What became of it is not recorded, or it rings just now."


def passed_text(agent: str, call: str, score: Score, own_s: float) -> str:
    urgent = "is urgent" if score.urgent else f"counted {score.total_s:.0f} s to this caller's {own_s:.0f} s"
    return f"{agent} was rung for call {call}, which {urgent}; this caller came second."


def also_text(kind: str, data: Mapping[str, Any]) -> str:
    """What else people did with the caller; `kind` is one of ALSO."""
    waited, status = data.get("waited_s"), str(data.get("status") or "what came of it is not recorded")
    said = {
        "agent": data.get("agent") or "an agent",
        "queue": data.get("queue") or "a queue",
        "to": f", to {data['to']}" if data.get("to") else "",
        "to_way": f"{data.get('to') or 'another way'} ({str(data.get('way') or '?').replace('_', ' ')})",
        "note": f", with the note {quoted(data['note'])}" if data.get("note") else "",
        "status": DIALLED.get(status, f"A number was rung: {status.replace('_', ' ')}"),
        "after": f": {waited:.0f} s" if isinstance(waited, int | float) else "",
    }
    return ALSO[kind].format(**said)


def left_text(queue: str, why: str, waited_s: float | None) -> str:
    after = "" if waited_s is None else f" after {waited_s:.0f} s"
    return f"Left the line of {queue}{after}: the caller {LEFT.get(why, f'left ({why})')}."


def turned_away_text(queue: str, why: str, instead: str) -> str:
    if instead:
        return f"The line of {queue} was closed at this hour; {instead} takes its callers then."
    return f"No place in the line of {queue}: it was {TURNED_AWAY[why]}{' at this hour' if 'closed' in why else ''}."


def connected_text(agent: str, queue: str, waited_s: float | None) -> str:
    waited = "the wait is not recorded" if waited_s is None else f"after {waited_s:.0f} s in line"
    return f"Connected with {agent}{f' of {queue}' if queue else ''}, {waited}."
