"""The records' tests run on SQLite, and on PostgreSQL where this machine has its server and a driver for it."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import redis
import sqlalchemy as sa
from told import Told

from ivr.store.records.database import create_engine_for, create_tables
from ivr.store.records.reader import RecordsReader
from ivr.store.records.schema import metadata

DRIVERS = ("psycopg", "pg8000")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a fresh PostgreSQL server on a socket of its own."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    program = programs[-1] if programs else Path(shutil.which("postgres") or "/nowhere")
    driver = next(filter(find_spec, DRIVERS), None)
    if not program.exists() or driver is None:
        pytest.skip("this machine has no PostgreSQL server, or Python no psycopg or pg8000 to reach it")
    user = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name  # it refuses to be run by root
    with tempfile.TemporaryDirectory(prefix="ivr-pg-") as place:
        shutil.chown(place, user)
        data = f"{place}/data"
        make = [program.parent / "initdb", "-D", data, "-U", "ivr", "-A", "trust", "--no-sync", "-E", "UTF8"]
        subprocess.run(make, user=user, check=True, capture_output=True, cwd=place)
        control = [program.parent / "pg_ctl", "-D", data, "-w", "-l", f"{place}/log"]
        options = f"-c listen_addresses='' -c unix_socket_directories={place} -c fsync=off"
        subprocess.run([*control, "-o", options, "start"], user=user, check=True, capture_output=True, cwd=place)
        try:
            query = f"unix_sock={place}/.s.PGSQL.5432" if driver == "pg8000" else f"host={place}"
            yield f"postgresql+{driver}://ivr@/postgres?{query}"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], user=user, check=True, capture_output=True, cwd=place)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty database with its tables made."""
    if request.param == "sqlite":
        made = create_engine_for(f"sqlite:///{tmp_path / 'records.db'}")
    else:
        made = create_engine_for(request.getfixturevalue("postgres"))
        metadata.drop_all(made)
    create_tables(made)
    yield made
    made.dispose()


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = create_engine_for(f"sqlite:///{tmp_path / 'records.db'}")
    yield made
    made.dispose()


@pytest.fixture
def reader(engine: sa.Engine) -> RecordsReader:
    return RecordsReader(engine)


@pytest.fixture
def tell(client: redis.Redis) -> Told:
    return Told(client)
