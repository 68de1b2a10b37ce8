"""A caller's telephone among hundreds: what the hotline says takes its time, and other things happen meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from ivr.call.state import CallState
from ivr.call.verbs import Dial, Hangup, Join, Listen, Play, Record, Say, StartRecording, StopRecording, Verb, Wait
from ivr.engine.nodes.queue import QueueStep
from ivr.sim.cloud.timing import spoken_s
from ivr.sim.day.arrivals import Caller
from ivr.sim.day.mind import GOES, Act, Mind
from ivr.sim.transcript import Transcript

if TYPE_CHECKING:
    from ivr.sim.day.house import House

THINKS_S = (0.3, 2.0)
"""From the end of a question to the answer."""
MESSAGE_S = 12.0
OUTSIDE_S = 60.0
"""How long a talk with a number outside lasts."""


class Phone:
    """One call. Every event carries the turn it belongs to; what was planned for an earlier one does not happen."""

    def __init__(self, house: House, caller: Caller, attempt: int) -> None:
        self.house, self.caller, self.attempt = house, caller, attempt
        self.call = f"day-{caller.n}" + (f"-{attempt}" if attempt > 1 else "")
        self.mind = Mind(caller, attempt, house.hotline, house.chance)
        self.transcript = Transcript(caller.number, house.called)
        self.over = False
        self.hung_up = False
        self.gave_up = False
        """Hung up in line."""
        self._turn = 0
        self._plan = 0
        self._in_line_since: float | None = None

    def dial(self) -> None:
        self._hear(CallStarted(caller=self.caller.number, called=self.house.called, channel="sim"))

    def look(self) -> None:
        """News that the line did not ask for: an agent has been joined."""
        answer = self.house.conductor.replay(self.house.name, self.call)
        if answer is not None and answer.turn != self._turn and not self.over:
            self._take(answer)

    def agent_leaves(self, agent: str, seconds: float) -> None:
        if not self.over:
            self._note(agent_leaves=seconds)
            self._hear(AgentLeft(agent, seconds))

    # --- what the line does --------------------------------------------------------------------------------

    def _hear(self, event: Event) -> None:
        self._take(self.house.conductor.hear(self.house.name, self.call, self._turn, event))

    def _take(self, answer: Answer) -> None:
        """Plan what comes after all that is said now."""
        self._turn = answer.turn
        self._plan += 1
        passes_s = 0.0
        for verb in answer.verbs:
            passes_s += self._hears(verb)
        last = answer.verbs[-1]
        match last:
            case Listen():
                self._ask(last, passes_s)
            case Wait(seconds=seconds):
                self._then(passes_s + max(seconds, 0.05), Polled())
            case Record(silence_s=silence_s):
                self._note(records=MESSAGE_S)
                recorded = Recorded(recording=f"recording-of-{self.call}", duration_s=MESSAGE_S, key="#")
                self._then(passes_s + MESSAGE_S + silence_s, recorded)
            case Dial(number=number, action=action):
                self._note(dialled=number)
                if action == "fallback":
                    self._end("transferred")
                else:
                    self._then(passes_s + OUTSIDE_S, DialEnded("completed", OUTSIDE_S))
            case Join(agent=agent):
                self._in_line_since = None
                self._note(agent=agent)
            case Hangup(reason=reason):
                self._end(reason)

    def _hears(self, verb: Verb) -> float:
        """How long it sounds."""
        match verb:
            case Say():
                self._note(hears=verb.text)
                return spoken_s(verb.text) / verb.rate
            case Play(length_s=length_s):
                return length_s
            case Listen(prompts=prompts):
                return sum(self._hears(prompt) for prompt in prompts)
            case StartRecording() | StopRecording():
                return 0.0
            case _:
                return 0.0

    def _ask(self, listen: Listen, passes_s: float) -> None:
        state = self.house.state_of(self.call)
        if isinstance(self.mind.step_of(state), QueueStep) and state.place is not None:
            return self._wait_in_line(listen, state, passes_s)
        act = self.mind.answer(listen, state)
        match act.does:
            case "nothing":
                self._then(passes_s + listen.patience_s, NothingHeard())
            case "hangs_up":
                self._then(passes_s, None, act)
            case _:
                thinks_s = round(self.mind.draw("thinks", self._turn).uniform(*THINKS_S), 3)
                spoken = spoken_s(act.what) if act.does == "says" else 0.0
                self._then(passes_s + thinks_s + spoken, _event_of(act), act)
        return None

    def _wait_in_line(self, listen: Listen, state: CallState, passes_s: float) -> None:
        now = self.house.clock()
        if self._in_line_since is None:
            self._in_line_since = now
        leave = self.mind.leaves_line(state)
        left_s = self._in_line_since + leave.after_s - now
        if left_s > passes_s + listen.patience_s:
            self._then(passes_s + listen.patience_s, NothingHeard())
        else:
            self._then(max(left_s, 0.0), _event_of(leave.act), leave.act)

    def _then(self, seconds: float, event: Event | None, act: Act | None = None) -> None:
        self.house.loop.later(seconds, self._happens, self._plan, event, act)

    def _happens(self, plan: int, event: Event | None, act: Act | None) -> None:
        if plan != self._plan or self.over:
            return
        if act is not None:
            self._note(**({"hangs_up": True} if act == GOES else {act.does: act.what}))
        if event is None:
            self._hang_up()
        else:
            self._hear(event)

    def _hang_up(self) -> None:
        self.hung_up = True
        self.gave_up = self._in_line_since is not None
        self.house.conductor.tell(self.house.name, self.call, HungUp())
        self._end("hung up")

    def _end(self, why: str) -> None:
        self.over = True
        self._note(over=why)
        self.house.call_over(self)

    def _note(self, **turn: object) -> None:
        self.transcript.add(self.house.clock(), **turn)


def _event_of(act: Act) -> Event | None:
    match act.does:
        case "presses":
            return DigitsPressed(act.what)
        case "says":
            return SpeechHeard(act.what)
        case _:
            return None
