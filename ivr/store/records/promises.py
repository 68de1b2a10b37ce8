"""Callbacks promised and messages left, as lists that people work: new, taken, called, closed (R82, R83)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ivr.store.records.database import create_tables, guard
from ivr.store.records.schema import metadata

State = Literal["new", "taken", "called", "closed"]
STATES: tuple[State, ...] = ("new", "taken", "called", "closed")
"""taken: somebody is about to call, so that no second one does. called: not reached, or not through with it."""

promises = sa.Table(
    "promises",
    metadata,
    sa.Column("once", sa.String(100), primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("hotline", sa.String(64), nullable=False),
    sa.Column("call", sa.String(100), nullable=False),
    sa.Column("queue", sa.String(64), nullable=False),
    sa.Column("number", sa.String(100), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("since", sa.Float, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("recording", sa.Text),
    sa.Column("duration_s", sa.Float),
    sa.Column("file", sa.Text),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("worked_by", sa.Text),
    sa.Column("worked_at", sa.Double),
    sa.Column("note", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing we said we would do. Times are seconds since 1970."""

    once: str
    """The chore or the recording it came from; keeping it twice keeps it once."""
    kind: Literal["callback", "voicemail", "follow_up"]
    hotline: str
    call: str
    queue: str
    number: str
    at: float
    since: float
    """When the caller began to wait: the place a callback keeps."""
    reason: str = ""
    recording: str | None = None
    duration_s: float | None = None
    file: str | None = None
    """Where the message's sound is."""
    state: State = "new"
    worked_by: str | None = None
    """Who moved it to this state; None where that was the line, or nobody has."""
    worked_at: float | None = None
    note: str | None = None
    """What that person wrote down last."""


@dataclass(frozen=True, slots=True)
class Working:
    """Somebody works a promise."""

    by: str
    at: float
    note: str | None = None
    """None leaves the one that is there."""
    over: bool = False
    """Whoever else has taken it loses it."""


class NotYours(Exception):
    """Somebody else has it; `found` is how it stands."""

    def __init__(self, found: Promise) -> None:
        super().__init__(found.once)
        self.found = found


class PromiseBook:
    """Every method raises RecordsDown when the database does not answer."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._tables_made = False

    def keep(self, promise: Promise) -> None:
        """Put it on the list, once. One kept before learns the queue and the number, where it did not know them."""
        unknown = sa.and_(promises.c.once == promise.once, promises.c.queue == "")
        with guard():
            self._make_table()
            try:
                with self.engine.begin() as connection:
                    connection.execute(sa.insert(promises).values(**asdict(promise)))
            except IntegrityError:
                with self.engine.begin() as connection:
                    learnt = sa.update(promises).where(unknown).values(queue=promise.queue, number=promise.number)
                    connection.execute(learnt)

    def attach(self, once: str, file: str) -> bool:
        """Note where the message's sound is; False where there is no promise of that name."""
        with guard():
            self._make_table()
            return self._change(once, file=file)

    def forget(self, once: str) -> None:
        """Whoever calls this has deleted the message's sound; the message is done with."""
        with guard():
            self._make_table()
            self._change(once, file=None, state="closed")

    def all(self, *, hotline: str | None = None, state: State | None = None, limit: int = 100) -> Sequence[Promise]:
        """Who has waited longest first."""
        query = sa.select(promises).order_by(promises.c.since).limit(limit)
        if hotline is not None:
            query = query.where(promises.c.hotline == hotline)
        if state is not None:
            query = query.where(promises.c.state == state)
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                rows: Sequence[sa.Row[Any]] = connection.execute(query).all()
        return [Promise(**row._mapping) for row in rows]

    def one(self, once: str) -> Promise:
        """The promise of that name; KeyError where there is none."""
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                row = connection.execute(sa.select(promises).where(promises.c.once == once)).one_or_none()
        if row is None:
            raise KeyError(once)
        return Promise(**row._mapping)

    def names(self, beginning: str) -> list[str]:
        """The promises whose names begin so, in order."""
        query = sa.select(promises.c.once).where(promises.c.once.startswith(beginning, autoescape=True))
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                return list(connection.scalars(query.order_by(promises.c.once)))

    def callbacks(self, hotline: str, names: Sequence[str], limit: int = 1000) -> Sequence[Promise]:
        """Promised calls of a hotline that are new, the oldest first, and those of these names."""
        wanted = sa.or_(promises.c.state == "new", promises.c.once.in_(names))
        query = sa.select(promises).where(promises.c.hotline == hotline, promises.c.kind == "callback", wanted)
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                rows: Sequence[sa.Row[Any]] = connection.execute(query.order_by(promises.c.at).limit(limit)).all()
        return [Promise(**row._mapping) for row in rows]

    def mark(self, once: str, state: State, reason: str | None = None) -> bool:
        """Move one on; False where there is none of that name."""
        with guard():
            self._make_table()
            return self._change(once, state=state, **({} if reason is None else {"reason": reason}))

    def work(self, once: str, state: State, working: Working) -> Promise:
        """Move one on, for a person; doing it twice is doing it once. Of two who take it at once one has it. NotYours
        for the other one, for whoever moves on what is taken, and who would take what is closed. KeyError where there
        is none of that name."""
        found = self.one(once)
        if (found.state, found.worked_by) == (state, working.by) and working.note in (None, found.note):
            return found
        free = sa.or_(promises.c.state != "taken", promises.c.worked_by == working.by)
        may = sa.true() if working.over else free if state != "taken" else sa.and_(free, promises.c.state != "closed")
        told = {} if working.note is None else {"note": working.note}
        moved = {"state": state, "worked_by": working.by, "worked_at": working.at, **told}
        with guard(), self.engine.begin() as connection:
            change = sa.update(promises).where(promises.c.once == once, may).values(**moved)
            mine = bool(connection.execute(change).rowcount)
        now = self.one(once)
        if not mine:
            raise NotYours(now)
        return now

    def _make_table(self) -> None:
        if not self._tables_made:
            create_tables(self.engine)
            self._tables_made = True

    def _change(self, once: str, **values: str | None) -> bool:
        with self.engine.begin() as connection:
            changed = connection.execute(sa.update(promises).where(promises.c.once == once).values(**values))
            return bool(changed.rowcount)
