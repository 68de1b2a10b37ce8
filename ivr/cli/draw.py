"""`ivr draw`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ivr.cli.files import write
from ivr.flow.drawing import draw
from ivr.flow.load import examine
from ivr.flow.picture import svg
from ivr.kit import standard_kit


@click.command("draw")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("-o", "--output", help="The SVG file to write; - for the terminal. The hotline's name where left out.")
@click.option("--flow", help="Only this flow.")
def command(path: Path, output: str | None, flow: str | None) -> None:
    """Draw the flows of the hotline in the folder PATH as one SVG picture, which every browser shows.

    A hotline with faults is told its faults, as by `ivr check`, and not drawn.
    """
    try:
        loaded = examine(path, standard_kit())
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from None
    for fault in loaded.faults:
        click.echo(str(fault), err=True)
    if loaded.hotline is None:
        sys.exit(1)
    write(svg(draw(loaded.hotline, flow)), output or f"{loaded.hotline.name}.svg")
