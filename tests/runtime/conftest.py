"""The real store, one embedded server a session; every test finds it empty."""

from collections.abc import Iterator

import pytest
import redis
from promised_desk import Desk
from runtime_house import House

from ivr.store import embedded
from ivr.store.connect import connect
from ivr.store.embedded import Embedded


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    running = embedded.start(tmp_path_factory.mktemp("redis"))
    yield running
    running.stop()


@pytest.fixture
def client(server: Embedded) -> Iterator[redis.Redis]:
    connected = connect(server.url, timeout_s=60)
    connected.flushall()
    yield connected
    connected.close()


@pytest.fixture
def house(client: redis.Redis) -> House:
    return House(client)


@pytest.fixture
def desk(house: House) -> Desk:
    """With an agent, and one caller who was promised a call."""
    return Desk(house)
