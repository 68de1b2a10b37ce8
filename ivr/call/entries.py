"""One line of a call's record: what was said, heard, decided, looked up or consented to, and when."""

from __future__ import annotations

from typing import Any

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """`kind` is one word of KINDS; `data` is small and plain, and holds no secret."""

    kind: str
    at: float
    """Seconds since 1970."""
    data: dict[str, Any]


KINDS = frozenset(
    {
        "started",  # caller, called, channel, version
        "profile",  # what is known of the caller
        "said",  # step, text
        "heard",  # step, how (keys, speech, nothing), text or length, confidence
        "understood",  # step, intent, confidence, because
        "resumed",  # broke_off, intent, queue: the caller goes on where an earlier call of the day ended
        "mood",  # what a recogniser says of the caller
        "decided",  # point (entry, intent, mood, request), rule, inputs, result
        "looked_up",  # name, outcome, result keys
        "consent",  # step, offer or recording (words key), answer, heard
        "recording",  # of the call: state (announced, started, stopped), part
        "answered",  # step, intent: the caller got the wanted information
        "converted",  # step, intent: the caller took what was for sale
        "judged",  # step, outcome (solved, not_solved): the caller's own word on what served last
        "hinted",  # rule, sort, at (place), times, days_ago, inputs: the caller was told something unasked
        "not_hinted",  # rule, sort, at, why: it would have fitted
        "accepted",  # rule, sort, did, told_at, version: the caller does what a hint has told of
        "hints_refused",  # rule of the last one in this call: the caller wants no hints
        "hints_wanted",  # wants them again
        "queued",  # queue, position, size, since (of a place held before), head_starts (head_start_s: where they end),
        # class, rate, urgent, skills, never
        "position",  # queue, position; and as of `queued` what the caller counts for, where that has changed
        "alarm",  # queue, waited_s: a wait longer than the queue's `alarm_after_s`
        "offered",  # agent, queue, times: an agent's phone rings for the caller
        "missed",  # agent, why: and was not answered, or no more to be
        "connected",  # agent, waited_s
        "agent_left",  # agent, duration_s
        "transferred",  # agent, queue, to, note: the agent sends the caller on
        "expert_asked",  # agent, queue, to, note: somebody else is wanted in the talk
        "expert_joined",  # agent
        "expert_dismissed",  # agent, expert: the agent wants him, or all others, out of the talk
        "closed",  # outcome (solved, not_solved, converted), by, note: how the talk ended, as who was in it says
        "left_line",  # queue, why
        "sms",  # to, words key
        "led",  # to (a way under `elsewhere:`), way: the caller has the link to it
        "callback",  # number, queue
        "follow_up",  # intent: an opportunity for the outbound team
        "voicemail",  # recording, duration_s
        "listened",  # message, by: somebody has had the sound of a message
        "rated",  # what, score
        "dialled",  # number, status
        "note",  # anything a step wants to say of itself
        "failed",  # what went wrong, and what the caller heard instead
        "preferred",  # name, value: what the caller said of how he likes to be served
        "ended",  # outcome, mode, seconds
    }
)
