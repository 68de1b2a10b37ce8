"""A store for the whole run, emptied before each test, and records of each test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from desk_house import DeskHouse, built
from kept import Kept

from ivr.store import embedded
from ivr.store.connect import connect
from ivr.store.records.database import create_engine_for, create_tables


@pytest.fixture(scope="session")
def store_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[redis.Redis]:
    server = embedded.start(tmp_path_factory.mktemp("store"))
    client = connect(server.url, timeout_s=60)
    yield client
    client.close()
    server.stop()


@pytest.fixture(scope="session")
def empty_records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables are made once, and copied: making them waits for the disk."""
    path = tmp_path_factory.mktemp("records") / "records.db"
    engine = create_engine_for(f"sqlite:///{path}")
    create_tables(engine)
    engine.dispose()
    return path


@pytest.fixture
def house(store_client: redis.Redis, empty_records: Path, tmp_path: Path) -> Iterator[DeskHouse]:
    store_client.flushall()
    engine = create_engine_for(f"sqlite:///{shutil.copy(empty_records, tmp_path / 'records.db')}")
    yield built(store_client, engine)
    engine.dispose()


@pytest.fixture
def kept(house: DeskHouse) -> Kept:
    return Kept(house.desk.engine)
