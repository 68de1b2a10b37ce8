"""A server's parts in this process, and a carrier that signs what it asks."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ivr.app.house import House, build
from ivr.app.web import create_app
from ivr.settings import Settings
from ivr.sim.cloud import VirtualClock
from ivr.sim.cloud.signing import sign
from ivr.store import embedded
from ivr.store.server_process import shut_down

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"
NUMBER = "+12025550199"
CALLER = "+12025550101"
ACCOUNT = "AC" + "0" * 32
TOKEN = "a-secret-of-tests"
PUBLIC = "https://hotline.example.com"


MONDAY_MORNING = 1_795_446_000.0
"""23 November 2026, 10:00 in New York: somebody is there."""


STORE_TIMEOUT_S = 20.0
"""A machine that stands still is no outage."""


@contextmanager
def opened(data: Path, *hotlines: Path, **changes: Any) -> Iterator[House]:
    """A house as one worker builds it, without its rounds."""
    folders = tuple(hotlines) or (TELECOM,)
    settings = Settings(hotlines=folders, data=data, public_url=PUBLIC, twilio_token=TOKEN, local_line=True)
    server = embedded.start(data / "redis")
    try:
        clock = VirtualClock(MONDAY_MORNING)
        house = build(replace(settings, **changes), os.environ, clock, store_timeout_s=STORE_TIMEOUT_S)
        try:
            yield house
        finally:
            house.close()
    finally:
        server.stop()


def client(house: House) -> FlaskClient:
    return create_app(house).test_client()


@dataclass
class Line:
    """One call through the carrier, by hand."""

    client: FlaskClient
    call: str = "CA" + "1" * 32
    caller: str = CALLER
    to: str = NUMBER
    last: str = ""
    """The last document."""

    def dials(self) -> Line:
        return self.asks("/twilio/voice", CallStatus="ringing")

    def presses(self, keys: str) -> Line:
        return self.asks(self.next(), Digits=keys)

    def asks(self, path: str, **told: str) -> Line:
        reply = self.post(path, **told)
        assert reply.status_code == 200, reply.text
        self.last = reply.text
        return self

    def post(self, path: str, **told: str) -> TestResponse:
        form = {"CallSid": self.call, "AccountSid": ACCOUNT, "From": self.caller, "To": self.to, **told}
        form.setdefault("CallStatus", "in-progress")
        signature = sign(TOKEN, PUBLIC + path, {name: [value] for name, value in form.items()})
        return self.client.post(path, data=form, headers={"X-Twilio-Signature": signature})

    def next(self) -> str:
        """Where the last document's Gather leads."""
        found = re.search(r'<Gather[^>]* action="([^"]*)"', self.last)
        assert found, self.last
        return found[1].replace("&amp;", "&").removeprefix(PUBLIC)


def copied(folder: Path, to: Path) -> Path:
    """A hotline of one's own to change."""
    return shutil.copytree(folder, to, ignore=shutil.ignore_patterns("calls"))


def heard_by_the_carrier(to: Path) -> Path:
    """The sample hotline for servers whose calls come by documents only: no ears to load, no prompts to render."""
    copied(TELECOM, to)
    change(to / "hotline.yaml", "ears: vosk", "ears: carrier")
    return to


def change(file: Path, old: str, new: str) -> None:
    """In one step: who watches the file never sees half of it."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} has no {old!r}"
    beside = file.with_suffix(".new")
    beside.write_text(text.replace(old, new, 1), encoding="utf-8")
    beside.replace(file)


def store_goes_away(house: House) -> None:
    """On purpose, so that nobody brings it back."""
    directory = house.settings.data / "redis"
    (directory / "stopped").touch()
    assert shut_down(directory, wait_s=60)
