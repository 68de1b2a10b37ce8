"""What a call's sound tells the carrier, in the words of Media Streams."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from ivr.call.turns import Left
from ivr.call.verbs import Say, Verb
from ivr.channels.twilio.stream_words import BadStream, write_clear, write_mark, write_sound
from ivr.speech.codec import LINE_HZ

PIECE_BYTES = LINE_HZ
"""A second of sound in a message: long prompts let marks and other calls through in between."""
TAKES_NOTHING_S = 10.0
"""A carrier that has not read on for so long is gone."""

SendText = Callable[[str], Awaitable[None]]


class StreamWire:
    """`Wire` of one stream. What is told waits here until `send_all` has sent it."""

    def __init__(self, stream: str) -> None:
        self._stream = stream
        self._waiting: deque[tuple[bool, str]] = deque()
        """Whether it is sound, and the message."""
        self._more = asyncio.Event()
        self.left: Left | None = None
        """What the line shall do after this sound."""
        self.speechless = False
        """There were words that nobody here could say."""

    def sound(self, ulaw: bytes) -> None:
        for start in range(0, len(ulaw), PIECE_BYTES):
            self._tell(True, write_sound(self._stream, ulaw[start : start + PIECE_BYTES]))

    def mark(self, name: str) -> None:
        self._tell(False, write_mark(self._stream, name))

    def clear(self) -> None:
        """Sound that was not even sent is dropped here; its marks are sent, so that all come back, in their order."""
        self._waiting = deque(one for one in self._waiting if not one[0])
        self._tell(False, write_clear(self._stream))

    def unsaid(self, words: Say) -> bool:
        self.speechless = True
        return False

    def rest(self, verbs: Sequence[Verb], turn: int) -> bool:
        self.left = Left(turn, len(verbs))
        return False

    def over(self) -> None:
        """The socket is closed when the call's sound has come to its end, and it just has."""

    def noticed(self, what: str, told: dict[str, Any]) -> None:
        """Nobody watches here."""

    async def send_all(self, send: SendText) -> None:
        """Send what is told, as it is told, until cancelled. Raises BadStream when nobody reads it any more."""
        while True:
            while self._waiting:
                try:
                    async with asyncio.timeout(TAKES_NOTHING_S):
                        await send(self._waiting.popleft()[1])
                except TimeoutError:
                    raise BadStream(f"the carrier has taken nothing for {TAKES_NOTHING_S:.0f} s") from None
            self._more.clear()
            await self._more.wait()

    def _tell(self, sound: bool, message: str) -> None:
        self._waiting.append((sound, message))
        self._more.set()
