"""The telephone in somebody's hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ivr.sim.cloud.errors import Impossible
from ivr.sim.cloud.life import OVER, Life
from ivr.sim.cloud.waiting import CallerGone, Doing, LeftMessage, LegAnswered, Pressed, Signal, Spoke, Waiting

if TYPE_CHECKING:
    from ivr.sim.cloud.stream import MediaStream
    from ivr.sim.cloud.web import Exchange

REACTION_S = 0.5
"""How long after a prompt a caller acts."""


class Call(Life):
    """`heard` is everything this telephone has played, `hears` what it has since its owner last did something.

    Methods named after what people do with a telephone return when the next thing to do is theirs again, or when only
    time will bring more: then `wait`.
    """

    _acted_at = 0

    # --- what a test looks at ------------------------------------------------------------------------

    @property
    def state(self) -> Doing:
        if self.status in OVER:
            return "over"
        return self.waiting.doing if self.waiting else "ringing"

    @property
    def hears(self) -> list[str]:
        return self.heard[self._acted_at :]

    @property
    def requests(self) -> list[Exchange]:
        return self.asker.exchanges

    @property
    def talks_with(self) -> frozenset[str]:
        """The call ids of who else is in this call's room."""
        return self.cloud.rooms.with_(self.sid)

    @property
    def stream(self) -> MediaStream:
        """The sound of this call, while it streams or after."""
        if not self.streams:
            raise Impossible(f"this call has no stream: it is {self.state}, and heard {self.heard[-3:]}")
        return self.streams[-1]

    # --- the telephone in a hand ------------------------------------------------------------------------

    def press(self, keys: str, *, at_once: bool = False) -> None:
        """Press keys, after the prompt unless `at_once`. What comes after the last key a Gather takes is lost."""
        self._ready("press a key")
        if self.state == "recording":
            self._act(LeftMessage(0, keys[:1]))
        else:
            self._listen_to_the_end(at_once)
            self._act(Pressed(keys))

    def say(self, text: str, confidence: float | None = 0.9, *, at_once: bool = False) -> None:
        """Speak. Where only keys are taken, nobody hears it."""
        self._ready("speak")
        self._listen_to_the_end(at_once)
        self._act(Spoke(text, confidence))

    def speak(self, ulaw: bytes) -> None:
        """Speak by sound, into a stream. Returns at once: it takes as long as it takes."""
        self._ready("speak")
        if self.state != "streaming":
            raise Impossible(f"nobody hears sound: the call is {self.state}")
        self._acted_at = len(self.heard)
        self.cloud.ether.do(self.stream.speak, ulaw)

    def silence(self) -> None:
        """Do nothing until the prompt gives up."""
        self._ready("keep silent")
        self._acted_at = len(self.heard)
        if self.waiting is not None and self.waiting.until is not None:
            self.cloud.advance_to(self.waiting.until)
        self.cloud.settle(self)

    def leave_message(self, seconds: float = 5.0, key: str = "#") -> None:
        """Speak after the tone. `key` ends the message; `hangup` does, too, and without a key silence does."""
        self._ready("leave a message")
        if self.state != "recording":
            raise Impossible(f"no message is being taken: the call is {self.state}")
        self.cloud.clock.advance(seconds)
        if key == "hangup":
            self.hang_up()
        else:
            self._act(LeftMessage(seconds, key))

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.cloud.advance_to(self.now() + seconds)

    def until(self, true: Callable[[], bool], within_s: float = 30.0) -> None:
        """Let real time go by, as sound takes it, until something is true; documents in between are performed."""

        def settled() -> bool:
            self.cloud.settle(self)
            return true()

        self.cloud.wait_until(settled, within_s)

    def wait_for(self, words: str, at_most_s: float = 60.0) -> None:
        """Let time go by until these words are heard (since the owner last did something)."""
        deadline = self.now() + at_most_s
        while not any(words in text for text in self.hears):
            if not self.cloud.advance_to_next(deadline):
                raise AssertionError(f"{words!r} was not heard in {at_most_s} s, but {self.hears}")

    def hang_up(self) -> None:
        if self.status in OVER:
            return
        self._acted_at = len(self.heard)
        if self._flow is not None:
            self._leave(CallerGone(), "completed")
        else:
            self.finish("completed" if self.status == "in-progress" else "busy")
        self.cloud.do_orders()

    # --- a leg that rings --------------------------------------------------------------------------------

    def answer(self) -> None:
        """Pick up."""
        self._must_ring()
        self.answered()
        if self.parent is not None:
            self.waiting = Waiting("talking")
            self.cloud.post(self.parent, LegAnswered(self.sid))
        elif self.answer_at is not None:
            self.start(self.answer_at)
        self.cloud.settle(self)

    def decline(self) -> None:
        """Let it ring busy."""
        self._not_answered("busy")

    def no_answer(self) -> None:
        """Let it ring to the end."""
        self._not_answered("no-answer")

    def fail(self) -> None:
        """The number cannot be reached."""
        self._not_answered("failed")

    # --- inside --------------------------------------------------------------------------------------------

    def _ready(self, what: str) -> None:
        if self.status in OVER:
            raise Impossible(f"one cannot {what}: the call is over ({self.status}), and heard {self.heard[-3:]}")
        if self.status != "in-progress":
            raise Impossible(f"one cannot {what}: the call is {self.status}")
        self.cloud.settle(self)
        if self.status in OVER:
            raise Impossible(f"one cannot {what}: the call has ended meanwhile, and heard {self.heard[-3:]}")

    def _listen_to_the_end(self, at_once: bool) -> None:
        if not at_once and self.waiting is not None and self.waiting.doing == "listening":
            self.cloud.advance_to(max(self.waiting.prompts_end, self.now()) + REACTION_S)

    def _act(self, signal: Signal) -> None:
        self._acted_at = len(self.heard)
        self.signal(signal)
        self.cloud.settle(self)

    def _must_ring(self) -> None:
        if self.status != "ringing" or self.direction == "inbound":
            raise Impossible(f"nothing rings: the leg is {self.status}")

    def _not_answered(self, status: str) -> None:
        self._must_ring()
        self.finish(status)
        self.cloud.do_orders()
