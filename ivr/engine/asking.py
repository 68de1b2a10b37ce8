"""Asking a caller something: the prompt, the ladder of second and last wordings, and what the answer comes to.

Steps that ask (`ask`, `offer`, `rate`, `ask_recording`) hold a `Prompt` and share this.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ivr.call.events import DigitsPressed, Event, MeaningFound, NothingHeard, SpeechHeard, ValueRead
from ivr.call.tasks import Understand
from ivr.engine import always, confirming, handing, tongues, wishable, wishing, zero
from ivr.engine.confirming import Guess
from ivr.engine.draft import HEARD_LETTERS, Draft
from ivr.engine.moves import Ask, Move, Stay
from ivr.engine.prompt import (
    BRANCHING,
    COUNTED,
    YES_NO_KEYS,
    Expect,
    GaveUp,
    Heard,
    Prompt,
    listen,
    phrases,
)
from ivr.engine.wishing import Wished

__all__ = ["BRANCHING", "YES_NO_KEYS", "Expect", "GaveUp", "Heard", "Prompt", "Wished", "hear", "put"]

LONGEST_NUMBER = 64
"""Digits; nobody means a longer one, and nobody could listen to it."""


def put(draft: Draft, prompt: Prompt) -> Stay:
    """Ask it."""
    if draft.state.ahead is not None and draft.state.ahead.key:
        draft.state.ahead = None  # a key means something at the very next question only
    draft.say_in(prompt.words, prompt.in_languages)
    return listen(draft, prompt, prompt.expect)


def hear(draft: Draft, prompt: Prompt, event: Event) -> Heard | GaveUp | Wished | Move:
    """Take what came back: an answer, the end of the tries, a wish in place of an answer, or a move to go on with."""
    by_intent = prompt.expect == "intent" and not confirming.pending(draft)
    match event:
        case NothingHeard():
            draft.note("heard", how="nothing")
            return _miss(draft, prompt, "nothing")
        case DigitsPressed(digits=digits):
            return _keys(draft, prompt, digits)
        case SpeechHeard():
            return _speech(draft, prompt, event)
        case MeaningFound() if by_intent:
            return _meaning(draft, prompt, event)
        case MeaningFound() if wishing.ANSWER in draft.state.scratch:
            return _wished(draft, prompt, event)
        case ValueRead() if not by_intent:
            return _value(draft, prompt, event)
        case _:
            return draft.listen_again()


def _keys(draft: Draft, prompt: Prompt, digits: str) -> Heard | GaveUp | Wished | Move:
    draft.note("heard", how="keys", text=f"({len(digits)} digits)" if prompt.secret else digits)
    draft.state.scratch.update(text="", sure=True)
    draft.state.scratch.pop(confirming.REFUSED, None)
    guess = confirming.take(draft)
    if guess is not None and digits in YES_NO_KEYS:
        if YES_NO_KEYS[digits] == "no":
            return _miss(draft, prompt, "unclear")
        return _meant(draft, prompt, replace(guess, text=""))
    if digits in prompt.keys:
        return Heard(prompt.keys[digits], "")
    if prompt.expect in BRANCHING:
        return _miss(draft, prompt, "unclear")
    return _understand(draft, prompt, digits, "keys")


def _speech(draft: Draft, prompt: Prompt, heard: SpeechHeard) -> Heard | GaveUp | Move:
    text = heard.text[:HEARD_LETTERS].strip()
    shown = f"({len(heard.text)} characters)" if prompt.secret else text
    draft.note("heard", how="speech", text=shown, confidence=heard.confidence, sure=heard.sure)
    draft.state.scratch.update(text="" if prompt.secret else text, sure=heard.sure)
    draft.state.scratch.pop(confirming.REFUSED, None)
    if not text:
        return _again(draft, prompt)
    listening = draft.state.listening
    if not heard.sure and not prompt.secret and (guess := confirming.unsure_of_always(draft, text)):
        return confirming.ask_back(draft, prompt, guess)
    if zero.ZERO in prompt.keys and not confirming.pending(draft) and listening and zero.is_said(listening, text):
        guess = Guess(prompt.keys[zero.ZERO], text)
        return confirming.settled(draft, prompt, guess) if heard.sure else confirming.ask_back(draft, prompt, guess)
    return _understand(draft, prompt, text, "speech")


def _understand(draft: Draft, prompt: Prompt, text: str, by: str) -> Ask:
    expect: Expect = "yes_no" if confirming.pending(draft) else prompt.expect
    among: dict[str, tuple[str, ...]] = {}
    if expect == "intent":
        for intent in (*prompt.options, *draft.hotline.for_people()):
            among[intent] = tuple(key for key, meant in prompt.keys.items() if meant == intent)
    elif expect == prompt.expect and expect in BRANCHING:
        among = phrases(draft, prompt)
    return Ask(Understand(text=text, language=tongues.of(draft, prompt, text), expect=expect, by=by, among=among))


def _look_for_a_wish(draft: Draft, prompt: Prompt, answer: str | None) -> Ask:
    draft.state.scratch[wishing.ANSWER] = answer
    text = draft.state.scratch["text"]
    language = tongues.of(draft, prompt, text)
    return Ask(Understand(text=text, language=language, expect="intent", by="speech", among={}))


def _unread(draft: Draft, prompt: Prompt, *, doubts: bool) -> Heard | GaveUp | Move:
    """No answer to this question; words may still be a wish, unless they are mere doubts about it, and whoever speaks
    has chosen a language by that."""
    text, sure = draft.state.scratch.get("text", ""), draft.state.scratch.get("sure", True)
    answer = tongues.chosen(draft, prompt, text) if sure else None
    if text and not doubts and wishable.can_be(draft, prompt):
        return _look_for_a_wish(draft, prompt, answer)
    return _miss(draft, prompt, "unclear") if answer is None else Heard(answer, text)


def _wished(draft: Draft, prompt: Prompt, found: MeaningFound) -> Heard | GaveUp | Wished | Move:
    """What words come to that were no answer, or more than one."""
    scratch = draft.state.scratch
    answer, text = scratch.pop(wishing.ANSWER), scratch.get("text", "")
    handing.feels(draft, found.mood)
    wish = wishing.of(draft, prompt, found, answer)
    if wish is not None and wishing.is_sure(draft, found):
        note_meaning(draft, found)
        return _meant(draft, prompt, Guess(wish, text, wish=True), answer)
    if wish is not None and answer is None and wishing.is_likely(draft, found):
        note_meaning(draft, found)
        return confirming.ask_back(draft, prompt, Guess(wish, text, wish=True))
    return _miss(draft, prompt, "unclear") if answer is None else confirming.settled(draft, prompt, Guess(answer, text))


def _meant(draft: Draft, prompt: Prompt, guess: Guess, answer: str | None = None) -> Heard | Wished | Move:
    """What was asked about, or is sure."""
    if not guess.wish:
        return confirming.settled(draft, prompt, guess)
    if guess.text:
        confirming.was_understood(draft)
    if guess.value == wishing.PERSON:
        return always.do(draft, "person", guess.text)
    return Wished(guess.value, guess.text, answer)


def missed(draft: Draft, prompt: Prompt) -> GaveUp | Stay:
    """What was said means nothing here."""
    return _miss(draft, prompt, "unclear")


def serves(draft: Draft, prompt: Prompt, found: MeaningFound) -> str | None:
    """The intent that the question has a way for, surely or not; None: what was said means nothing here."""
    intent, limits = found.intent, draft.hotline.file.limits
    if intent is None or found.confidence < limits.unsure or intent == draft.state.scratch.get(confirming.REFUSED):
        return None
    by_a_person = intent in draft.hotline.for_people() and found.confidence >= limits.sure
    return intent if intent in prompt.options or by_a_person else None


def _meaning(draft: Draft, prompt: Prompt, found: MeaningFound) -> Heard | GaveUp | Move:
    scratch = draft.state.scratch
    note_meaning(draft, found)
    intent = serves(draft, prompt, found)
    if intent is None:
        return missed(draft, prompt)
    guess = Guess(intent, scratch.get("text", ""))
    if found.confidence >= draft.hotline.file.limits.sure and scratch.get("sure", True):
        return confirming.settled(draft, prompt, guess)
    return confirming.ask_back(draft, prompt, guess)


def note_meaning(draft: Draft, found: MeaningFound) -> None:
    known = draft.hotline.intents.get(found.intent or "")
    draft.note(
        "understood",
        intent=found.intent,
        type=known.type if known else None,
        way=draft.hotline.best_way(found.intent or ""),
        confidence=round(found.confidence, 3),
        because=found.because,
    )


def _value(draft: Draft, prompt: Prompt, read: ValueRead) -> Heard | GaveUp | Wished | Move:
    value = read.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    guess = confirming.take(draft)
    if guess is not None:
        return _confirmed(draft, prompt, guess, value)
    limits, scratch = draft.hotline.file.limits, draft.state.scratch
    if value is None or read.confidence < limits.unsure or not _fits(prompt, value):
        return _unread(draft, prompt, doubts=read.doubts)
    if value == scratch.get(confirming.REFUSED):
        return _miss(draft, prompt, "unclear")
    # A way out of the step is soon mended by the caller; a value is worked with, so any doubt is asked about.
    certain = read.confidence >= (limits.sure if prompt.expect in BRANCHING else 1)
    if certain and scratch.get("sure", True):
        if wishing.may_come_with(draft, prompt, value, scratch.get("text", "")):
            return _look_for_a_wish(draft, prompt, value)
        return confirming.settled(draft, prompt, Guess(value, scratch.get("text", "")))
    if prompt.secret or prompt.expect == "yes_no":
        return _miss(draft, prompt, "unclear")
    return confirming.ask_back(draft, prompt, Guess(value, scratch.get("text", "")))


def _fits(prompt: Prompt, value: str) -> bool:
    if prompt.options and value not in prompt.options:
        return False
    if prompt.expect not in COUNTED:
        return True
    most = prompt.max_length or (LONGEST_NUMBER if prompt.expect == "digits" else HEARD_LETTERS)
    return prompt.min_length <= len(value) <= most


def _confirmed(draft: Draft, prompt: Prompt, guess: Guess, answer: str | None) -> Heard | GaveUp | Wished | Move:
    """What was said when asked about a guess: yes settles it; anything else than no may be the answer, said again."""
    scratch = draft.state.scratch
    if answer is None:
        return _understand(draft, prompt, scratch["text"], "speech") if scratch.get("text") else _again(draft, prompt)
    if not scratch.get("sure", True):
        draft.say("not_understood")
        return confirming.ask_back(draft, prompt, guess)
    if answer == "yes":
        return _meant(draft, prompt, guess)
    if confirming.may_say_more(prompt, guess, scratch.get("text", "")):
        scratch[confirming.REFUSED] = guess.value
        if guess.wish:
            return _look_for_a_wish(draft, prompt, None)
        return _understand(draft, prompt, scratch["text"], "speech")
    return _miss(draft, prompt, "unclear")


def _again(draft: Draft, prompt: Prompt) -> GaveUp | Stay:
    """Speech that was not understood: the question about a guess is asked once more, any other in other words."""
    guess = confirming.take(draft)
    if guess is None:
        return _miss(draft, prompt, "unclear")
    draft.say("not_understood")
    return confirming.ask_back(draft, prompt, guess)


def _miss(draft: Draft, prompt: Prompt, why: Literal["nothing", "unclear"]) -> GaveUp | Stay:
    """Ask again in the next wording of the ladder, or give up."""
    scratch = draft.state.scratch
    missed = scratch["missed"] = scratch.get("missed", 0) + 1
    confirming.take(draft)
    if missed >= prompt.tries:
        return GaveUp(why)
    draft.in_each(prompt.in_languages, lambda: _ask_again(draft, prompt, why, missed))
    return listen(draft, prompt, prompt.expect)


def _ask_again(draft: Draft, prompt: Prompt, why: Literal["nothing", "unclear"], missed: int) -> None:
    wording = draft.wording(prompt.words)
    rungs = wording.nothing if why == "nothing" else wording.unclear
    if rungs:
        draft.say_text(rungs[min(missed, len(rungs)) - 1], prompt.words)
    else:
        draft.say("nothing_heard" if why == "nothing" else "not_understood")
        draft.say(prompt.words)
