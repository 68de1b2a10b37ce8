"""The store of the runtime's tests, under the browser phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from phone_stage import Desk
from runtime_house import House

from ivr.store import embedded
from ivr.store.connect import connect


@pytest.fixture(scope="session")
def phone_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    running = embedded.start(tmp_path_factory.mktemp("phone_redis"))
    yield running.url
    running.stop()


@pytest.fixture
def client(phone_store: str) -> Iterator[redis.Redis]:
    connected = connect(phone_store, timeout_s=5)
    connected.flushall()
    yield connected
    connected.close()


@pytest.fixture
def house(client: redis.Redis) -> House:
    return House(client)


@pytest.fixture
def desk(house: House, tmp_path: Path) -> Desk:
    return Desk(house, tmp_path)
