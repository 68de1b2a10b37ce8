"""A call as a test tells it: dials, hears, presses, says, waits, hangs up. Every failure shows the whole call."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, cast, get_args

from ivr.call.tasks import KeepHint, RefuseHints, TakePlace
from ivr.errors import HostError
from ivr.flow.hints import DAY_S
from ivr.flow.skills import levels
from ivr.sim.callers import Does
from ivr.sim.checks import CallChecks
from ivr.sim.handset import EngineHandset, Handset
from ivr.sim.rehearsal import Rehearsal
from ivr.sim.stubs import stub_for


class SimCall(CallChecks):
    """One simulated caller. Made by the `call` fixture or by `Rehearsal`; tests may make several."""

    def __init__(self, rehearsal: Rehearsal, *, caller: str = "+12025550100", called: str = "") -> None:
        super().__init__(rehearsal, caller, called)
        self._others = itertools.count(1)

    # --- the caller -------------------------------------------------------------------------------------

    def dials(self, called: str = "", *, caller: str | None = None) -> None:
        """Call the hotline; `called` is one of its numbers, `caller` any string. A second time: call again."""
        __tracebackhide__ = True
        if self._handset is not None:
            self._stands("over", "is over before calling again")
        self.caller = caller or self.caller
        self.called = called or self.called
        self._handset = self.handset()
        self._handset.dial()

    def handset(self) -> Handset:
        """The line this call is made by."""
        return EngineHandset(self.rehearsal, self.caller, self.called)

    def presses(self, keys: str | int) -> None:
        """Keys at a prompt, all of them within its patience; `#` ends them."""
        __tracebackhide__ = True
        self._stands("listening", "listens for keys")
        self.line.press(str(keys))

    def says(self, text: str, confidence: float | None = None) -> None:
        """Words at a prompt; where the prompt takes keys only, nobody hears them."""
        __tracebackhide__ = True
        self._stands("listening", "listens for words")
        self.line.say(text, confidence)

    def mumbles(self, text: str) -> None:
        """Words at a prompt that the recogniser is not sure of; none: speech that it did not understand."""
        __tracebackhide__ = True
        self._stands("listening", "listens for words")
        self.line.mumble(text)

    def waits(self, seconds: float) -> None:
        """Stay on the line in silence."""
        __tracebackhide__ = True
        self.line.wait(seconds)

    def hangs_up(self) -> None:
        __tracebackhide__ = True
        if self.line.state == "over":
            self._fail("the call is over already, so nobody can hang up")
        self.line.hang_up()

    def leaves_message(self, seconds: float = 10.0) -> None:
        """Speak after the tone; 0 seconds is a message without a word."""
        __tracebackhide__ = True
        self._stands("recording", "is asked for a message")
        self.line.leave_message(seconds)

    def dial_ends(self, status: str = "completed", seconds: float = 30.0) -> None:
        """The number outside has been rung: completed (talked for so long), busy, no-answer or failed."""
        __tracebackhide__ = True
        self._stands("dialling", "is being connected to a number")
        self.line.dial_ends(status, seconds)

    # --- being called back -------------------------------------------------------------------------------------

    def is_called_back(self, does: str) -> None:
        """This caller's phone rings, and he confirms, declines, is busy, gives no_answer, hangs_up, or is a machine."""
        __tracebackhide__ = True
        if does not in get_args(Does):
            self._fail(f"nobody who is called back {does!r}; there is {', '.join(get_args(Does))}")
        try:
            self.heard_called_back = self.rehearsal.callers.answers(self.hotline.name, self.caller, cast(Does, does))
        except AssertionError as error:
            self._fail(str(error))

    def is_not_called_back(self) -> None:
        """Nobody rings this caller now."""
        __tracebackhide__ = True
        if self.rehearsal.callers.rings(self.hotline.name, self.caller):
            self._fail(f"nobody should ring {self.caller} now, but the phone rings")

    def passes(self, seconds: float) -> None:
        """Time goes by after the call, in which agents' phones and callers' may ring."""
        __tracebackhide__ = True
        self.rehearsal.pass_time(seconds)
        self.rehearsal.switchboard.round(self.hotline.name)

    # --- people and data --------------------------------------------------------------------------------------

    def stub(self, lookup: str, answers: Any = None, **how: Any) -> None:
        """What a lookup answers from now on: `answers`, or `none=True`, or `fails="timeout"`, after `delay_s`."""
        __tracebackhide__ = True
        try:
            self.rehearsal.lookups.stubs[lookup] = stub_for(self.hotline, lookup, answers, **how)
        except ValueError as error:
            self._fail(str(error))

    def was_told(self, hint: str, days_ago: float) -> None:
        """In an earlier call this caller was told that unasked."""
        __tracebackhide__ = True
        if hint not in self.hotline.hints:
            self._fail(f"there is no hint {hint!r}; there is {', '.join(self.hotline.hints) or 'none'}")
        house, at = self.rehearsal, self.rehearsal.clock() - days_ago * DAY_S
        kept = KeepHint(self.caller, hint, "told", at, self.hotline.version)
        house.works.memory.keep(self.hotline.name, f"earlier-{next(self._others)}", kept)

    def refused_hints(self) -> None:
        """In an earlier call this caller has said that he wants none."""
        house = self.rehearsal
        house.works.memory.keep(self.hotline.name, "", RefuseHints(self.caller, True, house.clock() - DAY_S))

    def agent_signs_in(self, agent: str) -> None:
        __tracebackhide__ = True
        self._people(self.rehearsal.people.sign_in, agent)

    def agent_signs_out(self, agent: str) -> None:
        __tracebackhide__ = True
        self._people(self.rehearsal.people.sign_out, agent)

    def agent_takes(self, agent: str) -> None:
        """The agent's phone rings, and the agent presses 1."""
        __tracebackhide__ = True
        self._people(self.rehearsal.people.take, agent)
        self.line.wait(0.1)

    def agent_declines(self, agent: str) -> None:
        __tracebackhide__ = True
        self._people(self.rehearsal.people.decline, agent)

    def agent_is_not_rung(self, agent: str) -> None:
        """The agent's phone does not ring, though the switchboard has looked around."""
        __tracebackhide__ = True
        if self.rehearsal.people.rings(self.hotline.name, agent):
            self._fail(f"the phone of agent {agent} should not ring now, but it does")

    def agent_leaves(self, seconds: float = 60.0) -> None:
        """The agent ends the talk after that time; the caller stays on the line."""
        __tracebackhide__ = True
        self._stands("joined", "is with an agent")
        self.line.agent_leaves(seconds)

    def agent_transfers(self, to: str, note: str = "", *, by: str = "") -> None:
        """The agent the caller is with, or `by`, sends him to `queue:NAME` or `agent:NAME`."""
        __tracebackhide__ = True
        self._hands_on(self.rehearsal.people.transfer, to, note, by)

    def agent_brings_in(self, to: str, note: str = "", *, by: str = "") -> None:
        """The agent has somebody rung who is to join the talk."""
        __tracebackhide__ = True
        self._hands_on(self.rehearsal.people.bring_in, to, note, by)

    def expert_joins(self, agent: str) -> None:
        """The expert's phone rings, and the expert presses 1."""
        __tracebackhide__ = True
        self._people(self.rehearsal.people.take, agent)
        self.line.wait(0.1)

    def one_leaves(self, agent: str) -> None:
        """One of several agents ends the talk for himself."""
        __tracebackhide__ = True
        self.rehearsal.people.finish(self.hotline.name, agent, 0.0)
        self.line.wait(0.1)

    def _hands_on(self, act: Callable[[str, str, str, str], None], to: str, note: str, by: str) -> None:
        __tracebackhide__ = True
        self._stands("joined", "is with an agent")
        taken = [entry.data["agent"] for entry in self.entries() if entry.kind == "connected"]
        try:
            act(self.hotline.name, by or taken[-1], to, note)
        except HostError as error:
            self._fail(str(error))
        self.line.wait(0.1)

    def another_joins(self, queue: str) -> None:
        """Somebody else takes a place in that line, and stays there."""
        __tracebackhide__ = True
        house, name = self.rehearsal, self.hotline.name
        spec = self.hotline.queues.queues.get(queue)
        if spec is None:
            return self._fail(f"there is no queue {queue!r}; there are {', '.join(self.hotline.queues.queues)}")
        place = TakePlace(queue=queue, skills=levels(spec.skills), language=self.hotline.language, limit=spec.limit)
        house.line.take(name, f"another-{next(self._others)}", place, now=house.clock())
        return None

    def _people(self, act: Callable[[str, str], None], agent: str) -> None:
        __tracebackhide__ = True
        try:
            act(self.hotline.name, agent)
        except (AssertionError, HostError) as error:
            self._fail(str(error))
