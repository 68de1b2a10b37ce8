"""The Twilio line in front of a house of cards: as a Flask test client, and as a server with the carrier's double."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread

import pytest
from twilio_house import ACCOUNT, NUMBER, PUBLIC, TOKEN, House, Twilio, app_of, carrier_of, line_of
from werkzeug.serving import make_server

from ivr.channels.twilio import Gate, Urls
from ivr.sim.cloud import Cloud, VirtualClock


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture
def twilio(house: House, clock: VirtualClock) -> Twilio:
    return Twilio(app_of(line_of(house, clock, Gate(PUBLIC, TOKEN))).test_client())


@pytest.fixture
def cloud(house: House, clock: VirtualClock) -> Iterator[Cloud]:
    """The carrier's double, calling the house over real HTTP, as through a TLS proxy."""
    server = make_server("127.0.0.1", 0, app_of(line_of(house, clock, Gate(PUBLIC, TOKEN))), threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with Cloud(ACCOUNT, TOKEN, f"http://127.0.0.1:{server.port}", PUBLIC, clock) as cloud:
            urls = Urls(PUBLIC)
            house.carrier = carrier_of(cloud)
            cloud.number(NUMBER, urls.voice(), urls.fallback(), urls.status())
            yield cloud
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
