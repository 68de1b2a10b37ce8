"""What a caller's place is worth and who may be rung for it, by the rules of queues.yaml."""

from __future__ import annotations

from typing import Any

import pytest
from engine_player import Player, small_hotline

from ivr.call.tasks import TakePlace, Target

GOLD, OTHER = "+12025550102", "+12025550101"
AGENTS = {
    "amy": {"phone": "client:amy", "queues": ["care", "night"], "skills": {"fibre": 3, "tv": 2}, "grade": 5},
    "ben": {"phone": "client:ben", "queues": ["care"], "skills": ["fibre"]},
}
STEPS = {
    "line": {"queue": "care", "on": {"done": "bye", "full": "bye", "closed": "bye"}},
    "bye": {"hangup": "good_bye"},
}


def place(caller: str = OTHER, *, line: dict[str, Any] | None = None, **rules: Any) -> TakePlace:
    """What is asked of the store when the caller joins the queue `care`."""
    queues = {"care": {}, "night": {}, **rules.pop("queues", {})}
    steps = {**STEPS, "line": {**STEPS["line"], **(line or {})}}
    hotline = small_hotline({"steps": steps, "queues": queues, "agents": AGENTS, **rules})
    player = Player(hotline, caller)
    assert isinstance(player.question, TakePlace), player.question
    return player.question


def caller_is(number: str) -> str:
    return f"call.caller == '{number}'"


def test_without_rules_a_place_is_what_the_queue_says() -> None:
    task = place(queues={"care": {"skills": {"fibre": 2}, "limit": 7}})
    assert (task.skills, task.limit, task.rate, task.urgent, task.seats) == ({"fibre": 2}, 7, 1.0, False, ())
    assert (task.preferred, task.overflow, task.never) == ((), (), ())


def test_the_first_class_that_fits_is_the_callers() -> None:  # R65
    classes = [
        {"id": "outage", "when": "false", "urgent": True},
        {"id": "gold", "when": caller_is(GOLD), "rate": 2},
        {"id": "rest"},
    ]
    gold, rest = place(GOLD, classes=classes), place(classes=classes)
    assert (gold.caller_class, gold.rate, gold.urgent) == ("gold", 2.0, False)
    assert (rest.caller_class, rest.rate) == ("rest", 1.0)


def test_head_starts_count_as_often_as_they_say_and_end_where_the_queue_says() -> None:  # R63
    starts = [
        {"id": "gold", "when": "true", "seconds": 100},
        {"id": "again", "when": "true", "seconds": 60, "times": "{{ 3 }}"},
        {"id": "nonsense", "when": "true", "seconds": 60, "times": "{{ 'often' }}"},
        {"id": "below", "when": "true", "seconds": 60, "times": "{{ 0 - 5 }}"},
    ]
    task = place(head_starts=starts)
    assert (task.head_start_s, task.head_starts) == (280, {"gold": 100, "again": 180})
    capped = place(head_starts=starts, queues={"care": {"most_head_start_s": 200}})
    assert (capped.head_start_s, capped.head_starts) == (200, {"gold": 100, "again": 180})


def test_skills_of_queue_step_and_wish_come_together_and_the_highest_level_wins() -> None:  # R57
    task = place(
        queues={"care": {"skills": ["fibre", "tv"]}},
        line={"skills": {"fibre": 2}},
        needs=[
            {"id": "a", "skills": {"fibre": 1, "tv": 2}},
            {"id": "b", "when": "false", "skills": {"tv": 1}},
            {"id": "c", "queue": "night", "skills": {"fibre": 3}},
        ],
    )
    assert task.skills == {"fibre": 2, "tv": 2}


def test_preferred_agents_come_first_and_at_most_three_rules_count() -> None:  # R54 R56 R72
    rules = [
        {"id": "named", "agent": "{{ 'amy' }}", "for_s": 20},
        {"id": "nobody", "agent": "{{ caller.last_agent }}", "for_s": 20},
        {"id": "seniors", "grade": 4, "for_s": 30},
        {"id": "fibre", "skills": {"fibre": 3}, "for_s": 40},
    ]
    task = place(preferred=rules, queues={"care": {"skills": {"tv": 2}}})
    assert task.preferred == (
        Target("care", {}, "amy", "named", 20.0),
        Target("care", {"tv": 2, "grade": 4}, "", "seniors", 30.0),
    )


def test_others_help_out_with_their_own_skills() -> None:  # R71
    steps = [{"to": "night", "after_s": 60}, *({"to": "night", "only_if": why} for why in ("all_busy", "closed"))]
    task = place(queues={"care": {"overflow": steps, "skills": ["fibre"]}, "night": {"skills": ["tv"]}})
    assert task.overflow == (
        Target("night", {"tv": 1}, why="overflow", after_s=60.0),
        Target("night", {"tv": 1}, why="overflow", only_if="all_busy"),
    )


def test_a_closed_queue_hands_its_callers_over_from_the_start() -> None:  # R71
    closed = {"hours": {"open": {"sun": "03:00-04:00"}}, "overflow": [{"to": "night", "only_if": "closed"}]}
    assert place(queues={"care": closed}).queue == "night"


@pytest.mark.parametrize(
    ("keeper", "kept_for", "has"),
    [
        ("care", [], True),
        ("care", ["gold"], True),
        ("care", ["silver"], False),
        ("night", [], False),
        ("night", ["gold"], True),
        ("night", ["night", "care"], True),
    ],
)
def test_a_kept_seat_is_for_the_classes_and_queues_it_is_kept_for(  # R25
    keeper: str, kept_for: list[str], has: bool
) -> None:
    classes = [{"id": "gold", "when": caller_is(GOLD)}, {"id": "silver", "when": "false"}]
    reserve = {"seats": 1, **({"for": kept_for} if kept_for else {})}
    found = place(GOLD, classes=classes, queues={keeper: {"reserve": reserve}}).seats
    assert found == ((keeper,) if has else ())


def test_who_is_not_to_meet_is_told_by_all_rules() -> None:
    rules = [
        {"id": "a", "when": "true", "agents": ["ben"]},
        {"id": "b", "when": "true", "agents": ["amy", "ben"]},
        {"id": "c", "when": "false", "agents": ["amy"]},
    ]
    assert place(never=rules).never == ("amy", "ben")
    assert place(never=rules[2:]).never == ()


def test_who_is_not_to_meet_a_caller_may_stand_in_the_callers_data() -> None:
    named = {"id": "complained_about", "when": "true", "agents": ["{{ call.caller and 'amy' }}"]}
    nobody = {"id": "nobody", "when": "true", "agents": ["{{ caller.last_agent }}"]}
    assert place(never=[named, nobody]).never == ("amy",)
