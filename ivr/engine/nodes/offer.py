"""`offer`: ask before a caller is moved."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.call.events import Event
from ivr.engine import asking, yes_no
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move
from ivr.engine.prompt import YES_NO_KEYS, Prompt
from ivr.engine.yes_no import Answered
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
        result = yes_no.hear(draft, self._prompt(), event)
        if not isinstance(result, Answered):
            return result
        return result.goes(draft, self._consent(draft, result.answer, result.heard))

    def person(self, draft: Draft, heard: str) -> Move | None:
        """Whoever is offered a person and asks for one has said yes, in other words. Who is offered another form and
        wants a person has said no to it, and asks for one as anywhere."""
        offering = draft.state.offering
        if offering is not None and offering.form:
            return None
        return self._consent(draft, "yes", heard or "key")

    def _consent(self, draft: Draft, answer: Literal["yes", "no", "nothing"], heard: str) -> Move:
        offering = draft.state.offering
        queue = offering.queue if offering is not None else self.queue
        draft.note("consent", offer=self.offer, queue=queue, answer=answer, heard=heard)
        if answer == "yes":
            draft.state.summary.consents += 1
        return Go(self.on[answer])

    def _prompt(self) -> Prompt:
        return yes_no.question(self.offer, self.tries, self.patience_s)
