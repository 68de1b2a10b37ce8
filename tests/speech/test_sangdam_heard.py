"""The Korean hotline by ear: each phrase, spoken over the telephone at the prompt where it belongs, leads on."""

import tempfile
from pathlib import Path

import pytest
from ears_installed import answer, ears
from spoken import espeak, on_the_line

from ivr.call.verbs import Listen
from ivr.sim.call import SimCall
from ivr.speech.hearing import Heard, expectation
from ivr.testing.stage import Stage

pytestmark = pytest.mark.speech

SANGDAM = Path(__file__).parents[1] / "hotlines" / "sangdam"
SEOYEON = "+821000000101"
HELP = ("도움말",)
LOST = ("카드 분실 신고",)
SPOKEN = {
    ("잔액 조회",): "고객님의 잔액은",
    ("거래 내역 조회",): "비밀번호 네 자리",
    ("계좌 이체",): "비밀번호 네 자리",
    LOST: "카드 사용을 정지했습니다",
    ("비밀번호 변경",): "비밀번호 네 자리",
    ("요금 납부",): "납부하실 요금은",
    ("예약 확인",): "예약이 있습니다",
    ("상담원 연결",): "다음 차례이십니다",
    HELP: "영업 시간은 1번",
    (*HELP, "영업 시간"): "평일 오전 아홉 시부터",
    (*HELP, "지점 안내"): "시청과 강남",
    (*HELP, "예약 확인"): "예약이 있습니다",
    (*HELP, "다시 듣기"): "영업 시간은 1번",
    (*LOST, "네"): "다음 차례이십니다",
    (*LOST, "아니요"): "더 도와드릴까요",
    (*LOST, "계좌 이체"): "비밀번호 네 자리",
    ("잔액 조회", "아니요", "계좌 이체"): "비밀번호 네 자리",  # at the goodbye
}
"""What is said, one after the other → what is heard then."""


@pytest.fixture(scope="module")
def stage():
    ears("ko")  # skipped before anything is started where they are missing
    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        yield stage


class ByEar:
    """A caller whose words reach the hotline as a recogniser hears them."""

    def __init__(self, house):
        self.house, self.call = house, SimCall(house, caller=SEOYEON)
        self.call.dials()
        self.asked_back = 0

    def speaks(self, phrase):
        """And says yes where the hotline asks whether that was said."""
        found = answer(ears("ko"), expectation(self.listen()), on_the_line(espeak(phrase)))
        assert isinstance(found, Heard), f"{phrase} is not understood"
        if found.sure:
            self.call.says(found.text)
            return
        self.call.mumbles(found.text)
        if "맞으십니까" in " ".join(self.call.line.heard):
            self.asked_back += 1
            self.speaks("네")

    def listen(self):
        last = self.house.conductor.replay("sangdam", self.call.line.call).verbs[-1]
        assert isinstance(last, Listen)
        return last


@pytest.mark.parametrize("phrases", SPOKEN, ids=lambda phrases: ", ".join(phrases))
def test_a_phrase_leads_where_it_should_asked_back_once_at_most(stage, phrases):  # R27 R42
    with stage.rehearse([SANGDAM]) as house:
        caller = ByEar(house)
        for phrase in phrases:
            caller.speaks(phrase)
        caller.call.hears(SPOKEN[phrases])
        assert caller.asked_back <= 1
        caller.call.hangs_up()


@pytest.mark.parametrize("sentence", ["오늘 날씨가 어떻습니까", "택시를 불러 주세요", "가까운 병원이 어디예요"])
def test_a_sentence_about_something_else_is_no_wish_and_no_consent(stage, sentence):  # R31
    with stage.rehearse([SANGDAM]) as house:
        caller = ByEar(house)
        for key in ("", "4"):  # the menu, and the offer after a lost card
            if key:
                caller.call.presses(key)
            found = answer(ears("ko"), expectation(caller.listen()), on_the_line(espeak(sentence)))
            assert not (isinstance(found, Heard) and found.sure), f"{sentence} is taken for {found}"
        caller.call.hangs_up()
