"""`ivr schema`"""

from __future__ import annotations

import json
from pathlib import Path

import click

from ivr.cli.files import STDOUT, write
from ivr.flow.schema import ANY_FILE, schema
from ivr.kit import standard_kit

FILE = "hotline.schema.json"


@click.command("schema")
@click.option("-o", "--output", metavar="DIR", help=f"The folder to write {FILE} to; without it, it is printed.")
def command(output: str | None) -> None:
    """Print the JSON Schema of hotline files: editors complete names by it, and show faults.

    One schema serves every file of a hotline. An editor finds it by the first line of a file:
    # yaml-language-server: $schema=WHERE_IT_IS
    """
    text = json.dumps(schema(standard_kit())[ANY_FILE], ensure_ascii=False, indent=2) + "\n"
    write(text, str(Path(output) / FILE) if output is not None else STDOUT)
