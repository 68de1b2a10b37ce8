"""How a caller feels, from the words."""

import pytest

from ivr.ears import by_meaning
from ivr.intent.mood import Moods

CALM = {
    "en": ["what is my balance", "my internet is not working", "I want another plan", "when do you open"],
    "zh": ["查余额", "上不了网", "想换个套餐", "几点开门"],
    "ko": ["잔액이 얼마예요", "인터넷이 안 돼요", "요금제를 바꾸고 싶어요", "몇 시에 열어요"],
}


@pytest.fixture(scope="module")
def by_phrases() -> Moods:
    return Moods.train({"upset": {}}, CALM)


@pytest.fixture(scope="module")
def with_meaning(models) -> Moods:
    return Moods.train({"upset": {}}, CALM, by_meaning(models))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I am fed up with this, my line is down again!"),
        ("en-GB", "For heaven's sake, give me somebody."),
        ("zh", "太过分了，我要退钱"),
        ("zh-CN", "你们是 不是 在 耍我"),
        ("ko", "진짜 짜증 나네요"),
        ("ko", "서비스가 최악이에요"),
    ],
)
def test_a_telltale_phrase_tells_an_upset_caller(by_phrases, language, said) -> None:  # R46
    assert by_phrases.of(said, language) == "upset"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I am not fed up, I just want to know"),
        ("en", "it isn't really ridiculous"),
        ("zh", "我没有很生气"),
        ("ko", "짜증 나지 않아요"),
        ("ko", "화가 난 건 아니에요"),
        ("en", "what is my balance"),
        ("en", ""),
        ("fr", "c'est ridicule"),
    ],
)
def test_who_denies_it_or_says_something_else_is_not(by_phrases, language, said) -> None:
    assert by_phrases.of(said, language) is None


@pytest.mark.parametrize(
    "said",
    [
        "nobody in your company ever does what they promise",
        "I am so tired of your excuses",
        "honestly you have ruined my entire week",
    ],
)
def test_other_words_for_it_are_found_by_their_meaning(with_meaning, by_phrases, said) -> None:  # R46
    assert by_phrases.of(said, "en") is None
    assert with_meaning.of(said, "en") == "upset"


@pytest.mark.parametrize(
    "said",
    [
        "my internet has been down since yesterday",
        "could you send somebody to repair the line please",
        "I would like to speak to a person",
        "my bill is much higher than last month",
        "thank you very much you have been a great help",
        "yes",
        "one two three four",
    ],
)
def test_a_calm_caller_with_a_trouble_is_calm(with_meaning, said) -> None:
    assert with_meaning.of(said, "en") is None


def test_a_mood_of_ones_own_is_taught_by_examples(models) -> None:
    worried = [
        "I am so worried about this",
        "I am afraid somebody took my money",
        "I am scared that I lose everything",
        "this makes me very nervous",
        "I could not sleep all night for fear",
        "please tell me that nothing bad will happen",
        "I am anxious about my account",
        "is my money still safe I am so frightened",
        "I panic when I see this",
        "I am really concerned that it is gone",
    ]
    more = {"en": [f"{what} {thing}" for what in ("what is", "tell me", "change") for thing in ("my plan", "my bill")]}
    calm = {"en": [*CALM["en"], *more["en"]]}
    moods = Moods.train({"worried": {"en": worried}}, calm, by_meaning(models))
    assert moods.of("I am terrified that my savings are gone", "en") == "worried"
    assert moods.of("tell me my balance", "en") is None


def test_a_hotline_without_rules_for_moods_learns_none() -> None:
    assert Moods.train({}, CALM).of("this is ridiculous", "en") is None
