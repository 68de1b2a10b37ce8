"""What is said, in every language."""

from __future__ import annotations

import pytest
from hotlines import HOTLINE, loaded, small, told

from ivr.flow.house_words import REQUIRED

CHOICE = """
which: {ask: which_one, expect: choice, on: {internet: bye, phone: bye, nothing: bye}}
bye: {hangup: goodbye}
"""


def told_in(languages: str, **parts: str) -> list[str]:
    files = small(**parts)
    files["hotline.yaml"] = HOTLINE.replace("[en]", languages)
    return [*map(str, loaded(files).faults)]


def test_words_that_no_language_has_are_told_at_the_step() -> None:
    files = small()
    files["words/en.yaml"] = files["words/en.yaml"].replace("hello:", "helo:")
    assert [*map(str, loaded(files).faults)] == ["main.yaml:4:18: no words called 'hello'. Did you mean 'helo'?"]


def test_words_that_a_language_lacks_are_told_in_its_file() -> None:
    faults = told_in("[en, zh]", words_zh="hello: 你好\nthank_you: 谢谢\n")
    assert faults == ["words/zh.yaml:1:1: the words 'goodbye' are missing here. words/en.yaml has them in line 2."]


def test_a_language_without_a_file_is_told_once() -> None:
    assert told_in("[en, zh]") == [
        "words/zh.yaml:1:1: this file is missing. 'zh' is one of the `languages:` in hotline.yaml."
    ]


def test_a_file_without_a_language_is_told() -> None:
    assert told(words_zh="hello: 你好\n") == [
        "words/zh.yaml:1:1: 'zh' is not among the hotline's languages. Add it to `languages:` in hotline.yaml."
    ]


def test_a_language_that_the_house_does_not_speak_brings_its_own_words() -> None:
    written = "hello: Salut\ngoodbye: Au revoir\nthank_you: Merci\napology: Pardon\n"
    faults = told_in("[en, fr]", words_fr=written)
    assert faults == [
        f"words/fr.yaml:1:1: the words {key!r} are missing here. The house says them by itself, and has none in 'fr'."
        for key in sorted(REQUIRED - {"apology"})
    ]


def test_words_that_nobody_says_are_a_warning() -> None:
    files = small(words="old: Old words.")
    found = loaded(files)
    assert [*map(str, found.faults)] == ["words/en.yaml:1:1: warning: the words 'old' are never said."]
    assert found.hotline is not None


def test_one_broken_wording_hides_no_other() -> None:
    faults = told(words="hello: {say: Hi, nothin: [x]}\ngoodbye: [x]\nold: {}\n")
    assert faults == [
        "words/en.yaml:1:18: `nothin:` is not known here. Did you mean 'nothing'?",
        "words/en.yaml:2:10: `name: value` lines are expected here, not a list.",
        "words/en.yaml:3:1: warning: the words 'old' are never said.",
        "words/en.yaml:3:6: `say:` is missing.",
    ]


def test_a_choice_has_phrases_in_every_language() -> None:
    assert told(main=CHOICE) == [
        "words/en.yaml:1:12: nothing a caller can say stands for 'internet' and 'phone' of step main.which. "
        "Write `choices: {internet: [what callers say]}`, with a phrase or more for each way."
    ]


@pytest.mark.parametrize(
    ("choices", "fault"),
    [
        (
            "{internt: [net], phone: [phone]}",
            "1:35: nothing a caller can say stands for 'internet', a way of step main.which. Did you mean 'internt'?",
        ),
        ("{internet: [net], phone: [' ']}", "1:60: a phrase for 'phone' is empty."),
        ("{internet: [net], phone: []}", "1:60: this list is empty."),
        (
            "{internet: [net], phone: [phone], tv: [tv]}",
            "1:69: warning: no question has the way 'tv'. The ways are internet and phone.",
        ),
    ],
)
def test_the_phrases_of_a_choice_are_those_of_its_ways(choices: str, fault: str) -> None:
    words = f"which_one: {{say: Which?, choices: {choices}}}"
    assert told(main=CHOICE, words=words) == [f"words/en.yaml:{fault}"]


def test_what_works_always_has_a_phrase_in_every_language() -> None:
    faults = told(
        hotline="predict: {}\n",
        words="always: {say: Always., choices: {repeat: [again]}}",
    )
    assert faults == [
        "words/en.yaml:1:33: nothing a caller can say stands for 'person', which `always:` of hotline.yaml names."
    ]
