"""Fills a new SQLite file from a readable script, so that a sample hotline has a company to talk about."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import make_url

from ivr.errors import SettingsError


def seed_new(url: str, home: Path, script: str, today: date) -> None:
    """Make the SQLite file of `url` below `home` unless it is there already; many processes may try at once.

    The script may read the day from the table `today(day)`. Raises SettingsError with SQLite's own words.
    """
    where = make_url(url)
    if where.get_backend_name() != "sqlite" or not where.database:
        raise SettingsError("`seed:` fills a new SQLite file; another database has its data already, so leave it out")
    path = home / where.database
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, made = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
    os.close(descriptor)
    try:
        with closing(sqlite3.connect(made)) as database:
            # Nobody sees the file before it is whole: it is written to disk once, below, and not at each statement.
            database.execute("pragma journal_mode = off")
            database.execute("pragma synchronous = off")
            database.execute("create temp table today (day text)")
            database.execute("insert into today values (?)", (today.isoformat(),))
            database.executescript(script)
            database.commit()
        _put(Path(made), path)
    except sqlite3.Error as error:
        raise SettingsError(f"the seed of {url} cannot be run: {error}") from None
    finally:
        Path(made).unlink(missing_ok=True)


def _put(made: Path, path: Path) -> None:
    """Whole or not at all; whoever came first has done it."""
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(made, path)
    except FileExistsError:
        return
