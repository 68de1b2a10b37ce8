"""`ivr queues`"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from ivr.cli.options import as_json, json_option, kept, records_of, store, where
from ivr.cli.table import table, terminal_columns
from ivr.cli.whose import whose

if TYPE_CHECKING:
    from ivr.desk.board import Board, Period, QueueRow

HEADINGS = (
    "queue",
    "waiting",
    "longest",
    "idle",
    "busy",
    "off",
    "incoming",
    "answered",
    "abandoned",
    "transfers",
)
MOST_ALARMS = 10
"""Of those who wait too long, on one screen."""


@click.command("queues")
@whose("Whose queues.", records=True)
@click.option("--hour", is_flag=True, help="Count the last hour; where left out, today.")
@click.option("--watch", is_flag=True, help="Show it again and again, until ctrl-c.")
@click.option("--every", default=2.0, show_default=True, type=click.FloatRange(0.5, 3600), help="Seconds, for --watch.")
@json_option
@where
def command(hotline: str, hour: bool, watch: bool, every: float, in_json: bool, **options: Any) -> None:
    """Show how the queues are doing: who waits, who is there, and what came, as counts and rates; and below, who waits
    too long."""
    settings = kept(**options)
    from ivr.cli.served import served
    from ivr.desk.board import Watched, board
    from ivr.store.line import RedisLine
    from ivr.store.records.traffic import TrafficLog

    engine = records_of(settings)
    period: Period = "hour" if hour else "today"
    with store(settings) as client:
        known = served(client, hotline)
        zone = ZoneInfo(known.file.timezone)
        watched, line = Watched(hotline, tuple(known.queues.queues), zone), RedisLine(client)
        log = TrafficLog(engine, hotline)

        def look() -> str:
            found = board(line, log, watched, period, now=time.time())
            return as_json(found) if in_json else board_text(found, zone, terminal_columns())

        if watch:
            _watch(look, every)
        else:
            click.echo(look())


def _watch(look: Callable[[], str], every_s: float) -> None:
    try:
        while True:
            shown = look()
            click.clear()
            click.echo(shown)
            time.sleep(every_s)
    except KeyboardInterrupt:
        click.echo()


def board_text(found: Board, zone: ZoneInfo, columns: int | None = None) -> str:
    """A line about the hotline, then a line for each queue."""
    totals, clock = found.totals, datetime.fromtimestamp(found.at, zone)
    counted = "the last hour" if found.period == "hour" else "today"
    head = (
        f"{found.hotline}, {clock:%Y-%m-%d %H:%M:%S} ({zone.key}): {totals.waiting} waiting; {counted} {totals.calls} "
        f"calls, of them {totals.to_people} to people{_rate(totals.to_people_rate)}"
    )
    return "\n".join([head, "", table(HEADINGS, map(_row, found.queues), columns), *_alarms(found, zone)])


def _alarms(found: Board, zone: ZoneInfo) -> Iterator[str]:
    """Who waits too long, and since when."""
    if found.alarms:
        yield "\nToo long in line:"
    for one in found.alarms[:MOST_ALARMS]:
        since, waited = datetime.fromtimestamp(one.since, zone), _minutes(found.at - one.since)
        yield f"  {one.queue}: {one.caller or 'somebody'} since {since:%H:%M:%S}, {waited} minutes, call {one.call}"
    if len(found.alarms) > MOST_ALARMS:
        yield f"  and {len(found.alarms) - MOST_ALARMS} more"


def _row(row: QueueRow) -> tuple[str, ...]:
    longest = "" if row.longest_wait_s is None else _minutes(row.longest_wait_s)
    people = (str(row.idle), str(row.busy), str(row.off))
    counts = (
        str(row.incoming),
        f"{row.answered}{_rate(row.answered_rate)}",
        f"{row.abandoned}{_rate(row.abandoned_rate)}",
        f"{row.transfers}{_rate(row.transfers_rate)}",
    )
    return (row.queue, str(row.waiting), longest, *people, *counts)


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _rate(share: float | None) -> str:
    return "" if share is None else f" ({share:.0%})"
