"""A running server's parts, built from its settings and joined."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from ivr.app.port import address
from ivr.app.recorder import BATCH, LOOK_EVERY_S, Recorder
from ivr.app.stale import Sweep
from ivr.channels.twilio.callback_urls import CallbackUrls
from ivr.channels.twilio.rest import Carrier
from ivr.channels.twilio.urls import Urls
from ivr.flow.hotline import Hotline
from ivr.flow.kit import Kit
from ivr.flow.load import BadHotline, load
from ivr.kit import standard_kit
from ivr.runtime.ports import Clock
from ivr.runtime.rounds import Round
from ivr.runtime.shelf import unpacked
from ivr.settings import Settings
from ivr.store.age import must_be_new_enough
from ivr.store.connect import connect
from ivr.store.embedded import url_of
from ivr.store.records.database import create_engine_for
from ivr.store.records.recordings import RecordingBook
from ivr.store.records.writer import RecordsWriter
from ivr.store.versions import RedisVersions
from ivr.wiring.alone import ByHand, LocalRinger, LoggedTexts
from ivr.wiring.call_recordings import CallRecordings
from ivr.wiring.carrier import EachLine, TwilioDialler, TwilioRinger, TwilioTexts
from ivr.wiring.hearing import Hearing, Places
from ivr.wiring.promises import SqlPromises
from ivr.wiring.transcriber import Transcriber
from ivr.wiring.voicemail import Tapes, Voicemails
from ivr.wiring.worked import WorkedCallbacks
from ivr.wiring.works import Outside, Works, assembled

log = logging.getLogger(__name__)

STORE_TIMEOUT_S = 0.7
CHORE_BLOCK_MS = 200
"""So long a worker waits for a chore; well below the store's timeout."""
TRANSCRIPTS_EVERY_S = 2.0
RECORDINGS_EVERY_S = 60.0
CALLBACKS_EVERY_S = 3.0
RENEW_EVERY_S = 6 * 3600.0
"""A version is forgotten a week after its last use, and Redis sees nothing of a use in memory."""


@dataclass(frozen=True, slots=True)
class House:
    """Everything a worker process works with."""

    settings: Settings
    folders: Mapping[str, Path]
    """Hotline → its folder."""
    works: Works
    writer: RecordsWriter
    recorder: Recorder
    promises: SqlPromises
    voicemails: Voicemails
    recordings: CallRecordings
    transcriber: Transcriber
    engine: sa.Engine
    urls: Urls
    carrier: Carrier | None
    hearing: Hearing

    def listen(self) -> None:
        """Get ears, voices and prompts ready, beside everything else. In the process that has the calls."""
        self.hearing.take_in(*self._served())

    def rounds(self) -> list[Round]:
        """What is done beside the calls; every worker does it, and each step of it is safe to be done twice."""
        found = [
            Round("records", self.recorder.round, LOOK_EVERY_S),
            Round("versions", self.renew_versions, RENEW_EVERY_S),
            Round("transcripts", self.transcriber.round, TRANSCRIPTS_EVERY_S),
            Round("recordings", self.recordings.round, RECORDINGS_EVERY_S),
        ]
        sweep = Sweep(self.works)
        worked = WorkedCallbacks(
            self.works.shelf.current, self.promises.book, self.works.callbacks, self.works.outside.clock
        )
        for name in self.folders:
            found += [
                Round(f"chores of {name}", partial(self.works.do_chores, name, block_ms=CHORE_BLOCK_MS), 0.0),
                Round(f"line of {name}", partial(self.works.switchboard.round, name), 0.4),
                Round(f"callbacks of {name}", partial(worked.round, name), CALLBACKS_EVERY_S),
                Round(f"sweep of {name}", partial(sweep.round, name), 30.0),
            ]
        return found

    def renew_versions(self) -> None:
        for hotline in self._served():
            self.works.shelf.put(hotline)

    def _served(self) -> list[Hotline]:
        found = (self.works.shelf.current(name) for name in self.folders)
        return [hotline for hotline in found if hotline is not None]

    def close(self) -> None:
        self.transcriber.close()
        self.works.close()
        self.recorder.finish()
        self.engine.dispose()
        self.works.client.close()
        self.hearing.close()  # last: it may be reading a model, and nothing waits for it


def build(
    settings: Settings,
    env: Mapping[str, str],
    clock: Clock = time.time,
    served: Sequence[str] = (),
    store_timeout_s: float = STORE_TIMEOUT_S,
) -> House:
    """Raises BadHotline, SettingsError or StoreDown, each with a sentence for the person who can mend it.

    `served` names the hotlines of a server that runs already: one whose folder is broken just now is served as it was.
    """
    kit = standard_kit()
    client = connect(settings.redis_url or url_of(settings.data / "redis"), timeout_s=store_timeout_s)
    must_be_new_enough(client)
    versions = RedisVersions(client)
    names = dict(zip(settings.hotlines, served, strict=False))
    hotlines = [_loaded(path, names.get(path), versions, kit) for path in settings.hotlines]
    engine = create_engine_for(settings.records_url)
    urls = Urls(settings.public_url or address(settings.host, settings.port))
    carrier = carrier_of(settings)
    voicemails = Voicemails(settings.data / "voicemail", carrier)
    promises = SqlPromises(engine, voicemails, clock)
    outside = Outside(
        clock=clock,
        pause=time.sleep,
        ringer=EachLine(TwilioRinger(carrier, urls), LocalRinger()) if carrier else LocalRinger(),
        dialler=TwilioDialler(carrier, CallbackUrls(urls.base)) if carrier else ByHand(),
        texts=TwilioTexts(carrier) if carrier else LoggedTexts(),
        promises=promises,
        home=settings.data / "company",
        env=env,
        models=Places.below(settings.data).models,
    )
    writer = RecordsWriter(client, engine, [hotline.name for hotline in hotlines], batch=BATCH)
    folders = {hotline.name: path for hotline, path in zip(hotlines, settings.hotlines, strict=True)}
    places = Places.below(settings.data)
    hearing = Hearing(places, folders, everyone=settings.phone)
    tapes = Tapes(settings.data / "recordings", carrier)
    return House(
        settings=settings,
        folders=folders,
        works=Works(hotlines, client, kit, outside),
        writer=writer,
        recorder=Recorder(writer, clock),
        promises=promises,
        voicemails=voicemails,
        recordings=CallRecordings(RecordingBook(engine), tapes, clock, settings.keep_recordings),
        transcriber=Transcriber(promises.transcripts, hearing, voicemails.folder, places.models, clock),
        engine=engine,
        urls=urls,
        carrier=carrier,
        hearing=hearing,
    )


def _loaded(path: Path, served: str | None, versions: RedisVersions, kit: Kit) -> Hotline:
    try:
        return load(path, kit)
    except (BadHotline, OSError) as error:
        files = versions.served(served) if served else None
        if files is None:
            raise
        log.error("%s does not check; it is served as it was before:\n%s", path, error)
        return unpacked(files, partial(assembled, kit=kit))


def carrier_of(settings: Settings) -> Carrier | None:
    """None while Twilio is switched off."""
    if settings.twilio_account is None or settings.twilio_token is None:
        return None
    return Carrier(settings.twilio_account, settings.twilio_token, settings.twilio_api_base)
