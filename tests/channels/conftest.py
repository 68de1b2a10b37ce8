"""The store under the lines that have a socket: one embedded server for both, empty for every test."""

from collections.abc import Iterator

import pytest
import redis
from runtime_house import House

from ivr.store import embedded
from ivr.store.connect import connect


@pytest.fixture(scope="session")
def lines_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    running = embedded.start(tmp_path_factory.mktemp("lines_redis"))
    yield running.url
    running.stop()


@pytest.fixture
def client(lines_store: str) -> Iterator[redis.Redis]:
    connected = connect(lines_store, timeout_s=60)
    connected.flushall()
    yield connected
    connected.close()


@pytest.fixture
def house(client: redis.Redis) -> House:
    return House(client)
