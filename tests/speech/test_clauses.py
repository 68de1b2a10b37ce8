"""A text is cut where a speaker breathes, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.speech.clauses import CJK_WEIGHT, CLAUSE_MS, MOST_LETTERS, SENTENCE_MS, clauses, weight


def pieces(text):
    return [clause.text for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello.", ["Hello."]),
        ("Press 1 for your balance, or 2 for your bill.", ["Press 1 for your balance,", "or 2 for your bill."]),
        ("Yes, that is right.", ["Yes, that is right."]),
        ("It is $1,234.50, due on May 1. Goodbye!", ["It is $1,234.50,", "due on May 1.", "Goodbye!"]),
        ("Ask for Dr. Miller. He is in.", ["Ask for Dr. Miller.", "He is in."]),
        ("We open at 10 a.m. and close at 6 p.m. on Mondays.", ["We open at 10 a.m. and close at 6 p.m. on Mondays."]),
        ('He said "stop!" Then he went.', ['He said "stop!"', "Then he went."]),
        ("请问有什么可以帮您？查余额请按1，查账单请按2。", ["请问有什么可以帮您？", "查余额请按1，", "查账单请按2。"]),
        ("안녕하세요. 무엇을 도와드릴까요?", ["안녕하세요.", "무엇을 도와드릴까요?"]),
        ("one\n  two", ["one two"]),
        ("", []),
        (" \n", []),
        ("...", []),
    ],
)
def test_a_text_is_cut_into_clauses(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_sentence_is_followed_by_a_longer_pause_than_a_comma_and_the_end_by_none() -> None:
    pauses = [clause.pause_ms for clause in clauses("Press 1 for your balance, or 2 for your bill. Thank you.")]
    assert pauses == [CLAUSE_MS, SENTENCE_MS, 0]


@pytest.mark.parametrize("word", ["word ", "字", "x"])
def test_a_text_without_any_sign_is_cut_all_the_same(word: str) -> None:
    found = pieces(word * 1000)
    assert max(map(weight, found)) <= MOST_LETTERS
    assert "".join(found).replace(" ", "") == (word * 1000).replace(" ", "")


@given(st.text(alphabet="ab1 .,!?，。;:\n\"'字한-", max_size=400))
def test_nothing_that_is_said_gets_lost(text: str) -> None:
    found = list(clauses(text))
    assert [sign for sign in "".join(one.text for one in found) if sign.isalnum()] == [s for s in text if s.isalnum()]
    assert all(weight(one.text) <= MOST_LETTERS + CJK_WEIGHT for one in found)
