"""Before the first step: who is calling, what they are likely to want, how to speak to them."""

from __future__ import annotations

from typing import Any

import pytest
from engine_player import Player, small_hotline

from ivr.call.events import Event, LookupDone, LookupEmpty, LookupFailed, LookupSlow, Polled
from ivr.call.tasks import Lookup
from ivr.call.verbs import Listen, Say, Wait

OPERATIONS = {
    "subscriber": {
        "query": "select * from subscribers where number = :number",
        "takes": ["number"],
        "gives": {"name": "text", "language?": "text", "age?": "count", "tags?": ["text"]},
    },
    "contacts": {
        "query": "select * from contacts where number = :number",
        "takes": ["number"],
        "many": True,
        "gives": [{"at": "date", "intent": "text"}],
    },
}
WRITTEN: dict[str, Any] = {
    "top": {
        "languages": ["en", "zh"],
        "connectors": {"company": {"kind": "sql", "url": "sqlite:///c.sqlite", "operations": OPERATIONS}},
        "profile": {
            "lookup": "company.subscriber",
            "with": {"number": "{{ call.caller }}"},
            "history": "company.contacts",
            "history_with": {"number": "{{ call.caller }}"},
        },
        "predict": {"balance": 3},
        "easy": "caller.age and caller.age >= 65",
    },
    "intents": {"balance": {"type": "query", "examples": {"en": ["balance"], "zh": ["余额"]}}},
    "words": {
        "en": {"hello": "Hello {{ caller.name or 'stranger' }}."},
        "zh": {"hello": "你好{{ caller.name }}。"},
    },
    "steps": {
        "hello": {"say": "hello", "next": "what"},
        "what": {"ask": "what_do_you_want", "expect": "intent", "on": {"balance": "bye", "nothing": "bye"}},
        "bye": {"hangup": "good_bye"},
    },
}
HABIT = [{"at": f"2026-{month}-23", "intent": "balance"} for month in ("08", "09", "10")]


def called(*answers: Event) -> Player:
    player = Player(small_hotline(WRITTEN), "+12025550101")
    for answer in answers:
        player.hear(answer)
    return player


def test_who_calls_is_asked_first_and_then_what_they_wanted_before() -> None:
    player = called()
    assert isinstance(player.question, Lookup)
    assert (player.question.name, player.question.arguments) == ("company.subscriber", {"number": "+12025550101"})
    first = player.question.once
    player.hear(LookupDone({"name": "Alice"}))
    assert isinstance(player.question, Lookup)
    assert player.question.name == "company.contacts"
    assert player.question.once != first
    player.hear(LookupDone([]))
    assert player.said == ["Hello Alice.", "what do you want"]
    assert player.recorded("profile")[0]["name"] == "Alice"
    assert player.recorded("profile")[0]["known"] is True


def test_three_months_in_a_row_make_a_wish_expected() -> None:  # R37
    assert called(LookupDone({}), LookupDone(HABIT)).state.profile["expects"] == "balance"


@pytest.mark.parametrize(
    "history",
    [HABIT[:2], [{**one, "intent": "bill"} for one in HABIT], [{**one, "at": "2026-10-05"} for one in HABIT], []],
    ids=["two months", "another wish", "another day", "none"],
)
def test_anything_less_is_no_habit(history: list[dict[str, str]]) -> None:  # R37
    assert called(LookupDone({}), LookupDone(history)).state.profile["expects"] is None


@pytest.mark.parametrize(
    "history",
    ["no list", [{"at": "never", "intent": "balance"}], [7], [{}], None],
    ids=["text", "no date", "numbers", "empty rows", "nothing"],
)
def test_a_history_that_makes_no_sense_is_none(history: Any) -> None:
    player = called(LookupDone({"name": "Alice"}), LookupDone(history))
    assert player.said[0] == "Hello Alice."
    assert player.state.profile["expects"] is None


def test_the_callers_own_language_is_spoken() -> None:
    player = called(LookupDone({"name": "王芳", "language": "zh"}), LookupEmpty())
    assert player.said[0] == "你好王芳。"
    assert isinstance(player.verbs[-1], Listen)
    assert player.verbs[-1].language == "zh"


def test_a_language_the_hotline_does_not_speak_is_not() -> None:
    assert called(LookupDone({"language": "fr"}), LookupEmpty()).state.language == "en"


def test_the_old_are_spoken_to_slowly_and_waited_for_longer() -> None:  # R55
    player = called(LookupDone({"age": 78}), LookupEmpty())
    listen = player.verbs[-1]
    assert isinstance(listen, Listen)
    assert {prompt.rate for prompt in listen.prompts if isinstance(prompt, Say)} == {0.85}
    assert listen.patience_s == 8.0


@pytest.mark.parametrize("answer", [LookupEmpty(), LookupFailed("timeout"), LookupDone("odd"), LookupDone([1])])
def test_whoever_is_not_found_is_unknown_and_served(answer: Event) -> None:  # R50
    player = called(answer)
    assert player.said == ["Hello stranger.", "what do you want"]
    assert player.state.profile["known"] is False
    assert player.state.profile["tier"] == "standard"


def test_a_profile_that_fails_is_written_down() -> None:
    told = called(LookupFailed("refused")).recorded("failed")[0]
    assert told == {"why": "profile: refused", "heard": "the caller is taken for unknown"}


def test_a_slow_profile_is_bridged_and_given_up_in_the_end() -> None:
    player = called(LookupSlow())
    assert player.said == ["One moment, please."]
    assert player.verbs[-1] == Wait(seconds=1.5)
    player.hear(Polled())
    player.hear(LookupSlow())
    player.hear(Polled(), after_s=30)
    assert player.said == ["Hello stranger.", "what do you want"]


def test_without_a_profile_the_call_begins_at_once() -> None:
    top = {name: line for name, line in WRITTEN["top"].items() if name not in ("profile", "connectors", "easy")}
    written = {**WRITTEN, "top": top, "words": {"en": {"hello": "Hello."}, "zh": {"hello": "你好。"}}}
    player = Player(small_hotline(written), "anonymous")
    assert player.said == ["Hello.", "what do you want"]
    assert player.recorded("started")[0]["caller"] == "anonymous"
    assert [entry.kind for entry in player.entries[:2]] == ["started", "profile"]
