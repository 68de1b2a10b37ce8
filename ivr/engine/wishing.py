"""A wish in place of an answer: "Shall we go on where you were?" – "What is my balance?"

It is no answer to the question, and never a yes. Who was asked what he wants before is led back there with it, as if it
had been said there; else the question is left as unanswered, and the next one that asks for a wish hears it. What
was not heard or understood surely is asked about first, and nobody is led away so from a line or from a complaint.
"""

from __future__ import annotations

from dataclasses import dataclass

from ivr.call.events import MeaningFound
from ivr.call.state import Ahead, Asked
from ivr.engine import confirming, taking, travel
from ivr.engine.draft import Draft
from ivr.engine.moves import Jump, Move
from ivr.engine.phrases import plain, within
from ivr.engine.prompt import Prompt, phrases
from ivr.engine.wishable import can_be, ways_of, wishable

PERSON = "person"
"""The wish for a person: a request like any other, which a step that offers one takes for a yes."""
ANSWER = "answer"
"""Where a step's notes hold the answer that may have come with a wish, or nothing, while that is found out."""
CLEARLY = 2
"""How many times likelier than any other a wish in doubt is that callers are asked about where none was asked for."""
MOST_WORDS_OF_A_LONE_NO = 2
MOST_WORDS_OF_AN_OPTION = 4
"""Where its phrase is a single one: "it is the wifi"."""


@dataclass(frozen=True, slots=True)
class Wished:
    """The caller has said what he wants instead of, or besides, an answer."""

    wish: str
    text: str
    answer: str | None = None
    """What he said besides: "no, I want my balance"."""


def may_come_with(draft: Draft, prompt: Prompt, value: str, text: str) -> bool:
    """Whether an answer that was found may have a wish beside it: "no, I want my balance", and to "anything else?" also
    "yes, my balance". A yes to a yes or no is done first; and who names an option in more than a word has chosen it."""
    if not can_be(draft, prompt):
        return False
    words = confirming.words_of(text)
    said = [one for one in phrases(draft, prompt).get(value, ()) if within(one, plain(text))]
    longest = max(map(confirming.words_of, said), default=words)
    if prompt.last:
        return words > longest
    if words <= MOST_WORDS_OF_A_LONE_NO:
        return False
    if prompt.expect == "yes_no":
        return value == "no"
    return prompt.expect == "choice" and longest == 1 and words > MOST_WORDS_OF_AN_OPTION


def is_sure(draft: Draft, found: MeaningFound) -> bool:
    """Whether the words were heard well, and there is no doubt what they mean."""
    return found.confidence >= draft.hotline.file.limits.sure and bool(draft.state.scratch.get("sure", True))


def is_likely(draft: Draft, found: MeaningFound) -> bool:
    """Whether it is asked about: once at a question, and where nothing else is nearly as likely."""
    next_best = max((confidence for _, confidence in found.others), default=0.0)
    is_clear = found.confidence >= max(draft.hotline.file.limits.unsure, CLEARLY * next_best)
    return is_clear and not draft.state.scratch.get("guesses")


def of(draft: Draft, prompt: Prompt, found: MeaningFound, answer: str | None) -> str | None:
    """The wish, sure or not, where the question can take it."""
    wish = found.intent
    if wish is None or wish == draft.state.scratch.get(confirming.REFUSED):
        return None
    answered = answer is not None and not prompt.last
    return wish if wish in wishable(draft, prompt, answered=answered) else None


def lead(draft: Draft, wished: Wished) -> Move | None:
    """To where the wish is served; None: the question is left as it would be without it, and the next one that asks for
    a wish hears this one."""
    state, wish = draft.state, wished.wish
    asked, state.ahead = state.wishes, Ahead(wish=wish, text=wished.text)
    if asked is not None and wish in ways_of(draft, asked):
        travel.unwind(draft, asked.depth)
        return travel.arrive(draft, asked.flow, asked.step)
    person = draft.hotline.file.always.get("person")
    if wish in draft.hotline.for_people() and person is not None and person.go is not None:
        state.ahead = None
        draft.wish(wish)
        taking.did(draft, "intent", wish)
        return Jump(person.go.flow, person.go.step)
    return None


def keep_key(draft: Draft, digits: str) -> None:
    """A key that was no answer, pressed by who knows the menu by heart: the next question may have it."""
    if len(digits) == 1:
        draft.state.ahead = Ahead(key=digits)


def asks(draft: Draft) -> None:
    """The call has come to a question for a wish."""
    state = draft.state
    state.wishes = Asked(state.flow, state.step, len(state.frames))


def ahead(draft: Draft, prompt: Prompt) -> Ahead | None:
    """The answer to this question for a wish that was said or pressed before it; forgotten with this."""
    kept = draft.said_before()
    if kept is None:
        return None
    if kept.key:
        return Ahead(wish=prompt.keys[kept.key]) if kept.key in prompt.keys else None
    return kept if kept.wish in (*prompt.options, *draft.hotline.for_people()) else None
