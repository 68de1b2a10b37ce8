"""Records a call by sound while its flow wants it, and hands each part over when it is whole."""

from __future__ import annotations

import asyncio
import logging

from ivr.call.verbs import StartRecording, StopRecording
from ivr.channels.audio.parts import AudioParts
from ivr.errors import HostError
from ivr.speech.tape import Tape

log = logging.getLogger(__name__)


class Taping:
    """One call's. Without `AudioParts.tape` nothing is recorded."""

    def __init__(self, hotline: str, call: str, parts: AudioParts) -> None:
        self._hotline, self._call, self._parts = hotline, call, parts
        self._tape: Tape | None = None

    async def order(self, order: StartRecording | StopRecording, now: float) -> None:
        """One that runs already is not begun again, and of one that does not run there is no end."""
        if isinstance(order, StartRecording):
            if self._tape is None and self._parts.tape is not None:
                self._tape = Tape(order.part, now)
        else:
            await self.end(now)

    def hear(self, ulaw: bytes, now: float) -> None:
        if self._tape is not None:
            self._tape.hear(ulaw, now)

    def play(self, ulaw: bytes, now: float) -> None:
        if self._tape is not None:
            self._tape.play(ulaw, now)

    def clear(self, now: float) -> None:
        if self._tape is not None:
            self._tape.clear(now)

    async def end(self, now: float) -> None:
        """The part that runs, if any, is whole."""
        tape, self._tape, keep = self._tape, None, self._parts.tape
        if tape is None or keep is None:
            return
        ulaw = tape.end(now)
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._parts.threads, keep, self._hotline, self._call, tape.part, ulaw)
        except HostError as error:
            log.error("call %s: part %d of its recording is lost: %s", self._call, tape.part, error)
