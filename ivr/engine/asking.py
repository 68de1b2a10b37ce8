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
from ivr.engine.draft import Draft
from ivr.engine.moves import Ask, Move, Stay

Expect = Literal["intent", "yes_no", "choice", "digits", "amount", "date", "phone", "text"]
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
    """The answers that count, for intent and choice."""
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
    match event:
        case NothingHeard():
            draft.note("heard", how="nothing")
            return _miss(draft, prompt, "nothing")
        case DigitsPressed(digits=digits):
            return _keys(draft, prompt, digits)
        case SpeechHeard(text=text, confidence=confidence):
            shown = f"({len(text)} characters)" if prompt.secret else text
            draft.note("heard", how="speech", text=shown, confidence=confidence)
            if draft.state.summary.mode == "self_service":
                draft.state.summary.mode = "smart"
            draft.state.scratch["text"] = "" if prompt.secret else text
            return _understand(draft, prompt, text, "speech")
        case MeaningFound():
            return _meaning(draft, prompt, event)
        case ValueRead(value=value):
            return _value(draft, prompt, value)
        case _:
            return draft.listen_again()


def _listen(draft: Draft, prompt: Prompt, expect: str) -> Stay:
    patience = prompt.patience_s * (LONG_ANSWER_S if draft.state.rate < 1 else 1)
    lone_key = expect in ("intent", "yes_no", "choice") and all(len(key) == 1 for key in prompt.keys)
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
    guess = draft.state.scratch.get("guess")
    if guess is not None:
        return _confirmed(draft, prompt, guess, YES_NO_KEYS.get(digits))
    if digits in prompt.keys:
        return Heard(prompt.keys[digits], "")
    if prompt.expect in ("intent", "choice", "yes_no"):
        return _miss(draft, prompt, "unclear")
    return _understand(draft, prompt, digits, "keys")


def _understand(draft: Draft, prompt: Prompt, text: str, by: str) -> Ask:
    state = draft.state
    confirming = "guess" in state.scratch
    among: dict[str, tuple[str, ...]] = {}
    if prompt.expect == "choice":
        choices = draft.wording(prompt.words).choices
        among = {option: choices.get(option, (option,)) for option in prompt.options}
    elif prompt.expect == "intent" and not confirming:
        person = ("person",) if "person" in draft.hotline.intents else ()
        among = dict.fromkeys((*prompt.options, *person), ())
    expect = "yes_no" if confirming else prompt.expect
    return Ask(Understand(text=text, language=state.language, expect=expect, by=by, among=among))


def _meaning(draft: Draft, prompt: Prompt, found: MeaningFound) -> Heard | GaveUp | Move:
    limits = draft.hotline.file.limits
    draft.note("understood", intent=found.intent, confidence=round(found.confidence, 3), because=found.because)
    if found.intent is None or found.confidence < limits.unsure:
        return _miss(draft, prompt, "unclear")
    if found.intent == "person" and "person" not in prompt.options:
        return always.do(draft, "person")
    if found.confidence < limits.sure:
        draft.state.scratch["guess"] = found.intent
        label = draft.hotline.intents[found.intent].label.get(draft.state.language, found.intent.replace("_", " "))
        draft.say("did_you_mean", extra={"guess": label})
        return _listen(draft, prompt, "yes_no")
    return Heard(found.intent, draft.state.scratch.get("text", ""))


def _value(draft: Draft, prompt: Prompt, value: bool | str | None) -> Heard | GaveUp | Move:
    text = draft.state.scratch.get("text", "")
    guess = draft.state.scratch.get("guess")
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if guess is not None:
        return _confirmed(draft, prompt, guess, value)
    if value is None or not prompt.min_length <= len(value) <= (prompt.max_length or len(value)):
        return _miss(draft, prompt, "unclear")
    return Heard(value, text)


def _confirmed(draft: Draft, prompt: Prompt, guess: str, answer: str | None) -> Heard | GaveUp | Move:
    """What followed "did you mean …?": yes settles it; anything else than no may be the wish, said again."""
    del draft.state.scratch["guess"]
    text = draft.state.scratch.get("text", "")
    if answer == "yes":
        return Heard(guess, text)
    if answer is None and text:
        return _understand(draft, prompt, text, "speech")
    return _miss(draft, prompt, "unclear")


def _miss(draft: Draft, prompt: Prompt, why: Literal["nothing", "unclear"]) -> GaveUp | Stay:
    """Ask again in the next wording of the ladder, or give up."""
    scratch = draft.state.scratch
    missed = scratch.get("missed", 0) + 1
    scratch["missed"] = missed
    scratch.pop("guess", None)
    if missed >= prompt.tries:
        return GaveUp(why)
    wording = draft.wording(prompt.words)
    rungs = wording.nothing if why == "nothing" else wording.unclear
    if rungs:
        draft.say_text(rungs[min(missed, len(rungs)) - 1], prompt.words, secret=prompt.secret)
    else:
        draft.say("nothing_heard" if why == "nothing" else "not_understood")
        draft.say(prompt.words, secret=prompt.secret)
    return _listen(draft, prompt, prompt.expect)
