"""The lines into a house, with what they share: their pages for Flask, and their sockets."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlsplit

from flask import Blueprint

from ivr.app.house import House
from ivr.app.sockets import Socket
from ivr.channels.audio.parts import AudioParts
from ivr.channels.line.webhook import LocalLine
from ivr.channels.line.webhook import blueprint as local_pages
from ivr.channels.twilio.signature import Gate
from ivr.channels.twilio.stream_socket import StreamSocket
from ivr.channels.twilio.streams import Streams
from ivr.channels.twilio.webhook import blueprint as twilio_pages
from ivr.channels.webphone.page import blueprint as phone_pages
from ivr.channels.webphone.panel import blueprint as drawings
from ivr.channels.webphone.parts import PhoneParts
from ivr.channels.webphone.socket import PhoneSocket
from ivr.store.call_ears import RedisCallEars
from ivr.store.tickets import RedisTickets
from ivr.store.watch import RedisWatch
from ivr.wiring.hearing import OWN_EARS
from ivr.wiring.panel import DrawnFlows
from ivr.wiring.web import twilio_line

THREADS = 32
"""For calls by sound: their turns, which wait for the store and look-ups, and voices that say what nobody has said
before. Apart from the threads of pages, so that neither makes the other wait."""
STREAM, PHONE = "/twilio/stream", "/phone/line"


class Lines:
    """Made once a process. Nothing of it works before it is asked to."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="calls")
        self._audio = AudioParts(house.works.conductor, house.hearing, self._threads)
        self._streams = Streams(RedisCallEars(house.works.client), house.hearing, self._wants_our_ears)
        settings = house.settings
        gate = Gate(house.urls.base, settings.twilio_token, insecure=settings.insecure)
        line = twilio_line(house.works, house.urls, gate, house.carrier, house.promises.ready)
        self._twilio = replace(line, streams=self._streams, call_recording_ready=house.recordings.ready)
        self._phone = PhoneParts(
            audio=replace(self._audio, keep=house.voicemails.keep, tape=house.recordings.keep),
            shelf=house.works.shelf,
            tickets=RedisTickets(house.works.client),
            hosts=frozenset({urlsplit(house.urls.base).netloc}),
            watch=RedisWatch(house.works.client) if settings.phone_panel else None,
        )

    def pages(self) -> list[Blueprint]:
        house, settings = self._house, self._house.settings
        found = [twilio_pages(self._twilio)]
        if settings.local_line:
            works = house.works
            local = LocalLine(works.conductor, works.switchboard, works.offers, works.agents, works.outside.clock)
            found.append(local_pages(local))
        if settings.phone:
            found.append(phone_pages(self._phone))
            if settings.phone_panel:
                found.append(drawings(DrawnFlows(house.works.shelf)))
        return found

    def sockets(self) -> dict[str, Socket]:
        """Path → who speaks there."""
        found: dict[str, Socket] = {}
        if self._house.settings.twilio_token is not None or self._house.settings.insecure:
            found[STREAM] = StreamSocket(self._twilio, self._streams, self._audio)
        if self._house.settings.phone:
            found[PHONE] = PhoneSocket(self._phone)
        return found

    def close(self) -> None:
        """Turns under way come to their end."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _wants_our_ears(self, name: str) -> bool:
        hotline = self._house.works.shelf.current(name)
        return hotline is not None and hotline.file.ears == OWN_EARS
