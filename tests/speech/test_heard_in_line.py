"""Ears that stay open while music plays: what they take for a phrase of the line, and what not."""

from pathlib import Path

import numpy as np
import pytest
from ears_installed import ears
from line_sounds import quiet
from spoken import espeak, on_the_line

from ivr.speech.codec import encode, frames
from ivr.speech.end_of_speech import Moment
from ivr.speech.gate import Gate
from ivr.speech.hearing import Expectation, Heard
from ivr.speech.wav import read_wav

pytestmark = pytest.mark.speech

MUSIC = Path(__file__).parents[2] / "flows" / "telecom" / "audio" / "hold.wav"
PHRASES = ("얼마나 남았어요", "전화 주세요", "메시지 남기기", "상담원 연결", "다시 듣기", "이전으로", "느리게")
OVERHEARD = (
    "내일 날씨는 맑겠습니다", "어제 경기 봤어", "엄마 내 신발 어디 있어", "아직 음악만 나오고 있어요",
    "여기는 아홉 시 뉴스입니다",
)  # fmt: skip


def words_in(line: bytes) -> list[Heard]:
    """Everything that is taken for words."""
    recogniser, gate, stream = ears("ko"), Gate(), None
    expected, found = Expectation("line", PHRASES, "ko"), []
    gate.turn(expected)
    for frame in frames(line):
        moment, audio = gate.pass_on(frame)
        if moment is Moment.STARTED:
            stream = recogniser.open(expected)
        for piece in audio if stream is not None else ():
            stream.feed(piece)
        if stream is not None and moment in (Moment.ENDED, Moment.CUT):
            found.append(stream.finish())
            stream = None
    return [one for one in found if isinstance(one, Heard)]


@pytest.mark.parametrize("below_db", [0, 12, 20])
def test_the_echo_of_our_own_music_holds_no_words(below_db: int) -> None:
    echo = read_wav(MUSIC).samples * 10 ** (-below_db / 20)
    assert words_in(encode(np.concatenate([echo.astype(np.int16), quiet(1.5)]))) == []


def test_what_is_said_in_the_room_is_surely_no_phrase() -> None:
    heard = [one for said in OVERHEARD for one in words_in(on_the_line(espeak(said)))]
    assert [one.text for one in heard if one.sure] == []


def test_a_phrase_of_the_line_is_heard() -> None:
    assert [(one.text, one.sure) for one in words_in(on_the_line(espeak("전화 주세요")))] == [("전화 주세요", True)]
