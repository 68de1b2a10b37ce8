"""`ask`: put a question to the caller."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from pydantic import Field

from ivr.call.events import Event, MeaningFound, PeopleSeen
from ivr.engine import asking, confirming, handing, outcomes, people, taking, wishing
from ivr.engine.asking import BRANCHING, YES_NO_KEYS, Expect, GaveUp, Heard, Prompt, Wished
from ivr.engine.confirming import Guess
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind
from ivr.engine.moves import Go, Move
from ivr.flow.hotline import Language, Name
from ivr.flow.kinds import MISSES, Way
from ivr.flow.queues import Key
from ivr.flow.refs import StepRef, WordsRef

LONE_KEYS = "123456789"
"""Single keys that can be a whole answer; 0 stays with what always works."""


@kind("ask")
@dataclass(frozen=True, slots=True)
class AskStep(Step):
    """Ask the caller something and go where the answer leads. Keys and speech both work.

        need:
          ask: how_can_i_help
          expect: intent            # intent, yes_no, choice, digits, amount, date, phone or text
          keys: {1: balance, 2: fault, 0: person}
          on:
            balance: look_up_balance
            fault: locate_fault
            person: person
            nothing: person         # silence, or not understood, after `tries`
          tries: 3

    `intent`, `choice` and `yes_no` branch by the answer; the others keep it under `as:` and take the way `ok`:

        ask_account:
          ask: your_account_number
          expect: digits
          min_length: 6
          max_length: 8
          as: account
          on: {ok: look_up_balance, nothing: person}

    Choices called `solved` and `not_solved` are the caller's own word on that, and are counted for the rules that led
    there: `{ask: did_that_help, expect: choice, keys: {1: solved, 2: not_solved}, on: {…}}`.
    """

    waits: ClassVar[bool] = True

    ask: WordsRef
    """The question, by its name in `words/*.yaml`; its `nothing` and `unclear` wordings are the later tries."""
    expect: Expect
    """What kind of answer counts."""
    on: Mapping[str, StepRef]
    """Answer → step. `nothing` is silence after all tries, `unclear` an answer that was not understood; where `unclear`
    is left out, `nothing` serves both."""
    keys: Mapping[Key, str] = field(default_factory=dict)
    """Key → answer, for the answers of `on`."""
    as_: Annotated[Name | None, Field(alias="as")] = None
    """The name the answer is kept under; the step's own name is free for that too."""
    tries: Annotated[int, Field(ge=1, le=9)] = 3
    """How often the question is put before `nothing` or `unclear` is taken."""
    patience_s: Annotated[float, Field(ge=1, le=60)] = 5.0
    """Silence after the question that counts as no answer, in seconds."""
    min_length: Annotated[int, Field(ge=1, le=64)] = 1
    """Digits or letters at least; fewer are not understood."""
    max_length: Annotated[int | None, Field(ge=1, le=64)] = None
    """Digits or letters at most; when they are complete, nobody waits any longer."""
    in_languages: tuple[Language, ...] = ()
    """Ask in each of these, one after the other, each in its own voice: for the question which language to speak.
    The phrases of all count. Who answers in Chinese or Korean letters takes the option that leads to a `set` with that
    `language:`, and what he wants besides is heard by the next question for a wish."""
    secret: bool = False
    """A PIN or card number: keys only, and written down nowhere."""

    def __post_init__(self) -> None:
        if "nothing" not in self.on:
            raise ValueError("`on:` says nothing of silence; add `nothing: <step>`")
        wanted = set(self.on) - set(MISSES)
        if self.expect == "yes_no" and wanted != {"yes", "no"}:
            raise ValueError("a yes_no question has the ways `yes`, `no` and `nothing`")
        if self.expect not in BRANCHING and wanted != {"ok"}:
            raise ValueError(f"a question for {self.expect} has the ways `ok` and `nothing`")
        for key, answer in self.keys.items():
            if self.expect in BRANCHING and answer not in wanted:
                raise ValueError(f"key {key} stands for {answer!r}, but `on:` has no such way")
        if self.expect not in BRANCHING and self.as_ is None:
            raise ValueError(f"an answer of {self.expect} is kept: name it by `as:`")

    def ways(self) -> Iterable[Way]:
        kept = (self.as_,) if self.as_ else ()
        return [Way(answer, step, () if answer in MISSES else kept) for answer, step in self.on.items()]

    def own_keys(self) -> Container[str]:
        if self.expect in BRANCHING:
            return self._prompt().keys
        if self.max_length == 1:
            return "0123456789*#"
        return LONE_KEYS if self.min_length == 1 and self.expect in ("digits", "amount", "text") else ""

    def enter(self, draft: Draft) -> Move:
        prompt = self._prompt()
        if self.expect == "intent":
            wishing.asks(draft)
            if (said := wishing.ahead(draft, prompt)) is not None:
                return self._heard(draft, confirming.settled(draft, prompt, Guess(said.wish, said.text)))
        return asking.put(draft, prompt)

    def hear(self, draft: Draft, event: Event) -> Move:
        if isinstance(event, PeopleSeen):
            people.seen(draft, event)
            return self._led_on(draft)
        if isinstance(event, MeaningFound) and self.expect == "intent":
            handing.feels(draft, event.mood)
            if draft.state.mood and asking.serves(draft, self._prompt(), event) is None:
                asking.note_meaning(draft, event)
                draft.state.scratch.update(then=None, understood=None)
                return self._led_on(draft)
        return self._heard(draft, asking.hear(draft, self._prompt(), event))

    def _led_on(self, draft: Draft) -> Move:
        """On to a person where a rule of handoff.yaml says so; else to the way of the answer, or, where words of an
        upset caller had none, to the question again."""
        scratch = draft.state.scratch
        then = scratch["then"]
        move = handing.dialogue(draft, scratch["understood"], then or str(draft.state.step))
        if move is not None:
            return move
        return Go(then) if then else self._heard(draft, asking.missed(draft, self._prompt()))

    def _heard(self, draft: Draft, result: Heard | GaveUp | Wished | Move) -> Move:
        match result:
            case Wished(answer=answer):
                if (move := wishing.lead(draft, result)) is not None:
                    return move
                other = asking.missed(draft, self._prompt()) if answer is None else Heard(answer, result.text)
                return self._heard(draft, other)
            case Heard(value=value):
                if self.as_ is not None:
                    draft.set(self.as_, value, secret=self.secret)
                if self.expect == "intent":
                    draft.wish(value)
                    taking.did(draft, "intent", value)
                if self.expect not in BRANCHING:
                    return Go(self.on["ok"])
                if self.expect == "choice":
                    outcomes.judged(draft, value)
                then, understood = str(self.on[value]), value if self.expect == "intent" else None
                draft.state.scratch.update(then=then, understood=understood)
                return self._led_on(draft)
            case GaveUp(why=why):
                return Go(self.on.get(why) or self.on["nothing"])
            case _:
                return result

    def _prompt(self) -> Prompt:
        keys = self.keys or (YES_NO_KEYS if self.expect == "yes_no" else {})
        return Prompt(
            words=self.ask,
            expect=self.expect,
            keys=keys,
            options=tuple(way for way in self.on if way not in MISSES) if self.expect in BRANCHING else (),
            tries=self.tries,
            patience_s=self.patience_s,
            min_length=self.min_length,
            max_length=self.max_length,
            secret=self.secret,
            in_languages=self.in_languages,
        )
