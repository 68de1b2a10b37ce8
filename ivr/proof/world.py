"""What the world can answer when a call asks it something."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from ivr.call.events import (
    Event,
    LookupDone,
    LookupEmpty,
    LookupFailed,
    LookupSlow,
    NoPlace,
    PeopleSeen,
    Placed,
    Recalled,
    ValueRead,
)
from ivr.call.state import CallState
from ivr.call.tasks import AskPlace, Lookup, Question, Recall, SeePeople, TakePlace, Understand
from ivr.engine.transfers import NO_LIMIT
from ivr.proof.deeds import Deed
from ivr.proof.doubt import Unfollowed
from ivr.proof.law import Law


def plain(question: Question) -> Hashable:
    """Alike for questions to which there are the same answers."""
    match question:
        case Lookup(name=name, again=again):
            return (name, again)
        case TakePlace(queue=queue, ready=ready, limit=limit):
            return (queue, ready, limit >= NO_LIMIT)
        case Understand(expect=expect):
            return ("Understand", expect)
        case _:
            return type(question).__name__


def answers(law: Law, state: CallState, question: Question, deed: Deed) -> Iterator[Event]:
    match question:
        case Understand(expect=expect) if deed.wish is not None:
            yield deed.wish if expect == "intent" else ValueRead(None)
        case Understand():
            if deed.meaning is None:
                raise Unfollowed(f"an answer at {state.flow}.{state.step} that nobody foresaw {deed} {question}")
            yield deed.meaning
        case Lookup(name=name, again=again):
            yield LookupDone(law.sample_of(name))
            yield LookupEmpty()
            yield LookupFailed("timeout")
            if not again:  # whoever looks again finds an answer, or gives up in the end (`engine.slow.GIVE_UP_S`)
                yield LookupSlow()
        case TakePlace(queue=queue, limit=limit):
            yield Placed(queue, 1, 1, state.started_at)
            if limit < NO_LIMIT:
                yield NoPlace(queue, "full")
            if limit >= NO_LIMIT or "failed" in getattr(law.step_at(state), "on", {}):  # else `full` serves
                yield NoPlace(queue, "down")
        case AskPlace(queue=queue):
            yield Placed(queue, 1, 1, state.started_at)
            yield NoPlace(queue, "down")
        case SeePeople():
            yield PeopleSeen({})  # who is idle is doubted where it counts: see `Doubt.idle`
        case Recall():
            yield Recalled(())  # what it was is doubted where it counts: see `Doubt.broken_off`
        case _:
            raise Unfollowed(f"a question that proofs know no answer to: {type(question).__name__}")
