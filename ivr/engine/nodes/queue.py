"""`queue`: wait for a person."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from ivr.call.events import (
    DigitsPressed,
    Event,
    NoPlace,
    NothingHeard,
    PeopleSeen,
    Placed,
    Polled,
    SpeechHeard,
    ValueRead,
)
from ivr.call.tasks import AskPlace, TakePlace
from ivr.engine import ending, forms, in_line, outcomes, people, placing, talking, transfers, waiting
from ivr.engine.draft import Draft
from ivr.engine.in_line import HOW_LONG, Meant, Sayable
from ivr.engine.kind import Step, kind, need
from ivr.engine.moves import Ask, Call, Go, Move
from ivr.flow.kinds import Way
from ivr.flow.queues import Key
from ivr.flow.refs import BY_RULES, FlowRef, QueueRef, StepRef, WordsRef
from ivr.flow.skills import Skills, levels
from ivr.routing import handoff
from ivr.routing.overflow import open_queue

FORMS = frozenset({"callback", "message", "elsewhere"})
"""Ways along which a caller is served in another form than the line."""
DIRECT = handoff.Decision("direct", None)
"""Nothing comes before the line."""

WHILE_WAITING = WordsRef("while_waiting")


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
    line or offer another form than the line (once in a call, never on a second request), then its `line:` rules for
    the queue. A yes to another form takes the way `callback`, `message` or `elsewhere`; with `callback` and `message`
    the caller is in line until the steps there have seen to it, as with a key.

    What is told in line and how often, music, comfort and the alarm stand under the queue in queues.yaml. With
    `menu: {3: news}` the flow `news` is run for who presses 3, while the place is kept and agents may ring; it comes
    back by `return`, or by `return solved`, which leaves the line.

    Whatever a key does here can be said, too: the phrases stand under `choices:` of the words `while_waiting`, by the
    name of the way or flow; those under `how_long` tell the caller at once where he stands. Words lead out of the line
    only where they were heard well and are one of these phrases and nothing else, or after a yes to "Did you mean …?",
    which is asked once about each. Everything else that is heard in line changes nothing.

    Who goes back from here (`back` of `always:`) loses the place, and is told so first: a yes or the same key once more
    leaves the line, and who just stays keeps the place. Who says here that he wants a person is told where
    he stands.
    """

    waits: ClassVar[bool] = True

    queue: QueueRef
    """The queue, or `by_rules`."""
    on: Mapping[str, StepRef]
    """`done`: the talk is over. `full`: no place is left. `closed`: nobody is there at this hour. `solved`: a flow of
    `request:` came back with `return solved`. `callback`, `message`, `elsewhere`: the caller wants that instead, by a
    `form:` of `request:` or by a flow that came back so; of `elsewhere` the link is on its way. `failed`: the queue
    itself is broken; `full` serves where it is left out. And the ways of `keys:`."""
    keys: Mapping[Key, str] = field(default_factory=dict)
    """Keys that leave the line while waiting: key → way."""
    menu: Mapping[Key, FlowRef] = field(default_factory=dict)
    """Keys that run a flow while the place is kept: key → flow."""
    words: WordsRef = WHILE_WAITING
    """Words whose `choices:` tell what callers may say in line instead: for each way of `keys:`, each flow of `menu:`,
    and `how_long`."""
    skills: Skills = ()
    """Skills the agent must have for what this step is about, besides those of the queue: `{fibre: 2}`."""

    def __post_init__(self) -> None:
        need(self.on, "queue", "done", "full", "closed")
        for key, way in self.keys.items():
            if way not in self.on:
                raise ValueError(f"key {key} stands for {way!r}, but `on:` has no such way")
        if both := sorted({*self.keys} & {*self.menu}):
            raise ValueError(f"key {both[0]} stands under `keys:` and under `menu:`; one of them can have it")
        if both := sorted({*self.keys.values()} & {*self.menu.values()}):
            raise ValueError(f"{both[0]!r} is a way of `keys:` and a flow of `menu:`; nobody could say which is meant")

    def ways(self) -> Iterable[Way]:
        return [Way(way, step) for way, step in self.on.items()]

    def own_keys(self) -> Container[str]:
        return {*self.keys, *self.menu}

    def enter(self, draft: Draft) -> Move:
        state = draft.state
        state.ahead = None  # what was wanted besides is a matter of before
        if self.queue != BY_RULES:
            return self._join(draft, str(self.queue), DIRECT)
        handed, state.handed = state.handed, None
        if handed is not None:
            return self._join(draft, handed.queue, DIRECT)
        state.summary.requests += 1
        draft.forget_names()
        rules = draft.hotline.handoff
        conditions = [*(rule.when for rule in rules.request), *(rule.when for rule in rules.line)]
        looks = people.matter(conditions) or any(rule.form == "connect" for rule in rules.line)
        return people.see(draft) if looks else self._by_rules(draft)

    def _by_rules(self, draft: Draft) -> Move:
        first, line = forms.decide(draft)
        return self._join(draft, str(line.value), first)

    def _join(self, draft: Draft, queue: str, first: handoff.Decision) -> Move:
        opened = open_queue(queue, draft.hotline.queues.queues, draft.is_open)
        if opened != queue:
            draft.note("note", queue=queue, why="closed at this hour", instead=opened)
        draft.state.line = opened or queue
        if opened is None:
            ending.leave_line(draft, "closed")
            return Go(self.on["closed"])
        draft.state.scratch.update(queue=opened, first=first.value, form=first.form, rule=first.rule)
        return self._take(draft, ready=not (first.value or first.form))

    def hear(self, draft: Draft, event: Event) -> Move:
        if draft.state.agent is not None:
            return self._talking(draft, event)
        scratch = draft.state.scratch
        match event:
            case PeopleSeen():
                people.seen(draft, event)
                return self._by_rules(draft)
            case _ if "queue" not in scratch:
                return draft.listen_again()  # the rules are being asked, and the line comes after that
            case Placed():
                waiting.placed(draft, event)
                scratch.pop("forgotten", None)
                first, form, rule = (scratch.pop(name, None) for name in ("first", "form", "rule"))
                if first or form:
                    draft.state.held_back.append(rule)
                    return Call(first, {}) if first else forms.offer(draft, rule, form, scratch["queue"])
                return in_line.wait(draft, self._sayable())
            case NoPlace(why="down") if draft.state.place is not None and not scratch.get("forgotten"):
                # An update that writes the line down in another form, or a store that lost its last moments.
                draft.note("note", queue=scratch["queue"], why="the line had forgotten the place")
                scratch["forgotten"] = True
                return self._take(draft, ready=True)
            case NoPlace(why=why):
                draft.note("note", queue=scratch["queue"], why=f"no place: {why}")
                ending.leave_line(draft, why)  # one held in another queue
                return Go(self.on.get(why) or self.on.get("failed") or self.on["full"])
            case _ if draft.state.place is None:
                return draft.listen_again()
            case NothingHeard() | Polled():
                return self._where(draft)
            case DigitsPressed() | SpeechHeard() | ValueRead():
                meant = in_line.hear(draft, self._sayable(), event)
                return self._chosen(draft, meant.name) if isinstance(meant, Meant) else meant
            case _:
                return draft.listen_again()

    def _chosen(self, draft: Draft, name: str) -> Move:
        """By key or words: a way out of the line, a flow to hear meanwhile, or to know where one stands."""
        if name in self.keys.values():
            draft.leaving = name  # the place is given up when the way has led out of line: a callback keeps its time
            return Go(self.on[name])
        return self._where(draft) if name == HOW_LONG else Call(name, {})

    def _where(self, draft: Draft) -> Ask:
        queue = draft.state.scratch["queue"]
        return Ask(AskPlace(queue=queue, foretell=draft.hotline.queues.queues[queue].tells == "wait"))

    def _sayable(self) -> Sayable:
        return Sayable(self.words, {**self.keys, **{key: str(flow) for key, flow in self.menu.items()}})

    def person(self, draft: Draft, heard: str) -> Move | None:
        """Who is in line for a person and says that he wants one is told where he stands: the words may have been meant
        for somebody else, so they move nobody to another line. The key is a request like the first."""
        in_line_already = draft.state.place is not None and draft.state.agent is None
        return self._where(draft) if heard and in_line_already else None

    def going_back(self, draft: Draft) -> Move | None:
        """The place is lost with that, so a caller must want it twice; who stays on the line keeps it."""
        if draft.state.place is None or draft.state.agent is not None:
            return None
        return in_line.ask_whether_back(draft)

    def _talking(self, draft: Draft, event: Event) -> Move:
        match talking.hear(draft, event):
            case "over":
                return Go(self.on["done"])
            case "in_line":
                return self._take(draft, ready=True)
            case move:
                return move

    def back(self, draft: Draft, outcome: str) -> Move:
        """What `request:` put first, or a `menu:` flow, is through: on in line, at the place that was kept (R39)."""
        if outcome == "solved" and "solved" in self.on:
            outcomes.judged(draft, outcome)
            ending.leave_line(draft, "answered")
            return Go(self.on["solved"])
        if outcome in FORMS and outcome in self.on:
            if outcome == "elsewhere":
                ending.leave_line(draft, outcome)
            draft.leaving = outcome
            return Go(self.on[outcome])
        return self._take(draft, ready=True)

    def _take(self, draft: Draft, *, ready: bool) -> Ask:
        # Whom an agent of the line before took, while the rules were asked for this one, goes back to that.
        queue = draft.state.scratch.setdefault("queue", draft.state.summary.queue)
        asked = placing.Asked(str(queue), levels(self.skills), ready, placing.context(draft))
        task = transfers.task(draft, placing.take_place(draft, asked))
        if (held := draft.state.place) is not None:
            task = waiting.as_held(task, held, forgotten=bool(draft.state.scratch.get("forgotten")))
        counts = _counts(task)
        if draft.state.scratch.get("counts", counts) != counts:
            draft.state.scratch["recounted"] = True  # a wish that was told in line, or a tag that came with a lookup
        draft.state.scratch["counts"] = counts
        return Ask(task)


def _counts(task: TakePlace) -> dict[str, object]:
    """What else lets this caller come before others, and who may be rung, where it is not the usual."""
    capped = sum(task.head_starts.values()) > task.head_start_s
    found: dict[str, object] = {
        "head_start_s": task.head_start_s if capped else None,
        "class": task.caller_class,
        "rate": task.rate if task.rate != 1 else None,
        "urgent": task.urgent,
        "skills": task.skills,
        "never": list(task.never),
    }
    return {"head_starts": task.head_starts, **{name: value for name, value in found.items() if value}}
