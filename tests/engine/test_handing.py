"""Who is moved to a person unasked for: in the dialogue by `handing.yaml`, at entry below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from engine_player import Player, small_hotline
from node_cases import play

from ivr.call.events import DigitsPressed, HungUp, LookupDone, LookupEmpty, PeopleSeen, QueueSeen, SpeechHeard
from ivr.call.tasks import FollowUp, Lookup, SeePeople, TakePlace
from ivr.flow.load import BadHotline
from ivr.flow.yaml import read_file

WRITTEN: dict[str, Any] = read_file(Path(__file__).parent / "handing.yaml", "handing.yaml").data
HOTLINE = small_hotline(WRITTEN["hotline"])


@pytest.mark.parametrize("case", WRITTEN["cases"], ids=lambda case: case.replace(" ", "-"))
def test_dialogue(case: str) -> None:  # R16 R17 R18 R22 R24 R46
    player = Player(HOTLINE)
    for n, turn in enumerate(WRITTEN["cases"][case], start=1):
        try:
            play(player, turn)
        except AssertionError as error:
            raise AssertionError(f"turn {n} ({turn}): {error}") from error


PROFILE = {
    "query": "select * from subscribers where number = :number",
    "takes": ["number"],
    "gives": {"name": "text", "tier?": "text", "age?": "count", "tags?": ["text"]},
}
ENTRY: list[dict[str, Any]] = [
    {"id": "campaign", "when": "'campaign' in caller.tags", "move": "direct", "say": "at_once", "queue": "sales"},
    {"id": "gold", "when": "caller.tier == 'gold'", "move": "ask", "offer": "may_i_connect", "queue": "vip"},
    {"id": "elder", "when": "caller.age and caller.age >= 80", "move": "direct", "queue": "care", "only_if": "idle"},
]


def hotline(entry: list[dict[str, Any]] = ENTRY, **more: Any) -> Any:
    company = {"kind": "sql", "url": "sqlite:///c.sqlite", "operations": {"subscriber": PROFILE}}
    profile = {"lookup": "company.subscriber", "with": {"number": "{{ call.caller }}"}}
    line = {"queue": "by_rules", "on": {"done": "bye", "full": "bye", "closed": "bye"}}
    return small_hotline(
        {
            "top": {"connectors": {"company": company}, "profile": profile},
            "queues": {"general": {}, "sales": {}, "vip": {}, "care": {}},
            "handoff": {"entry": entry, "line": [{"id": "rest", "queue": "general"}]},
            "words": {"may_i_connect": "May I connect you at once?", "at_once": "Welcome. Sales are free."},
            "flows": {"person": {"start": "line", "steps": {"line": line, "bye": {"hangup": "good_bye"}}}},
            "steps": {
                "hello": {"ask": "what_is_it", "expect": "yes_no", "on": {"yes": "bye", "no": "bye", "nothing": "bye"}},
                "bye": {"hangup": "good_bye"},
            },
            **more,
        }
    )


def calls(profile: dict[str, Any] | None, **more: Any) -> Player:
    player = Player(hotline(**more))
    assert isinstance(player.question, Lookup)
    player.hear(LookupDone(profile) if profile is not None else LookupEmpty())
    return player


def sees(player: Player, **queues: QueueSeen) -> None:
    assert isinstance(player.question, SeePeople)
    player.hear(PeopleSeen(queues))


def test_a_campaign_caller_is_connected_without_a_question() -> None:  # R14
    player = calls({"name": "Alice", "tags": ["campaign"]})
    sees(player)
    assert isinstance(player.question, TakePlace)
    assert player.question.queue == "sales"
    assert player.said == ["Welcome. Sales are free."]  # R105
    assert player.recorded("decided")[-1]["result"] == "direct"
    assert player.recorded("consent") == []


def test_a_gold_caller_is_asked_and_yes_connects() -> None:  # R15
    player = calls({"name": "Bruno", "tier": "gold"})
    sees(player)
    assert player.said == ["May I connect you at once?"]
    player.hear(DigitsPressed("1"))
    assert isinstance(player.question, TakePlace)
    assert player.question.queue == "vip"


def test_no_keeps_a_gold_caller_with_the_machine() -> None:  # R15
    player = calls({"name": "Bruno", "tier": "gold"})
    sees(player)
    player.hear(DigitsPressed("2"))
    assert player.said == ["what is it"]
    assert player.place == "main.hello"


def test_a_person_asked_for_after_that_no_comes_by_the_rules_of_a_request() -> None:
    player = calls({"name": "Bruno", "tier": "gold"})
    sees(player)
    player.hear(DigitsPressed("2"))
    player.hear(DigitsPressed("0"))
    assert isinstance(player.question, TakePlace)
    assert player.question.queue == "general"


def test_only_if_idle_waits_for_somebody_free() -> None:  # R13
    player = calls({"name": "Erik", "age": 84})
    sees(player, care=QueueSeen(busy=3))
    assert player.place == "main.hello"
    assert player.recorded("decided")[-1]["result"] == "busy"
    player = calls({"name": "Erik", "age": 84})
    sees(player, care=QueueSeen(idle=1))
    assert isinstance(player.question, TakePlace)
    assert player.question.queue == "care"


def test_most_callers_are_moved_nowhere_and_nothing_is_noted() -> None:
    player = calls(None)
    sees(player)
    assert player.place == "main.hello"
    assert player.recorded("decided") == []


def test_without_rules_nobody_looks_at_the_queues() -> None:
    assert calls(None, entry=[]).place == "main.hello"


def test_at_night_nobody_is_led_to_a_closed_queue() -> None:
    shut = {"sales": {"hours": {"open": {"sun": "08:00-09:00"}}}, "general": {}, "vip": {}, "care": {}}
    player = calls({"name": "Alice", "tags": ["campaign"]}, queues=shut)
    sees(player)
    assert player.place == "main.hello"
    assert player.recorded("decided")[-1]["result"] == "closed"


def test_a_gold_caller_who_hangs_up_at_the_offer_has_been_asked_and_no_more() -> None:
    player = calls({"name": "Bruno", "tier": "gold"})
    sees(player)
    assert player.state.summary.offers == 1
    assert player.state.summary.consents == 0


def faults(entry: dict[str, Any]) -> str:
    with pytest.raises(BadHotline) as told:
        hotline(entry=[entry])
    return str(told.value)


def test_direct_is_for_tags_and_ages_only() -> None:  # R14 R31
    told = faults({"id": "all", "move": "direct", "queue": "sales", "when": "caller.tier == 'gold'"})
    assert told.startswith("handoff.yaml:5:9: the rule 'all' connects callers without asking them")
    assert "`move: direct` is for callers known by a tag or by their age" in told


def test_ask_needs_its_words_and_direct_has_none() -> None:
    assert "`move: ask` needs `offer:`" in faults({"id": "gold", "move": "ask", "queue": "vip"})
    direct = {"id": "old", "move": "direct", "queue": "vip", "when": "caller.age", "offer": "may_i_connect"}
    assert "`move: ask` needs `offer:`" in faults(direct)


def test_words_and_queues_of_rules_must_be_there() -> None:
    told = faults({"id": "gold", "move": "ask", "queue": "vipp", "offer": "may_i_conect"})
    assert "no queue called 'vipp'. Did you mean 'vip'?" in told
    assert "Did you mean 'may_i_connect'?" in told


def test_people_can_be_named_in_rules_only() -> None:
    told = faults({"id": "gold", "move": "ask", "queue": "vip", "offer": "may_i_connect", "when": "people.vp.idle > 0"})
    assert "'people' has no 'vp'" in told
    steps = {"hello": {"say": "people_are_there", "next": "bye"}, "bye": {"hangup": "good_bye"}}
    with pytest.raises(BadHotline, match="known only in the conditions of handoff"):
        hotline(steps=steps, words={"people_are_there": "{{ people.vip.idle }}", "may_i_connect": "May I?"})


def test_a_mood_without_a_rule_is_none() -> None:  # R46
    for mood, known in (("upset", "upset"), ("bored", None)):
        player = Player(HOTLINE)
        player.hear(SpeechHeard("hm", mood=mood))
        assert player.state.mood == known
        assert player.state.complained is (known is not None)
        assert [one["mood"] for one in player.recorded("mood")] == ([known] if known else [])


# --- the follow-up list -------------------------------------------------------------------------------------------

NEED = {
    "need": {
        "ask": "what_is_it",
        "expect": "intent",
        "keys": {1: "upgrade"},
        "on": {"upgrade": "need", "nothing": "bye"},
    },
    "bye": {"hangup": "good_bye"},
}
UPGRADE = {"upgrade": {"type": "consult", "opportunity": True, "label": {"en": "an upgrade"}}}


def shows_an_opportunity(profile: dict[str, Any]) -> Player:
    """And hangs up. Only adults are followed up."""
    player = calls(
        profile,
        steps=NEED,
        intents=UPGRADE,
        handoff={"follow_up_when": "caller.age >= 18", "line": [{"id": "r", "queue": "general"}]},
    )
    player.hear(DigitsPressed("1"))
    player.hear(HungUp())
    return player


def test_a_follow_up_condition_that_breaks_ends_the_call_and_keeps_the_caller_off_the_list() -> None:  # R24
    player = shows_an_opportunity({"name": "Alice"})
    assert player.over
    assert player.recorded("ended")[-1]["outcome"] == "hung_up"
    (failed,) = player.recorded("failed")
    assert failed["why"].startswith("follow_up_when: ")
    assert not any(isinstance(chore, FollowUp) for chore in player.chores)


def test_a_follow_up_condition_that_holds_puts_the_caller_on_the_list() -> None:  # R24
    player = shows_an_opportunity({"name": "Alice", "age": 40})
    assert [chore.intent for chore in player.chores if isinstance(chore, FollowUp)] == ["upgrade"]
    assert player.recorded("failed") == []
