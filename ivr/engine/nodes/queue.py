"""`queue`: wait for a person."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from ivr.call.events import (
    AgentLeft,
    AgentTook,
    DigitsPressed,
    Event,
    ExpertAsked,
    ExpertJoined,
    NoPlace,
    NothingHeard,
    OneLeft,
    PeopleSeen,
    Placed,
    Polled,
    Transferred,
)
from ivr.call.state import HeldPlace
from ivr.call.tasks import AskPlace, TakePlace
from ivr.call.verbs import Join, Listen
from ivr.engine import ending, handing, placing, transfers, waiting
from ivr.engine.draft import Draft
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Ask, Call, Go, Move, Stay
from ivr.engine.prompt import patience_s
from ivr.flow.kinds import Way
from ivr.flow.queues import Key
from ivr.flow.refs import BY_RULES, FlowRef, QueueRef, StepRef
from ivr.flow.skills import Skills, levels
from ivr.routing import handoff
from ivr.routing.overflow import open_queue

DIRECT = handoff.Decision("direct", None)
"""Nothing comes before the line."""

LEAVE_S = 5.0
"""How long the caller may think about leaving the line, in seconds."""


@kind("queue")
@dataclass(frozen=True, slots=True)
class QueueStep(Step):
    """Put the caller in line for a person. The place is taken at once and kept, whatever is said in between.

        person:
          queue: by_rules           # or the name of a queue
          keys: {1: call_back, 2: message}
          on:
            done: rate_us           # the talk with the agent is over
            full: call_me_back
            closed: leave_message
            call_back: call_me_back
            message: leave_message

    `by_rules` asks handoff.yaml: first its `request:` rules, which may tell the caller something before the
    line (once in a call, never on a second request), then its `line:` rules for the queue.

    What is told in line and how often, music, comfort and the alarm stand under the queue in queues.yaml. With
    `menu: {3: news}` the flow `news` is run for who presses 3, while the place is kept and agents may ring; it comes
    back by `return`, or by `return solved`, which leaves the line.

    Who goes back from here (`back` of `always:`) loses the place, and is told so first: the same key once more leaves
    the line, and who just stays keeps the place.
    """

    waits: ClassVar[bool] = True

    queue: QueueRef
    """The queue, or `by_rules`."""
    on: Mapping[str, StepRef]
    """`done`: the talk is over. `full`: no place is left. `closed`: nobody is there at this hour. `solved`: a flow of
    `request:` came back with `return solved`. `failed`: the queue itself is broken; `full` serves where it is left out.
    And the ways of `keys:`."""
    keys: Mapping[Key, str] = field(default_factory=dict)
    """Keys that leave the line while waiting: key → way."""
    menu: Mapping[Key, FlowRef] = field(default_factory=dict)
    """Keys that run a flow while the place is kept: key → flow."""
    skills: Skills = ()
    """Skills the agent must have for what this step is about, besides those of the queue: `{fibre: 2}`."""

    def __post_init__(self) -> None:
        need(self.on, "queue", "done", "full", "closed")
        for key, way in self.keys.items():
            if way not in self.on:
                raise ValueError(f"key {key} stands for {way!r}, but `on:` has no such way")
        if both := sorted({*self.keys} & {*self.menu}):
            raise ValueError(f"key {both[0]} stands under `keys:` and under `menu:`; one of them can have it")

    def ways(self) -> Iterable[Way]:
        return [Way(way, step) for way, step in self.on.items()]

    def own_keys(self) -> Container[str]:
        return {*self.keys, *self.menu}

    def enter(self, draft: Draft) -> Move:
        state = draft.state
        if self.queue != BY_RULES:
            return self._join(draft, str(self.queue), DIRECT)
        handed, state.handed = state.handed, None
        if handed is not None:
            return self._join(draft, handed.queue, DIRECT)
        state.summary.requests += 1
        draft.forget_names()
        rules = draft.hotline.handoff
        conditions = [*(rule.when for rule in rules.request), *(rule.when for rule in rules.line)]
        return handing.see(draft) if handing.needs_people(conditions) else self._by_rules(draft)

    def _by_rules(self, draft: Draft) -> Move:
        state, rules = draft.state, draft.hotline.handoff
        first = handoff.before_the_line(rules.request, state.summary.requests, state.held_back, draft.holds)
        line = handoff.which_line(rules.line, next(iter(draft.hotline.queues.queues)), draft.holds)
        _note_decision(draft, first, line)
        state.people = {}
        return self._join(draft, str(line.value), first)

    def _join(self, draft: Draft, queue: str, first: handoff.Decision) -> Move:
        opened = open_queue(queue, draft.hotline.queues.queues, draft.is_open)
        if opened != queue:
            draft.note("note", queue=queue, why="closed at this hour", instead=opened)
        if opened is None:
            ending.leave_line(draft, "closed")
            return Go(self.on["closed"])
        draft.state.scratch.update(queue=opened, first=first.value, rule=first.rule)
        return self._take(draft, ready=first.value is None)

    def hear(self, draft: Draft, event: Event) -> Move:
        if draft.state.agent is not None:
            return self._talking(draft, event)
        scratch = draft.state.scratch
        match event:
            case PeopleSeen():
                handing.seen(draft, event)
                return self._by_rules(draft)
            case Placed():
                _placed(draft, event)
                first = scratch.get("first")
                if first is not None:
                    draft.state.held_back.append(scratch["rule"])
                    scratch["first"] = None
                    return Call(first, {})
                return self._wait(draft)
            case NoPlace(why=why):
                draft.note("note", queue=scratch["queue"], why=f"no place: {why}")
                ending.leave_line(draft, why)  # one held in another queue
                return Go(self.on.get(why) or self.on.get("failed") or self.on["full"])
            case NothingHeard() | Polled():
                spec = draft.hotline.queues.queues[scratch["queue"]]
                return Ask(AskPlace(queue=scratch["queue"], foretell=spec.tells == "wait"))
            case DigitsPressed(digits=digits) if digits in self.keys:
                way = self.keys[digits]
                draft.note("heard", how="keys", text=digits)
                draft.leaving = way  # the place is given up when the way has led out of line: a callback keeps its time
                return Go(self.on[way])
            case DigitsPressed(digits=digits) if digits in self.menu:
                draft.note("heard", how="keys", text=digits)
                return Call(str(self.menu[digits]), {})
            case _:
                return draft.listen_again()

    def going_back(self, draft: Draft) -> Move | None:
        """The place is lost with that, so a caller must want it twice; who stays on the line keeps it."""
        scratch = draft.state.scratch
        if draft.state.place is None or draft.state.agent is not None or scratch.pop("going_back", False):
            return None
        scratch["going_back"] = True
        draft.say("leave_the_line")
        wait_s = patience_s(draft, LEAVE_S)
        return draft.listen(Listen(prompts=(), expect="keys", speech=False, patience_s=wait_s, max_digits=1))

    def _talking(self, draft: Draft, event: Event) -> Move:
        """What happens while the caller is with an agent: that talk ends, or the line asks where it belongs."""
        match event:
            case AgentLeft(met=False, agent=agent):
                draft.note("agent_left", agent=agent, why="they never met; back in line at the time of the first place")
                draft.state.agent = draft.state.summary.agent = draft.state.summary.waited_s = None
                draft.state.summary.agents = draft.state.summary.agents[:-1]
                return self._take(draft, ready=True)
            case AgentLeft(agent=agent, duration_s=duration_s):
                draft.note("agent_left", agent=agent, duration_s=duration_s or _talked_s(draft))
                transfers.end_talk(draft)
                return Go(self.on["done"])
            case OneLeft():
                return Stay() if transfers.one_left(draft, event) else Go(self.on["done"])
            case Transferred():
                transfers.hand_over(draft, event)
                draft.say("handed_over")
                return self._take(draft, ready=True)
            case ExpertAsked():
                return Ask(transfers.ask_in(draft, event))
            case ExpertJoined():
                transfers.joined(draft, event)
                return Stay()
            case Placed():
                return Stay()  # for an expert: the caller talks on
            case NoPlace(why=why):
                transfers.not_found(draft, why)
                return Stay()
            case AgentTook(room=room):
                draft.state.scratch["room"] = room
        draft.verbs.append(Join(room=draft.state.scratch["room"], agent=str(draft.state.agent)))
        return Stay()

    def back(self, draft: Draft, outcome: str) -> Move:
        """What `request:` put first, or a `menu:` flow, is through: on in line, at the place that was kept (R39)."""
        if outcome == "solved" and "solved" in self.on:
            ending.leave_line(draft, "answered")
            return Go(self.on["solved"])
        return self._take(draft, ready=True)

    def _take(self, draft: Draft, *, ready: bool) -> Ask:
        asked = placing.Asked(draft.state.scratch["queue"], levels(self.skills), ready, placing.context(draft))
        task = transfers.task(draft, placing.take_place(draft, asked))
        draft.state.scratch["head_starts"] = task.head_starts
        draft.state.scratch["counts"] = _counts(task)
        return Ask(task)

    def _wait(self, draft: Draft) -> Stay:
        draft.state.scratch.pop("going_back", None)
        spec = draft.hotline.queues.queues[draft.state.scratch["queue"]]
        draft.say(spec.words)
        waiting.comfort(draft, spec)
        waiting.alarm(draft, spec)
        draft.play(spec.music)
        return draft.listen(Listen(prompts=(), expect="keys", speech=False, patience_s=1.0, max_digits=1))


def _talked_s(draft: Draft) -> float:
    """Since the caller was connected, for a line that does not tell how long a talk was."""
    summary = draft.state.summary
    if summary.queued_at is None or summary.waited_s is None:
        return 0.0
    return round(max(0.0, draft.now - summary.queued_at - summary.waited_s), 3)


def _placed(draft: Draft, place: Placed) -> None:
    """Remember the place. The position told never goes up: head starts of others are not the caller's affair."""
    state, summary = draft.state, draft.state.summary
    held = state.place
    if held is None or held.queue != place.queue:
        draft.note(
            "queued",
            queue=place.queue,
            position=place.position,
            size=place.size,
            head_starts=state.scratch.get("head_starts", {}),
            **state.scratch.get("counts", {}),
        )
        position = place.position
    else:
        position = min(held.position, place.position)
        if position < held.position:
            draft.note("position", queue=place.queue, position=position)
    summary.queue = place.queue
    if held is None:
        summary.queued_at = draft.now
    found = HeldPlace(place.queue, place.since, position, max(place.size, position), place.wait)
    state.place = waiting.foretold(draft.now, held, found)
    draft.forget_names()


def _counts(task: TakePlace) -> dict[str, object]:
    """What else lets this caller come before others, where it is not the usual."""
    found = {"class": task.caller_class, "rate": task.rate if task.rate != 1 else None, "urgent": task.urgent}
    return {name: value for name, value in found.items() if value}


def _note_decision(draft: Draft, first: handoff.Decision, line: handoff.Decision) -> None:
    profile = draft.state.profile
    inputs = {name: profile.get(name) for name in ("tier", "kind", "known", "age", "expects", "tags")}
    draft.note(
        "decided",
        point="request",
        inputs=inputs,
        request=draft.state.summary.requests,
        rule=first.rule,
        first=first.value,
        line_rule=line.rule,
        queue=line.value,
    )
