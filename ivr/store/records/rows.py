"""From entries in a stream to rows of tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import JSON, Integer, Text

from ivr.call.entries import Entry
from ivr.store.records.schema import CLOSED, ENDED, STARTED, calls
from ivr.store.streams import Read

Row = dict[str, Any]

_entry = msgspec.json.Decoder(Entry)


@dataclass(frozen=True, slots=True)
class Rows:
    """What a batch of entries adds to the tables."""

    events: list[Row] = field(default_factory=list)
    started: list[Row] = field(default_factory=list)
    ended: list[Row] = field(default_factory=list)
    closed: list[Row] = field(default_factory=list)


def rows_of(hotline: str, batch: list[Read]) -> Rows:
    """An entry that cannot be read becomes a row of kind `unreadable`: it must not hold up the ones behind it."""
    rows = Rows()
    for read in batch:
        if not read.fields:  # somebody deleted it from the stream
            continue
        call = plain(read.fields.get(b"call", b"").decode(errors="replace"))
        try:
            entry = _entry.decode(read.fields.get(b"entry", b""))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            entry = unreadable(read, str(error))
        n = read.fields.get(b"n", b"")
        rows.events.append(
            {
                "hotline": hotline,
                "stream_id": read.id,
                "call": call,
                "n": int(n) if n.isdigit() else None,
                "at": entry.at,
                "kind": plain(entry.kind),
                "data": entry.data,
            }
        )
        if entry.kind == "started":
            rows.started.append(
                {"hotline": hotline, "call": call, **taken(STARTED, {"started_at": entry.at, **entry.data})}
            )
        elif entry.kind == "ended":
            rows.ended.append({"hotline": hotline, "call": call, **taken(ENDED, {"ended_at": entry.at, **entry.data})})
        elif entry.kind == "closed":
            told = {"closed": entry.data.get("outcome"), "closed_by": entry.data.get("by")}
            rows.closed.append({"hotline": hotline, "call": call, **taken(CLOSED, told)})
    return rows


def unreadable(read: Read, why: str) -> Entry:
    at = int(read.id.partition("-")[0]) / 1000
    return Entry("unreadable", at, {"why": why})


def taken(columns: tuple[str, ...], data: Mapping[str, Any]) -> Row:
    """What `data` holds for these columns, each fitted to its type; None where it is missing or does not fit."""
    return {name: fitted(name, data.get(name)) for name in columns}


def fitted(column: str, value: Any) -> Any:
    kind = calls.c[column].type
    if value is None:
        return None
    if isinstance(kind, Text):
        return plain(str(value))
    if isinstance(kind, JSON):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(kind, Integer):
        return int(value) if abs(value) < 2**31 else None
    return float(value)


def plain(text: str) -> str:
    """Text without NUL, which PostgreSQL cannot keep."""
    return text.replace("\x00", "\ufffd")
