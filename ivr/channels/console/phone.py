"""A caller in a terminal, on any line that takes events and gives answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from ivr.call.codec import Answer
from ivr.call.events import (
    AgentLeft,
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

HELP = """\
  1, 42#      press keys                  some words   say them
  (enter)     keep silent                 ~some words  mumble them; ~ alone: say nothing that is understood
  bye         hang up
  ?           this help
"""
WORD_S = 0.5
"""What a word takes to say."""
TALK_S = 60.0
"""How long a talk with somebody else is taken to last: it is not played here."""
LONGEST_PAUSE_S = 5.0
MUMBLED = "~"
"""Before words that the recogniser shall not be sure of."""
HANG_UP = frozenset({"bye", "hangup", "quit", "exit"})


class Line(Protocol):
    """Where the call goes: the conductor of this process, or a server."""

    def begin(self) -> Answer: ...
    def hear(self, turn: int, event: Event) -> Answer | None: ...
    def look(self) -> Answer | None:
        """The last answer: it is another one when an agent has joined."""


@dataclass(slots=True)
class Terminal:
    """Where the caller sits."""

    show: Callable[[str], None]
    ask: Callable[[str], str]
    """Reads a line; EOFError or KeyboardInterrupt is hanging up."""
    pause: Callable[[float], None]


@dataclass(slots=True)
class Phone:
    """One call. `turns` is what happened, as a scripted call has it."""

    line: Line
    terminal: Terminal
    turns: list[dict[str, Any]] = field(default_factory=list)
    _turn: int = 0

    def call(self) -> None:
        """From the first ring to the end."""
        answer: Answer | None = self.line.begin()
        while answer is not None:
            self._turn = answer.turn
            for verb in answer.verbs:
                self._hear(verb)
            answer = self._answer(answer.verbs[-1]) if answer.verbs else None

    # --- what the line does ------------------------------------------------------------------------------

    def _hear(self, verb: Verb) -> None:
        show = self.terminal.show
        match verb:
            case Say(text=text, secret=secret):
                show(f"  ☎  {text}")
                if not secret:
                    self.turns.append({"hears": text})
            case Play(audio=audio, length_s=length_s):
                show(f"  ♪  {audio} ({length_s:.0f} s)")
            case Listen(prompts=prompts):
                for prompt in prompts:
                    self._hear(prompt)
            case Record():
                show("  ●  record after the tone")
            case StartRecording():
                show("  ●  recording of the call starts")
            case StopRecording():
                show("  ○  recording of the call stops")
            case Dial(number=number):
                show(f"  →  connecting to {number}")
                self.turns.append({"transferred": number})
            case Join(agent=agent):
                show(f"  ♥  you are talking to {agent}")
                self.turns.append({"agent": agent})
            case Hangup():
                show("  ✕  the call is over")
                self.turns.append({"over": True})
            case Wait():
                show("  …")

    # --- what the caller does ------------------------------------------------------------------------------

    def _answer(self, holding: Verb) -> Answer | None:
        match holding:
            case Hangup():
                return None
            case Wait(seconds=seconds):
                self.turns.append({"waits": seconds})
                self.terminal.pause(min(seconds, LONGEST_PAUSE_S))
                return self._on(Polled())
            case Dial(action="fallback"):
                return None
            case Dial():
                status = self._typed("how does it end? (completed, busy, no-answer, failed) ")
                if status is None:
                    return self._hang_up()
                self.turns.append({"dial_ends": status or "completed"})
                return self._on(DialEnded(status or "completed", TALK_S))
            case Record():
                words = self._typed("your message: ")
                if words is None:
                    return self._hang_up()
                seconds = len(words.split()) * WORD_S
                self.turns.append({"message": seconds})
                return self._on(Recorded(recording="console" if words else "", duration_s=seconds))
            case Join(agent=agent):
                return self._talk(agent)
            case Listen():
                return self._reply(holding)
            case _:
                return self._on(NothingHeard())

    def _reply(self, listen: Listen) -> Answer | None:
        while True:
            typed = self._typed("> ")
            if typed is None or typed.strip().casefold() in HANG_UP:
                return self._hang_up()
            if typed.strip() == "?":
                self.terminal.show(HELP)
                continue
            news = self.line.look()
            if news is not None and news.turn != self._turn:
                return news
            event = self._event(typed.strip(), listen)
            if event is not None:
                return self._on(event)
            self.terminal.show("  (only keys are heard here)")

    def _event(self, typed: str, listen: Listen) -> Event | None:
        """What the line makes of it; None for words where it listens for keys only."""
        if not typed:
            music_s = sum(prompt.length_s for prompt in listen.prompts if isinstance(prompt, Play))
            self.turns.append({"waits": round(listen.patience_s + music_s, 3)})
            return NothingHeard()
        keys = typed.replace(" ", "")
        if all(key in "0123456789*#" for key in keys):
            pressed = keys.removesuffix("#") if len(keys) > 1 else keys
            # What is secret stands in no file; whoever plays the call again fills it in.
            self.turns.append({"presses": pressed if not listen.secret else "0" * len(pressed)})
            return DigitsPressed(pressed[: listen.max_digits])
        if not listen.speech:
            return None
        if typed.startswith(MUMBLED):
            words = typed.removeprefix(MUMBLED).strip()
            self.turns.append({"mumbles": words})
            return SpeechHeard(words, sure=False)
        self.turns.append({"says": typed})
        return SpeechHeard(typed)

    def _talk(self, agent: str) -> Answer | None:
        while True:
            typed = self._typed("(talking; enter looks whether the agent is still there, bye hangs up) ")
            if typed is None or typed.strip().casefold() in HANG_UP:
                return self._hang_up()
            news = self.line.look()
            if news is not None and news.turn != self._turn:
                self.turns.append({"agent_leaves": TALK_S})
                return news
            if typed.strip() == "left":
                self.turns.append({"agent_leaves": TALK_S})
                return self._on(AgentLeft(agent, TALK_S))

    def _typed(self, prompt: str) -> str | None:
        try:
            return self.terminal.ask(prompt)
        except (EOFError, KeyboardInterrupt):
            return None

    def _hang_up(self) -> Answer | None:
        """Nothing comes after it: that is the answer, too."""
        self.turns.append({"hangs_up": True})
        self.line.hear(self._turn, HungUp())
        self.terminal.show("  ✕  you hung up")
        return None

    def _on(self, event: Event) -> Answer | None:
        return self.line.hear(self._turn, event)
