"""From what a recogniser wrote down to the phrase that was said."""

import pytest

from ivr.speech.hearing import Heard, Nothing
from ivr.speech.matching import ACCEPT, CONFIRM, Around, Wording, is_whole, match, nearest
from ivr.speech.sounds import sound

MENU = ["잔액 조회", "거래 내역 조회", "계좌 이체", "다시 듣기", "네", "아니요"]


def heard(*wordings, phrases=MENU):
    return match([one if isinstance(one, Wording) else Wording(one) for one in wordings], phrases)


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("네", "ㄴㅔ"),
        ("아니요", "ㅏㄴㅣㅛ"),
        ("값", "ㄱㅏㅂㅅ"),
        ("잔액 조회", "ㅈㅏㄴㅐㄱㅈㅗㅎㅚ"),
        ("套餐", "taocan"),
        ("讨 餐", "taocan"),
        ("What's MY balance?", "whatsmybalance"),
        ("５G 流量", "5gliuliang"),
        ("…", ""),
    ],
)
def test_a_text_is_compared_by_its_sound(text, sounds):
    assert sound(text) == sounds


def test_every_syllable_of_hangul_has_its_letters():
    assert sound("힣") == "ㅎㅣㅎ"
    assert sound("가") == "ㄱㅏ"


def test_the_phrase_itself_is_surely_heard():
    assert heard("잔액 조회") == Heard("잔액 조회", 1.0, True, ())


def test_a_word_that_sounds_alike_is_forgiven_and_told_apart_from_a_guess():
    near, guess = heard("거래 내역 조히"), heard("듣기 듣기")
    assert (near.text, near.sure) == ("거래 내역 조회", True)
    assert (guess.text, guess.sure) == ("다시 듣기", False)
    assert 1 - near.confidence <= ACCEPT < 1 - guess.confidence <= CONFIRM


def test_what_is_near_to_nothing_is_unclear():
    assert heard("영업 시간 아니요") == Nothing("unclear")


@pytest.mark.parametrize("wordings", [[], [Wording("")]])
def test_no_words_are_silence(wordings):
    assert match(wordings, MENU) == Nothing("silence")


def test_a_phrase_is_preferred_to_a_jumble_that_is_hardly_likelier():
    found = heard(Wording("내역 조회"), Wording("거래 내역 조회", worse_by=0.5))
    assert found.text == "거래 내역 조회"
    assert found.sure


def test_a_short_phrase_in_a_jumble_that_the_recogniser_likes_better_is_not_surely_heard():
    found = heard(Wording("영업 시간 변경"), Wording("아니요", worse_by=1.0))
    assert found == Nothing("unclear") or not found.sure


def test_a_phrase_that_is_much_shorter_than_what_was_spoken_is_asked_for_again():
    spoken = [Wording("아니요")]
    assert match(spoken, MENU, spoken_s=1.0).sure
    assert not match(spoken, MENU, spoken_s=2.0).sure


def test_chinese_is_compared_by_pinyin_and_without_spaces():
    assert heard("查 讨 餐", phrases=["查套餐", "查余额"]) == Heard("查套餐", 1.0, True, ())


def test_of_two_phrases_as_near_the_first_one_written_wins():
    assert [phrase for _, phrase in nearest([Wording("pay")], ["pray", "play"])] == ["pray", "play"]


def test_a_phrase_without_a_sound_is_never_heard():
    assert heard("bill", phrases=["?!", "bill"]).text == "bill"


def test_a_phrase_is_whole_when_no_other_goes_on_from_it():
    phrases = ("bill", "bill payment", "balance")
    assert is_whole("Balance!", phrases)
    assert is_whole("bill payment", phrases)
    assert not is_whole("bill", phrases)
    assert not is_whole("the balance", phrases)
    assert not is_whole("", phrases)


POLITE = Around(before=frozenset({"저기"}), after=frozenset({"해주세요"}))


def test_polite_words_around_a_phrase_count_for_nothing():
    found = match([Wording("저기 잔액 조회 해주세요")], MENU, around=POLITE)
    assert (found.text, found.confidence, found.sure) == ("잔액 조회", 1.0, True)


def test_polite_words_alone_are_not_taken_for_a_short_phrase():
    assert match([Wording("네 해주세요")], MENU, around=POLITE) == Nothing("unclear")
    assert POLITE.without("해주세요") == "해주세요"
