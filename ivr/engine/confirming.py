"""Asking back: what the caller seems to have said is named to him, and counts when he says yes.

A guess is made where the recogniser, the classifier or a reader is not sure. It is asked about as a yes or no; anything
else that is said then is taken for another answer. Secrets, yes and no are never read back, but asked for anew.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ivr.engine import always, taking
from ivr.engine.draft import Draft
from ivr.engine.moves import Move, Stay
from ivr.engine.phrases import is_cjk, plain
from ivr.engine.prompt import BRANCHING, NUMBERS, Expect, GaveUp, Heard, Prompt, listen, phrases
from ivr.flow.hotline import AlwaysName
from ivr.flow.spoken import filters

NOTE = "meant"
"""Where a step's notes hold the guess that is being asked about."""
REFUSED = "refused"
"""And the value that the caller has just said no to."""
MOST_WORDS_OF_A_NO = 3
LETTERS_A_WORD = 2
"""In Chinese and Korean, where spaces tell little."""
FILTERS = {"digits": "digits", "phone": "phone", "amount": "money", "date": "date"}


@dataclass(frozen=True, slots=True)
class Guess:
    """What the caller may have meant."""

    value: str
    text: str = ""
    """The words that were heard; empty for keys."""
    always: AlwaysName | None = None
    """Where it is no answer but one of what always works."""
    wish: bool = False
    """Where it is no answer but what the caller wants instead."""


def pending(draft: Draft) -> bool:
    """Whether the caller is being asked about a guess."""
    return NOTE in draft.state.scratch


def take(draft: Draft) -> Guess | None:
    """The guess that was asked about; it is forgotten with this."""
    noted = draft.state.scratch.pop(NOTE, None)
    return Guess(**noted) if noted else None


def ask_back(draft: Draft, prompt: Prompt, guess: Guess) -> GaveUp | Stay:
    """Ask whether this was meant; not for ever: asking back and asking again count together."""
    scratch = draft.state.scratch
    guesses = scratch.get("guesses", 0)
    if guesses + scratch.get("missed", 0) >= prompt.tries:
        return GaveUp("unclear")
    scratch.update({NOTE: asdict(guess), "guesses": guesses + 1})
    draft.in_each(prompt.in_languages, lambda: _name(draft, prompt, guess))
    return listen(draft, prompt, "yes_no")


def unsure_of_always(draft: Draft, text: str) -> Guess | None:
    """The guess that one of what always works was meant, where these words say so."""
    name = always.by_phrase(draft, text, whole=always.recogniser_listens(draft))
    return Guess(name, text, name) if name else None


def may_say_more(prompt: Prompt, guess: Guess, text: str) -> bool:
    """Whether a no may hold the right answer: "no, it is 4201", "no, I want to pay my bill"."""
    if guess.always or not text:
        return False
    if guess.wish:
        return words_of(text) > MOST_WORDS_OF_A_NO
    if prompt.expect in NUMBERS:
        return True
    return prompt.expect in ("intent", "choice") and words_of(text) > MOST_WORDS_OF_A_NO


def words_of(text: str) -> int:
    """How many words were said, about."""
    words = len(text.split())
    return max(words, len(plain(text).replace(" ", "")) // LETTERS_A_WORD) if is_cjk(text) else words


def settled(draft: Draft, prompt: Prompt, guess: Guess) -> Heard | Move:
    """The caller has said yes to it."""
    if guess.text:
        was_understood(draft)
    if guess.always:
        visits = draft.state.visits
        move = always.do(draft, guess.always, guess.text)
        if not isinstance(move, Stay) or draft.state.visits != visits:
            return move
        # There is nowhere to go back to: what is said again is the question, and not "did you mean …?".
        draft.verbs.pop()
        draft.say_in(prompt.words, prompt.in_languages)
        return listen(draft, prompt, prompt.expect)
    if prompt.expect == "intent" and guess.value not in prompt.options:
        draft.wish(guess.value)
        taking.did(draft, "intent", guess.value)
        return always.do(draft, "person", guess.text)
    return Heard(guess.value, guess.text)


def was_understood(draft: Draft) -> None:
    """The machine has understood speech: from here on it is more than a menu of keys (R1)."""
    if draft.state.summary.mode == "self_service":
        draft.state.summary.mode = "smart"
    taking.did(draft, "way", "speech")


def _name(draft: Draft, prompt: Prompt, guess: Guess) -> None:
    if guess.always or guess.wish or prompt.expect in BRANCHING:
        draft.say("did_you_mean", extra={"guess": _label(draft, prompt, guess)})
    else:
        draft.say("is_that_right", extra={"guess": _aloud(draft, prompt.expect, guess.value)})


def _label(draft: Draft, prompt: Prompt, guess: Guess) -> str:
    """The label of an intent, the first phrase of an option or of what always works."""
    name = guess.value.replace("_", " ")
    if guess.always:
        return next(iter(draft.wording("always").choices.get(guess.always, ())), name)
    if guess.wish or prompt.expect == "intent":
        known = draft.hotline.intents.get(guess.value)
        return (known.label.get(draft.state.language) if known else None) or name
    said = phrases(draft, prompt).get(guess.value, ())
    return said[0] if said and said[0] != guess.value else name


def _aloud(draft: Draft, expect: Expect, value: str) -> str:
    """A value as people say it: numbers in groups, money and dates in words."""
    if expect not in FILTERS:
        return value
    file = draft.hotline.file
    place = {"currency": file.currency, "region": file.region, "timezone": file.timezone}
    return filters(draft.state.language, "voice", **place)[FILTERS[expect]](value)
