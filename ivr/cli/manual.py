"""`ivr manual`"""

from __future__ import annotations

import click

from ivr.cli.files import STDOUT, write
from ivr.flow.manual import manual
from ivr.kit import standard_kit
from ivr.sim.script import Script


@click.command("manual")
@click.option(
    "-o", "--output", default=STDOUT, help="The Markdown file to write; - for the terminal.", show_default=True
)
def command(output: str) -> None:
    """Print the manual of the flow language, with the step kinds and connectors of this installation."""
    write(manual(standard_kit(), Script), output)
