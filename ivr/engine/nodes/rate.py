"""`rate`: ask how it was."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.call.events import Event
from ivr.engine import asking, wishing
from ivr.engine.asking import GaveUp, Heard, Prompt, Wished
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move
from ivr.flow.kinds import Way
from ivr.flow.refs import StepRef, WordsRef

SCORES = {key: key for key in "12345"}


@kind("rate")
@dataclass(frozen=True, slots=True)
class Rate(Step):
    """Ask for a rating from 1 to 5, by key or voice. It is kept for the machine or for the person who helped.

        rate_us:
          rate: how_was_it
          about: machine            # machine or person
          on: {good: thank_you, bad: offer_person, nothing: goodbye}

    1 and 2 are `bad`, 3 to 5 are `good`.
    """

    waits: ClassVar[bool] = True

    rate: WordsRef
    """The question; it should say what 1 and 5 mean."""
    on: Mapping[Literal["good", "bad", "nothing"], StepRef]
    """`nothing`: no rating after all tries."""
    about: Literal["machine", "person"] = "machine"
    """Who is rated: the hotline itself, or the agent."""
    tries: Annotated[int, Field(ge=1, le=5)] = 1
    """How often it is asked."""
    patience_s: Annotated[float, Field(ge=1, le=60)] = 5.0
    """Silence that counts as no rating, in seconds."""

    def __post_init__(self) -> None:
        need(self.on, "rate", "good", "bad", "nothing")

    def ways(self) -> Iterable[Way]:
        return [Way(answer, step) for answer, step in self.on.items()]

    def own_keys(self) -> Container[str]:
        return SCORES

    def enter(self, draft: Draft) -> Move:
        return asking.put(draft, self._prompt())

    def hear(self, draft: Draft, event: Event) -> Move:
        result = asking.hear(draft, self._prompt(), event)
        match result:
            case Heard(value=value):
                return self._keep(draft, int(value))
            case Wished():
                return wishing.lead(draft, result) or Go(self.on["nothing"])
            case GaveUp():
                return Go(self.on["nothing"])
            case _:
                return result

    def _keep(self, draft: Draft, score: int) -> Move:
        draft.note("rated", about=self.about, score=score)
        if self.about == "machine":
            draft.state.summary.rating_machine = score
        else:
            draft.state.summary.rating_person = score
        return Go(self.on["bad" if score <= 2 else "good"])

    def _prompt(self) -> Prompt:
        return Prompt(
            words=self.rate,
            expect="digits",
            keys=SCORES,
            options=tuple(SCORES),
            tries=self.tries,
            patience_s=self.patience_s,
            max_length=1,
        )
