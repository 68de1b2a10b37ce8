"""docs/hotline.schema.json: it is what the program says today, and the sample hotline's files lead editors to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from ivr.cli.main import group
from ivr.flow.files import read_folder
from ivr.flow.schema import ANY_FILE, schema
from ivr.flow.yaml import read_text
from ivr.kit import standard_kit

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs" / "hotline.schema.json"
TELECOM = ROOT / "flows" / "telecom"
FILES = sorted(path for path in read_folder(TELECOM) if path.endswith(".yaml"))
LINE = "# yaml-language-server: $schema="


def test_it_is_what_the_program_says_today() -> None:
    written = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert written == schema(standard_kit())[ANY_FILE], "docs/hotline.schema.json is old; run: ivr schema -o docs"


def test_the_command_prints_it_or_writes_it_into_a_folder(tmp_path: Path) -> None:
    printed = CliRunner().invoke(group, ["schema"])
    assert printed.exit_code == 0
    assert json.loads(printed.stdout) == json.loads(SCHEMA.read_text(encoding="utf-8"))
    written = CliRunner().invoke(group, ["schema", "-o", str(tmp_path / "new")])
    assert written.exit_code == 0
    assert (tmp_path / "new" / SCHEMA.name).read_bytes() == SCHEMA.read_bytes()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    result = CliRunner().invoke(group, ["schema", "-o", str(tmp_path / "file")])
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize("path", FILES)
def test_the_first_line_of_a_file_leads_an_editor_to_it(path: str) -> None:
    first = (TELECOM / path).read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(LINE)
    assert ((TELECOM / path).parent / first.removeprefix(LINE)).resolve() == SCHEMA


@pytest.mark.parametrize("path", FILES)
def test_an_editor_finds_nothing_wrong_in_the_sample_hotline(path: str) -> None:
    data = read_text((TELECOM / path).read_bytes(), path).data
    found = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).iter_errors(data)
    assert not [error.message for error in found]


@pytest.mark.parametrize(
    "yaml",
    [
        "flow: main\nstart: a\nsteps:\n  a: {say: hello, nxt: b}",
        "hotline: telecom\nstart: main\nlanguages: en",
        "queues: {general: {limit: many}}",
        "balance: {type: question}",
        "hello: {say: Hello., nothing: Hello?}",
    ],
)
def test_an_editor_finds_what_is_wrong(yaml: str) -> None:
    data = read_text(yaml.encode(), "x.yaml").data
    assert list(Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).iter_errors(data))
