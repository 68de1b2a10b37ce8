"""One of a few options, by name, by sound, by place or by key."""

import pytest

from ivr.intent.ordinals import keyed

PLANS = {"basic": ("basic plan", "the small one"), "gold": ("gold plan",), "platinum": ("platinum plan",)}
CHINESE = {"basic": ("基础套餐",), "gold": ("金卡套餐", "金卡"), "platinum": ("白金套餐",)}
KOREAN = {"balance": ("잔액 조회",), "fault": ("고장 신고",)}


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("the gold plan please", "gold"),
        ("I'd like the gold one", "gold"),
        ("Platinum.", "platinum"),
        ("the cold plan", "gold"),
        ("platnum plan", "platinum"),
        ("small one", "basic"),
        ("the second one", "gold"),
        ("number two", "gold"),
        ("option 1 please", "basic"),
        ("I want the third", "platinum"),
        ("the last one", "platinum"),
        ("number four", None),
        ("plan", None),
        ("basic or gold", None),
        ("basically", None),
        ("silver", None),
        ("no idea", None),
        ("uh", None),
        ("", None),
    ],
)
def test_an_option_is_named(reads, said, option) -> None:
    assert reads("choice", said, among=PLANS).value == option


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("我要金卡", "gold"),
        ("今卡套餐", "gold"),
        ("白巾套餐", "platinum"),
        ("基础讨餐", "basic"),
        ("基础", "basic"),
        ("第二个", "gold"),
        ("选三", "platinum"),
        ("最后一个", "platinum"),
        ("套餐", None),
        ("不知道", None),
    ],
)
def test_chinese_is_compared_by_sound(reads, said, option) -> None:
    assert reads("choice", said, "zh", among=CHINESE).value == option


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("잔액 조회요", "balance"),
        ("잔액조회", "balance"),
        ("고장 싱고", "fault"),
        ("두 번째", "fault"),
        ("1번", "balance"),
    ],
)
def test_korean_words_carry_endings(reads, said, option) -> None:
    assert reads("choice", said, "ko", among=KOREAN).value == option


def test_a_likeness_is_less_sure_than_the_name_itself(reads) -> None:
    assert reads("choice", "gold plan", among=PLANS).confidence == 1.0
    assert 0.75 <= reads("choice", "cold plan", among=PLANS).confidence < 1.0


def test_two_options_equally_near_are_none(reads) -> None:
    assert reads("choice", "plan c", among={"one": ("plan a",), "two": ("plan b",)}).value is None


@pytest.mark.parametrize(
    ("keys", "option"), [("1", "basic"), ("3", "platinum"), ("0", None), ("4", None), ("1*", None)]
)
def test_a_key_is_the_place_of_an_option(reads, keys, option) -> None:
    assert reads("choice", keys, by="keys", among=PLANS).value == option


def test_a_key_that_is_a_phrase_of_an_option_goes_before_its_place(reads) -> None:
    among = {"care": ("1",), "sales": ("3",), "none": ("2",)}
    assert reads("choice", "2", by="keys", among=among).value == "none"


def test_without_options_nothing_is_chosen(reads) -> None:
    assert reads("choice", "gold", among={}).value is None
    assert reads("choice", "1", by="keys", among={}).value is None


@pytest.mark.parametrize(
    ("language", "said", "meaning"),
    [
        ("en", "three", "plans"),
        ("en", "press three, please", "plans"),
        ("en", "the last one", None),
        ("en", "three plans", None),
        ("zh", "按二", "bill"),
        ("ko", "삼", "plans"),
    ],
)
def test_a_key_can_be_said_where_a_wish_is_asked_for(language, said, meaning) -> None:  # R35
    assert keyed(said, language, {"bill": ("2",), "plans": ("3",), "person": ()}) == meaning
