"""What a test finds out about a simulated call, and demands of it. Every failure shows the whole call."""

from __future__ import annotations

from typing import Any

from ivr.call.entries import Entry
from ivr.call.verbs import Listen, Say
from ivr.flow.hotline import Hotline
from ivr.sim.handset import Handset
from ivr.sim.rehearsal import Rehearsal


class CallChecks:
    """Half of a simulated call: the one that looks."""

    def __init__(self, rehearsal: Rehearsal, caller: str, called: str) -> None:
        self.rehearsal = rehearsal
        self.caller = caller
        self.called = called
        self._handset: Handset | None = None
        self.heard_called_back = ""
        """What was said when this caller was called back."""

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

    def hears_language(self, language: str) -> None:
        """All of the last words were in that language."""
        __tracebackhide__ = True
        spoken = sorted({say.language for say in self._last_said()})
        if spoken != [language]:
            self._fail(f"the caller should be spoken to in {language!r}, but hears {', '.join(spoken) or 'nothing'}")

    def hears_slowly(self) -> None:
        """The last words were spoken below the voice's own pace."""
        __tracebackhide__ = True
        rates = [say.rate for say in self._last_said()]
        if not rates or max(rates) >= 1.0:
            self._fail(f"the caller should be spoken to slowly, but the pace was {rates or 'none'}")

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
        dialled = [turn["transferred"] for _, turn in self.line.transcript.turns if "transferred" in turn]
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

    def is_promised_callback(self, queue: str) -> None:
        """A call back stands on that queue's list, with the time the caller's place in line had."""
        __tracebackhide__ = True
        since = [entry.at for entry in self.entries() if entry.kind in ("queued", "callback")][:1]
        told = [(task.queue, task.since) for task in self.rehearsal.callbacks if task.number == self.caller]
        if not any(name == queue and abs(at - since[0]) < 1 for name, at in told if since):
            self._fail(f"a call back of {queue!r} should be promised, waiting since {since}, but there is: {told}")

    def hears_called_back(self, text: str) -> None:
        __tracebackhide__ = True
        if text.casefold() not in self.heard_called_back.casefold():
            self._fail(f"who is called back should hear {text!r}, but heard: {self.heard_called_back or 'nothing'}")

    def promise_is(self, state: str) -> None:
        """How this caller's promised call stands: waiting, reserved, connected, served, rang_in, declined,
        not_reached."""
        __tracebackhide__ = True
        found = self.rehearsal.callback_of(self.hotline.name, self.caller)
        if found != state:
            self._fail(f"the promised call should be {state!r}, but is {found or 'not there'!r}")

    def left_message_for(self, queue: str) -> None:
        """The caller's recorded message stands on that queue's list."""
        __tracebackhide__ = True
        kept = [task.queue for task in self.rehearsal.voicemails if task.number == self.caller]
        if queue not in kept:
            self._fail(f"a message should be kept for {queue!r}, but there is one for: {kept or 'nobody'}")

    def looked_up(self, lookup: str) -> None:
        """Business data was asked this."""
        __tracebackhide__ = True
        asked = [task.name for task in self.rehearsal.lookups.asked]
        if lookup not in asked:
            self._fail(f"{lookup!r} should be looked up, but asked was only: {', '.join(asked) or 'nothing'}")

    def recorded(self, kind: str, **data: Any) -> None:
        """The record has an entry of that kind with this data."""
        __tracebackhide__ = True
        found = [entry.data for entry in self.entries() if entry.kind == kind]
        if not any(_fits(one, data) for one in found):
            self._fail(f"the record should have {kind} with {data}, but has: {found or 'none'}")

    def not_recorded(self, kind: str, **data: Any) -> None:
        """The record has no such entry."""
        __tracebackhide__ = True
        found = [entry.data for entry in self.entries() if entry.kind == kind and _fits(entry.data, data)]
        if found:
            self._fail(f"the record should have no {kind} with {data}, but has: {found}")

    # --- looking ------------------------------------------------------------------------------------------------

    @property
    def line(self) -> Handset:
        if self._handset is None:
            raise AssertionError("nobody has dialled yet: call.dials(…) comes first")
        return self._handset

    @property
    def dialled(self) -> bool:
        return self._handset is not None

    @property
    def hotline(self) -> Hotline:
        """The hotline that is called."""
        shelf = self.rehearsal.shelf
        found = shelf.current(self.rehearsal.conductor.hotline_for(self.called) or shelf.names()[0])
        assert found is not None, "a rehearsal serves the hotlines it was built with"
        return found

    def entries(self) -> list[Entry]:
        """The call's record so far."""
        return self.rehearsal.entries(self.hotline.name, self.line.call)

    def summary(self) -> dict[str, Any]:
        """What the summary row will say; empty while the call runs."""
        return next((entry.data for entry in self.entries() if entry.kind == "ended"), {})

    def place(self) -> tuple[str, int] | None:
        """(queue, position), or None."""
        for queue in self.hotline.queues.queues:
            line = self.rehearsal.line.look(self.hotline.name, queue, now=self.rehearsal.clock())
            for position, one in enumerate(line, start=1):
                if one.call == self.line.call:
                    return queue, position
        return None

    def _last_said(self) -> list[Say]:
        """What the line was told to say in its last answer."""
        answer = self.rehearsal.conductor.replay(self.hotline.name, self.line.call)
        told = [verb.prompts if isinstance(verb, Listen) else (verb,) for verb in answer.verbs] if answer else []
        return [verb for verbs in told for verb in verbs if isinstance(verb, Say)]

    def _stands(self, state: str, what: str) -> None:
        __tracebackhide__ = True
        if self.line.state != state:
            self._fail(f"the caller should be where the call {what}, but the line is {self.line.state}")

    def _fail(self, why: str) -> None:
        __tracebackhide__ = True
        shown = self.line.transcript.shown() if self.dialled else "  nobody has dialled yet"
        raise AssertionError(f"{why}\n\nThe call so far:\n{shown}")


def _fits(data: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """What is wanted is there; of a mapping inside likewise."""
    return all(
        name in data
        and (
            _fits(data[name], value)
            if isinstance(value, dict) and isinstance(data[name], dict)
            else data[name] == value
        )
        for name, value in wanted.items()
    )
