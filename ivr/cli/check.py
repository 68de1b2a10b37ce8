"""`ivr check`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ivr.flow.load import examine
from ivr.kit import standard_kit


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(paths: tuple[Path, ...]) -> None:
    """Check hotlines: every fault of every file in one run, as file:line:column: sentence. Exits 1 on an error."""
    kit = standard_kit()
    broken = False
    for path in paths:
        loaded = examine(path, kit)
        for fault in loaded.faults:
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
    sys.exit(1 if broken else 0)
