"""Where each of our pages for Twilio is found. No address holds a digit pressed, a word spoken or a secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

from ivr.loopback import leads_home

After = Literal["listen", "record", "dial", "wait", "join", "unmet"]
"""What the caller has been doing when Twilio asks for the next document: tells how the request is to be read."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The place in a call that a document is written for: `number` is the turn its next request will carry."""

    hotline: str
    call: str
    number: int
    since: int | None = None
    """When the outage began that this turn is waiting out, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Urls:
    """Absolute addresses below `base`, which is how Twilio reaches this server, without a slash at its end."""

    base: str

    def turn(self, turn: Turn, after: After, agent: str = "") -> str:
        """Where the next event of this turn goes."""
        marks = {"after": after, "agent": agent, "since": "" if turn.since is None else str(turn.since)}
        query = urlencode({name: value for name, value in marks.items() if value})
        return f"{self.base}/twilio/turn/{_path(turn.hotline, turn.call, str(turn.number))}?{query}"

    def again(self, hotline: str, call: str) -> str:
        """Answers with the call's last answer: where a caller is sent whom an agent has taken."""
        return f"{self.base}/twilio/again/{_path(hotline, call)}"

    def sound(self) -> str | None:
        """The socket where calls' sound goes in and out; None below an address the carrier would not open one at."""
        scheme, _, rest = self.base.partition("://")
        if scheme == "https":
            return f"wss://{rest}/twilio/stream"
        return f"ws://{rest}/twilio/stream" if leads_home(self.base) else None

    def sound_over(self, hotline: str, call: str) -> str:
        """Asked when a call's sound has ended, well or badly, and the call has not."""
        return f"{self.base}/twilio/sound-over/{_path(hotline, call)}"

    def sound_status(self, hotline: str, call: str) -> str:
        """What the carrier tells of a call's sound."""
        return f"{self.base}/twilio/sound-status/{_path(hotline, call)}"

    def alone(self, turn: Turn, agent: str, *, seen: bool = False) -> str:
        """Asked while a caller is alone in a room, at once and again after a while."""
        query = urlencode({"agent": agent, **({"seen": "1"} if seen else {})})
        return f"{self.base}/twilio/alone/{_path(turn.hotline, turn.call, str(turn.number))}?{query}"

    def audio(self, hotline: str, path: str) -> str:
        return f"{self.base}/audio/{_path(hotline)}/{quote(path.lstrip('/'))}"

    def voice(self) -> str:
        """The first request: what a number's "a call comes in" is set to."""
        return f"{self.base}/twilio/voice"

    def status(self) -> str:
        """What a number's "call status changes" is set to."""
        return f"{self.base}/twilio/status"

    def fallback(self) -> str:
        """What a number's "primary handler fails" is set to."""
        return f"{self.base}/twilio/fallback"

    def transferred(self) -> str:
        """Asked when the transfer to a fallback number has ended."""
        return f"{self.base}/twilio/transferred"

    def recording(self, hotline: str, call: str) -> str:
        return f"{self.base}/twilio/recording/{_path(hotline, call)}"

    def call_recording(self, hotline: str, call: str, part: int) -> str:
        """Told when a part of a call's recording can be fetched."""
        return f"{self.base}/twilio/recording/{_path(hotline, call, str(part))}"


def _path(*parts: str) -> str:
    return "/".join(quote(part, safe="") for part in parts)
