"""`ivr rehearse`"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ivr.call.codec import to_json
from ivr.cli.options import json_option

if TYPE_CHECKING:
    from ivr.sim.day.result import Result
    from ivr.testing.stage import Stage

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


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
    from ivr.cli.rehearse_text import comparison_text, result_text
    from ivr.sim.day.compare import compare
    from ivr.sim.day.expectations import unmet
    from ivr.sim.day.told import wrong

    with _stage() as stage:
        one, took_s = _play(stage, folder, folder, name, seed)
        other = _play(stage, against, folder, name, seed)[0] if against else None
    faults = [wrong(one), wrong(other) if other else ""]
    if call is not None:
        click.echo(_one_call(one, call))
    elif in_json:
        plain = {"day": name, **_plain(one), "unmet": unmet(one)}
        click.echo(json.dumps({**plain, "against": _plain(other)} if other else plain, indent=2, ensure_ascii=False))
    else:
        click.echo(comparison_text(compare(one, other), folder, against) if other else result_text(one, took_s))
        for whose, fault in zip((folder, against), faults, strict=True):
            if fault:
                click.echo(f"\n{whose}:\n{fault}" if other else f"\n{fault}")
    sys.exit(1 if any(faults) else 0)


@contextmanager
def _stage() -> Iterator[Stage]:
    from ivr.testing.stage import Stage

    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        yield stage


def _play(stage: Stage, folder: Path, days: Path, name: str, seed: int | None) -> tuple[Result, float]:
    """A day of `days` played on the hotline in `folder`, and how many seconds that took. Raises BadDay, BadHotline."""
    from ivr.sim.day.reading import find_day

    day = stage.day(folder, str(find_day(days, name)), seed=seed)
    began = time.monotonic()
    return stage.play_day(folder, day), time.monotonic() - began


def _plain(result: Result) -> dict[str, Any]:
    from ivr.sim.day.goals import goals_of

    return {**result.plain(), "goals": json.loads(to_json(goals_of(result).reached.now))}


def _one_call(result: Result, call: str) -> str:
    if call not in result.transcripts:
        raise click.ClickException(f"no call {call!r} on this day; they are called day-1 to day-{len(result.calls)}")
    return result.transcripts[call]
