"""`ivr draw`: a hotline's folder in, a picture out, and a sentence for whatever is wrong."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ivr.cli.main import group

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"


def ivr(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(one) for one in arguments])


def test_the_sample_hotline_is_drawn_with_every_step(tmp_path: Path) -> None:
    output = tmp_path / "new" / "telecom.svg"
    result = ivr("draw", TELECOM, "-o", output)
    assert result.exit_code == 0, result.output
    assert f"written to {output}" in result.stderr
    texts = {one.text for one in ET.parse(output).getroot().iter("{http://www.w3.org/2000/svg}text")}
    assert {"main", "tell_balance", "greet", "look_up", "START", "END", "told"} <= texts


def test_one_flow_goes_to_the_terminal() -> None:
    result = ivr("draw", TELECOM, "--flow", "tell_balance", "-o", "-")
    assert result.exit_code == 0
    root = ET.fromstring(result.stdout)
    assert root.tag.endswith("svg")
    assert "greet" not in result.stdout


def test_without_a_name_the_file_is_called_like_the_hotline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ivr("draw", TELECOM).exit_code == 0
    assert (tmp_path / "telecom.svg").stat().st_size > 10_000


def test_a_hotline_with_faults_is_told_them_and_not_drawn(tmp_path: Path) -> None:
    shutil.copytree(TELECOM, tmp_path / "telecom")
    flow = tmp_path / "telecom" / "tell_balance.yaml"
    flow.write_text(flow.read_text().replace("next: look_up}", "next: look_upp}"))
    output = tmp_path / "out.svg"
    result = ivr("draw", tmp_path / "telecom", "-o", output)
    assert result.exit_code == 1
    assert "no step called 'look_upp'. Did you mean 'look_up'?" in result.stderr
    assert not output.exists()


def test_a_folder_that_is_not_there_is_named() -> None:
    result = ivr("draw", "nowhere")
    assert result.exit_code == 1
    assert "nowhere:1:1: there is no such folder" in result.stderr


def test_an_unknown_flow_is_told_with_the_one_that_was_meant() -> None:
    result = ivr("draw", TELECOM, "--flow", "tell_balanc")
    assert result.exit_code == 1
    assert "Did you mean 'tell_balance'?" in str(result.exception)


@pytest.mark.parametrize("where", ["", "file/out.svg"])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("in the way")
    result = ivr("draw", TELECOM, "-o", f"{tmp_path}/{where}")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert "Traceback" not in result.output
