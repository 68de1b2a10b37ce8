"""What callers said in their messages, written down: one row for each message, by the message's name.

A table of its own beside the promises, so that a database made before there were transcripts gets it when it is opened
next, and nothing else of it changes. A row goes from `waiting` to one of the other states and stays there; `deaf` rows
wait again when ears for their language are there. A secret message begins as `secret`, and nothing leads out of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ivr.store.records.database import create_tables, guard
from ivr.store.records.promises import promises
from ivr.store.records.schema import metadata

State = Literal["waiting", "done", "nothing", "deaf", "failed", "secret", "forgotten"]

transcripts = sa.Table(
    "transcripts",
    metadata,
    sa.Column("once", sa.String(100), primary_key=True),
    sa.Column("language", sa.String(35), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("text", sa.Text),
    sa.Column("ears", sa.Text),
    sa.Column("at", sa.Float),
    sa.Column("why", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Transcript:
    """Of one message."""

    once: str
    """The message's name among the promises."""
    language: str
    """What the caller spoke, as the flow knew it."""
    state: State = "waiting"
    """done; nothing: no words were heard; deaf: no ears here for the language; failed: see `why`; secret: never;
    forgotten: somebody had the sound and the words deleted."""
    tries: int = 0
    """How often it was begun; one that ends its process is not begun for ever."""
    text: str | None = None
    ears: str | None = None
    """Which recogniser and model wrote it down."""
    at: float | None = None
    """When, in seconds since 1970."""
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Untold:
    """A message that waits to be written down."""

    once: str
    language: str
    file: str
    tries: int


class TranscriptBook:
    """Every method raises RecordsDown when the database does not answer."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._tables_made = False

    def expect(self, once: str, language: str, *, secret: bool) -> None:
        """A message is to be written down, or, where it is secret, never to be. The first word on it stays, but that a
        secret one is never anything else, whoever said what before."""
        row = Transcript(once, language, "secret" if secret else "waiting")
        with guard():
            self._make_table()
            try:
                with self.engine.begin() as connection:
                    connection.execute(sa.insert(transcripts).values(**asdict(row)))
            except IntegrityError:
                if secret:
                    known = sa.and_(transcripts.c.once == once, transcripts.c.state != "forgotten")
                    self._change(known, state="secret", text=None, ears=None, at=None, why=None)

    def waiting(self, limit: int = 20) -> Sequence[Untold]:
        """Messages whose sound is here; those that were begun least often first, then the oldest."""
        query = (
            sa.select(transcripts.c.once, transcripts.c.language, promises.c.file, transcripts.c.tries)
            .join(promises, promises.c.once == transcripts.c.once)
            .where(transcripts.c.state == "waiting", promises.c.file.is_not(None))
            .order_by(transcripts.c.tries, promises.c.at)
            .limit(limit)
        )
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                return [Untold(**row._mapping) for row in connection.execute(query)]

    def begin(self, message: Untold) -> bool:
        """Count a try; False where somebody else has begun it meanwhile."""
        as_seen = sa.and_(
            transcripts.c.once == message.once,
            transcripts.c.state == "waiting",
            transcripts.c.tries == message.tries,
        )
        with guard():
            return self._change(as_seen, tries=message.tries + 1)

    def end(
        self, once: str, state: State, *, at: float, text: str | None = None, ears: str | None = None, why: str = ""
    ) -> bool:
        """Write down what came of it; False where it no longer waits."""
        waits = sa.and_(transcripts.c.once == once, transcripts.c.state == "waiting")
        with guard():
            return self._change(waits, state=state, text=text, ears=ears, at=at, why=why or None)

    def hear_again(self, languages: Iterable[str]) -> None:
        """There are ears for these now: what nobody could hear waits again."""
        deaf = sa.and_(transcripts.c.state == "deaf", transcripts.c.language.in_(list(languages)))
        with guard():
            self._make_table()
            self._change(deaf, state="waiting", tries=0, why=None)

    def forget(self, once: str, *, at: float) -> None:
        """Delete the words of a message, whatever has become of them so far; nothing is written down of it any more."""
        gone: dict[str, Any] = {"state": "forgotten", "text": None, "ears": None, "why": None, "at": at}
        self.expect(once, "", secret=False)
        with guard():
            self._change(transcripts.c.once == once, **gone)

    def deaf_languages(self) -> list[str]:
        """Of the messages that nobody could hear."""
        query = sa.select(transcripts.c.language).where(transcripts.c.state == "deaf").distinct()
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                return list(connection.scalars(query))

    def of(self, names: Sequence[str]) -> dict[str, Transcript]:
        """Those of these messages, by name; a message of older times has none."""
        query = sa.select(transcripts).where(transcripts.c.once.in_(names))
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                return {row.once: Transcript(**row._mapping) for row in connection.execute(query)}

    def _make_table(self) -> None:
        if not self._tables_made:
            create_tables(self.engine)
            self._tables_made = True

    def _change(self, which: sa.ColumnElement[bool], **values: Any) -> bool:
        with self.engine.begin() as connection:
            return bool(connection.execute(sa.update(transcripts).where(which).values(**values)).rowcount)
