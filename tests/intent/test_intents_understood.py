"""What callers want, recognised from a hotline's own examples and keywords."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wishes import EXAMPLES, KEYWORDS, NAMES

from ivr.call.events import MeaningFound
from ivr.intent import Recogniser
from ivr.intent.recogniser import OUT_OF_SCOPE
from ivr.intent.text import MAX_CHARACTERS

NOT_UNDERSTOOD = MeaningFound(None, 0.0, "out_of_scope")


@pytest.mark.parametrize(
    ("language", "said", "intent"),
    [
        ("en", "How much do I owe?", "balance"),
        ("en", "um could you tell me how much money is left please", "balance"),
        ("en", "The internet doesn't work.", "fault"),
        ("en", "the line has been dead since this morning", "fault"),
        ("en", "is there a cheaper plan", "plans"),
        ("en", "I'm really unhappy with your staff", "complaint"),
        ("en", "can I use my phone in Japan", "roaming"),
        ("zh", "我想查一下话费还剩多少钱", "balance"),
        ("zh", "我 的 网络 断 了", "fault"),
        ("zh", "帮我换个便宜点的套餐", "plans"),
        ("zh", "我要投訴你們的師傅", "complaint"),
        ("zh", "出国能打电话吗", "roaming"),
    ],
)
def test_what_the_caller_wants_is_understood(recogniser, language, said, intent) -> None:  # R2 R35
    found = recogniser.understand(said, language)
    assert found.intent == intent
    assert found.because == "model"
    assert found.confidence >= 0.6


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "book me a table for two"),
        ("en", "xyzzy plugh"),
        ("en", "who won the football match"),
        ("zh", "今天星期几"),
        ("zh", "讲个笑话"),
    ],
)
def test_something_else_is_out_of_scope(recogniser, language, said) -> None:
    found = recogniser.understand(said, language)
    assert found.intent is None
    assert (found.because, found.confidence) == ("out_of_scope", 0.0)
    assert all(sure < OUT_OF_SCOPE for _, sure in found.others)


@pytest.mark.parametrize("said", ["", "   ", "…?!", "\n\t", "🙂"])
def test_nothing_said_is_nothing_understood(recogniser, said) -> None:
    assert recogniser.understand(said, "en") == NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "AGENT!"),
        ("en-GB", "let me talk to a real person, please"),
        ("zh", "人工"),
        ("zh-CN", "麻烦帮我转 人工 服务"),
        ("cmn-Hant-TW", "轉人工"),
    ],
)
def test_a_keyword_settles_it(recogniser, language, said) -> None:  # R42
    assert recogniser.understand(said, language) == MeaningFound("person", 1.0, "keyword")


def test_a_keyword_counts_as_a_whole_word_only(recogniser) -> None:
    assert recogniser.understand("the travel agents union", "en").because != "keyword"


@pytest.mark.parametrize(("language", "said"), [("en", "I don't want to talk to an agent"), ("zh", "不要转人工")])
def test_a_keyword_that_is_refused_is_not_taken_for_a_wish(recogniser, language, said) -> None:
    assert recogniser.understand(said, language).intent != "person"


def test_between_two_keywords_the_examples_decide(recogniser) -> None:
    found = recogniser.understand("I want a human to switch on roaming in foreign countries", "en")
    assert (found.intent, found.because) == ("roaming", "model")
    assert found.confidence >= 0.5


def test_between_two_keywords_without_examples_the_first_said_is_a_guess_to_confirm() -> None:
    recogniser = Recogniser.train({}, {"en": {"person": ["agent"], "bill": ["bill"]}})
    found = recogniser.understand("my bill or an agent", "en")
    assert found == MeaningFound("bill", 0.5, "keyword", (("person", 0.5),))


def test_only_the_intents_that_are_asked_for_count(recogniser) -> None:
    found = recogniser.understand("tell me my balance", "en", among=("fault", "plans"))
    assert found.intent != "balance"
    assert {name for name, _ in found.others} <= {"fault", "plans"}


def test_a_keyword_of_an_intent_that_is_not_asked_for_does_not_count(recogniser) -> None:
    assert recogniser.understand("roaming", "en", among=("balance", "fault")).intent != "roaming"


def test_who_clearly_wants_something_else_is_not_taken_for_what_was_asked(recogniser) -> None:
    assert recogniser.understand("your technician was rude to me", "en", among=("balance", "plans")).intent is None


def test_what_is_asked_for_is_favoured_where_it_is_close(recogniser) -> None:
    said = "my plan is too slow"
    sure = {
        intent: recogniser.understand(said, "en", among=(intent, "complaint")).confidence
        for intent in ("fault", "plans")
    }
    assert recogniser.understand(said, "en", among=("fault", "complaint")).intent == "fault", sure
    assert recogniser.understand(said, "en", among=("plans", "complaint")).intent == "plans", sure


def test_an_example_word_for_word_is_as_good_as_certain(recogniser) -> None:
    found = recogniser.understand("There is no dial-tone!", "en")
    assert found.intent == "fault"
    assert found.confidence >= 0.95


def test_a_sentence_given_for_two_intents_is_never_certain() -> None:
    recogniser = Recogniser.train({"en": {"buy": ["my phone", "a new one"], "mend": ["my phone", "it is broken"]}})
    assert recogniser.understand("my phone", "en").confidence <= 0.5


def test_runners_up_come_best_first_and_are_never_surer_than_the_answer(recogniser) -> None:
    found = recogniser.understand("how much is my plan", "en")
    sure = [found.confidence, *(s for _, s in found.others)]
    assert len(sure) == 4
    assert sure == sorted(sure, reverse=True)


def test_the_name_of_an_intent_counts_as_an_example() -> None:
    recogniser = Recogniser.train({"en": {"lost_card": ["somebody stole it"], "opening_hours": ["when are you there"]}})
    assert recogniser.understand("I have lost my card", "en").intent == "lost_card"
    assert recogniser.understand("the opening hours please", "en").intent == "opening_hours"


def test_the_label_of_an_intent_counts_as_an_example() -> None:
    recogniser = Recogniser.train(
        {"zh": {"card": ["有人偷了它"], "hours": ["你们几点在"]}},
        names={"zh": {"card": "挂失银行卡", "hours": "营业时间"}},
    )
    assert recogniser.understand("我要挂失", "zh").intent == "card"


def test_a_language_that_was_not_taught_is_not_understood(recogniser) -> None:
    assert recogniser.understand("je veux parler à quelqu'un", "fr") == NOT_UNDERSTOOD


def test_same_examples_same_answers_whatever_their_order(recogniser) -> None:
    other = Recogniser.train(
        {language: dict(reversed(taught.items())) for language, taught in reversed(EXAMPLES.items())}, KEYWORDS, NAMES
    )
    said = "how much for a plan with more data"
    assert other.understand(said, "en") == recogniser.understand(said, "en")


def test_the_same_hotline_is_learnt_once(recogniser) -> None:
    again = Recogniser.train(EXAMPLES, KEYWORDS, NAMES)
    assert again.models["en"] is recogniser.models["en"]
    more = {**EXAMPLES, "en": {**EXAMPLES["en"], "thanks": ["thank you", "bye"]}}
    other = Recogniser.train(more, KEYWORDS, NAMES)
    assert other.models["en"] is not recogniser.models["en"]
    assert other.models["zh"] is recogniser.models["zh"], "nothing has changed in Chinese"


def test_a_very_long_speech_is_cut(recogniser) -> None:
    start = "my internet is not working " * 40
    assert len(start) > MAX_CHARACTERS
    assert recogniser.understand(start + "I want to complain " * 500, "en") == recogniser.understand(start, "en")


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(recogniser, said) -> None:
    for language in ("en", "zh", "ko"):
        found = recogniser.understand(said, language)
        assert (found.intent is None) == (found.because == "out_of_scope")
        assert 0 <= found.confidence <= 1


@pytest.mark.parametrize(
    "examples",
    [
        {},
        {"en": {}},
        {"en": {"balance": []}},
        {"en": {"balance": ["!!!", ""]}},
    ],
)
def test_a_hotline_without_examples_understands_keywords_only(examples) -> None:
    recogniser = Recogniser.train(examples, {"en": {"person": ["agent"]}})
    assert recogniser.understand("agent", "en").intent == "person"
    assert recogniser.understand("what is my balance", "en").intent in (None, "balance")


@pytest.mark.parametrize("each", [1, 2, 3])
def test_few_examples_are_enough_to_begin_with(each) -> None:
    recogniser = Recogniser.train({"en": {intent: said[:each] for intent, said in EXAMPLES["en"].items()}})
    for intent, said in EXAMPLES["en"].items():
        assert recogniser.understand(said[0], "en").intent == intent
    assert recogniser.understand("my balance please", "en").intent == "balance"
    assert recogniser.understand("qwerty uiop", "en").intent is None


def test_a_lone_intent_is_told_from_something_else() -> None:
    recogniser = Recogniser.train({"en": {"balance": ["what is my balance", "how much do I owe"]}})
    assert recogniser.understand("what's my balance", "en").intent == "balance"
    assert recogniser.understand("pizza funghi", "en").intent is None


def test_nothing_heavy_is_imported_until_there_is_something_to_learn() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from ivr.intent import Recogniser; Recogniser.train({}, {'en': {'person': ['agent']}});"
            "print([name for name in ('numpy', 'sklearn', 'scipy', 'cn2an', 'pypinyin') if name in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
