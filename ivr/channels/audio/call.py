"""One call by sound: an asyncio driver between a wire, the session, the conductor, the voices and the ear."""

from __future__ import annotations

from ivr.call.events import Event
from ivr.channels.audio.parts import AudioParts
from ivr.channels.audio.wire import Wire
from ivr.channels.twilio.needs import Answer


class AudioCall:
    """Made when a line's sound begins; all methods belong to the event loop."""

    def __init__(self, hotline: str, call: str, parts: AudioParts, wire: Wire) -> None: ...

    async def run(self, answer: Answer) -> None:
        """Do this answer and what follows; returns when the sound or the call is over."""

    def frame(self, ulaw: bytes) -> None:
        """20 ms of the caller's sound, 160 bytes; another size is mended."""

    def key(self, digit: str) -> None:
        """The caller pressed one key: 0-9, * or #; anything else is left out."""

    def words(self, text: str) -> None:
        """The caller typed instead of speaking."""

    def marked(self, name: str) -> None:
        """The far end has played all before this mark."""

    def happened(self, event: Event) -> None:
        """What the line itself brings for verbs it does (`Wire.rest`), and HungUp."""

    def gone(self) -> None:
        """The far end broke off without a word: `run` returns, the call itself goes on elsewhere or is swept."""
