"""What goes wrong in the carrier's cloud, by the carrier's own numbers."""

from __future__ import annotations

from dataclasses import dataclass

UNREACHABLE_HOST = 11210
CONNECTION_FAILED = 11205
BAD_URL = 11100
NOT_RETRIEVED = 11200
TOO_MANY_REDIRECTS = 11215
TOO_LARGE = 11750
NOT_XML = 12100
WRONG_ROOT = 12102
SCHEMA = 12200
WRONG_CONTENT_TYPE = 12300
GATHER_LANGUAGE = 13331
GATHER_SPEECH_TIMEOUT = 13335
VOICE = 13511
EMPTY_TEXT = 13520
TEXT_TOO_LONG = 13521

STREAM_HANDSHAKE = 31920
STREAM_CLOSED = 31921
STREAM_MESSAGE = 31951


@dataclass(frozen=True, slots=True)
class Notice:
    """A line of the carrier's debugger. A warning lets the call go on, an error sends it to the fallback URL."""

    code: int
    url: str
    """The document it was found in, or could not be had from."""
    text: str
    warning: bool = False


class Failed(Exception):
    """The document cannot be had or cannot be used."""

    def __init__(self, code: int, url: str, text: str) -> None:
        super().__init__(f"{code} at {url}: {text}")
        self.notice = Notice(code, url, text)


class Impossible(AssertionError):
    """The test asks for what cannot happen on a telephone: pressing a key after hanging up, for example."""
