"""`ivr rehearse`"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ivr.cli.options import json_option

if TYPE_CHECKING:
    from ivr.sim.day.result import Result
    from ivr.testing.stage import Stage

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
MOST_SHOWN = 3
"""Calls that are printed whole where something is broken."""


@click.command("rehearse")
@click.argument("folder", type=FOLDER)
@click.option("--day", "name", required=True, help="Which day: a name of FOLDER/days, or a file.")
@click.option("--against", type=FOLDER, help="Another folder of the hotline, to compare with on the same day.")
@click.option("--seed", type=int, help="Another seed than the one written in the day: other callers by the same rules.")
@click.option("--call", help="Print this call of the day whole, such as day-17.")
@json_option
def command(folder: Path, name: str, against: Path | None, seed: int | None, call: str | None, in_json: bool) -> None:
    """Play a whole day of a hotline: hundreds of callers and the agents who answer, in seconds.

    Exits 1 where something was not as `expect:` of the day says, or where a caller was lost.
    """
    from ivr.cli.rehearse_text import broken_text, comparison_text, result_text, unmet_text
    from ivr.sim.day.compare import compare
    from ivr.sim.day.expectations import unmet

    with _stage() as stage:
        one, took_s = _play(stage, folder, folder, name, seed)
        other = _play(stage, against, folder, name, seed)[0] if against else None
    wrong = [*unmet(one), *(f"{against}: {sentence}" for sentence in (unmet(other) if other else []))]
    broken = [*one.broken, *(other.broken if other else [])]
    if call is not None:
        click.echo(_one_call(one, call))
    elif in_json:
        plain = {"day": name, **one.plain(), "unmet": wrong}
        click.echo(json.dumps({**plain, "against": other.plain()} if other else plain, indent=2, ensure_ascii=False))
    else:
        click.echo(result_text(one, took_s) if other is None else comparison_text(compare(one, other), folder, against))
        for text in (unmet_text(wrong), broken_text(one, MOST_SHOWN), broken_text(other, MOST_SHOWN) if other else ""):
            if text:
                click.echo(f"\n{text}")
    sys.exit(1 if broken or wrong else 0)


@contextmanager
def _stage() -> Iterator[Stage]:
    from ivr.testing.stage import Stage

    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        yield stage


def _play(stage: Stage, folder: Path, days: Path, name: str, seed: int | None) -> tuple[Result, float]:
    """A day of `days` played on the hotline in `folder`, and how many seconds that took. Raises BadDay, BadHotline."""
    from ivr.sim.day.reading import find_day, read_day

    day = read_day(find_day(days, name), stage.hotline(folder))
    if seed is not None:
        day = replace(day, seed=seed)
    began = time.monotonic()
    result = stage.play_day(folder, day)
    return result, time.monotonic() - began


def _one_call(result: Result, call: str) -> str:
    if call not in result.transcripts:
        raise click.ClickException(f"no call {call!r} on this day; they are called day-1 to day-{len(result.calls)}")
    return result.transcripts[call]
