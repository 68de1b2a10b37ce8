"""Asking a caller something: the prompt, the ladder of second and last wordings, and what the answer comes to.

Steps that ask (`ask`, `offer`, `rate`) hold a `Prompt` and share this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ivr.call.events import DigitsPressed, Event, MeaningFound, NothingHeard, SpeechHeard, ValueRead
from ivr.call.tasks import Understand
from ivr.call.verbs import Listen
from ivr.engine import always
from ivr.engine.draft import HEARD_LETTERS, Draft
from ivr.engine.moves import Ask, Move, Stay

Expect = Literal["intent", "yes_no", "choice", "digits", "amount", "date", "phone", "text"]
BRANCHING: tuple[Expect, ...] = ("intent", "choice", "yes_no")
"""Answers that are ways out of the step; the others are values."""
COUNTED: tuple[Expect, ...] = ("digits", "text")
"""Values that are as long as what was pressed or said; a date or a sum of money is written in its own way."""
YES_NO_KEYS = {"1": "yes", "2": "no"}
LONG_ANSWER_S = 1.6
"""How much longer to wait for callers who are spoken to slowly (R55)."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question as the engine puts it."""

    words: str
    expect: Expect
    keys: Mapping[str, str] = field(default_factory=dict)
    """Key → answer."""
    options: tuple[str, ...] = ()
    """The answers that count; none: every value that can be read."""
    tries: int = 3
    patience_s: float = 5.0
    min_length: int = 1
    max_length: int | None = None
    secret: bool = False
    in_languages: tuple[str, ...] = ()
    """Asked in each of these, one after the other; none: in the caller's own."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that fits: the intent, option, `yes` or `no`, or the value as text."""

    value: str
    text: str
    """What was heard, word for word, for the consent record; empty for keys and secrets."""


@dataclass(frozen=True, slots=True)
class GaveUp:
    """No answer after all tries: `nothing` was heard, or it stayed `unclear`."""

    why: Literal["nothing", "unclear"]


def put(draft: Draft, prompt: Prompt) -> Stay:
    """Ask it."""
    draft.say_in(prompt.words, prompt.in_languages, secret=prompt.secret)
    return _listen(draft, prompt, prompt.expect)


def hear(draft: Draft, prompt: Prompt, event: Event) -> Heard | GaveUp | Move:
    """Take what came back: an answer, the end of the tries, or a move to go on with."""
    confirming = "guess" in draft.state.scratch
    match event:
        case NothingHeard():
            draft.note("heard", how="nothing")
            return _miss(draft, prompt, "nothing")
        case DigitsPressed(digits=digits):
            return _keys(draft, prompt, digits)
        case SpeechHeard(text=text, confidence=confidence):
            shown = f"({len(text)} characters)" if prompt.secret else text[:HEARD_LETTERS]
            draft.note("heard", how="speech", text=shown, confidence=confidence)
            draft.state.scratch["text"] = "" if prompt.secret else text[:HEARD_LETTERS]
            return _understand(draft, prompt, text[:HEARD_LETTERS], "speech")
        case MeaningFound() if prompt.expect == "intent" and not confirming:
            return _meaning(draft, prompt, event)
        case ValueRead() if prompt.expect != "intent" or confirming:
            return _value(draft, prompt, event)
        case _:
            return draft.listen_again()


def _listen(draft: Draft, prompt: Prompt, expect: str) -> Stay:
    patience = prompt.patience_s * (LONG_ANSWER_S if draft.state.rate < 1 else 1)
    lone_key = expect in BRANCHING and all(len(key) == 1 for key in prompt.keys)
    listen = Listen(
        prompts=(),
        expect=expect,
        speech=not prompt.secret,
        hints=_hints(draft, prompt) if expect == prompt.expect else (),
        patience_s=patience,
        max_digits=1 if lone_key else prompt.max_length,
        secret=prompt.secret,
    )
    return draft.listen(listen)


def _hints(draft: Draft, prompt: Prompt) -> tuple[str, ...]:
    """What the caller is likely to say: the options' phrases, or the intents' keywords and examples."""
    if prompt.expect == "choice":
        choices = draft.wording(prompt.words).choices
        return tuple(phrase for option in prompt.options for phrase in choices.get(option, (option,)))
    if prompt.expect == "intent":
        known = [draft.hotline.intents[name] for name in prompt.options if name in draft.hotline.intents]
        language = draft.state.language
        words = [phrase for intent in known for phrase in intent.keywords.get(language, ())]
        return tuple(words + [phrase for intent in known for phrase in intent.examples.get(language, ())])
    return ()


def _keys(draft: Draft, prompt: Prompt, digits: str) -> Heard | GaveUp | Move:
    draft.note("heard", how="keys", text=f"({len(digits)} digits)" if prompt.secret else digits)
    draft.state.scratch["text"] = ""
    guess = draft.state.scratch.pop("guess", None)
    if guess is not None and digits in YES_NO_KEYS:
        return Heard(guess, "") if YES_NO_KEYS[digits] == "yes" else _miss(draft, prompt, "unclear")
    if digits in prompt.keys:
        return Heard(prompt.keys[digits], "")
    if prompt.expect in BRANCHING:
        return _miss(draft, prompt, "unclear")
    return _understand(draft, prompt, digits, "keys")


def _understand(draft: Draft, prompt: Prompt, text: str, by: str) -> Ask:
    state = draft.state
    confirming = "guess" in state.scratch
    among: dict[str, tuple[str, ...]] = {}
    if prompt.expect == "choice":
        choices = draft.wording(prompt.words).choices
        among = {option: choices.get(option, (option,)) for option in prompt.options}
    elif prompt.expect == "yes_no":
        among = {option: draft.wording(prompt.words).choices.get(option, ()) for option in prompt.options}
    elif prompt.expect == "intent" and not confirming:
        among = dict.fromkeys((*prompt.options, *draft.hotline.for_people()), ())
    expect = "yes_no" if confirming else prompt.expect
    return Ask(Understand(text=text, language=state.language, expect=expect, by=by, among=among))


def _meaning(draft: Draft, prompt: Prompt, found: MeaningFound) -> Heard | GaveUp | Move:
    limits, scratch = draft.hotline.file.limits, draft.state.scratch
    _note_meaning(draft, found)
    if found.intent is None or found.confidence < limits.unsure:
        return _miss(draft, prompt, "unclear")
    if found.intent not in prompt.options:
        if found.intent not in draft.hotline.for_people() or found.confidence < limits.sure:
            return _miss(draft, prompt, "unclear")
        _was_understood(draft)
        draft.wish(found.intent)
        return always.do(draft, "person", scratch.get("text", ""))
    if found.confidence >= limits.sure:
        return _answer(draft, found.intent)
    guesses = scratch.get("guesses", 0)
    if guesses + scratch.get("missed", 0) >= prompt.tries:
        # Whoever is never understood at once would be asked "did you mean …?" for ever.
        return GaveUp("unclear")
    scratch.update(guess=found.intent, guesses=guesses + 1)
    draft.say("did_you_mean", extra={"guess": _label(draft, found.intent)})
    return _listen(draft, prompt, "yes_no")


def _note_meaning(draft: Draft, found: MeaningFound) -> None:
    known = draft.hotline.intents.get(found.intent or "")
    draft.note(
        "understood",
        intent=found.intent,
        type=known.type if known else None,
        way=draft.hotline.best_way(found.intent or ""),
        confidence=round(found.confidence, 3),
        because=found.because,
    )


def _label(draft: Draft, intent: str) -> str:
    known = draft.hotline.intents.get(intent)
    return (known.label.get(draft.state.language) if known else None) or intent.replace("_", " ")


def _value(draft: Draft, prompt: Prompt, read: ValueRead) -> Heard | GaveUp | Move:
    guess = draft.state.scratch.pop("guess", None)
    value = read.value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if guess is not None:
        return _confirmed(draft, prompt, guess, value)
    if value is None or read.confidence < draft.hotline.file.limits.unsure:
        return _miss(draft, prompt, "unclear")
    if prompt.options and value not in prompt.options:
        return _miss(draft, prompt, "unclear")
    if prompt.expect in COUNTED and not prompt.min_length <= len(value) <= (prompt.max_length or len(value)):
        return _miss(draft, prompt, "unclear")
    return _answer(draft, value)


def _confirmed(draft: Draft, prompt: Prompt, guess: str, answer: str | None) -> Heard | GaveUp | Move:
    """What was said to "did you mean …?": yes settles it; anything else than no may be the wish, said again."""
    text = draft.state.scratch.get("text", "")
    if answer == "yes":
        return _answer(draft, guess)
    if answer is None and text:
        return _understand(draft, prompt, text, "speech")
    return _miss(draft, prompt, "unclear")


def _answer(draft: Draft, value: str) -> Heard:
    text = draft.state.scratch.get("text", "")
    if text:
        _was_understood(draft)
    return Heard(value, text)


def _was_understood(draft: Draft) -> None:
    """The machine has understood speech: from here on it is more than a menu of keys (R1)."""
    if draft.state.summary.mode == "self_service":
        draft.state.summary.mode = "smart"


def _miss(draft: Draft, prompt: Prompt, why: Literal["nothing", "unclear"]) -> GaveUp | Stay:
    """Ask again in the next wording of the ladder, or give up."""
    scratch = draft.state.scratch
    missed = scratch["missed"] = scratch.get("missed", 0) + 1
    scratch.pop("guess", None)
    if missed >= prompt.tries:
        return GaveUp(why)
    draft.in_each(prompt.in_languages, lambda: _ask_again(draft, prompt, why, missed))
    return _listen(draft, prompt, prompt.expect)


def _ask_again(draft: Draft, prompt: Prompt, why: Literal["nothing", "unclear"], missed: int) -> None:
    wording = draft.wording(prompt.words)
    rungs = wording.nothing if why == "nothing" else wording.unclear
    if rungs:
        draft.say_text(rungs[min(missed, len(rungs)) - 1], prompt.words, secret=prompt.secret)
    else:
        draft.say("nothing_heard" if why == "nothing" else "not_understood")
        draft.say(prompt.words, secret=prompt.secret)
