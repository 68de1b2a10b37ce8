"""What a caller hears: the recording, what was said before, or a voice, in that order."""

import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from voices_here import piper

from ivr.call.verbs import Play, Say
from ivr.errors import SpeechError
from ivr.speech.cache import PromptCache
from ivr.speech.codec import decode, encode
from ivr.speech.loudness import speech_dbfs
from ivr.speech.prompts import Prompt, Prompts
from ivr.speech.voices.recorded import Recorded
from ivr.speech.wav import wav_bytes

TONE = encode((4600 * np.sin(2 * np.pi * 300 * np.arange(8000) / 8000)).astype(np.int16))


class Parrot:
    """Says the words themselves, one piece each, and remembers being asked."""

    name = "parrot"
    languages = frozenset({"en"})

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.said: list[str] = []

    def ready(self) -> None: ...

    def say(self, text: str, language: str, rate: float = 1.0) -> Iterator[bytes]:
        self.said.append(text)
        for word in text.split():
            if word == "(breaks)":
                raise SpeechError("the parrot has flown away")
            yield word.encode()


@pytest.fixture
def parrot() -> Parrot:
    return Parrot()


@pytest.fixture
def prompts(tmp_path: Path, parrot: Parrot) -> Prompts:
    (tmp_path / "audio" / "en").mkdir(parents=True)
    (tmp_path / "audio" / "en" / "hello.wav").write_bytes(wav_bytes(TONE))
    cache = PromptCache(tmp_path / "prompts")
    return Prompts((parrot,), cache, Recorded(tmp_path / "audio", cache))


def heard(prompts, verb):
    return list(prompts.sound(verb))


def test_a_voice_is_heard_piece_by_piece_and_the_next_time_at_once(prompts: Prompts, parrot: Parrot) -> None:
    assert heard(prompts, Say(text="good morning")) == [b"good", b"morning"]
    assert heard(prompts, Say(text="good morning")) == [b"goodmorning"]
    assert parrot.said == ["good morning"]


def test_nothing_to_say_is_nothing_to_hear_each_time(prompts: Prompts) -> None:
    assert [heard(prompts, Say(text="")) for _ in range(2)] == [[], []]


def test_the_first_piece_comes_before_the_last_is_made(prompts: Prompts) -> None:
    sound = prompts.sound(Say(text="good (breaks)"))
    assert next(sound) == b"good"
    with pytest.raises(SpeechError, match="flown away"):
        next(sound)


def test_a_prompt_that_was_broken_off_is_not_kept(prompts: Prompts, parrot: Parrot) -> None:
    sound = prompts.sound(Say(text="good morning"))
    next(sound)
    sound.close()
    assert heard(prompts, Say(text="good morning")) == [b"good", b"morning"]


def test_a_new_version_of_the_voice_says_it_anew(prompts: Prompts) -> None:
    heard(prompts, Say(text="hello"))
    newer = Parrot("2")
    heard(Prompts((newer,), prompts.cache), Say(text="hello"))
    assert newer.said == ["hello"]


def test_a_secret_is_spoken_and_never_kept(prompts: Prompts, parrot: Parrot, tmp_path: Path) -> None:
    for _ in range(2):
        assert heard(prompts, Say(text="1234", secret=True)) == [b"1234"]
    assert parrot.said == ["1234", "1234"]
    assert not (tmp_path / "prompts").exists()


def test_a_recording_goes_before_any_voice(prompts: Prompts, parrot: Parrot) -> None:
    assert heard(prompts, Say(text="hello", audio="en/hello.wav")) == [TONE]
    assert heard(prompts, Play(audio="en/hello.wav", length_s=1.0)) == [TONE]
    assert parrot.said == []


def test_a_recording_is_slower_for_those_who_asked_for_it(prompts: Prompts) -> None:  # R55
    (slow,) = heard(prompts, Say(text="hello", audio="en/hello.wav", rate=0.7))
    assert len(slow) == pytest.approx(len(TONE) / 0.7, abs=1)
    assert heard(prompts, Say(text="hello", audio="en/hello.wav", rate=0.7)) == [slow]


def test_a_recording_of_another_rate_is_brought_to_the_lines(prompts: Prompts, tmp_path: Path) -> None:
    wide = (4600 * np.sin(2 * np.pi * 300 * np.arange(16_000) / 16_000)).astype(np.int16)
    held = wav_bytes(encode(wide)).replace(b"\x40\x1f\0\0\x40\x1f\0\0", b"\x80\x3e\0\0" * 2)
    (tmp_path / "audio" / "wide.wav").write_bytes(held)
    (sound,) = heard(prompts, Play(audio="wide.wav", length_s=1.0))
    assert len(sound) == 8000
    assert speech_dbfs(decode(sound), 8000) == pytest.approx(-20, abs=0.3)


def test_a_broken_recording_is_said_by_a_voice(
    prompts: Prompts, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "audio" / "bad.wav").write_bytes(b"no sound")
    with caplog.at_level(logging.WARNING):
        assert heard(prompts, Say(text="hello", audio="bad.wav")) == [b"hello"]
        assert heard(prompts, Say(text="hello", audio="gone.wav")) == [b"hello"]
    assert [record.sound for record in caplog.records] == ["bad.wav", "gone.wav"]


@pytest.mark.parametrize(
    ("path", "told"),
    [("gone.wav", "cannot be read"), ("../secret.wav", "leads out of"), ("/etc/passwd", "leads out of")],
)
def test_a_sound_that_is_not_there_is_told(prompts: Prompts, path: str, told: str) -> None:
    with pytest.raises(SpeechError, match=told):
        heard(prompts, Play(audio=path, length_s=1.0))
    with pytest.raises(SpeechError, match=told):
        heard(prompts, Say(text="", audio=path))


def test_a_cache_that_cannot_be_written_silences_nobody(parrot: Parrot, tmp_path: Path) -> None:
    (tmp_path / "prompts").write_text("a file where the folder should be")
    prompts = Prompts((parrot,), PromptCache(tmp_path / "prompts"))
    assert heard(prompts, Say(text="good morning")) == [b"good", b"morning"]


def test_fixed_prompts_are_rendered_ahead_with_progress(prompts: Prompts, parrot: Parrot) -> None:
    wanted = [Prompt("one", "en"), Prompt("two", "en"), Prompt("one", "en"), Prompt("one", "en", 0.85)]
    steps = []
    done = prompts.render(wanted, lambda done, total: steps.append((done, total)))
    assert (done.made, done.kept) == (3, 0)
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    again = prompts.render(wanted)
    assert (again.made, again.kept) == (0, 3)
    assert parrot.said == ["one", "two", "one"]


def test_a_broken_file_is_rendered_anew(prompts: Prompts, tmp_path: Path) -> None:
    prompts.render([Prompt("one", "en")])
    (path,) = (tmp_path / "prompts").rglob("*.ulaw")
    path.write_bytes(path.read_bytes()[:-1])
    assert prompts.render([Prompt("one", "en")]).made == 1
    assert heard(prompts, Say(text="one")) == [b"one"]


def test_nothing_is_rendered_when_nobody_speaks_one_of_the_languages(prompts: Prompts, parrot: Parrot) -> None:
    with pytest.raises(SpeechError, match="no installed voice speaks 'zh', only en"):
        prompts.render([Prompt("one", "en"), Prompt("一", "zh")])
    assert parrot.said == []


@pytest.mark.speech
def test_a_real_voice_is_kept_and_played_again(tmp_path: Path) -> None:
    prompts = Prompts((piper(),), PromptCache(tmp_path))
    live = b"".join(prompts.sound(Say(text="One moment, please.")))
    assert b"".join(prompts.sound(Say(text="One moment, please."))) == live
    assert 0.6 < len(live) / 8000 < 2.5
