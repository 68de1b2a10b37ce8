"""A rehearsal whose calls come in over HTTP, with signature checks on, and whose orders go out over REST."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import redis

from ivr.call.tasks import BookCallback, FollowUp, KeepVoicemail
from ivr.channels.twilio import Carrier, Gate, Urls, blueprint
from ivr.channels.twilio.callback_urls import CallbackUrls
from ivr.errors import StoreDown
from ivr.flow.hotline import Hotline
from ivr.flow.kit import Kit
from ivr.runtime.chores import Due
from ivr.runtime.switchboard import Offer
from ivr.sim.carrier.callers import CarrierCallers
from ivr.sim.carrier.people import CarrierPeople
from ivr.sim.carrier.server import LoopbackServer
from ivr.sim.cloud import Cloud
from ivr.sim.cloud.clock import Time
from ivr.sim.rehearsal import Rehearsal, Sms
from ivr.store.records.database import create_engine_for, create_tables
from ivr.store.records.recordings import RecordingBook
from ivr.wiring.call_recordings import CallRecordings
from ivr.wiring.carrier import TwilioDialler, TwilioRinger, TwilioTexts
from ivr.wiring.promises import SqlPromises
from ivr.wiring.voicemail import Tapes, Voicemails
from ivr.wiring.web import create_web, twilio_line

ACCOUNT = "AC" + "0" * 32
TOKEN = "a secret of rehearsals"
PUBLIC_URL = "https://hotline.example.com"
"""Where the server is said to be, as behind a proxy that ends TLS."""
PATIENCE_S = 60.0
"""For documents and orders, in real seconds: a machine that stands still is no outage."""
KEEP_DAYS = 90
"""Of recordings of calls."""
ANY_NUMBER = "+12025550199"
"""Dialled where a hotline names no number of its own."""


class CarrierRehearsal(Rehearsal):
    """Use it in a `with`, or close it. `cloud` is the carrier."""

    def __init__(
        self, folders: Mapping[Path, Hotline], client: redis.Redis, clock: Time, kit: Kit, *, home: Path
    ) -> None:
        super().__init__(folders.values(), client, clock, kit, home=home)
        server = LoopbackServer()
        self.cloud = Cloud(ACCOUNT, TOKEN, server.base, PUBLIC_URL, _Clock(self), PATIENCE_S)
        self.urls = Urls(PUBLIC_URL)
        carrier = Carrier(ACCOUNT, TOKEN, self.cloud.api_base, PATIENCE_S)
        self._ringer, self._texter = TwilioRinger(carrier, self.urls), TwilioTexts(carrier)
        self.callers.through = TwilioDialler(carrier, CallbackUrls(PUBLIC_URL))
        self._engine = create_engine_for(f"sqlite:///{home / 'records.db'}")
        create_tables(self._engine)
        self.promises = SqlPromises(self._engine, Voicemails(home / "voicemail", carrier), clock)
        self.people = CarrierPeople(self)
        tapes = Tapes(home / "recordings", carrier)
        self.recordings = CallRecordings(RecordingBook(self._engine), tapes, clock, KEEP_DAYS)
        line = twilio_line(self.works, self.urls, Gate(PUBLIC_URL, TOKEN), carrier, self.promises.ready)
        line = replace(line, call_recording_ready=self.recordings.ready)
        sounds = {hotline.name: folder for folder, hotline in folders.items()}
        server.serve(create_web([blueprint(line)], sounds))
        self._server = server
        self.recorded = {}
        for hotline in folders.values():
            self._rent(hotline)
            self.recorded.update(_recorded(hotline))

    def who_is_called_back(self) -> CarrierCallers:
        return CarrierCallers(self)

    at_once = TwilioRinger.at_once
    callers: CarrierCallers
    recorded: dict[str, str]
    """Words that are played from a file: the file's name → what it says."""

    def hotline(self, name: str) -> Hotline:
        found = self.shelf.current(name)
        assert found is not None, f"no hotline {name!r}"
        return found

    def number(self, called: str) -> str:
        """What is dialled for `called`; empty: a number of the first hotline."""
        return called or next(iter(self.cloud.numbers))

    def settle(self) -> None:
        """Chores are done beside the calls: while the store is away they wait, and no call minds."""
        with suppress(StoreDown):
            super().settle()

    # --- what goes out ---------------------------------------------------------------------------------------

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        return self._ringer.ring(offer, hotline)

    def cancel(self, offer: Offer) -> bool:
        return self._ringer.cancel(offer)

    def fetch(self, hotline: str, call: str) -> None:
        self._ringer.fetch(hotline, call)

    def share(self, hotline: str, call: str, room: str) -> None:
        self._ringer.share(hotline, call, room)

    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        self._texter.send(to, text, sender, secret=secret)
        sent = self.cloud.messages[-1]
        self.texts.append(Sms(sent.to, sent.text, sent.sender))

    def callback(self, due: Due, task: BookCallback, *, now: float) -> None:
        super().callback(due, task, now=now)
        self.promises.callback(due, task, now=now)

    def follow_up(self, due: Due, task: FollowUp, *, now: float) -> None:
        super().follow_up(due, task, now=now)
        self.promises.follow_up(due, task, now=now)

    def voicemail(self, due: Due, task: KeepVoicemail, *, now: float) -> None:
        self.promises.voicemail(due, task, now=now)
        super().voicemail(due, task, now=now)

    def close(self) -> None:
        self._server.close()
        self.cloud.close()
        self._engine.dispose()
        super().close()

    def _rent(self, hotline: Hotline) -> None:
        senders = [hotline.file.sms_from] if hotline.file.sms_from else []
        for number in [*(hotline.file.numbers or (ANY_NUMBER,)), *senders]:
            self.cloud.number(number, self.urls.voice(), self.urls.fallback(), self.urls.status())


class _Clock:
    """The rehearsal's time, as the carrier lets it pass."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal = rehearsal

    def __call__(self) -> float:
        return self._rehearsal.clock()

    def advance(self, seconds: float) -> None:
        self._rehearsal.pass_time(seconds)


def _recorded(hotline: Hotline) -> dict[str, str]:
    spoken = [spoken for words in hotline.words.values() for spoken in words.values()]
    return {one.audio.rsplit("/", 1)[-1]: one.say.source for one in spoken if one.audio}
