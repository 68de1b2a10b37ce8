"""The caller's telephone in a simulated call: hears verbs on the virtual clock, presses, speaks, waits."""

from __future__ import annotations

from typing import Literal, Protocol

from ivr.call.codec import Answer
from ivr.call.events import (
    AgentLeft,
    CallStarted,
    DialEnded,
    DigitsPressed,
    Event,
    HungUp,
    NothingHeard,
    Polled,
    Recorded,
    SpeechHeard,
)
from ivr.call.verbs import Dial, Hangup, Join, Listen, Play, Record, Say, StartRecording, StopRecording, Verb, Wait
from ivr.sim.cloud.timing import spoken_s
from ivr.sim.rehearsal import Rehearsal
from ivr.sim.transcript import Transcript

State = Literal["idle", "listening", "recording", "dialling", "waiting", "joined", "over"]

MOST_TURNS = 2000
"""Turns that one wait may run through; a wait of a whole day with hold music stays below it."""
AN_INSTANT_S = 0.001
"""Less is no time: seconds since 1970 are not exact to a millionth."""

LEAST_WAIT_S = 0.05
"""A pause of no length would be asked after for ever while the clock stands still."""


class Handset(Protocol):
    """One caller's line; the engine's own or one through a carrier."""

    call: str
    ended_because: str
    transcript: Transcript

    @property
    def state(self) -> State: ...
    @property
    def heard(self) -> list[str]:
        """What was said since the caller last did something."""

    def dial(self) -> None: ...
    def press(self, digits: str) -> None: ...
    def say(self, text: str, confidence: float | None = None) -> None: ...
    def mumble(self, text: str) -> None:
        """Words that the recogniser itself would ask about; none: speech that it did not understand."""

    def wait(self, seconds: float) -> None: ...
    def hang_up(self) -> None: ...
    def leave_message(self, seconds: float) -> None: ...
    def dial_ends(self, status: str, seconds: float) -> None: ...
    def agent_leaves(self, seconds: float) -> None: ...


class EngineHandset:
    """A line straight to the conductor."""

    def __init__(self, rehearsal: Rehearsal, caller: str, called: str) -> None:
        self.rehearsal = rehearsal
        self.caller, self.called = caller, called
        self.hotline = rehearsal.conductor.hotline_for(called) or ""
        self.call = rehearsal.new_call()
        self.state: State = "idle"
        self.heard: list[str] = []
        self.ended_because = ""
        self.transcript = Transcript(caller, called)
        self._turn = 0
        self._left_s = 0.0
        self._holding: Verb = Wait()

    # --- what the caller does -----------------------------------------------------------------------

    def dial(self) -> None:
        self._hear(CallStarted(caller=self.caller, called=self.called, channel="sim"))

    def press(self, digits: str) -> None:
        self.transcript.add(self._now(), presses=digits)
        self._catch_up()
        self._hear(DigitsPressed(self._taken(digits)))

    def say(self, text: str, confidence: float | None = None) -> None:
        self.transcript.add(self._now(), says=text)
        self._speak(SpeechHeard(text, confidence))

    def mumble(self, text: str) -> None:
        self.transcript.add(self._now(), mumbles=text)
        self._speak(SpeechHeard(text, sure=False))

    def _speak(self, speech: SpeechHeard) -> None:
        self._catch_up()
        self.rehearsal.pass_time(spoken_s(speech.text))
        deaf = isinstance(self._holding, Listen) and not self._holding.speech
        self._hear(NothingHeard() if deaf else speech)

    def wait(self, seconds: float) -> None:
        """Keep silent for so long, through as many prompts as that takes."""
        self.transcript.add(self._now(), waits=seconds)
        until = self._now() + seconds
        for _ in range(MOST_TURNS):
            self._catch_up()
            rest = until - self._now()
            silence = self._silence()
            if self.state == "over" or (rest < AN_INSTANT_S and (silence is None or self._left_s >= AN_INSTANT_S)):
                return
            passes = max(0.0, rest if silence is None else min(self._left_s, rest))
            self.rehearsal.pass_time(passes)
            self._left_s -= passes
            if silence is not None and self._left_s < AN_INSTANT_S:
                self._hear(silence, keep=True)
        raise AssertionError(f"{seconds} s are more than {MOST_TURNS} turns: the call goes round in circles")

    def hang_up(self) -> None:
        self.transcript.add(self._now(), hangs_up=True)
        self.rehearsal.conductor.tell(self.hotline, self.call, HungUp())
        self._over("hung up")
        self.rehearsal.settle()

    def leave_message(self, seconds: float) -> None:
        self.transcript.add(self._now(), records=seconds)
        self.rehearsal.pass_time(seconds)
        recording = f"recording-of-{self.call}" if seconds else ""
        self._hear(Recorded(recording=recording, duration_s=seconds, key="#"))

    def dial_ends(self, status: str, seconds: float) -> None:
        self.transcript.add(self._now(), dial=status)
        self.rehearsal.pass_time(seconds)
        self._hear(DialEnded(status, seconds))

    def agent_leaves(self, seconds: float) -> None:
        agent = self._holding.agent if isinstance(self._holding, Join) else ""
        self.transcript.add(self._now(), agent_leaves=seconds)
        self.rehearsal.pass_time(seconds)
        self.rehearsal.people.finish(self.hotline, agent, seconds)
        self._hear(AgentLeft(agent, seconds))

    # --- what the line does ---------------------------------------------------------------------------

    def look(self) -> None:
        """News that the line did not ask for: an agent has been joined."""
        answer = self.rehearsal.conductor.replay(self.hotline, self.call)
        if answer is not None and answer.turn != self._turn:
            self._take(answer, keep=True)

    def _catch_up(self) -> None:
        if self.state not in ("idle", "over"):
            self.look()

    def _taken(self, digits: str) -> str:
        """The keys a line takes of these: up to the one that ends them, and no more than are wanted."""
        if len(digits) < 2 or not isinstance(self._holding, Listen):
            return digits
        taken = digits.partition(self._holding.finish_on)[0] if self._holding.finish_on else digits
        return taken[: self._holding.max_digits]

    def _silence(self) -> Event | None:
        """What the line tells when the caller has done nothing for long enough; None where it only goes on."""
        match self._holding:
            case Listen():
                return NothingHeard()
            case Wait():
                return Polled()
            case Record():
                return Recorded(recording="", duration_s=0.0)
            case _:
                return None

    def _hear(self, event: Event, *, keep: bool = False) -> None:
        if not self.hotline:
            raise AssertionError(f"no hotline answers {self.called!r}")
        answer = self.rehearsal.conductor.hear(self.hotline, self.call, self._turn, event)
        self._take(answer, keep=keep)
        self.rehearsal.settle()

    def _take(self, answer: Answer, *, keep: bool) -> None:
        self._turn = answer.turn
        if not keep:
            self.heard = []
        for verb in answer.verbs:
            self._perform(verb)

    def _perform(self, verb: Verb) -> None:
        if isinstance(verb, StartRecording | StopRecording):
            return  # the caller hears nothing of it
        self._holding, self._left_s = verb, 0.0
        match verb:
            case Say():
                self._listen_to(verb)
            case Play(length_s=length_s):
                self.rehearsal.pass_time(length_s)
            case Listen(prompts=prompts, patience_s=patience_s):
                self.state = "listening"
                for prompt in prompts:
                    if isinstance(prompt, Say):
                        self._listen_to(prompt)
                self._left_s = patience_s + sum(prompt.length_s for prompt in prompts if isinstance(prompt, Play))
            case Wait(seconds=seconds):
                self.state, self._left_s = "waiting", max(seconds, LEAST_WAIT_S)
            case Record(silence_s=silence_s):
                self.state, self._left_s = "recording", silence_s
            case Dial(number=number, action=action):
                self.state = "dialling"
                self.transcript.add(self._now(), dialled=number)
                if action == "fallback":
                    self._over("transferred")
            case Join(agent=agent):
                self.state = "joined"
                self.transcript.add(self._now(), agent=agent)
            case Hangup(reason=reason):
                self._over(reason)

    def _listen_to(self, say: Say) -> None:
        self.transcript.add(self._now(), hears=say.text)
        self.heard.append(say.text)
        self.rehearsal.pass_time(spoken_s(say.text) / say.rate)

    def _over(self, why: str) -> None:
        self.state, self.ended_because = "over", why
        self.transcript.add(self._now(), over=why)

    def _now(self) -> float:
        return self.rehearsal.clock()
