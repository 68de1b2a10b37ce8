"""In which form a handoff comes: the line, a call back, a message, or another way than this line (R9, R19)."""

from __future__ import annotations

from typing import Any

from ivr.call.state import Frame, Offering
from ivr.engine import offering, people, promising, texting
from ivr.engine.draft import Draft
from ivr.engine.moves import Move
from ivr.flow.elsewhere import CALLBACK, MESSAGE, way_on
from ivr.routing.handoff import Asked, Decision, before_the_line, which_line

REQUEST = "request"
REFUSED = "line"
"""What the `queue` step is told of a form that was not wanted."""


def decide(draft: Draft) -> tuple[Decision, Decision]:
    """What comes before the line or is offered instead of it, and which line it is; written down with what it was
    decided on."""
    state, rules = draft.state, draft.hotline.handoff
    asked = Asked(state.summary.requests, state.held_back)
    first = before_the_line(rules.request, asked, lambda form: is_possible(draft, form), draft.holds)
    default = next(iter(draft.hotline.queues.queues))
    line = which_line(rules.line, default, lambda queue: draft.idle(queue), draft.holds)
    passed = {**first.passed, **line.passed}
    draft.note(
        "decided",
        point=REQUEST,
        inputs=people.inputs(draft, str(line.value)),
        request=state.summary.requests,
        rule=first.rule,
        first=first.value,
        line_rule=line.rule,
        queue=line.value,
        form=line.form,
        **({"offers": first.form} if first.form else {}),
        **({"passed": passed} if passed else {}),
    )
    state.people = {}
    return first, line


def is_possible(draft: Draft, form: str) -> bool:
    """A message can be left by anybody; a call back needs a number to ring, and a link one that gets text messages."""
    number = promising.own_number(draft)
    if form == MESSAGE:
        return True
    return draft.can_ring(number) if form == CALLBACK else draft.can_text(number)


def offer(draft: Draft, rule: str, form: str, queue: str) -> Move:
    """Ask a caller who has his place in line whether he would rather have this form. The step in line waits for the
    answer as for a sub-flow: it hears the way of the form, or REFUSED."""
    state = draft.state
    frame = Frame(flow=state.flow, step=state.step, names=state.names, secrets=state.secrets, scratch=state.scratch)
    state.frames.append(frame)
    return offering.put(draft, Offering(REQUEST, rule, queue, form=form))


def taken(draft: Draft, offered: Offering) -> str:
    """The caller wants the form that was offered: see to what the house does of it. The way it leads along."""
    if offered.form == CALLBACK and offered.point != REQUEST:
        promising.call_later(draft, offered.queue)
        draft.say("we_call_you_later")
    elif offered.form not in (CALLBACK, MESSAGE) and not lead(draft, offered.form):
        return REFUSED
    return way_on(offered.form)


def lead(draft: Draft, name: str) -> bool:
    """Send the caller the link to another way; False where the number can get no text message."""
    target: Any = draft.hotline.handoff.elsewhere[name]
    if not texting.send(draft, target.words):
        return False
    draft.note("led", to=name, way=target.way)
    draft.state.summary.outcome = "elsewhere"
    draft.say("sent_elsewhere")
    return True
