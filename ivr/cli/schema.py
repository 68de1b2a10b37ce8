"""`ivr schema`"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ivr.cli.files import STDOUT, write
from ivr.flow.schema import ANY_FILE, schema
from ivr.kit import standard_kit

FILE = "hotline.schema.json"
API_FILE = "openapi.json"


@click.command("schema")
@click.option("-o", "--output", metavar="DIR", help=f"The folder to write {FILE} to; without it, it is printed.")
@click.option("--api", is_flag=True, help=f"The OpenAPI document of /api/v1 instead, as {API_FILE}.")
def command(output: str | None, api: bool) -> None:
    """Print the JSON Schema of hotline files: editors complete names by it, and show faults.

    One schema serves every file of a hotline. An editor finds it by the first line of a file:
    # yaml-language-server: $schema=WHERE_IT_IS
    """
    made, file = (_api(), API_FILE) if api else (schema(standard_kit())[ANY_FILE], FILE)
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    write(text, str(Path(output) / file) if output is not None else STDOUT)


def _api() -> dict[str, Any]:
    from ivr.desk.api.openapi import document
    from ivr.desk.api.pages import ROUTES

    return document(ROUTES)
