"""What was heard and what was written, brought to one form, and phrases found in it."""

import pytest

from ivr.intent.keywords import Keywords
from ivr.intent.phrases import finder
from ivr.intent.text import MAX_CHARACTERS, normal, plain, primary


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("  What's my BALANCE?! ", "what's my balance"),
        ("don’t", "don't"),
        ("查 余额， 谢谢", "查余额谢谢"),
        ("查詢餘額", "查询余额"),
        ("ＯＫ，４２", "ok 42"),
        ("用 app 查话费", "用 app 查话费"),
        ("네, 맞아요.", "네 맞아요"),
        ("<b>hello</b> & bye_bye", "b hello b bye bye"),
        ("…", ""),
    ],
)
def test_one_form_for_heard_and_written(text, form) -> None:
    assert normal(text) == form
    assert normal(form) == form


def test_what_is_beyond_a_minute_of_speech_is_cut() -> None:
    assert len(plain("ﷺ" * 10_000)) <= MAX_CHARACTERS
    assert len(normal("余" * 10_000)) <= MAX_CHARACTERS


@pytest.mark.parametrize(
    ("language", "tongue"),
    [("en-US", "en"), ("zh_CN", "zh"), ("cmn-Hans-CN", "zh"), ("yue", "zh"), ("KO", "ko"), ("", "")],
)
def test_a_language_is_known_without_its_country(language, tongue) -> None:
    assert primary(language) == tongue


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("bill", "my bill please", True),
        ("bill", "call billy", False),
        ("pay", "i can't pay'em", False),
        ("上网", "我上不了网", False),
        ("余额", "我的余额是多少", True),
        ("상담원", "상담원이요", True),
        ("담원", "상담원", False),
        ("app", "用 app 查话费", True),
        ("c++", "c", False),
    ],
)
def test_a_phrase_is_found_as_whole_words(phrase, text, found) -> None:
    pattern = finder([phrase])
    assert bool(pattern and pattern.search(text)) is found


def test_the_longest_phrase_at_a_place_counts() -> None:
    keywords = Keywords.of({"cancel": ["cancel"], "cancel_order": ["cancel my order"], "order": ["my order"]})
    assert keywords.heard("please cancel my order").wanted == ("cancel_order",)


def test_a_phrase_of_two_intents_counts_for_the_one_that_is_asked_for() -> None:
    keywords = Keywords.of({"pay_bill": ["bill"], "read_bill": ["bill"]})
    assert keywords.heard("my bill").wanted == ("pay_bill", "read_bill")
    assert keywords.heard("my bill", among=("read_bill", "person")).wanted == ("read_bill",)


def test_a_refused_phrase_that_is_also_wanted_is_wanted() -> None:
    keywords = Keywords.of({"person": ["agent", "human"]})
    assert keywords.heard("i don't want an agent").refused == {"person"}
    heard = keywords.heard("i don't want an agent i want a human")
    assert (heard.wanted, heard.refused) == (("person",), frozenset())
