"""A caller's telephone at the carrier, used as a script tells it."""

from __future__ import annotations

from ivr.sim.carrier.rehearsal import CarrierRehearsal
from ivr.sim.cloud import Call
from ivr.sim.cloud.timing import spoken_s
from ivr.sim.handset import State
from ivr.sim.transcript import Transcript

STATES: dict[str, State] = {
    "listening": "listening",
    "recording": "recording",
    "dialling": "dialling",
    "talking": "dialling",
    "in room": "joined",
    "over": "over",
}
"""The carrier's word → ours; whatever else the line does, the caller waits."""
SOUND = "♪ "


class CloudHandset:
    """The `Handset` protocol on the carrier's double.

    Time passes as on the engine's own line: the caller hears prompts to their end, and thinks for no time.
    """

    def __init__(self, rehearsal: CarrierRehearsal, caller: str, called: str) -> None:
        self.rehearsal = rehearsal
        self.caller, self.called = caller, rehearsal.number(called)
        self.call = ""
        self.ended_because = ""
        self.transcript = Transcript(caller, self.called)
        self._phone: Call | None = None
        self._written = 0
        """How much of what was heard stands in the transcript."""
        self._legs = 0
        self._last_words: list[str] = []
        """Said before a call was handed on for good."""

    # --- what the caller does -----------------------------------------------------------------------

    def dial(self) -> None:
        self._phone = self.rehearsal.cloud.dial(self.caller, self.called)
        self.call = self.phone.sid
        self._settle()

    def press(self, digits: str) -> None:
        self.transcript.add(self._now(), presses=digits)
        self.phone.press(digits, at_once=True)
        self._settle()

    def say(self, text: str, confidence: float | None = None) -> None:
        self.transcript.add(self._now(), says=text)
        self.phone.wait(spoken_s(text))
        self.phone.say(text, confidence, at_once=True)
        self._settle()

    def mumble(self, text: str) -> None:
        raise AssertionError(f"a carrier never says that it is unsure of {text!r}; play this call with `by: engine`")

    def wait(self, seconds: float) -> None:
        self.transcript.add(self._now(), waits=seconds)
        if self.state != "over":
            self.phone.wait(seconds)
        self._settle()

    def hang_up(self) -> None:
        self.transcript.add(self._now(), hangs_up=True)
        self.ended_because = "hung up"
        self.phone.hang_up()
        self._settle()

    def leave_message(self, seconds: float) -> None:
        self.transcript.add(self._now(), records=seconds)
        self.phone.leave_message(seconds)
        self._settle()

    def dial_ends(self, status: str, seconds: float) -> None:
        self.transcript.add(self._now(), dial=status)
        leg = self._dialled()[-1]
        if status == "completed":
            leg.answer()
            leg.wait(seconds)
            leg.hang_up()
        else:
            {"busy": leg.decline, "no-answer": leg.no_answer}.get(status, leg.fail)()
            self.phone.wait(seconds)
        self._settle()

    def agent_leaves(self, seconds: float) -> None:
        self.transcript.add(self._now(), agent_leaves=seconds)
        self.phone.wait(seconds)
        entries = self.rehearsal.entries(self._hotline(), self.call)
        agent = [entry.data["agent"] for entry in entries if entry.kind == "connected"][-1]
        self.rehearsal.people.finish(self._hotline(), agent, seconds)
        self._settle()

    # --- what the line does ---------------------------------------------------------------------------

    @property
    def phone(self) -> Call:
        assert self._phone is not None, "nobody has dialled yet"
        return self._phone

    @property
    def state(self) -> State:
        if self._phone is None:
            return "idle"
        return STATES.get(self.phone.state, "waiting")

    @property
    def heard(self) -> list[str]:
        return self._last_words or self._words(self.phone.hears)

    def _settle(self) -> None:
        """Hear what is said now to its end, and let the house do its chores."""
        self.rehearsal.cloud.settle(self.phone)
        self._write()
        self._listen()
        self.rehearsal.settle()
        self.rehearsal.cloud.do_orders()
        self._write()
        for leg in self._dialled()[self._legs :]:
            self.transcript.add(self._now(), dialled=leg.to)
        self._legs = len(self._dialled())
        if self.state == "dialling" and self._is_last_resort():
            self._last_words = self.heard
            self._dialled()[-1].answer()
            self.phone.hang_up()
            self.ended_because = "transferred"
        if self.state == "over" and not self.ended_because:
            self.ended_because = self._why()
            self.transcript.add(self._now(), over=self.ended_because)

    def _listen(self) -> None:
        """To the end of the words; music goes on."""
        waiting = self.phone.waiting
        if waiting is None or waiting.doing != "listening":
            return
        music = 0.0
        for heard in reversed(self.phone.heard):
            if not self._is_music(heard):
                break
            music += self._length_s(heard.removeprefix(SOUND))
        self.rehearsal.cloud.advance_to(max(self._now(), waiting.prompts_end - music))

    def _write(self) -> None:
        for text in self._words(self.phone.heard[self._written :]):
            self.transcript.add(self._now(), hears=text)
        self._written = len(self.phone.heard)

    def _words(self, heard: list[str]) -> list[str]:
        """What was said, recorded words as the words they are; no music."""
        return [
            self.rehearsal.recorded[text.removeprefix(SOUND)] if text.startswith(SOUND) else text
            for text in heard
            if not self._is_music(text)
        ]

    def _is_music(self, heard: str) -> bool:
        return heard.startswith(SOUND) and heard.removeprefix(SOUND) not in self.rehearsal.recorded

    def _length_s(self, sound: str) -> float:
        sounds = self.rehearsal.hotline(self._hotline()).sounds
        return next((length for path, length in sounds.items() if path.rsplit("/", 1)[-1] == sound), 0.0)

    def _dialled(self) -> list[Call]:
        return [call for call in self.rehearsal.cloud.calls.values() if call.parent is self._phone]

    def _is_last_resort(self) -> bool:
        """Whether the present document is the transfer of a call that we cannot take."""
        documents = [one.reply for one in self.phone.requests if one.method == "POST" and one.reply]
        return bool(documents) and self.rehearsal.urls.transferred() in documents[-1].text

    def _why(self) -> str:
        entries = self.rehearsal.entries(self._hotline(), self.call)
        return next((str(entry.data["why"]) for entry in entries if entry.kind == "ended"), "")

    def _hotline(self) -> str:
        return self.rehearsal.conductor.hotline_for(self.called) or ""

    def _now(self) -> float:
        return self.rehearsal.clock()
