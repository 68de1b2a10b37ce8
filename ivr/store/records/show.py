"""The records as text for a terminal. Pure functions: rows in, lines out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from ivr.store.records.reader import CallEvent, CallRecord, CallSummary
from ivr.store.records.recordings import Recording
from ivr.store.records.sentences import SENTENCES, pairs

HEADINGS = ("started", "call", "hotline", "caller", "length", "mode", "outcome", "intent")


def call_table(summaries: Iterable[CallSummary], *, zone: tzinfo = UTC) -> str:
    """A list of calls as a table with a heading, one call a line."""
    rows = [HEADINGS, *(call_row(summary, zone) for summary in summaries)]
    widths = [max(width(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join("  ".join(padded(*cell) for cell in zip(row, widths, strict=True)).rstrip() for row in rows)


def call_row(summary: CallSummary, zone: tzinfo) -> tuple[str, ...]:
    ended = "running" if summary.running else summary.outcome or "ended"
    length = "" if summary.seconds is None else minutes(summary.seconds)
    cells = (summary.call, summary.hotline, summary.caller, length, summary.mode, ended, summary.intent)
    return (clock_time(summary.started_at, zone), *(one_line(cell or "") for cell in cells))


def call_text(record: CallRecord, *, zone: tzinfo = UTC) -> str:
    """One call: what is known of it as a whole, then each event with its time since the start."""
    summary = record.summary
    began = summary.started_at
    if began is None:
        began = record.events[0].at if record.events else 0.0
    start = clock_time(summary.started_at, zone) or "start unknown"
    head = [f"call {summary.call} on hotline {summary.hotline}, {start}"]
    head.append("still running" if summary.running else ended_line(summary))
    return "\n".join([*head, "", *(event_line(event, began) for event in record.events)])


def recordings_text(parts: Iterable[Recording]) -> str:
    """The parts of a call that were recorded, a line each: `recording 2  0:34  …/recordings/telecom/RE12.wav`."""
    lines = []
    for one in parts:
        where = one.file or "its sound is not here yet"
        if one.gone_at is not None:
            where = f"deleted on {datetime.fromtimestamp(one.gone_at, UTC):%Y-%m-%d}, when its time was over"
        lines.append(f"recording {one.part}  {minutes(one.duration_s)}  {one_line(where)}")
    return "\n".join(lines)


def ended_line(summary: CallSummary) -> str:
    parts = [f"{summary.outcome or 'ended'}"]
    if summary.why and summary.why != summary.outcome:
        parts.append(f"({summary.why})")
    if summary.seconds is not None:
        parts.append(f"after {minutes(summary.seconds)}")
    known = {
        "mode": summary.mode,
        "intent": summary.intent,
        "wanted information after": seconds(summary.seconds_to_answer),
        "waited": seconds(summary.waited_s),
        "queue": summary.queue,
        "agent": summary.agent,
        "machine rated": summary.rating_machine,
        "person rated": summary.rating_human,
        "closed as": summary.closed,
        "closed by": summary.closed_by,
    }
    return "; ".join([" ".join(parts), *(f"{name} {value}" for name, value in known.items() if value is not None)])


def event_line(event: CallEvent, began: float) -> str:
    """For example `  0:12.4  heard “my balance” (0.93)   [main.need]`."""
    step = event.data.get("step")
    line = f"{offset(event.at - began)}  {event_words(event)}"
    return one_line(f"{line}   [{step}]" if step else line)


def event_words(event: CallEvent) -> str:
    """What happened, without when and where."""
    data = {name: value for name, value in event.data.items() if name != "step"}
    words = SENTENCES[event.kind](data) if event.kind in SENTENCES else event.kind
    left = pairs(data)
    return one_line(words + (f"  ({left})" if left else ""))


def one_line(text: str) -> str:
    """Text that cannot move the terminal's cursor, whatever a caller said."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def offset(since_s: float) -> str:
    whole, tenths = divmod(round(max(since_s, 0.0) * 10), 10)
    return f"{whole // 60:3d}:{whole % 60:02d}.{tenths}"


def minutes(length_s: float) -> str:
    return f"{int(length_s) // 60}:{int(length_s) % 60:02d}"


def seconds(length_s: float | None) -> str | None:
    return None if length_s is None else f"{length_s:g} s"


def clock_time(at: float | None, zone: tzinfo) -> str:
    return "" if at is None else f"{datetime.fromtimestamp(at, zone):%Y-%m-%d %H:%M:%S}"


def width(text: str) -> int:
    """Columns on a terminal, where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, to: int) -> str:
    return text + " " * (to - width(text))
