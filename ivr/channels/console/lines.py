"""The two lines a console phone can use: the conductor of this process, or the local line of a server."""

from __future__ import annotations

import json
import secrets
import urllib.error
import urllib.request
from typing import Any

import msgspec

from ivr.call.codec import Answer, to_json
from ivr.call.events import CallStarted, Event, HungUp
from ivr.errors import CarrierError
from ivr.runtime.conductor import Conductor

TIMEOUT_S = 15.0


class HouseLine:
    """Straight to a conductor."""

    def __init__(self, conductor: Conductor, caller: str, called: str) -> None:
        self._conductor = conductor
        self._started = CallStarted(caller=caller, called=called, channel="console")
        self._hotline = conductor.hotline_for(called)
        self.call = f"console-{secrets.token_hex(4)}"

    def begin(self) -> Answer:
        if self._hotline is None:
            raise CarrierError(f"no hotline answers {self._started.called!r}")
        return self._conductor.hear(self._hotline, self.call, 0, self._started)

    def hear(self, turn: int, event: Event) -> Answer | None:
        if isinstance(event, HungUp):
            return self._conductor.tell(str(self._hotline), self.call, event)
        return self._conductor.hear(str(self._hotline), self.call, turn, event)

    def look(self) -> Answer | None:
        return self._conductor.replay(str(self._hotline), self.call)


class ServerLine:
    """Through the local line of a running server."""

    def __init__(self, server: str, caller: str, called: str) -> None:
        self._server = server.rstrip("/")
        self._body = {"caller": caller, "called": called}
        self.call = ""
        self._path = ""

    def begin(self) -> Answer:
        begun = ask(f"{self._server}/line/calls", to_json(self._body))
        self.call = begun["call"]
        self._path = f"{self._server}/line/calls/{begun['hotline']}/{self.call}"
        return msgspec.convert({"turn": begun["turn"], "verbs": begun["verbs"]}, Answer)

    def hear(self, turn: int, event: Event) -> Answer | None:
        return _answer(ask(f"{self._path}/{turn}", to_json(event)))

    def look(self) -> Answer | None:
        return _answer(ask(self._path))


def ask(url: str, body: bytes | None = None) -> dict[str, Any]:
    """JSON from a server on this machine; CarrierError with what it said, or that it is not there."""
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            found: dict[str, Any] = json.loads(answer.read() or b"{}")
            return found
    except urllib.error.HTTPError as error:
        raise CarrierError(_problem(error)) from None
    except OSError as error:
        raise CarrierError(f"no server answers at {url}: {error}; start one with `make run`") from None


def _problem(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.loads(error.read())["problem"])
    except (ValueError, KeyError):
        return f"HTTP {error.code}; was the server started with --local-line?"


def _answer(found: dict[str, Any]) -> Answer | None:
    return msgspec.convert(found, Answer) if found.get("verbs") else None
