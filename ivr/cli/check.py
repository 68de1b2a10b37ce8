"""`ivr check`"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ivr.cli.options import read, setting
from ivr.cli.proofs import proofs
from ivr.errors import SpeechError
from ivr.flow.hotline import Hotline
from ivr.flow.load import examine
from ivr.flow.where import Fault
from ivr.kit import standard_kit


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--ears", is_flag=True, help="Tell of words our ears can never hear though the carrier's hear callers.")
@click.option("--no-proofs", is_flag=True, help="Leave the proofs out: only faults that can be seen in the files.")
@setting("data")
def command(paths: tuple[Path, ...], ears: bool, no_proofs: bool, data: str | None) -> None:
    """Check hotlines: every fault of every file in one run, as file:line:column: sentence. Exits 1 on an error.

    A hotline without errors is then proved to be good to its callers: every call that its files allow is explored, and
    where one is not as it must be, it is printed as a scripted call, and the exit is 1 too.

    Where a hotline says `ears: vosk`, words that the installed models can never hear are told too, as warnings.
    """
    kit = standard_kit()
    broken = False
    for path in paths:
        loaded = examine(path, kit)
        faults = list(loaded.faults)
        if loaded.hotline is not None and (ears or loaded.hotline.file.ears == "vosk"):
            faults += _unheard(loaded.hotline, path, data)
        for fault in sorted(faults):
            click.echo(str(fault))
        if loaded.hotline is None:
            broken = True
            errors = sum(fault.severity == "error" for fault in loaded.faults)
            click.echo(f"{path}: {errors} {'error' if errors == 1 else 'errors'}", err=True)
        else:
            hotline = loaded.hotline
            steps = sum(len(flow.steps) for flow in hotline.flows.values())
            click.echo(
                f"{path}: good. {len(hotline.flows)} flows, {steps} steps, {len(hotline.intents)} intents, "
                f"{', '.join(hotline.file.languages)}; version {hotline.version}"
            )
            if not no_proofs:
                lines, refuted = proofs(hotline, path)
                click.echo("\n".join(lines))
                broken |= refuted
    sys.exit(1 if broken else 0)


def _unheard(hotline: Hotline, path: Path, data: str | None) -> Iterator[Fault]:
    """Words that no caller can be heard to say; nothing for a language whose model hears any word."""
    from ivr.speech.recognisers.choose import best, load
    from ivr.wiring.deaf import deaf_words
    from ivr.wiring.hearing import Places

    for language in hotline.file.languages:
        model = best(language, [Places.below(read(data=data).data).models])
        if model is None or model.kind != "vosk":
            continue
        try:
            yield from deaf_words(hotline, language, load(model, language), lambda file: str(path / file))
        except SpeechError as error:
            click.echo(f"{path}: words in {language!r} are not held against the ears: {error}", err=True)
