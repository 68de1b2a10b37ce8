"""The tables of the records as the first release made them."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Double, Index, Integer, MetaData, Table, Text, UniqueConstraint

first = MetaData()

calls = Table(
    "calls",
    first,
    *(Column(name, Text, primary_key=True) for name in ("hotline", "call")),
    *(Column(name, Text) for name in ("version", "channel", "caller", "called")),
    *(Column(name, Double) for name in ("started_at", "ended_at")),
    *(Column(name, Text) for name in ("language", "outcome", "why", "mode", "intent")),
    Column("answered", JSON(none_as_null=True)),
    *(Column(name, Double) for name in ("seconds", "seconds_to_answer")),
    *(Column(name, Integer) for name in ("requests", "offers", "consents")),
    *(Column("queue", Text), Column("waited_s", Double), Column("agent", Text)),
    *(Column(name, Integer) for name in ("rating_machine", "rating_human")),
    Index("calls_started", "started_at"),
    Index("calls_caller", "caller", "started_at"),
)

events = Table(
    "events",
    first,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    *(Column(name, Text, nullable=False) for name in ("hotline", "stream_id", "call")),
    Column("n", Integer),
    Column("at", Double, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", JSON, nullable=False),
    UniqueConstraint("hotline", "stream_id"),
    Index("events_call", "call", "seq"),
)
