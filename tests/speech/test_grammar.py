"""What to listen for, and what a model can never hear."""

import pytest

from ivr.call.verbs import Listen, Say
from ivr.speech.grammar import deaf_to, grammar, spell, split, wanted
from ivr.speech.hearing import Expectation, expectation

KOREAN = {"잔액", "조회", "요금", "요", "금", "조", "네", "아니요", "일", "이"}
ENGLISH = {"my", "balance", "pay", "bill", "online", "broad", "band", "what's", "yes", "no", "one", "two"}


def known(*vocabularies):
    return lambda word: any(word in one for one in vocabularies)


def test_a_choice_is_listened_for_by_its_phrases():
    found = grammar(Expectation("choice", ("잔액 조회", "요금조회"), "ko"), known(KOREAN))
    assert found.spelled == ("잔액 조회", "요금 조회")
    assert found.phrases == ("잔액 조회", "요금조회")


def test_a_compound_is_split_into_the_fewest_known_words():
    assert split("요금조회", known(KOREAN)) == ("요금", "조회")
    assert split("조회", known(KOREAN)) == ("조회",)
    assert split("고장", known(KOREAN)) == ()


def test_an_english_word_is_not_put_together_from_pieces():
    assert split("broadband", known(ENGLISH)) == ()


def test_a_phrase_with_an_unknown_word_is_left_out_and_the_rest_still_helps():
    found = grammar(Expectation("intent", ("my balance", "my broadband"), "en"), known(ENGLISH))
    assert found.spelled == ("my balance",)
    assert found.phrases == ("my balance",)


def test_where_nothing_can_be_heard_anything_is_listened_for():
    assert grammar(Expectation("choice", ("broadband",), "en"), known(ENGLISH)) is None
    assert grammar(Expectation("text", (), "en"), known(ENGLISH)) is None
    assert grammar(Expectation("digits", (), "fi"), known(ENGLISH)) is None


@pytest.mark.parametrize("kind", ["digits", "phone", "amount", "date"])
@pytest.mark.parametrize("language", ["en", "zh", "ko"])
def test_numbers_and_dates_have_words_in_every_language_we_ship(kind, language):
    words = wanted(Expectation(kind, (), language))
    assert len(words) >= 10
    assert len(set(words)) >= len(words) - 2
    assert not any(" " in word for word in words)


def test_yes_and_no_can_be_said_in_the_hotlines_own_words_too():
    words = wanted(Expectation("yes_no", ("connect me",), "en-US"))
    assert {"yes", "no thanks", "connect me"} <= set(words)


def test_a_person_can_be_asked_for_where_digits_are_awaited():  # R42
    found = grammar(Expectation("digits", ("my balance",), "en"), known(ENGLISH))
    assert {"one", "two", "my balance"} <= set(found.spelled)
    assert found.phrases == (), "and digits are still taken as they come"
    assert grammar(Expectation("digits", ("my balance",), "fi"), known(ENGLISH)) is None


def test_words_are_spelled_as_models_spell_them():
    assert spell("What’s my balance?", known(ENGLISH)) == "what's my balance"
    assert spell("?!", known(ENGLISH)) is None


@pytest.mark.parametrize(
    ("phrase", "word", "instead"),
    [
        ("my broadband", "broadband", "Write it apart, where it is said so: 'broad band'."),
        ("bill 24", "24", "Write the number in words, as callers say it."),
        ("pay's bill", "pay's", "Write it apart"),
        ("잔액을 조회", "잔액을", "The model knows '잔액'."),
        ("fibre bill", "fibre", "Add a phrase in everyday words that means the same, and a key."),
    ],
)
def test_what_cannot_be_heard_is_told_with_what_to_write_instead(phrase, word, instead):
    model = known(KOREAN, ENGLISH, {"'s"})
    (deaf,) = deaf_to(phrase, model)
    assert (deaf.phrase, deaf.word) == (phrase, word)
    assert deaf.instead.startswith(instead)


def test_a_phrase_that_can_be_heard_is_not_told():
    assert deaf_to("요금조회", known(KOREAN)) == ()


def test_a_prompts_verb_says_what_is_expected():
    slow = Listen(prompts=(Say("Which one?", rate=0.85),), hints=("gold plan",), expect="choice", language="en")
    assert expectation(slow) == Expectation("choice", ("gold plan",), "en", unhurried=True)
    assert not expectation(Listen(prompts=(Say("Which?"),))).unhurried


def test_a_phrase_is_listened_for_with_polite_words_and_beside_everyday_ones():
    found = grammar(Expectation("intent", ("my balance",), "en"), known(ENGLISH, {"please", "people", "water"}))
    assert found.spelled == ("my balance", "please my balance", "my balance please")
    assert found.others == ("people", "water")
    assert found.around.without("my balance please") == "my balance"


def test_an_everyday_word_that_sounds_like_a_phrases_own_is_not_listened_for():
    found = grammar(Expectation("choice", ("my mother", "weather"), "en"), lambda word: True)
    assert "people" in found.others
    assert {"mother", "weather", "father"} & set(found.others) == set()


def test_yes_and_no_stand_alone_and_digits_beside_nothing():
    everything = grammar(Expectation("yes_no", (), "ko"), lambda word: True)
    assert "네" in everything.spelled
    assert not [said for said in everything.spelled if said.endswith("해주세요")]
    assert grammar(Expectation("digits", (), "ko"), lambda word: True).others == ()
