"""What a caller counts for in line can change while he waits; the place keeps its time, and the record tells why."""

from engine_player import Player, small_hotline

from ivr.call.events import DigitsPressed, MeaningFound, NothingHeard, Placed, SpeechHeard
from ivr.call.tasks import TakePlace

HOTLINE = small_hotline(
    {
        "intents": {"outage": {"type": "fault", "keywords": {"en": ["dead"]}}},
        "queues": {"care": {"most_head_start_s": 40}},
        "agents": {"amy": {"phone": "+12025550111", "queues": ["care"]}},
        "classes": [{"id": "down", "when": "call.intent == 'outage'", "urgent": True}],
        "head_starts": [{"id": "known", "when": "caller.number", "seconds": 90}],
        "steps": {
            "line": {"queue": "care", "menu": {"4": "worse"}, "on": {"done": "bye", "full": "bye", "closed": "bye"}},
            "bye": {"hangup": "good_bye"},
        },
        "flows": {
            "worse": {
                "start": "ask",
                "steps": {
                    "ask": {"ask": "what_is_it", "expect": "intent", "on": {"outage": "return", "nothing": "return"}}
                },
            }
        },
    }
)


def in_line() -> Player:
    player = Player(HOTLINE)
    player.hear(Placed(queue="care", position=5, size=9, since=player.now))
    return player


def test_a_wish_told_in_line_makes_a_caller_urgent_and_the_record_says_so() -> None:  # R65
    player = in_line()
    player.hear(DigitsPressed("4"), after_s=5)
    player.hear(SpeechHeard("it is all dead"))
    player.hear(MeaningFound(intent="outage", confidence=1.0))
    assert isinstance(player.question, TakePlace)
    assert player.question.urgent
    player.hear(Placed(queue="care", position=1, size=9, since=player.now - 5))
    assert player.recorded("position") == [
        {
            "step": "main.line",
            "queue": "care",
            "position": 1,
            "head_starts": {"known": 90},
            "head_start_s": 40,
            "class": "down",
            "urgent": True,
        }
    ]


def test_who_comes_back_as_he_went_is_not_counted_anew() -> None:
    player = in_line()
    player.hear(DigitsPressed("4"), after_s=5)
    while not isinstance(player.question, TakePlace):
        player.hear(NothingHeard(), after_s=5)
    player.hear(Placed(queue="care", position=4, size=9, since=player.now - 5))
    assert player.recorded("position") == [{"step": "main.line", "queue": "care", "position": 4}]


def test_where_head_starts_end_is_in_the_record() -> None:  # R61
    (queued,) = in_line().recorded("queued")
    assert (queued["head_starts"], queued["head_start_s"]) == ({"known": 90}, 40)
