"""`offer`: ask before a caller is moved."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.call.events import Event
from ivr.engine import asking
from ivr.engine.asking import YES_NO_KEYS, GaveUp, Heard, Prompt
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move
from ivr.flow.kinds import Way
from ivr.flow.refs import QueueRef, StepRef, WordsRef


@kind("offer")
@dataclass(frozen=True, slots=True)
class Offer(Step):
    """Offer to connect the caller to a person. The answer is kept in the record as consent: what was
    offered, yes, no or silence, the time, and the words or key.

        offer_person:
          offer: may_i_connect_you
          queue: complaints
          on: {yes: person_for_complaint, no: take_complaint, nothing: take_complaint}

    Who answers by asking for a person (key 0, "a human, please") has said yes.
    """

    waits: ClassVar[bool] = True

    offer: WordsRef
    """The question; it should say who would answer and what else can be done."""
    queue: QueueRef
    """The queue that is offered."""
    on: Mapping[Literal["yes", "no", "nothing"], StepRef]
    """`nothing`: silence, or no clear answer, after all tries."""
    tries: Annotated[int, Field(ge=1, le=5)] = 2
    """How often it is offered before `nothing` is taken."""
    patience_s: Annotated[float, Field(ge=1, le=60)] = 5.0
    """Silence that counts as no answer, in seconds."""

    def __post_init__(self) -> None:
        need(self.on, "offer", "yes", "no", "nothing")

    def ways(self) -> Iterable[Way]:
        return [Way(answer, step) for answer, step in self.on.items()]

    def own_keys(self) -> Container[str]:
        return YES_NO_KEYS

    def enter(self, draft: Draft) -> Move:
        draft.state.summary.offers += 1
        return asking.put(draft, self._prompt())

    def hear(self, draft: Draft, event: Event) -> Move:
        result = asking.hear(draft, self._prompt(), event)
        match result:
            case Heard(value=value, text=text):
                return self._consent(draft, "yes" if value == "yes" else "no", text or "key")
            case GaveUp():
                return self._consent(draft, "nothing", "")
            case _:
                return result

    def person(self, draft: Draft, heard: str) -> Move | None:
        """Whoever is offered a person and asks for one has said yes, in other words."""
        return self._consent(draft, "yes", heard or "key")

    def _consent(self, draft: Draft, answer: Literal["yes", "no", "nothing"], heard: str) -> Move:
        draft.note("consent", offer=self.offer, queue=self.queue, answer=answer, heard=heard)
        if answer == "yes":
            draft.state.summary.consents += 1
        return Go(self.on[answer])

    def _prompt(self) -> Prompt:
        return Prompt(
            words=self.offer,
            expect="yes_no",
            keys=YES_NO_KEYS,
            options=("yes", "no"),
            tries=self.tries,
            patience_s=self.patience_s,
        )
