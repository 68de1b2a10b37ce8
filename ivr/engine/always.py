"""What works at every prompt: a person, once more, back, slower. Keys and phrases come from the hotline's files."""

from __future__ import annotations

import re

from ivr.call.events import DigitsPressed, Event, SpeechHeard
from ivr.engine import travel
from ivr.engine.draft import Draft
from ivr.engine.moves import Jump, Move
from ivr.flow.hotline import AlwaysName

SLOWEST = 0.7
WHOLE_ONLY = ("repeat", "back", "slower")
"""Phrases that must be the whole answer; "go back" inside a sentence about a fault means something else."""


def hear(draft: Draft, event: Event) -> Move | None:
    """The move, where the event is one of these; None leaves it to the step."""
    if draft.state.listening is None or draft.state.listening.secret:
        return None
    match event:
        case DigitsPressed(digits=digits):
            name = _by_key(draft, digits)
        case SpeechHeard(text=text):
            name = by_phrase(draft, text)
        case _:
            return None
    if name is None:
        return None
    draft.note("heard", how="keys" if isinstance(event, DigitsPressed) else "speech", always=name)
    return do(draft, name)


def do(draft: Draft, name: AlwaysName) -> Move:
    """Carry out one of what always works."""
    match name:
        case "person":
            go = draft.hotline.file.always["person"].go
            return Jump(go.flow, go.step) if go is not None else draft.listen_again()
        case "repeat":
            return draft.listen_again()
        case "slower":
            draft.state.rate = max(SLOWEST, draft.state.rate - 0.15)
            return draft.listen_again()
        case "back":
            return _back(draft)


def _by_key(draft: Draft, digits: str) -> AlwaysName | None:
    """A lone key that this step does not use itself."""
    if len(digits) != 1 or digits in travel.here(draft).own_keys():
        return None
    for name, always in draft.hotline.file.always.items():
        if always.key == digits:
            return name
    return None


def by_phrase(draft: Draft, text: str) -> AlwaysName | None:
    words = draft.hotline.words[draft.state.language].get("always")
    if words is None:
        return None
    heard = _plain(text)
    for name in draft.hotline.file.always:
        for phrase in words.choices.get(name, ()):
            wanted = _plain(phrase)
            if heard == wanted or (name not in WHOLE_ONLY and _within(wanted, heard)):
                return name
    return None


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text[:500].casefold()))


def _within(wanted: str, heard: str) -> bool:
    """As whole words; Chinese has no spaces, so there anywhere."""
    if not wanted.isascii():
        return wanted.replace(" ", "") in heard.replace(" ", "")
    return f" {wanted} " in f" {heard} "


def _back(draft: Draft) -> Move:
    """To the question before this one, in this flow or one that called it; at the first question, say it again."""
    state = draft.state
    trail = list(state.trail)
    here = trail.pop() if trail else None
    while trail and (trail[-1].depth > len(state.frames) or trail[-1] == here):
        trail.pop()
    if not trail:
        return draft.listen_again()
    target = trail.pop()
    state.trail = trail
    travel.unwind(draft, target.depth)
    return travel.arrive(draft, target.flow, target.step)
