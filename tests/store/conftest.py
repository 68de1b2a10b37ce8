"""Store tests run on real servers: the embedded one, and the machine's own where it has one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from ivr.store import embedded
from ivr.store.binary import ON_PATH
from ivr.store.connect import connect
from ivr.store.embedded import Embedded


@pytest.fixture(scope="session", params=["embedded", "installed"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Embedded]:
    """A running server on a fresh data directory."""
    program = None
    if request.param == "installed":
        found = next(filter(None, map(shutil.which, ON_PATH)), None)
        if found is None:
            pytest.skip("this machine has no redis-server or valkey-server of its own")
        program = Path(found)
    running = embedded.start(tmp_path_factory.mktemp("store"), program=program)
    yield running
    assert running.stop()


@pytest.fixture
def client(server: Embedded) -> Iterator[redis.Redis]:
    """A client of a server without data."""
    connected = connect(server.url, timeout_s=60)
    connected.flushall()
    yield connected
    connected.close()
