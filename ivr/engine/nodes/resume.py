"""`resume`: go on where an earlier call of the day broke off."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.call.events import Event
from ivr.call.state import Handed
from ivr.engine import asking, taking, yes_no
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Jump, Move
from ivr.engine.prompt import YES_NO_KEYS, Prompt
from ivr.engine.same_day import BROKE_OFF
from ivr.engine.yes_no import Answered
from ivr.flow.hotline import Hotline
from ivr.flow.kinds import Way
from ivr.flow.refs import StepRef, WordsRef


@kind("resume")
@dataclass(frozen=True, slots=True)
class Resume(Step):
    """Ask a caller whose last call of the day broke off whether to go on where that was. Whose did not is
    asked nothing and takes the way `no`. Needs `remember: same_day` in hotline.yaml.

        welcome_again:
          resume: shall_we_go_on      # "Last time it was about {{ caller.last_wish }}. Shall we go on?"
          on: {no: need, nothing: need}

    Who says what he wants instead has not said yes: the matter is let go, and the next question for a wish hears it.

    Who hung up in line is put in that line again, by the rules and head starts that hold for him now. Who hung
    up before he had what he wanted is led where his wish leads from the first question that knows it.
    """

    waits: ClassVar[bool] = True

    resume: WordsRef
    """The question."""
    on: Mapping[Literal["no", "nothing"], StepRef]
    """`no`: he does not want to, or there is nothing to go on with. `nothing`: silence, or no clear answer."""
    tries: Annotated[int, Field(ge=1, le=5)] = 1
    """How often it is asked before `nothing` is taken."""
    patience_s: Annotated[float, Field(ge=1, le=60)] = 5.0
    """Silence that counts as no answer, in seconds."""

    def __post_init__(self) -> None:
        need(self.on, "resume", "no", "nothing")

    def ways(self) -> Iterable[Way]:
        return [Way(answer, step) for answer, step in self.on.items()]

    def own_keys(self) -> Container[str]:
        return YES_NO_KEYS

    def enter(self, draft: Draft) -> Move:
        if _there(draft) is None:
            return Go(self.on["no"])
        return asking.put(draft, self._prompt())

    def hear(self, draft: Draft, event: Event) -> Move:
        result = yes_no.hear(draft, self._prompt(), event)
        if not isinstance(result, Answered):
            return result
        if result.answer == "yes":
            return self._go_on(draft, result.heard)
        return result.goes(draft, Go(self.on[result.answer]))

    def _go_on(self, draft: Draft, heard: str) -> Move:
        last, there = draft.broken_off(), _there(draft)
        if last is None or there is None:
            return Go(self.on["no"])
        broke_off = BROKE_OFF[last.outcome]
        draft.note("resumed", broke_off=broke_off, intent=last.intent, queue=last.queue)
        if last.intent is not None:
            draft.wish(last.intent)
            taking.did(draft, "intent", last.intent)
        if broke_off == "line" and last.queue is not None:
            # He has asked for a person before, and says so once more.
            draft.note("consent", offer=self.resume, queue=last.queue, answer="yes", heard=heard)
            draft.state.summary.consents += 1
            draft.state.handed = Handed("same_day", "resume", last.queue)
        draft.state.profile["broke_off"] = None
        return there

    def _prompt(self) -> Prompt:
        return yes_no.question(self.resume, self.tries, self.patience_s)


def _there(draft: Draft) -> Jump | None:
    """Where a yes leads; None where nothing broke off, or this version of the hotline leads nowhere with it."""
    last = draft.broken_off()
    if last is None:
        return None
    person = draft.hotline.file.always.get("person")
    in_line = BROKE_OFF[last.outcome] == "line" and last.queue in draft.hotline.queues.queues
    if in_line and person is not None and person.go:
        return Jump(person.go.flow, person.go.step)
    return _way_of(draft.hotline, last.intent)


def _way_of(hotline: Hotline, intent: str | None) -> Jump | None:
    """Where the first question that knows a wish leads with it; the questions of the flow that calls begin in, since
    what is asked elsewhere stands on what was said before."""
    flow = hotline.flows[hotline.file.start]
    for step in flow.steps.values():
        if getattr(step, "expect", None) == "intent":
            for way in step.ways():
                if way.label == intent and way.target.returns is None:
                    return Jump(flow.name, str(way.target))
    return None
