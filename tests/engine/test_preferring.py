"""Callers who are served as they like: known at the first word, noticed in the call, kept after it (R33)."""

from __future__ import annotations

from typing import Any

import pytest
from engine_player import MONDAY, Player, small_hotline

from ivr.call.events import DigitsPressed, HungUp, LookupDone, NothingHeard, Placed, Recalled, SpeechHeard, ValueRead
from ivr.call.habits import Habit, Wish
from ivr.call.tasks import KeepHabit
from ivr.call.verbs import Listen
from ivr.engine.preferring import EASY_RATE

DAY_S = 86_400.0
WORDS = {
    "en": {"hello": {"say": "Hello", "choices": {"a": ["first"], "b": ["second"]}}, "bye": "Bye"},
    "zh": {"hello": {"say": "您好", "choices": {"a": ["第一"], "b": ["第二"]}}, "bye": "再见"},
}


def hotline(*, gives: dict[str, Any] | None = None, **top: Any) -> Any:
    """It asks one question in a circle; with `gives`, a profile knows its callers."""
    company = {"kind": "sql", "url": "sqlite:///c.sqlite"}
    company["operations"] = {
        "who": {"query": "select * from people where number = :number", "takes": ["number"], "gives": gives or {}}
    }  # type: ignore[assignment]
    profile = {"lookup": "company.who", "with": {"number": "{{ call.caller }}"}}
    known = {"connectors": {"company": company}, "profile": profile} if gives else {}
    always = {"person": {"key": "0", "go": "person"}, "slower": {}, "faster": {}}
    return small_hotline(
        {
            "top": {"languages": ["en", "zh"], "preferences": {}, "always": always, **known, **top},
            "words": WORDS,
            "queues": {"general": {"hours": {"open": {"mon": "09:00-17:00"}}}},
            "agents": {"amy": {"phone": "+12025550111", "queues": ["general"]}},
            "steps": {
                "ask": {
                    "ask": "hello",
                    "expect": "choice",
                    "keys": {1: "a", 2: "b"},
                    "on": {"a": "ask", "b": "bye", "nothing": "bye"},
                },
                "bye": {"hangup": "bye"},
            },
            "flows": {
                "person": {
                    "start": "line",
                    "steps": {
                        "line": {"queue": "by_rules", "on": {"done": "bye", "full": "bye", "closed": "call"}},
                        "call": {"callback": "general", "on": {"booked": "bye", "impossible": "bye"}},
                        "bye": {"hangup": "bye"},
                    },
                }
            },
        }
    )


PLAIN = hotline()


def begins(
    *habits: Habit, said: dict[str, Wish] | None = None, here: Any = PLAIN, caller: str = "+12025550101"
) -> Player:
    player = Player(here, caller)
    player.hear(Recalled(habits=habits, said=said or {}))
    return player


def heard(player: Player) -> tuple[str, float]:
    """Language and pace of the prompt."""
    listen = player.verbs[-1]
    assert isinstance(listen, Listen)
    (say,) = listen.prompts
    return listen.language, say.rate  # type: ignore[union-attr]


def kept(player: Player) -> Habit:
    player.hear(HungUp())
    (habit,) = [chore.habit for chore in player.chores if isinstance(chore, KeepHabit)]
    return habit


def ago(days: float, **shown: Any) -> Habit:
    return Habit(MONDAY - days * DAY_S, **shown)


def test_the_house_goes_by_language_and_pace_from_the_first_word() -> None:  # R33
    assert heard(begins()) == ("en", 1.0)
    assert heard(begins(ago(3, language="zh", pace="slow"))) == ("zh", EASY_RATE)
    assert heard(begins(ago(300, language="zh", pace="slow"))) == ("en", 1.0)


def test_what_the_caller_said_comes_before_what_he_did() -> None:  # R33
    said = {"pace": Wish("normal", MONDAY - DAY_S), "language": Wish("en", MONDAY - DAY_S)}
    assert heard(begins(ago(3, language="zh", pace="slow"), said=said)) == ("en", 1.0)


def test_a_preferred_way_moves_nobody() -> None:  # R27
    player = begins(ago(1, way="person"), ago(2, way="person"))
    assert player.place == "main.ask"
    assert player.recorded("profile")[-1]["prefers"] == {"way": "person"}


@pytest.mark.parametrize(
    ("profile", "found"),
    [({"prefers": {"language": "en", "pace": "slow"}}, ("en", EASY_RATE)), ({"language": "en"}, ("en", 1.0))],
)
def test_business_data_come_before_what_was_learned(profile: dict[str, Any], found: tuple[str, float]) -> None:  # R33
    gives = {"language?": "text", "prefers?": {"language?": "text", "pace?": "text"}}
    player = begins(ago(1, language="zh"), here=hotline(gives=gives))
    player.hear(LookupDone(profile))
    assert heard(player) == found


def test_what_is_no_language_of_the_hotline_is_not_spoken() -> None:
    assert heard(begins(said={"language": Wish("ko", 1.0)})) == ("en", 1.0)


def test_easy_callers_who_want_the_usual_pace_have_it() -> None:  # R33
    easy = hotline(easy="caller.tier == 'standard'")
    assert heard(begins(here=easy)) == ("en", EASY_RATE)
    assert heard(begins(ago(1, pace="normal"), here=easy)) == ("en", 1.0)


# --- what is learned ---------------------------------------------------------------------------------------------


def test_keys_or_voice_is_what_was_used_more() -> None:  # R33
    player = begins()
    player.hear(DigitsPressed("1"))
    player.hear(SpeechHeard("first"))
    player.hear(ValueRead("a"))
    assert kept(player).input is None
    player = begins()
    player.hear(SpeechHeard("first"))
    player.hear(ValueRead("a"))
    assert kept(player) == Habit(MONDAY, language="en", input="voice")


def test_slower_is_learned_and_faster_unlearns_it() -> None:  # R33
    player = begins()
    player.hear(SpeechHeard("slower"))
    assert heard(player) == ("en", EASY_RATE)
    assert kept(player).pace == "slow"
    player = begins(ago(1, pace="slow"))
    player.hear(SpeechHeard("faster"))
    assert heard(player) == ("en", 1.0)
    assert kept(player).pace == "normal"


def test_who_asks_for_a_person_wants_one() -> None:  # R33
    player = begins()
    player.hear(DigitsPressed("0"))
    player.hear(Placed("general", 1, 1, MONDAY))
    assert kept(player) == Habit(MONDAY, language="en", input="keys", way="person")


def test_the_hour_of_a_wish_to_be_called_back_is_learned() -> None:  # R33
    player = Player(PLAIN, now=MONDAY + 8 * 3600)  # 18:00, when nobody is there
    player.hear(Recalled())
    player.hear(DigitsPressed("0"))
    (habit,) = [chore.habit for chore in player.chores if isinstance(chore, KeepHabit)]
    assert (habit.way, habit.hour) == ("callback", 18)


def test_who_did_nothing_has_shown_nothing() -> None:
    player = begins()
    player.hear(NothingHeard())
    player.hear(HungUp())
    assert not [chore for chore in player.chores if isinstance(chore, KeepHabit)]


@pytest.mark.parametrize("here", [hotline(preferences={"learn": False}), hotline(preferences=None)])
def test_nothing_is_learned_where_the_hotline_does_not_want_it(here: Any) -> None:
    player = Player(here)
    player.hear(Recalled(habits=(ago(1, language="zh"),)))
    player.hear(DigitsPressed("1"))
    assert heard(player)[0] == "en"
    player.hear(HungUp())
    assert not [chore for chore in player.chores if isinstance(chore, KeepHabit)]


def test_of_who_hides_the_number_nothing_is_known_or_learned() -> None:  # R33
    player = Player(PLAIN, "anonymous")
    assert player.question is None
    player.hear(DigitsPressed("1"))
    player.hear(HungUp())
    assert player.chores == []
