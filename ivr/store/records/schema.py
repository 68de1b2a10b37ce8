"""The tables of the records. All times are seconds since 1970, UTC; all lengths of time are seconds."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Double, Index, Integer, MetaData, Table, Text, UniqueConstraint

metadata = MetaData()

calls = Table(
    "calls",
    metadata,
    Column("hotline", Text, primary_key=True),
    Column("call", Text, primary_key=True),
    # known when the call starts
    Column("version", Text),
    Column("channel", Text),
    Column("caller", Text),
    Column("called", Text),
    Column("started_at", Double),
    # known when it has ended; a call without `ended_at` is running
    Column("ended_at", Double),
    Column("language", Text),
    Column("outcome", Text, comment="one word for the whole call: answered, connected, abandoned, voicemail …"),
    Column("why", Text, comment="what ended it"),
    Column("mode", Text, comment="self_service, smart or human"),
    Column("intent", Text, comment="the first thing the caller wanted"),
    Column("answered", JSON(none_as_null=True), comment="intents whose wanted information the caller was given"),
    Column("seconds", Double, comment="length of the call"),
    Column("seconds_to_answer", Double, comment="from the start until the wanted information was given"),
    Column("requests", Integer, comment="how often the caller asked for a person"),
    Column("offers", Integer, comment="how often the caller was asked whether to be moved"),
    Column("consents", Integer, comment="how often the caller said yes to that"),
    Column("queue", Text),
    Column("waited_s", Double, comment="in line"),
    Column("talked_s", Double, comment="with agents"),
    Column("agent", Text),
    Column("rating_machine", Integer),
    Column("rating_human", Integer),
    Column("opportunities", JSON(none_as_null=True), comment="intents that were a chance to sell, in order"),
    Column("converted", JSON(none_as_null=True), comment="of these, what the caller took, as the flow says"),
    Column("converted_at", Double, comment="the last time"),
    Column("caller_says", Text, comment="solved or not_solved: the caller's own word on what served last"),
    # known when somebody who was in the talk says so: mostly after the end
    Column("closed", Text, comment="solved, not_solved or converted, as who was in the talk says"),
    Column("closed_by", Text, comment="who says so: an agent, or the name of a token"),
    Index("calls_started", "started_at"),
    Index("calls_of_hotline", "hotline", "started_at"),
    Index("calls_of_caller", "caller", "hotline", "started_at"),
)

events = Table(
    "events",
    metadata,
    # In the order of the stream: SQLite has no other big integer that counts itself.
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("hotline", Text, nullable=False),
    Column("stream_id", Text, nullable=False, comment="its place in the hotline's stream; makes it unique"),
    Column("call", Text, nullable=False),
    Column("n", Integer, comment="counts the entries of the call's own turns from 1; none: told by the line"),
    Column("at", Double, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", JSON, nullable=False),
    UniqueConstraint("hotline", "stream_id"),
    Index(
        "events_of_call", "hotline", "call", "kind"
    ),  # a whole call has few entries; reports want a few kinds of many calls
    Index("events_of_kind", "hotline", "kind", "at"),  # the live table asks for the newest of a rare kind
)

STARTED = ("version", "channel", "caller", "called", "started_at", "language")
"""Columns of `calls` that the entry `started` fills."""

ENDED = (
    "ended_at",
    "language",
    "outcome",
    "why",
    "mode",
    "intent",
    "answered",
    "seconds",
    "seconds_to_answer",
    "requests",
    "offers",
    "consents",
    "queue",
    "waited_s",
    "talked_s",
    "agent",
    "rating_machine",
    "rating_human",
    "opportunities",
    "converted",
    "converted_at",
    "caller_says",
)
"""Columns of `calls` that the entry `ended` fills."""

CLOSED = ("closed", "closed_by")
"""Columns of `calls` that the entry `closed` fills."""
