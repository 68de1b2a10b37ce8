"""Calls that are promised while a call goes on, and who is called because he was interested."""

from __future__ import annotations

from typing import Any

from engine_player import Player, small_hotline

from ivr.call.events import (
    AgentLeft,
    AgentTook,
    DigitsPressed,
    HungUp,
    MeaningFound,
    PeopleSeen,
    Placed,
    QueueSeen,
    SpeechHeard,
)
from ivr.call.tasks import BookCallback, FollowUp

HOTLINE = small_hotline(
    {
        "intents": {"upgrade": {"type": "query", "opportunity": True, "examples": {"en": ["a better plan"]}}},
        "queues": {"general": {}, "sales": {}},
        "handoff": {
            "intent": {"upgrade": {"later": "shall_sales_call", "queue": "sales"}},
            "line": [{"id": "rest", "queue": "general"}],
        },
        "words": {"shall_sales_call": "Shall our sales team call you?"},
        "steps": {
            "need": {
                "ask": "what_can_I_do",
                "expect": "intent",
                "keys": {"1": "upgrade", "2": "talk", "3": "buy"},
                "on": {"upgrade": "need", "talk": "talk", "buy": "buy", "nothing": "bye"},
            },
            "talk": {"queue": "general", "on": {"done": "need", "full": "bye", "closed": "bye"}},
            "buy": {"say": "it_is_yours", "converts": "upgrade", "next": "need"},
            "bye": {"hangup": "good_bye"},
        },
    }
)
BUSY = PeopleSeen({"sales": QueueSeen(busy=1)})


def talks(player: Player, agent: str) -> None:
    player.hear(DigitsPressed("2"))
    player.hear(Placed("general", 1, 1, player.now))
    player.hear(AgentTook(agent, "room-1"))
    player.hear(AgentLeft(agent, 60.0))
    assert player.said == ["what can I do"]


def is_promised(player: Player) -> None:
    player.hear(SpeechHeard("a better plan"))
    player.hear(MeaningFound("upgrade", 0.99))
    player.hear(BUSY)
    assert player.said == ["Shall our sales team call you?"]
    player.hear(DigitsPressed("1"))


def left_behind(player: Player, kind: type[Any]) -> list[Any]:
    player.hear(HungUp())
    return [chore for chore in player.chores if isinstance(chore, kind)]


def test_who_is_promised_a_call_and_meets_nobody_is_called() -> None:  # R32
    player = Player(HOTLINE)
    is_promised(player)
    assert [one.queue for one in left_behind(player, BookCallback)] == ["sales"]


def test_who_meets_a_person_after_the_promise_is_not_called_back() -> None:  # R32
    player = Player(HOTLINE)
    is_promised(player)
    talks(player, "amy")
    assert left_behind(player, BookCallback) == []


def test_a_promise_after_a_talk_is_kept() -> None:  # R32
    player = Player(HOTLINE)
    talks(player, "amy")
    is_promised(player)
    assert [one.queue for one in left_behind(player, BookCallback)] == ["sales"]


def test_who_was_interested_and_met_nobody_is_followed_up() -> None:  # R24
    player = Player(HOTLINE)
    player.hear(DigitsPressed("1"))
    player.hear(BUSY)
    player.hear(DigitsPressed("2"))
    assert [one.intent for one in left_behind(player, FollowUp)] == ["upgrade"]


def test_who_has_bought_it_is_not_followed_up() -> None:  # R24
    player = Player(HOTLINE)
    player.hear(DigitsPressed("1"))
    player.hear(BUSY)
    player.hear(DigitsPressed("2"))
    player.hear(DigitsPressed("3"))
    assert left_behind(player, FollowUp) == []
    assert player.recorded("converted") == [{"step": "main.buy", "intent": "upgrade"}]
