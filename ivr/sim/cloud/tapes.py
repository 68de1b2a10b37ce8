"""Recordings of a call that run beside its verbs."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ivr.sim.cloud.errors import SCHEMA, Notice

if TYPE_CHECKING:
    from ivr.sim.cloud.life import Life


NOTHING_TO_STOP = 14300
"""Told as an error; whether it also ends the document is written nowhere, so nobody should count on either."""


@dataclass(slots=True)
class Tape:
    """One recording. `holds` is what the telephone played while it ran."""

    name: str
    began: float
    news_at: str = ""
    """Address of its status callback."""
    holds: list[str] = field(default_factory=list)
    ended: float | None = None


@dataclass(slots=True)
class Tapes:
    """Those of one call, in order."""

    all: list[Tape] = field(default_factory=list)

    def running(self, name: str | None = None) -> list[Tape]:
        return [tape for tape in self.all if tape.ended is None and name in (None, tape.name)]

    def hear(self, text: str) -> None:
        for tape in self.running():
            tape.holds.append(text)

    def start(self, call: Life, recording: ET.Element, url: str) -> None:
        """One of a name that runs already goes on, with a warning."""
        name = recording.get("name", "")
        if name and self.running(name):
            call.note(Notice(SCHEMA, url, f"a recording {name!r} is running already", warning=True))
            return
        news = recording.get("recordingStatusCallback", "")
        self.all.append(Tape(name, call.now(), urljoin(url, news) if news else ""))

    def stop(self, call: Life, recording: ET.Element, url: str) -> None:
        name = recording.get("name", "")
        found = self.running(name) if name else []
        if not found:
            call.note(Notice(NOTHING_TO_STOP, url, f"no recording {name!r} is running", warning=True))
        for tape in found:
            _end(call, tape)

    def end(self, call: Life) -> None:
        """The call is over, and all that runs with it."""
        for tape in self.running():
            _end(call, tape)


def _end(call: Life, tape: Tape) -> None:
    tape.ended = call.now()
    told = call.cloud.keep_recording(tape.ended - tape.began)
    if tape.news_at:
        call.cloud.tell_later(call, tape.news_at, _news(call, told))


def _news(call: Life, told: Mapping[str, str]) -> dict[str, str]:
    known = {"AccountSid": call.cloud.account, "CallSid": call.sid, "RecordingStatus": "completed"}
    return {**told, **known, "RecordingChannels": "1", "RecordingSource": "StartCallRecordingTwiML"}
