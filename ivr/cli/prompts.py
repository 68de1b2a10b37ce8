"""`ivr prompts`"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ivr.cli.options import read, setting
from ivr.cli.table import table, terminal_columns
from ivr.flow.fixed_words import FixedWords, fixed_words
from ivr.flow.load import examine
from ivr.kit import standard_kit

if TYPE_CHECKING:
    from ivr.flow.hotline import Hotline

HEADINGS = ("key", "language", "file", "recorded", "text")


@click.command("prompts")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--csv", "as_csv", is_flag=True, help="The list as CSV, for a voice actor's spreadsheet.")
@click.option(
    "--import",
    "recordings",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Take the recordings in this folder into the hotline.",
)
@click.option("--check", "checks", is_flag=True, help="Check every sound of the hotline: format, level, length.")
@click.option(
    "--render", "renders", is_flag=True, help="Say ahead, by the installed voices, all that has no recording."
)
@setting("data")
def command(path: Path, as_csv: bool, recordings: Path | None, checks: bool, renders: bool, **options: Any) -> None:
    """List what a voice actor can record for the hotline in the folder PATH: all that is the same in every call.

    Recordings are WAV files, 16-bit, of any rate, mono or stereo, named as in the list: en/welcome.wav. Those that
    --import takes are brought to the telephone's format and level, cut of silence, and written into words/en.yaml.
    """
    if sum((as_csv, recordings is not None, checks, renders)) > 1:
        raise click.UsageError("--csv, --import, --check and --render are for one at a time")
    hotline = _loaded(path)
    if recordings is not None:
        sys.exit(_import(path, hotline, recordings))
    if checks:
        sys.exit(_check(path))
    if renders:
        _render(path, hotline, read(**options).data)
        return
    rows = [_row(one, hotline) for one in fixed_words(hotline) if one.records]
    if as_csv:
        _print_csv(rows)
    else:
        click.echo(table(HEADINGS, rows, terminal_columns()))
        there = sum(row[3] == "yes" for row in rows)
        click.echo(f"{there} of {len(rows)} are recorded; what names a caller or an amount is always said by a voice")


def _loaded(path: Path) -> Hotline:
    try:
        loaded = examine(path, standard_kit())
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from None
    if loaded.hotline is None:
        for fault in loaded.faults:
            click.echo(str(fault), err=True)
        sys.exit(1)
    return loaded.hotline


def _row(one: FixedWords, hotline: Hotline) -> tuple[str, ...]:
    there = "yes" if one.audio in hotline.sounds else "no"
    return one.key, one.language, one.sound, there, one.text


def _print_csv(rows: Iterable[tuple[str, ...]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    click.echo(out.getvalue(), nl=False)


def _check(path: Path) -> int:
    from ivr.speech.soundness import faults

    sounds = sorted(one for one in (path / "audio").rglob("*") if one.is_file() and not one.name.startswith("."))
    told = [f"{sound}: {fault}" for sound in sounds for fault in faults(sound)]
    for line in told:
        click.echo(line)
    click.echo(f"{len(sounds)} sounds, {len(told)} {'fault' if len(told) == 1 else 'faults'}")
    return 1 if told else 0


def _import(path: Path, hotline: Hotline, recordings: Path) -> int:
    from ivr.cli.recordings import take

    wanted = [one for one in fixed_words(hotline) if one.records]
    taken = refused = 0
    for outcome in take(path, wanted, recordings):
        click.echo(outcome.sentence, err=not outcome.good)
        taken += outcome.good and outcome.recording
        refused += not outcome.good
    click.echo(f"{taken} taken, {refused} refused")
    return 1 if refused or not taken else 0


def _render(path: Path, hotline: Hotline, data: Path) -> None:
    from ivr.speech.cache import PromptCache
    from ivr.speech.prompts import Prompts
    from ivr.speech.voices.installed import installed
    from ivr.wiring.ahead import prompts_of
    from ivr.wiring.hearing import Places

    places = Places.below(data)
    prompts = Prompts(installed(places.voices), PromptCache(places.prompts))
    wanted = prompts_of(hotline, lambda language: bool(prompts.voice(language)))
    with click.progressbar(length=len(wanted), label="rendering", file=sys.stderr) as bar:
        done = prompts.render(wanted, lambda at, total: bar.update(at - bar.pos))
    voices = sorted({prompts.voice(language).name for language in hotline.file.languages})
    click.echo(f"{done.made} rendered by {', '.join(voices)}, {done.kept} were there; in {places.prompts}")
