"""Real voices, heard by measuring: how soon, how long, how loud, in which band, with no click at any join."""

import os
import resource
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from voices_here import espeak, piper

from ivr.errors import SpeechError
from ivr.speech.codec import LINE_HZ, decode
from ivr.speech.loudness import clipped, longest_silence_s, peak_dbfs, speech_dbfs
from ivr.speech.voices.espeak import Espeak
from ivr.speech.voices.piper import Piper, find_pipers
from ivr.speech.voices.shape import plain
from ivr.speech.voices.voice import choose

TEXTS = {
    "en": "Press 1 for your balance, or 2 for your bill. Thank you for calling.",
    "zh": "查余额请按1，查账单请按2。谢谢您的来电。",
    "ko": "잔액 조회는 1번, 상담원 연결은 0번을 눌러 주십시오. 감사합니다.",
}
HARD = ["O'Neil & Söhne <b>50%</b> [[x]] | \x00 C:\\ $5", "😀 hello \u202eabc", "a" * 200, "..."]


def voices():
    return [
        pytest.param(piper, "en", marks=pytest.mark.speech, id="piper-en"),
        *(pytest.param(espeak, language, marks=pytest.mark.speech, id=f"espeak-{language}") for language in TEXTS),
    ]


def heard(voice, language, rate=1.0, text=None):
    return decode(b"".join(voice.say(text or TEXTS[language], language, rate)))


@pytest.mark.parametrize(("voice", "language"), voices())
def test_a_voice_fits_the_line(voice, language: str) -> None:  # R107
    if language not in voice().languages:
        pytest.skip(f"{voice().name} {voice().version} does not speak {language}: pip install 'ivr[voices]'")
    sound = heard(voice(), language)
    assert 3 < len(sound) / LINE_HZ < 9
    assert speech_dbfs(sound, LINE_HZ) == pytest.approx(-20, abs=2.5)
    assert peak_dbfs(sound) < -1
    assert clipped(sound) == 0
    assert longest_silence_s(sound, LINE_HZ) < 0.6
    # Speech has most of its power in the lower half of the line's band, and none of it at the very top or as a hum.
    power = np.abs(np.fft.rfft(sound)) ** 2
    hz = np.fft.rfftfreq(len(sound), 1 / LINE_HZ)
    assert power[(hz > 100) & (hz < 2000)].sum() > 0.7 * power.sum()
    assert power[hz > 3800].sum() < 0.02 * power.sum()
    assert power[hz < 60].sum() < 0.01 * power.sum()


@pytest.mark.parametrize(("voice", "language"), voices()[:2])
def test_there_is_no_click_where_clauses_join(voice, language: str) -> None:
    pieces = [decode(piece) for piece in voice().say(TEXTS[language], language)]
    assert len(pieces) == 3
    for piece in pieces:
        assert np.abs(piece[:8]).max() < 300
        assert np.abs(piece[-8:]).max() < 300
    for piece in pieces[:-1]:
        assert np.abs(piece[-int(0.15 * LINE_HZ) :]).max() == 0, "the pause is silent"


@pytest.mark.speech
def test_the_same_words_of_piper_always_sound_alike() -> None:
    assert np.array_equal(heard(piper(), "en", text="One moment."), heard(piper(), "en", text="One moment."))


@pytest.mark.parametrize(("voice", "language"), voices()[:2])
def test_a_slower_rate_makes_the_same_words_last_longer(voice, language: str) -> None:  # R55
    as_usual, slow = len(heard(voice(), language)), len(heard(voice(), language, 0.7))
    assert 1.2 < slow / as_usual < 1.6


@pytest.mark.parametrize(("voice", "language"), voices()[:2])
@pytest.mark.parametrize("text", HARD)
def test_odd_texts_are_said_somehow_or_not_at_all(voice, language: str, text: str) -> None:
    assert len(heard(voice(), language, text=text)) < 60 * LINE_HZ
    assert len(heard(voice(), language, text="Hello.")) > 0.2 * LINE_HZ, "and the voice goes on"


@pytest.mark.parametrize(("voice", "language"), voices()[:2])
def test_many_threads_may_speak_at_once(voice, language: str) -> None:
    alone = len(heard(voice(), language, text="Thank you for calling."))
    lengths: list[int] = []
    threads = [
        threading.Thread(target=lambda: lengths.append(len(heard(voice(), language, text="Thank you for calling."))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lengths) == 4
    assert all(length == pytest.approx(alone, rel=0.25) for length in lengths)


@pytest.mark.speech
def test_a_language_that_a_voice_does_not_speak_is_refused_before_the_first_sound() -> None:
    with pytest.raises(SpeechError, match=r"espeak-ng .* does not speak 'ja'"):
        espeak().say("もしもし", "ja")


@pytest.mark.speech
def test_a_library_that_is_none_is_told() -> None:
    with pytest.raises(SpeechError, match=r"espeak-ng does not start from /no/such/lib\.so"):
        Espeak("/no/such/lib.so").ready()


@pytest.mark.speech
def test_a_library_without_its_data_is_told(tmp_path: Path) -> None:
    library = espeak()._command[-2]
    with pytest.raises(SpeechError, match="espeak-ng"):
        Espeak(library, str(tmp_path)).ready()


@pytest.mark.speech
def test_a_process_that_was_killed_is_replaced() -> None:
    voice = Espeak(*espeak()._command[-2:])
    voice.ready()
    (talker,) = voice._idle
    talker._process.kill()
    talker._process.wait()
    assert len(heard(voice, "en", text="Hello.")) > 0


@pytest.mark.speech
def test_a_voice_speaks_beside_thousands_of_open_sockets() -> None:
    voice = Espeak(*espeak()._command[-2:])
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < 1300:
        pytest.skip("this shell allows too few open files: ulimit -n 4096")
    held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    try:
        assert len(heard(voice, "en", text="Hello.")) > 0
    finally:
        voice.close()
        for one in held:
            os.close(one)


@pytest.mark.speech
def test_a_broken_piper_model_is_told(tmp_path: Path) -> None:
    whole = piper()
    (tmp_path / "bad.onnx").write_bytes(b"not a model")
    (tmp_path / "bad.onnx.json").write_bytes(Path(f"{whole.model}.json").read_bytes())
    with pytest.raises(SpeechError, match=r"bad\.onnx is no Piper voice"):
        Piper(tmp_path / "bad.onnx").ready()


@pytest.mark.speech
@pytest.mark.parametrize("settings", [None, b"", b"[]", b"{}", b'{"language": {"code": ""}}'])
def test_a_piper_model_without_good_settings_is_told(tmp_path: Path, settings: bytes | None) -> None:
    piper()
    (tmp_path / "bad.onnx").write_bytes(b"")
    if settings is not None:
        (tmp_path / "bad.onnx.json").write_bytes(settings)
    with pytest.raises(SpeechError, match=r"bad\.onnx\.json must stand beside the Piper voice"):
        find_pipers(tmp_path)


class Parrot:
    """A voice for those tests that need none."""

    version = "1"

    def __init__(self, name: str, *languages: str) -> None:
        self.name, self.languages = name, frozenset(languages)

    def ready(self) -> None: ...

    def say(self, text: str, language: str, rate: float = 1.0) -> Iterator[bytes]:
        yield text.encode()


def test_the_first_voice_that_speaks_the_language_is_chosen() -> None:
    polly, robot = Parrot("polly", "en"), Parrot("robot", "en", "zh")
    assert choose("en", [polly, robot]) is polly
    assert choose("en-GB", [polly, robot]) is polly
    assert choose("zh", [polly, robot]) is robot


def test_a_language_nobody_speaks_is_told_with_those_that_are() -> None:
    with pytest.raises(SpeechError, match=r"no installed voice speaks 'ja', only en, zh\. Record the prompts"):
        choose("ja", [Parrot("robot", "zh", "en")])
    with pytest.raises(SpeechError, match=r"there is no voice at all.*pip install 'ivr\[voices\]'"):
        choose("en", [])


def test_signs_that_a_voice_takes_for_orders_are_left_out() -> None:
    assert plain("a[[b]]<c>\x00d\ud800") == "a  b   c  d "
