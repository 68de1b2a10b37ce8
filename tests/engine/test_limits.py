"""A flow that cannot go on ends in a spoken apology and a transfer: never in a hang, never in an exception."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from engine_player import Player, small_hotline

from ivr.call.events import AgentLeft, AgentTook, DigitsPressed, NothingHeard, Placed, Polled
from ivr.call.verbs import Dial, Hangup
from ivr.flow.hotline import Hotline

FALLBACK = "+12025550190"


def chain(length: int) -> dict[str, Any]:
    """Steps that follow one another without ever hearing the caller."""
    steps = {f"step_{n}": {"set": {"n": n}, "next": f"step_{n + 1}"} for n in range(length)}
    return {**steps, f"step_{length}": {"hangup": "good_bye"}}


def limited(written: dict[str, Any], **limits: float) -> Hotline:
    top = {"fallback_number": FALLBACK, "limits": limits, **written.get("top", {})}
    return small_hotline({**written, "top": top})


def apologised(player: Player, why: str) -> None:
    """Over, with an apology and nothing else, a transfer, and the reason in the record."""
    assert player.over
    assert player.said == ["I am sorry, something went wrong on our side."]
    assert player.verbs[-1] == Dial(number=FALLBACK, action="fallback")
    assert [told["why"] for told in player.recorded("failed")] == [why]
    assert player.recorded("ended")[-1]["outcome"] == "failed"


def test_too_many_steps_without_the_caller_end_in_an_apology() -> None:
    player = Player(limited({"steps": chain(12)}, steps=10))
    apologised(player, "more than 10 steps without an answer from the caller")


def test_as_many_steps_as_allowed_do_no_harm() -> None:
    player = Player(limited({"steps": chain(8)}, steps=11))
    assert player.recorded("ended")[-1]["outcome"] == "done"


def test_steps_are_counted_anew_when_the_caller_is_heard() -> None:
    steps = {
        "ask": {"ask": "more_please", "expect": "yes_no", "on": {"yes": "a", "no": "bye", "nothing": "bye"}},
        **{name: {"set": {}, "next": after} for name, after in zip("abcd", ["b", "c", "d", "ask"], strict=True)},
        "bye": {"hangup": "good_bye"},
    }
    player = Player(limited({"steps": steps}, steps=10))
    for _ in range(30):
        player.hear(DigitsPressed("1"))
    assert not player.over
    assert not player.recorded("failed")


def test_a_call_that_is_too_long_ends_in_an_apology() -> None:
    steps = {
        "ask": {"ask": "more_please", "expect": "yes_no", "on": {"yes": "ask", "no": "bye", "nothing": "ask"}},
        "bye": {"hangup": "good_bye"},
    }
    player = Player(limited({"steps": steps}, call_s=600))
    player.hear(NothingHeard(), after_s=599)
    assert not player.over
    player.hear(NothingHeard(), after_s=2)
    apologised(player, "the call is longer than 600 s")


def test_a_talk_with_an_agent_may_be_longer() -> None:
    steps = {
        "line": {"queue": "general", "on": {"done": "bye", "full": "bye", "closed": "bye"}},
        "bye": {"hangup": "good_bye"},
    }
    player = Player(limited({"steps": steps, "queues": {"general": {}}}, call_s=60))
    player.hear(Placed("general", 1, 1, player.now))
    player.hear(AgentTook("amy", "room-1"))
    player.hear(Polled(), after_s=5000)
    assert not player.over
    player.hear(AgentLeft("amy", 5000.0))
    assert player.recorded("ended")[-1]["outcome"] == "connected"


def test_without_a_fallback_number_the_apology_is_the_end() -> None:
    hotline = limited({"steps": chain(12)}, steps=10)
    player = Player(replace(hotline, file=replace(hotline.file, fallback_number=None)))
    assert player.verbs[-1] == Hangup(reason="failed")
    assert player.over


def test_flows_too_deep_in_each_other_end_in_an_apology() -> None:
    flows = {
        f"flow_{n}": {
            "start": "on",
            "steps": {"on": {"do": f"flow_{n + 1}", "on": {"done": "return"}}},
        }
        for n in range(24)
    } | {"flow_24": {"start": "end", "steps": {"end": {"set": {}, "next": "return"}}}}
    steps = {"deep": {"do": "flow_0", "on": {"done": "bye"}}, "bye": {"hangup": "good_bye"}}
    player = Player(limited({"steps": steps, "flows": flows}, steps=1000))
    apologised(player, "sub-flows call each other more than 20 deep")


BREAKS = {
    "divides": "{{ 1 / n }}",
    "compares": "{{ 'a' < n }}",
    "misreads": "{{ 'ten' | money }}",
}


@pytest.mark.parametrize("broken", BREAKS)
def test_words_that_cannot_be_said_end_in_an_apology(broken: str) -> None:
    steps = {
        "zero": {"set": {"n": 0}, "next": "before"},
        "before": {"say": "this_is_fine", "next": "tell"},
        "tell": {"say": broken, "next": "bye"},
        "bye": {"hangup": "good_bye"},
    }
    player = Player(limited({"steps": steps, "words": {broken: BREAKS[broken]}}))
    assert player.over
    assert player.said == ["I am sorry, something went wrong on our side."]
    assert player.recorded("failed")[0]["step"] == "main.tell"


def test_an_apology_that_cannot_be_said_is_left_out() -> None:
    words = {"apology": "We are {{ 1 / 0 }}.", "bad": "{{ 1 / 0 }}"}
    steps = {"tell": {"say": "bad", "next": "bye"}, "bye": {"hangup": "good_bye"}}
    player = Player(limited({"steps": steps, "words": words}))
    assert player.verbs == [Dial(number=FALLBACK, action="fallback")]
    assert len(player.recorded("failed")) == 2


def test_a_place_in_line_is_given_up_when_the_flow_breaks_in_the_very_turn_it_was_taken() -> None:
    steps = {
        "line": {"queue": "general", "on": {"done": "bye", "full": "bye", "closed": "bye"}},
        "bye": {"hangup": "good_bye"},
    }
    words = {"you_are_in_line": "{{ 1 / (place.position - 1) }}"}
    player = Player(limited({"steps": steps, "words": words, "queues": {"general": {}}}))
    player.hear(Placed("general", 1, 1, player.now))
    assert player.over
    assert [(type(chore).__name__, chore.queue) for chore in player.chores] == [("LeaveLine", "general")]  # type: ignore[union-attr]


def test_what_broke_tells_no_secret() -> None:
    steps = {
        "pin": {
            "ask": "your_pin",
            "expect": "text",
            "secret": True,
            "as": "pin",
            "on": {"ok": "tell", "nothing": "bye"},
        },
        "tell": {"say": "bad", "next": "bye"},
        "bye": {"hangup": "good_bye"},
    }
    player = Player(limited({"steps": steps, "words": {"bad": "{{ call[pin] }}"}}))
    player.hear(DigitsPressed("864297"))
    assert player.over
    assert "864297" not in player.traces
    assert "(secret)" in player.recorded("failed")[0]["why"]


def test_a_step_that_this_version_does_not_have_ends_in_an_apology() -> None:
    steps = {
        "ask": {"ask": "more_please", "expect": "yes_no", "on": {"yes": "bye", "no": "bye", "nothing": "bye"}},
        "bye": {"hangup": "good_bye"},
    }
    player = Player(limited({"steps": steps}))
    player.state.step = "gone"
    player.hear(NothingHeard())
    apologised(player, "no step main.gone in this version of the hotline")
