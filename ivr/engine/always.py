"""What works at every prompt: a person, once more, back, slower, faster, no hints. Keys and phrases come from the
hotline's files."""

from __future__ import annotations

from typing import Literal

import msgspec

from ivr.call.events import DigitsPressed, Event, SpeechHeard
from ivr.call.state import Asked
from ivr.call.verbs import Play, Say
from ivr.engine import forms, handing, hinting, leaving, travel, zero
from ivr.engine.draft import HEARD_LETTERS, Draft
from ivr.engine.moves import Jump, Move
from ivr.engine.phrases import plain, same, within
from ivr.engine.prompt import LONG_ANSWER, YES_NO_KEYS
from ivr.flow.hotline import AlwaysName

SLOWEST = 0.7
SLOWER_BY = 0.15
WHOLE_ONLY = ("repeat", "back", "slower", "faster", "no_hints", "hints_again")
"""Phrases that must be the whole answer; "go back" inside a sentence about a fault means something else."""
ASKED: tuple[AlwaysName, ...] = ("person", "back", "no_hints", "hints_again")
"""What leads elsewhere or is kept for later calls, and so is not done on words that were heard badly; once more and
slower do no harm to who has just been asked something. In line nothing is done on such words."""


def hear(draft: Draft, event: Event) -> Move | None:
    """The move, where the event is one of these; None leaves it to the step."""
    listening = draft.state.listening
    if listening is None:
        return None
    how: dict[str, str | bool]
    match event:
        case DigitsPressed(digits=digits):
            name, heard, how = _by_key(draft, digits), "", {"how": "keys"}
        case SpeechHeard(text=text, sure=sure) if not listening.secret:
            name, heard = by_phrase(draft, text, whole=recogniser_listens(draft)), text[:HEARD_LETTERS]
            in_line = listening.expect == "line"
            if (in_line and not is_confident(draft, event)) or (name in ASKED and not sure):
                return None  # the step asks whether that was meant
            how = {"how": "speech", "text": heard, "sure": sure}
        case _:
            return None
    if name is None:
        return None
    draft.note("heard", **how, always=name)
    if heard and draft.state.summary.mode == "self_service":
        draft.state.summary.mode = "smart"
    return do(draft, name, heard)


def is_confident(draft: Draft, event: SpeechHeard) -> bool:
    """Whether it was heard well enough for ears that are open for minutes."""
    return event.sure and (event.confidence is None or event.confidence >= draft.hotline.file.limits.sure)


def do(draft: Draft, name: AlwaysName, heard: str = "") -> Move:
    """Carry out one of what always works; `heard` is what the caller said, empty for a key."""
    if name in ("person", "back"):
        draft.state.ahead = None
    match name:
        case "person":
            return _person(draft, heard)
        case "repeat":
            return draft.listen_again()
        case "slower":
            return _at_pace(draft, "slow", max(SLOWEST, draft.state.rate - SLOWER_BY))
        case "faster":
            return _at_pace(draft, "normal", 1.0)
        case "back":
            return _back(draft)
        case "no_hints" | "hints_again":
            return hinting.refuse(draft, refused=name == "no_hints")


def _person(draft: Draft, heard: str) -> Move:
    """Where the hotline leads who asks for a person; a step that is offering one just now takes it for a yes."""
    accepted = travel.here(draft).person(draft, heard)
    if accepted is not None:
        return accepted
    written = draft.hotline.file.always.get("person")
    return Jump(written.go.flow, written.go.step) if written and written.go else draft.listen_again()


def _at_pace(draft: Draft, pace: Literal["slow", "normal"], rate: float) -> Move:
    """The last prompt again and everything after it at this pace: with more time to answer where it is slow."""
    state = draft.state
    before, state.rate, state.acts = state.rate, rate, msgspec.structs.replace(state.acts, pace=pace)
    if (listening := state.listening) is not None:
        prompts = tuple(_at_rate(prompt, rate) for prompt in listening.prompts)
        # A pause between two pieces of hold music is no time to answer.
        longer = before >= 1 > rate and listening.expect != "line"
        wait_s = listening.patience_s * LONG_ANSWER if longer else listening.patience_s
        state.listening = msgspec.structs.replace(listening, prompts=prompts, patience_s=wait_s)
    return draft.listen_again()


def _at_rate(prompt: Say | Play, rate: float) -> Say | Play:
    return msgspec.structs.replace(prompt, rate=rate) if isinstance(prompt, Say) else prompt


def recogniser_listens(draft: Draft) -> bool:
    """Whether a wish for a person inside a sentence is better left to the recogniser of intents: "I want to complain
    about an agent" asks for none. And who waits in line talks of agents to others."""
    listening = draft.state.listening
    if listening is None:
        return False
    return listening.expect == "line" or (listening.expect == "intent" and "person" in draft.hotline.intents)


def _by_key(draft: Draft, digits: str) -> AlwaysName | None:
    """A lone key that this step does not use itself."""
    listening = draft.state.listening
    if len(digits) != 1 or digits in travel.here(draft).own_keys():
        return None
    if listening is not None and listening.expect == "yes_no" and digits in YES_NO_KEYS:
        return None
    for name, always in draft.hotline.file.always.items():
        if always.key == digits:
            return name
    return None


def by_phrase(draft: Draft, text: str, *, whole: bool = False) -> AlwaysName | None:
    """`whole`: only where the phrase is all that was said. Key 0 may be said as well."""
    listening = draft.state.listening
    if listening is not None and zero.is_said(listening, text) and (name := _by_key(draft, zero.ZERO)):
        return name
    words = draft.hotline.words[draft.state.language].get("always")
    if words is None:
        return None
    heard = plain(text)
    for name in draft.hotline.file.always:
        for phrase in words.choices.get(name, ()):
            if same(phrase, heard) or (not whole and name not in WHOLE_ONLY and within(phrase, heard)):
                return name
    return None


def _back(draft: Draft) -> Move:
    """To the question before this one: in this flow, in one that called it, or where a person was asked for. At the
    first question, say it again."""
    state = draft.state
    if state.offering is not None and state.offering.point == forms.REQUEST:
        return handing.answered(draft, state.offering, None)  # before it there is the line: as after a no
    trail = list(state.trail)
    # A rule's question comes after the step's own, which is then the one before it.
    here = Asked(state.flow, state.step, len(state.frames)) if state.offering is None else None
    while trail and (trail[-1].depth > len(state.frames) or trail[-1] == here):
        trail.pop()
    if not trail and state.left is None:
        return draft.listen_again()
    if (first := travel.here(draft).going_back(draft)) is not None:
        return first
    if not trail and state.left is not None:
        leaving.restore(draft, state.left)
        trail = state.trail
    target = trail.pop()
    state.trail = trail
    travel.unwind(draft, target.depth)
    return travel.arrive(draft, target.flow, target.step)
