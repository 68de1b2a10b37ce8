"""What a call comes to: the caller has an answer, has bought something, says whether it is solved. Rules of
handoff.yaml are counted by it (R97)."""

from __future__ import annotations

from typing import Literal

from ivr.engine.draft import Draft

Judgement = Literal["solved", "not_solved"]
JUDGEMENTS: tuple[Judgement, ...] = ("solved", "not_solved")
"""Answers, and outcomes of flows, by which callers themselves say whether it is solved (R47)."""


def answered(draft: Draft, intent: str) -> None:
    """The caller was given what they wanted (R36, R38)."""
    summary = draft.state.summary
    if intent not in summary.answered:
        summary.answered.append(intent)
    summary.answered_last_at = draft.now
    if summary.answered_at is None:
        summary.answered_at = draft.now
    draft.forget_names()
    draft.note("answered", intent=intent)


def converted(draft: Draft, intent: str) -> None:
    """The caller took what was for sale (R24)."""
    summary = draft.state.summary
    if intent in summary.converted:
        return
    summary.converted = [*summary.converted, intent]
    summary.converted_at = draft.now
    draft.note("converted", intent=intent)


def judged(draft: Draft, outcome: str) -> None:
    """What the caller answered, where that says whether it is solved; the last word counts."""
    for one in JUDGEMENTS:
        if one == outcome:
            draft.state.summary.caller_says = one
            draft.note("judged", outcome=one)


def met(draft: Draft) -> None:
    """The caller is with an agent from now on: what was said of the machine before is no word on what comes."""
    draft.state.summary.talking_since = draft.now
    draft.state.summary.caller_says = None


def parted(draft: Draft) -> None:
    """Nobody is with the caller any more."""
    summary = draft.state.summary
    if summary.talking_since is not None:
        summary.talked_s = round((summary.talked_s or 0.0) + draft.now - summary.talking_since, 3)
        summary.talking_since = None
