"""Writing what a command makes."""

from __future__ import annotations

from pathlib import Path

import click

STDOUT = "-"


def write(text: str, output: str) -> None:
    """Write to a file and say so, or to standard output for `-`. ClickException where the file cannot be written."""
    if output == STDOUT:
        click.echo(text.removesuffix("\n"))
        return
    try:
        Path(output).parent.mkdir(parents=True, exist_ok=True)
        Path(output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}") from None
    click.echo(f"written to {output}", err=True)
