"""Ears that stay open while music plays: what they take for a phrase of the line, and what not."""

from collections import deque
from pathlib import Path

import numpy as np
import pytest
from ears_installed import ears
from line_sounds import babble, noise, quiet
from session_rig import Line
from spoken import espeak, on_the_line

from ivr.call.verbs import Listen, Play
from ivr.speech.codec import FRAME_BYTES, QUIET, decode, encode, frames
from ivr.speech.decoding import Decoding
from ivr.speech.ear import Ear
from ivr.speech.end_of_speech import Moment
from ivr.speech.gate import Gate
from ivr.speech.hearing import Expectation, Heard
from ivr.speech.orders import Attend
from ivr.speech.wav import read_wav

pytestmark = pytest.mark.speech

MUSIC = read_wav(Path(__file__).parents[2] / "flows" / "telecom" / "audio" / "hold.wav").samples
MUSIC_S = len(MUSIC) / 8000
PHRASES = ("얼마나 남았어요", "전화 주세요", "메시지 남기기", "상담원 연결", "다시 듣기", "이전으로", "느리게")
DELAY_FRAMES = 10
CALL_ME_BACK = "전화 주세요"
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


def decode_frame(ulaw):
    return decode(ulaw.ljust(FRAME_BYTES, QUIET))


class Echoing(Line):
    """A line that plays our music and gives it back a fifth of a second later and softer, with real ears on it."""

    def __init__(self, below_db: float) -> None:
        super().__init__()
        self.played, self.softer = 0, 10 ** (-below_db / 20)
        self.decoding, self.told = Decoding(0, clock=lambda: 0.0), []
        self.ear = Ear(ears("ko"), self.decoding, self.told.append)
        self.on_its_way = deque([b""] * DELAY_FRAMES)
        self.rest = frames(encode(noise(60, 12)))
        self.said = iter(())
        music = Play("hold.wav", MUSIC_S)
        self.is_told(Listen(prompts=(music,), expect="line", hints=PHRASES, language="ko", patience_s=1.0))

    def do(self, orders):
        for order in orders:
            if isinstance(order, Attend):
                self.ear.listen(order.expected)
        super().do(orders)

    def voice(self, ticket, words):
        self.do(self.session.piece(ticket, encode(MUSIC), self.now))
        self.do(self.session.spoken(ticket, self.now))

    def says(self, samples):
        self.said = frames(encode(samples))

    def frame(self, ulaw):
        self.on_its_way.append(bytes(self.heard[self.played :]))
        self.played = len(self.heard)
        echo, caller = self.on_its_way.popleft(), next(self.said, b"")
        wave = decode_frame(echo) * self.softer + decode_frame(caller) + decode_frame(next(self.rest))
        ulaw = encode(np.clip(np.rint(wave), -32_768, 32_767).astype(np.int16))
        moment = self.ear.hear(ulaw)
        super().frame(ulaw)
        if moment is not None:
            self.do(self.session.moment(moment, self.now))
        self.decoding.work_off()
        while self.told:
            self.do(self.session.heard(self.told.pop(), self.now))

    @property
    def silent_s(self) -> float:
        """How long nothing came from us, though there was music."""
        return self.now - 100.0 - len(self.heard) / 8000


@pytest.mark.parametrize("below_db", [6, 12, 20, 30])
def test_the_echo_of_our_own_music_leaves_the_music_and_the_call_alone(below_db: int) -> None:
    line = Echoing(below_db)
    line.passes(MUSIC_S - 2)
    assert line.events == []
    assert line.silent_s < 2


@pytest.mark.parametrize("below_db", [0, 6, 9, 12, 20])
def test_the_echo_of_our_own_music_is_surely_no_phrase(below_db: int) -> None:
    echo = MUSIC * 10 ** (-below_db / 20)
    found = words_in(encode(np.concatenate([echo.astype(np.int16), quiet(1.5)])))
    assert [one.text for one in found if one.sure] == []


def test_what_is_said_in_the_room_is_surely_no_phrase() -> None:
    heard = [one for said in OVERHEARD for one in words_in(on_the_line(espeak(said)))]
    assert [one.text for one in heard if one.sure] == []


def test_a_phrase_of_the_line_is_heard() -> None:
    assert [(one.text, one.sure) for one in words_in(on_the_line(espeak(CALL_ME_BACK)))] == [(CALL_ME_BACK, True)]


def test_a_phrase_said_over_the_music_after_a_noise_is_heard_and_worth_a_question() -> None:
    line = Echoing(below_db=60)
    line.says(babble(0.8))
    line.passes(4)
    assert len(line.noticed("interrupted")) == 1
    line.says(espeak(CALL_ME_BACK))
    line.passes(4)
    assert [(event.text, event.sure) for event in line.events] == [(CALL_ME_BACK, False)]
