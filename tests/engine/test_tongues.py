"""Who answers the question which language to speak by speaking one."""

from __future__ import annotations

import pytest
from engine_player import Player, small_hotline

from ivr.call.events import DigitsPressed, MeaningFound, SpeechHeard
from ivr.call.tasks import Understand

HOTLINE = small_hotline(
    {
        "top": {"languages": ["en", "zh"]},
        "intents": {"balance": {"type": "query", "examples": {"en": ["my balance"], "zh": ["查余额"]}}},
        "words": {
            "en": {"which": {"say": "Which?", "choices": {"english": ["english"], "chinese": ["chinese"]}}},
            "zh": {"which": {"say": "哪种？", "choices": {"english": ["英文"], "chinese": ["中文"]}}},
        },
        "steps": {
            "which": {
                "ask": "which",
                "expect": "choice",
                "in_languages": ["en", "zh"],
                "keys": {"1": "english", "2": "chinese"},
                "tries": 1,
                "on": {"english": "english", "chinese": "chinese", "nothing": "english"},
            },
            "english": {"set": {}, "language": "en", "next": "need"},
            "chinese": {"set": {}, "language": "zh", "next": "need"},
            "need": {"ask": "what_is_it", "expect": "intent", "on": {"balance": "tell", "nothing": "bye"}},
            "tell": {"say": "it_is_ten", "next": "bye"},
            "bye": {"hangup": "good_bye"},
        },
    }
)


def says(text: str) -> tuple[Player, Understand]:
    player = Player(HOTLINE)
    player.hear(SpeechHeard(text))
    assert isinstance(player.question, Understand)
    return player, player.question


def test_a_wish_in_chinese_is_understood_in_chinese_and_the_call_goes_on_in_it() -> None:
    player, asked = says("我要查余额")
    assert (asked.expect, asked.language) == ("intent", "zh")
    player.hear(MeaningFound("balance", 1.0))
    assert player.state.language == "zh"
    assert "it is ten" in player.said


def test_chinese_words_without_a_wish_choose_chinese() -> None:
    player, _ = says("喂你好")
    player.hear(MeaningFound(None, 0.0))
    assert player.state.language == "zh"
    assert player.state.step == "need"


@pytest.mark.parametrize("text", ["my balance", "残高は", "안녕하세요"])
def test_letters_of_no_other_language_of_the_question_choose_none(text: str) -> None:
    player, asked = says(text)
    assert asked.language == "en"
    player.hear(MeaningFound(None, 0.0))
    assert player.state.language == "en"


def test_an_answer_goes_by_what_it_says_not_by_its_letters() -> None:
    player = Player(HOTLINE)
    player.hear(SpeechHeard("英文"))
    assert player.state.step == "need"
    assert player.state.language == "en"


def test_a_key_goes_before_letters() -> None:
    player = Player(HOTLINE)
    player.hear(DigitsPressed("1"))
    assert player.state.language == "en"
