"""A line is no question: "go back" leads past it, and never puts anybody in line."""

from __future__ import annotations

from engine_player import Player, small_hotline

from ivr.call.events import AgentLeft, AgentTook, DigitsPressed, Placed
from ivr.call.tasks import TakePlace

HOTLINE = small_hotline({
    "top": {"always": {"person": {"key": "0", "go": "main.line"}, "back": {"key": "9"}}},
    "queues": {"general": {}},
    "agents": {"amy": {"phone": "+12025550111", "queues": ["general"]}},
    "handoff": {"request": [{"id": "rather_later", "form": "callback", "offer": "shall_we_call"}]},
    "steps": {
        "need": {"ask": "well", "expect": "choice", "keys": {1: "help"}, "on": {"help": "line", "nothing": "line"}},
        "line": {
            "queue": "by_rules",
            "on": {"done": "how", "full": "bye", "closed": "bye", "callback": "call"},
        },
        "how": {"rate": "how_was_it", "on": {"good": "bye", "bad": "bye", "nothing": "bye"}},
        "call": {"callback": "by_rules", "on": {"booked": "bye", "impossible": "bye"}},
        "bye": {"hangup": "good_bye"},
    },
    "words": {"well": {"say": "Well?", "choices": {"help": ["help"]}}, "shall_we_call": "Shall we call you back?"},
})  # fmt: skip
PLACED = Placed("general", 1, 1, 0.0)


def offered() -> Player:
    """Somebody whom the flow has led to the line, and who is offered a call back there."""
    player = Player(HOTLINE)
    player.hear(DigitsPressed("1"))
    player.hear(PLACED)
    assert player.said == ["Shall we call you back?"]
    return player


def test_back_from_the_offer_is_a_no_and_keeps_the_place() -> None:  # R21
    player = offered()
    player.hear(DigitsPressed("9"))
    assert isinstance(player.question, TakePlace)
    assert player.question.ready
    player.hear(PLACED)
    assert player.place == "main.line"
    assert player.state.summary.requests == 1
    assert [chore for chore in player.chores if type(chore).__name__ == "LeaveLine"] == []


def test_who_asks_a_second_time_in_line_goes_back_to_the_question_before_it() -> None:  # R21
    player = offered()
    player.hear(DigitsPressed("0"))
    player.hear(PLACED)
    player.hear(DigitsPressed("9"))
    player.hear(DigitsPressed("9"))
    assert (player.place, player.said) == ("main.need", ["Well?"])


def test_back_after_a_talk_leads_to_the_question_before_the_line() -> None:
    player = offered()
    player.hear(AgentTook("amy", "room"))
    player.hear(AgentLeft("amy", 60.0))
    assert player.place == "main.how"
    player.hear(DigitsPressed("9"))
    assert (player.place, player.said) == ("main.need", ["Well?"])
    assert player.question is None
