"""Real models on telephone audio: what they hear, what they make of noise, and broken or foreign folders."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from ears_installed import answer, ears
from line_sounds import as_samples, babble, digital_silence, frames_of, music, noise, tone
from spoken import KOREAN_MENU, espeak, on_the_line

from ivr.errors import SpeechError
from ivr.speech.codec import decode, encode
from ivr.speech.hearing import Expectation, Heard, Nothing
from ivr.speech.models.places import installed
from ivr.speech.recognisers.dither import Dither
from ivr.speech.recognisers.vosk_model import load
from ivr.speech.recognisers.whisper import WhisperRecogniser

pytestmark = pytest.mark.speech

MENU = Expectation("choice", KOREAN_MENU, "ko")
STRANGE = [
    digital_silence(2),
    noise(2, 3000),
    tone(2),
    music(2),
    as_samples(np.full(16_000, 9000.0)),
    as_samples(babble(2).astype(float) * 40),
    as_samples(babble(2) + babble(2, pitch=210.0).astype(float)),
]


def korean_folder():
    ears("ko")
    return next(one.folder for one in installed([]) if one.language == "ko")


def test_a_korean_menu_is_understood_over_the_phone():
    heard = {phrase: answer(ears("ko"), MENU, on_the_line(espeak(phrase))) for phrase in KOREAN_MENU}
    missed = {
        phrase: found for phrase, found in heard.items() if not (isinstance(found, Heard) and found.text == phrase)
    }
    assert not missed


def test_what_is_not_on_the_menu_is_not_taken_for_it():
    others = ["오늘 날씨가 어떻습니까", "축구 경기 결과 알려 줘", "택시를 불러 주세요", "가까운 병원이 어디예요"]
    heard = [answer(ears("ko"), MENU, on_the_line(espeak(one))) for one in others]
    assert [found for found in heard if isinstance(found, Heard) and found.sure] == []


def test_numbers_heard_in_a_sentence_about_something_else_are_asked_about():
    for kind in ("digits", "amount"):
        found = answer(ears("ko"), Expectation(kind, (), "ko"), on_the_line(espeak("가까운 병원이 어디예요")))
        assert not (isinstance(found, Heard) and found.sure)


@pytest.mark.parametrize("sound", STRANGE, ids=["silence", "noise", "tone", "music", "dc", "clipped", "two voices"])
@pytest.mark.parametrize("kind", ["choice", "text"])
def test_a_strange_sound_harms_no_recogniser(kind, sound):
    stream = ears("ko").open(Expectation(kind, KOREAN_MENU if kind == "choice" else (), "ko"))
    for frame in frames_of(sound):
        stream.feed(frame)
    found = stream.finish()
    assert isinstance(found, Heard | Nothing)
    assert not (isinstance(found, Heard) and found.sure and kind == "choice" and sound is STRANGE[0])


def test_words_the_model_cannot_hear_are_told():
    (deaf,) = ears("ko").deaf_to(["잔액조회", "요금 조회", "broadband 신청"])
    assert (deaf.phrase, deaf.word) == ("broadband 신청", "broadband")


def test_one_model_serves_several_threads():
    line = on_the_line(espeak("계좌 이체"))
    with ThreadPoolExecutor(4) as threads:
        heard = list(threads.map(lambda _: answer(ears("ko"), MENU, line), range(8)))
    assert set(heard) == {answer(ears("ko"), MENU, line)}


AT_THE_EDGE = "카드 분실 신고"
"""Heard at another distance with every other throw of Kaldi's own dice."""


def test_the_same_sound_is_heard_alike_every_time():
    line = on_the_line(espeak(AT_THE_EDGE))
    assert len({answer(ears("ko"), MENU, line) for _ in range(6)}) == 1


@pytest.mark.parametrize("piece", [1, 50, 160, 1234, 10**6])
def test_the_same_sound_is_heard_alike_in_pieces_of_any_length(piece):
    line = decode(on_the_line(espeak(AT_THE_EDGE)))
    pieces, whole = ears("ko").open(MENU), ears("ko").open(MENU)
    whole.feed(line)
    for start in range(0, len(line), piece):
        pieces.feed(line[start : start + piece])
    assert pieces.finish() == whole.finish()


def test_an_answer_that_was_dropped_leaves_nothing_to_the_next_caller():
    vosk, line = ears("ko"), on_the_line(espeak("계좌 이체"))
    open_question = Expectation("text", (), "ko")
    before = answer(vosk, open_question, line)
    dropped = vosk.open(open_question)
    dropped.feed(espeak("거래 내역 조회"))
    dropped.drop()
    assert answer(vosk, open_question, line) == before


def test_dither_is_the_same_from_the_first_sample_on_and_faint():
    silence, whole = np.zeros(16_000, np.int16), Dither()
    laid = whole.under(silence)
    pieces = Dither()
    assert np.array_equal(np.concatenate([pieces.under(silence[:7]), pieces.under(silence[7:])]), laid)
    assert 0.9 < np.sqrt(np.mean(np.square(laid.astype(float)))) < 1.2


def test_dither_turns_no_loud_sample_over():
    assert Dither().under(np.full(1000, 32_767, np.int16)).min() > 32_000


def test_a_recogniser_for_open_questions_is_handed_back_and_used_again():
    vosk = ears("ko")
    vosk.warm(1)
    ready = list(vosk._warm)
    stream = vosk.open(Expectation("text", (), "ko"))
    assert len(vosk._warm) == len(ready) - 1
    stream.feed(frames_of(babble(0.5)).reshape(-1))
    stream.drop()
    vosk.open(Expectation("text", (), "ko")).finish()
    assert list(vosk._warm) == ready


KEEPS_EARS_TO_THE_END = """
import sys, threading, vosk
from pathlib import Path
from ivr.speech.recognisers.vosk import VoskRecogniser
threading.kept = VoskRecogniser.at(Path(sys.argv[1]), "ko", probe=False), vosk
threading.kept[0].warm(1)
"""


def test_a_process_that_ends_with_warm_ears_says_nothing():
    done = subprocess.run(
        [sys.executable, "-c", KEEPS_EARS_TO_THE_END, str(korean_folder())], capture_output=True, text=True
    )
    assert (done.stderr, done.returncode) == ("", 0)


def test_no_folder_and_an_empty_one_are_told(tmp_path):
    with pytest.raises(SpeechError, match="there is no such folder"):
        load(tmp_path / "none", "ko")
    with pytest.raises(SpeechError, match=r"no Vosk model, or not all of it: am/final\.mdl is missing"):
        load(tmp_path, "ko")
    with pytest.raises(SpeechError, match=r"no Whisper model, or not all of it: model\.bin is missing"):
        WhisperRecogniser.at(tmp_path, "en")


@pytest.fixture
def copied(tmp_path):
    """The Korean model again, by links, for a test to break."""
    shutil.copytree(korean_folder(), tmp_path / "model", copy_function=lambda a, b: Path(b).symlink_to(a))
    return tmp_path / "model"


@pytest.mark.parametrize("part", ["graph/HCLr.fst", "am/final.mdl"])
def test_a_model_that_was_cut_off_is_told_before_it_takes_the_server_down(copied, part):
    whole = (copied / part).read_bytes()[:1_000_000]
    (copied / part).unlink()
    (copied / part).write_bytes(whole)
    with pytest.raises(SpeechError, match="this model is broken; get it anew"):
        load(copied, "ko")


def test_an_empty_part_of_a_model_is_told(copied):
    (copied / "graph/Gr.fst").unlink()
    (copied / "graph/Gr.fst").touch()
    with pytest.raises(SpeechError, match=r"graph/Gr\.fst is empty"):
        load(copied, "ko")


def test_a_model_of_another_language_is_told():
    with pytest.raises(SpeechError, match="does not hear 'en': it knows none of yes, no"):
        load(korean_folder(), "en", probe=False)


def test_whisper_of_english_is_not_taken_for_other_languages(tmp_path):
    ears("en")
    model = next(one.folder for one in installed([]) if one.kind == "whisper")
    with pytest.raises(SpeechError, match="hears only English, not 'de'"):
        WhisperRecogniser.at(model, "de")
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(model / name, tmp_path)
    (tmp_path / "model.bin").write_bytes(b"\0" * 1000)
    with pytest.raises(SpeechError, match="cannot read this model"):
        WhisperRecogniser.at(tmp_path, "en")


@pytest.mark.parametrize("hints", [(), ("balance", "invoice", "agent")], ids=["no hints", "hints"])
@pytest.mark.parametrize(
    "sound",
    [digital_silence(2), noise(2, 300), noise(2, 3000), tone(2), music(2)],
    ids=["silence", "hiss", "noise", "tone", "music"],
)
def test_whisper_makes_nothing_up_from_no_speech(sound, hints):
    stream = ears("en").open(Expectation("intent", hints))
    stream.feed(sound)
    assert stream.finish() == Nothing("silence")


def test_whisper_without_audio_is_silence():
    assert ears("en").open(Expectation("yes_no")).finish() == Nothing("silence")


def test_a_line_with_nothing_but_its_own_rest_is_never_decoded():
    assert answer(ears("ko"), MENU, encode(digital_silence(1))) == Nothing("silence")
