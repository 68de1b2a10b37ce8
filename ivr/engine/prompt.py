"""A question as the engine puts it, and what may come of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ivr.call.verbs import Listen
from ivr.engine.draft import Draft
from ivr.engine.moves import Stay
from ivr.engine.wishable import can_be, wishable

Expect = Literal["intent", "yes_no", "choice", "digits", "amount", "date", "phone", "text"]
BRANCHING: tuple[Expect, ...] = ("intent", "choice", "yes_no")
"""Answers that are ways out of the step; the others are values."""
COUNTED: tuple[Expect, ...] = ("digits", "text")
"""Values that are as long as what was pressed or said; a date or a sum of money is written in its own way."""
NUMBERS: tuple[Expect, ...] = ("digits", "amount", "date", "phone")
"""Values that can be told from other words, so that "no, it is …" holds the right one."""
YES_NO_KEYS = {"1": "yes", "2": "no"}
FEW = 3
"""Examples that are listened for of a wish without keywords where a yes, a no or a goodbye is expected."""
LONG_ANSWER = 1.6
"""How many times longer callers are waited for who are spoken to slowly (R55)."""


@dataclass(frozen=True, slots=True)
class Prompt:
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
    last: bool = False
    """The call is over with an answer, so whatever is said beside one may be a wish: "thank you, and my balance?"."""


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


def patience_s(draft: Draft, seconds: float) -> float:
    """How long this caller is waited for where others are waited for so long."""
    return seconds * (LONG_ANSWER if draft.state.rate < 1 else 1)


def listen(draft: Draft, prompt: Prompt, expect: Expect) -> Stay:
    """Hold the line for the answer, or, where `expect` is another than the prompt's, for a yes or a no to it."""
    lone_key = expect in BRANCHING and (expect != prompt.expect or all(len(key) == 1 for key in prompt.keys))
    return draft.listen(
        Listen(
            prompts=(),
            expect=expect,
            speech=not prompt.secret,
            hints=tuple(dict.fromkeys((*_hints(draft, prompt), *always_hints(draft)))) if not prompt.secret else (),
            patience_s=patience_s(draft, prompt.patience_s),
            max_digits=1 if lone_key else prompt.max_length,
            secret=prompt.secret,
        )
    )


def phrases(draft: Draft, prompt: Prompt) -> dict[str, tuple[str, ...]]:
    """Option → what a caller may say for it, in each language it is asked in. An option of a choice without phrases is
    its own."""
    spoken = [draft.wording(prompt.words, language).choices for language in prompt.in_languages or (None,)]
    own = prompt.expect == "choice"
    said = {option: [phrase for choices in spoken for phrase in choices.get(option, ())] for option in prompt.options}
    return {option: tuple(dict.fromkeys(said[option])) or ((option,) if own else ()) for option in said}


def _hints(draft: Draft, prompt: Prompt) -> Iterator[str]:
    """What the caller is likely to say: the options' phrases, or the intents' keywords and examples."""
    if prompt.expect in ("choice", "yes_no"):
        for said in phrases(draft, prompt).values():
            yield from said
    if (prompt.expect == "yes_no" or prompt.last) and can_be(draft, prompt):
        # A recogniser that listens for few phrases would take any other words for one of them: for a yes, or a goodbye.
        for wish in wishable(draft, prompt):
            intent, language = draft.hotline.intents[wish], draft.state.language
            yield from intent.keywords.get(language) or intent.examples.get(language, ())[:FEW]
    if prompt.expect == "intent":
        known = [draft.hotline.intents[name] for name in prompt.options if name in draft.hotline.intents]
        for intent in known:
            yield from intent.keywords.get(draft.state.language, ())
        for intent in known:
            yield from intent.examples.get(draft.state.language, ())


def always_hints(draft: Draft) -> Iterator[str]:
    """What works at every prompt must be heard at every prompt, too (R42)."""
    words = draft.hotline.words[draft.state.language].get("always")
    for name in draft.hotline.file.always if words else ():
        yield from words.choices.get(name, ()) if words else ()
