"""`record`: take a message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from ivr.call.events import Event, NothingHeard, Polled, Recorded
from ivr.call.tasks import KeepVoicemail
from ivr.call.verbs import Record
from ivr.engine import placing
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Go, Move, Over, Stay
from ivr.engine.prompt import patience_s
from ivr.flow.kinds import Way
from ivr.flow.refs import QueueRef, StepRef, WordsRef

SHORTEST_S = 1.0
"""A shorter recording holds no word."""
GONE = "hangup"
"""The key of a message that was ended by hanging up."""


@kind("record")
@dataclass(frozen=True, slots=True)
class RecordStep(Step):
    """Take a message after a tone. It goes on the list of new messages of that queue.

    leave_message:
      record: please_leave_a_message
      queue: general
      on: {recorded: thank_you, nothing: goodbye}

    What the caller says is written down afterwards, where there are ears for the caller's language. A message marked
    `secret: true` is not: its words stand nowhere, and the desk gives its sound to nobody; `ivr messages` tells
    where on the server it is. No message is part of a recording of the call.
    """

    waits: ClassVar[bool] = True

    record: WordsRef
    """What is said before the tone."""
    queue: QueueRef
    """Whose agents work the message; `by_rules`: those of the line the caller was in, or that took him not."""
    on: Mapping[Literal["recorded", "nothing"], StepRef]
    """`nothing`: no message came, or one without a word."""
    max_s: Annotated[int, Field(ge=5, le=600)] = 120
    """The longest message, in seconds."""
    silence_s: Annotated[int, Field(ge=2, le=30)] = 5
    """Silence that ends the message, in seconds."""
    secret: bool = False
    """The message holds a secret, such as an address or a number of a card: nobody writes it down, and no
    desk hears it."""

    def __post_init__(self) -> None:
        need(self.on, "record", "recorded", "nothing")

    def ways(self) -> Iterable[Way]:
        return [Way(outcome, step) for outcome, step in self.on.items()]

    def enter(self, draft: Draft) -> Move:
        draft.say(self.record)
        language = draft.state.language
        wait_s = round(patience_s(draft, self.silence_s))
        tape = Record(language=language, max_s=self.max_s, silence_s=wait_s, secret=self.secret)
        draft.verbs.append(tape)
        return Stay()

    def hear(self, draft: Draft, event: Event) -> Move:
        match event:
            case Recorded() if event.recording and event.duration_s >= SHORTEST_S:
                kept = self._keep(draft, event)
                return Over("hung_up") if event.key == GONE else kept
            case Recorded(key=key) if key == GONE:
                return Over("hung_up")
            case Recorded() | NothingHeard() | Polled():
                draft.note("heard", how="nothing")
                return Go(self.on["nothing"])
            case _:
                return self.enter(draft)

    def _keep(self, draft: Draft, event: Recorded) -> Move:
        number, queue = str(draft.state.profile.get("number") or draft.state.caller), placing.line_of(draft, self.queue)
        draft.chores.append(
            KeepVoicemail(
                recording=event.recording,
                duration_s=event.duration_s,
                queue=queue,
                number=number,
                language=draft.state.language,
                secret=self.secret,
            )
        )
        draft.note("voicemail", recording=event.recording, duration_s=event.duration_s, queue=queue)
        draft.state.summary.outcome = "voicemail"
        return Go(self.on["recorded"])
