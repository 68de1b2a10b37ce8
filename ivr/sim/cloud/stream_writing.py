"""The carrier's own words of Media Streams, as its documentation shows them: numbers are strings."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ivr.sim.cloud.hostile_stream import HostileStream

CONNECTED = json.dumps({"event": "connected", "protocol": "Call", "version": "1.0.0"})
MEDIA_FORMAT = {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}


@dataclass(slots=True)
class Writer:
    """Of one stream; counts its messages."""

    stream: str
    account: str
    call: str
    hostile: HostileStream
    _sequence: int = 0
    _chunk: int = 0

    def start(self, parameters: Mapping[str, str]) -> str:
        return self._event(
            "start",
            {
                "streamSid": self.stream,
                "accountSid": self.account,
                "callSid": self.hostile.call or self.call,
                "tracks": ["inbound"],
                "mediaFormat": MEDIA_FORMAT | dict(self.hostile.media_format),
                "customParameters": {**parameters, **self.hostile.parameters},
            },
        )

    def media(self, ulaw: bytes, at_ms: int) -> list[str]:
        """One frame, as often as the carrier sends it today."""
        self._chunk += 1
        payload = "*not base64*" if self.hostile.not_base64 else b64encode(ulaw).decode()
        told = {"track": "inbound", "chunk": str(self._chunk), "timestamp": str(at_ms), "payload": payload}
        if self._chunk in self.hostile.loses:
            return []
        return [self._event("media", told) for _ in range(2 if self.hostile.frames_twice else 1)]

    def dtmf(self, digit: str) -> str:
        return self._event("dtmf", {"track": "inbound_track", "digit": digit})

    def mark(self, name: str) -> str:
        return self._event("mark", {"name": name})

    def stop(self) -> str:
        return self._event("stop", {"accountSid": self.account, "callSid": self.call})

    def _event(self, event: str, told: Mapping[str, Any]) -> str:
        self._sequence += 1
        return json.dumps(
            {"event": event, "sequenceNumber": str(self._sequence), "streamSid": self.stream, event: told}
        )
