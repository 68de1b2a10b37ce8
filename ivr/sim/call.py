"""A call as a test tells it: dials, hears, presses, says, waits, hangs up. Every failure shows the whole call."""

from __future__ import annotations

from typing import Any

from ivr.call.entries import Entry
from ivr.sim.handset import EngineHandset, Handset
from ivr.sim.rehearsal import Rehearsal
from ivr.sim.stubs import stub_of


class SimCall:
    """One simulated caller. Made by the `call` fixture or by `Rehearsal`; tests may make several."""

    def __init__(self, rehearsal: Rehearsal, *, caller: str = "+12025550100", called: str = "") -> None:
        self.rehearsal = rehearsal
        self.caller = caller
        self.called = called
        self._handset: Handset | None = None

    # --- the caller -------------------------------------------------------------------------------------

    def dials(self, called: str = "", *, caller: str | None = None) -> None:
        """Call the hotline; `called` is one of its numbers, `caller` any string."""
        self.caller = caller or self.caller
        self.called = called or self.called
        self._handset = self.handset()
        self._handset.dial()

    def handset(self) -> Handset:
        """The line this call is made by."""
        return EngineHandset(self.rehearsal, self.caller, self.called)

    def presses(self, keys: str | int) -> None:
        self.line.press(str(keys))

    def says(self, text: str, confidence: float | None = None) -> None:
        self.line.say(text, confidence)

    def waits(self, seconds: float) -> None:
        """Stay on the line in silence."""
        self.line.wait(seconds)

    def hangs_up(self) -> None:
        self.line.hang_up()

    def leaves_message(self, seconds: float = 10.0) -> None:
        """Speak after the tone; 0 seconds is a message without a word."""
        self._stands("recording", "is asked for a message")
        self.line.leave_message(seconds)

    # --- what must be so ----------------------------------------------------------------------------------

    def hears(self, text: str) -> None:
        """Some words of what was said since the caller last did something."""
        __tracebackhide__ = True
        if not any(text.casefold() in said.casefold() for said in [*self.line.heard, " ".join(self.line.heard)]):
            self._fail(f"the caller should hear {text!r}, but heard: {' '.join(self.line.heard) or 'nothing'}")

    def does_not_hear(self, text: str) -> None:
        __tracebackhide__ = True
        if text.casefold() in " ".join(self.line.heard).casefold():
            self._fail(f"the caller should not hear {text!r}")

    def is_over(self, because: str | None = None) -> None:
        __tracebackhide__ = True
        self._stands("over", "is over")
        if because is not None and self.line.ended_because != because:
            self._fail(f"the call should be over because {because!r}, but it is because {self.line.ended_because!r}")

    def is_in_queue(self, queue: str, position: int | None = None) -> None:
        """Holds a place in that line; 1 is next."""
        __tracebackhide__ = True
        place = self.place()
        if place is None or place[0] != queue:
            self._fail(
                f"the caller should wait in {queue!r}, but {f'waits in {place[0]!r}' if place else 'waits nowhere'}"
            )
        elif position is not None and place[1] != position:
            self._fail(f"the caller should be number {position} in {queue!r}, but is number {place[1]}")

    def is_not_in_queue(self) -> None:
        __tracebackhide__ = True
        place = self.place()
        if place is not None:
            self._fail(f"the caller should wait nowhere, but waits in {place[0]!r}")

    def is_with(self, agent: str) -> None:
        """Talks with that agent."""
        __tracebackhide__ = True
        self._stands("joined", f"is with {agent}")
        taken = [entry.data["agent"] for entry in self.entries() if entry.kind == "connected"]
        if taken[-1:] != [agent]:
            self._fail(f"the caller should be with {agent!r}, but is with {taken[-1] if taken else 'nobody'!r}")

    def is_transferred_to(self, number: str) -> None:
        __tracebackhide__ = True
        dialled = [turn["dialled"] for _, turn in self.line.transcript.turns if "dialled" in turn]
        if dialled[-1:] != [number]:
            self._fail(
                f"the caller should be transferred to {number}, but was to {dialled[-1] if dialled else 'nobody'}"
            )

    def got_sms(self, text: str) -> None:
        """A text message with these words went to this caller."""
        __tracebackhide__ = True
        sent = [sms.text for sms in self.rehearsal.texts if sms.to == self.caller]
        if not any(text.casefold() in one.casefold() for one in sent):
            self._fail(f"the caller should get a text message with {text!r}, but got: {sent or 'none'}")

    def got_no_sms(self) -> None:
        __tracebackhide__ = True
        if sent := [sms.text for sms in self.rehearsal.texts if sms.to == self.caller]:
            self._fail(f"the caller should get no text message, but got: {sent}")

    def recorded(self, kind: str, **data: Any) -> None:
        """The record has an entry of that kind with this data."""
        __tracebackhide__ = True
        found = [entry.data for entry in self.entries() if entry.kind == kind]
        if not any(all(one.get(name) == value for name, value in data.items()) for one in found):
            self._fail(f"the record should have {kind} with {data}, but has: {found or 'none'}")

    # --- people and data --------------------------------------------------------------------------------------

    def stub(self, lookup: str, answers: Any = None, **how: Any) -> None:
        """What a lookup answers from now on: `answers`, or `none=True`, or `fails="timeout"`, after `delay_s`."""
        self.rehearsal.lookups.stubs[lookup] = stub_of(answers, **how)

    def agent_signs_in(self, agent: str) -> None:
        self.rehearsal.people.sign_in(self._hotline(), agent)

    def agent_takes(self, agent: str) -> None:
        """The agent's phone rings, and the agent presses 1."""
        __tracebackhide__ = True
        self._people(self.rehearsal.people.take, agent)
        self.line.wait(0.1)

    def agent_declines(self, agent: str) -> None:
        __tracebackhide__ = True
        self._people(self.rehearsal.people.decline, agent)

    def agent_leaves(self, seconds: float = 60.0) -> None:
        """The agent ends the talk after that time; the caller stays on the line."""
        __tracebackhide__ = True
        self._stands("joined", "is with an agent")
        self.line.agent_leaves(seconds)

    # --- looking ------------------------------------------------------------------------------------------------

    @property
    def line(self) -> Handset:
        if self._handset is None:
            raise AssertionError("nobody has dialled yet: call.dials(…) comes first")
        return self._handset

    @property
    def dialled(self) -> bool:
        return self._handset is not None

    def entries(self) -> list[Entry]:
        """The call's record so far."""
        return self.rehearsal.entries(self._hotline(), self.line.call)

    def summary(self) -> dict[str, Any]:
        """What the summary row will say; empty while the call runs."""
        return next((entry.data for entry in self.entries() if entry.kind == "ended"), {})

    def place(self) -> tuple[str, int] | None:
        """(queue, position), or None."""
        for queue in self.rehearsal.shelf.current(self._hotline()).queues.queues:  # type: ignore[union-attr]
            line = self.rehearsal.line.look(self._hotline(), queue, now=self.rehearsal.clock())
            for position, one in enumerate(line, start=1):
                if one.call == self.line.call:
                    return queue, position
        return None

    def _hotline(self) -> str:
        return self.rehearsal.conductor.hotline_for(self.called) or self.rehearsal.shelf.names()[0]

    def _people(self, act: Any, agent: str) -> None:
        __tracebackhide__ = True
        try:
            act(self._hotline(), agent)
        except AssertionError as error:
            self._fail(str(error))

    def _stands(self, state: str, what: str) -> None:
        __tracebackhide__ = True
        if self.line.state != state:
            self._fail(f"the caller should be where the call {what}, but the line is {self.line.state}")

    def _fail(self, why: str) -> None:
        __tracebackhide__ = True
        raise AssertionError(f"{why}\n\nThe call so far:\n{self.line.transcript.shown()}")
