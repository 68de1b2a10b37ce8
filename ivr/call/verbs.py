"""What a line is told to do. Verbs are orders; a channel writes them in its own dialect, top to bottom.

The last verb of an answer always holds the line: `Listen`, `Record`, `Dial`, `Wait`, `Join` or `Hangup`.
"""

from __future__ import annotations

import msgspec


class Order(msgspec.Struct, frozen=True, tag_field="verb", tag=True):
    """Parent of all verbs; on the wire the class name stands under `verb`."""


class Say(Order, frozen=True):
    """Speak to the caller. The next verb starts when this one has ended."""

    text: str
    language: str = "en"
    audio: str | None = None
    """A recording of the same words, as a path below the hotline's `audio/`; played instead of `text`."""
    secret: bool = False
    """The words hold a secret: they are spoken and never written down."""
    rate: float = 1.0
    """How fast to speak; 0.85 is slower than the voice's own pace."""


class Play(Order, frozen=True):
    """Play a sound, as a path below the hotline's `audio/`, for `length_s` seconds."""

    audio: str
    length_s: float


class Listen(Order, frozen=True):
    """Speak the prompts and take what the caller answers: keys, or words where `speech` is on.

    The caller may interrupt the prompts. Brings back DigitsPressed, SpeechHeard or NothingHeard.
    """

    prompts: tuple[Say | Play, ...]
    language: str = "en"
    speech: bool = True
    hints: tuple[str, ...] = ()
    """What the caller is likely to say, for the recogniser."""
    expect: str = "text"
    """What is expected: intent, yes_no, choice, digits, amount, date, phone or text; or line: nothing is asked of who
    waits in line, and he may say or press something meanwhile."""
    patience_s: float = 5.0
    """Silence after the prompts that ends the turn, in seconds."""
    max_digits: int | None = None
    finish_on: str = "#"
    """The key that ends the digits, or empty for none."""
    secret: bool = False


class Record(Order, frozen=True):
    """Take a message after a tone; brings back Recorded."""

    language: str = "en"
    max_s: int = 120
    silence_s: int = 5
    finish_on: str = "#"
    beep: bool = True
    secret: bool = False
    """The message holds a secret: its sound is kept, and nobody writes down what it says."""


class StartRecording(Order, frozen=True):
    """Record the call from here on, both sides of it, in one file; the line goes on with the next verb at once.

    Ordered only once the caller's consent, or the announcement, is stored. A line that has started a part already (an
    answer can come twice) goes on with it; a line that cannot record leaves the order out.
    """

    part: int
    """Names the file among those of this call, from 1: around everything secret one part ends and another begins."""


class StopRecording(Order, frozen=True):
    """End that part before the next verb begins. The end of the call ends it, too, without an order."""

    part: int


class Dial(Order, frozen=True):
    """Ring a number and join the caller to it; brings back DialEnded."""

    number: str
    ring_s: int = 30
    caller_id: str | None = None
    action: str = "dial"
    """`dial`: the flow goes on with DialEnded. `fallback`: the flow is broken and nothing follows."""


class Wait(Order, frozen=True):
    """Keep the line for `seconds`, then come back with Polled."""

    seconds: float = 1.0


class Join(Order, frozen=True):
    """Join the caller to the agent who waits in `room`; brings back AgentLeft when the agent is gone."""

    room: str
    agent: str


class Hangup(Order, frozen=True):
    """End the call."""

    reason: str = "done"


Verb = Say | Play | Listen | Record | StartRecording | StopRecording | Dial | Wait | Join | Hangup
