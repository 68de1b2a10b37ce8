"""`ivr test`"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

import click

from ivr.errors import FlowError
from ivr.flow.load import BadHotline


@click.command("test")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def command(paths: tuple[Path, ...]) -> None:
    """Play scripted calls: a hotline's folder, its calls/ folder, or single files. Exits 1 when one fails."""
    from ivr.testing.stage import Stage

    scripts = [script for path in paths for script in _scripts(path)]
    if not scripts:
        raise click.ClickException("no scripted calls here; they stand in calls/*.yaml of a hotline")
    logging.getLogger("ivr").addHandler(logging.NullHandler())  # what a played call warns of is no news to a host
    failed, broken = 0, set[Path]()
    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        for script in scripts:
            folder = script.parent.parent
            if folder in broken:
                failed += 1
                continue
            try:
                stage.play_file(script)
            except BadHotline as error:
                broken.add(folder)
                failed += 1
                click.echo(f"✗ {folder} does not check, so none of its calls can be made:\n{error}\n")
            except (AssertionError, FlowError) as error:
                failed += 1
                click.echo(f"✗ {script}\n{error}\n")
            else:
                click.echo(f"✓ {script}")
    click.echo(f"{len(scripts) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _scripts(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(path.glob("calls/*.yaml") if (path / "hotline.yaml").is_file() else path.glob("*.yaml"))
