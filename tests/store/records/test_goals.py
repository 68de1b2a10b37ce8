"""What a hotline reaches."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from kept import AT, Kept

from ivr.store.records.goals import GoalsTold, Sold, Worth
from ivr.store.records.reached import goals_told
from ivr.store.records.shares import share
from ivr.store.records.verdicts import DAY_S, Window

WORTH = Worth("USD", 0.8, 0.05, by_machine=("balance",), short_talk_s=30.0, values={"plans": 40.0})
TOLD = {"seconds_to_answer": 20.0, "intent": "balance"}


def goals(engine: sa.Engine, worth: Worth = WORTH) -> GoalsTold:
    """Of the day from AT, seen at its end."""
    return goals_told(engine, Window("telecom", AT - 1, AT + DAY_S, AT + DAY_S), worth)


def closing(outcome: str) -> tuple[float, str, dict[str, Any]]:
    return 60.0, "closed", {"outcome": outcome, "by": "amy"}


def test_calls_are_kept_or_transferred(engine: sa.Engine) -> None:  # R98
    kept = Kept(engine)
    kept.call("answered", outcome="answered", **TOLD)
    kept.call("in line", outcome="answered", queue="general", **TOLD)
    kept.call("at the menu", outcome="hung_up")
    kept.call("connected", outcome="connected", queue="general", agent="amy")
    kept.call("abandoned", outcome="abandoned", queue="general")
    kept.call("message", outcome="voicemail")
    kept.call("outside", outcome="dialled", **TOLD)
    kept.call("led elsewhere", outcome="elsewhere")
    kept.call("broke", outcome="failed")
    kept.call("running")
    found = goals(engine)
    now = found.now
    assert (now.calls, now.ended) == (10, 9)
    assert now.kept == share(4, 9)
    assert now.transferred == share(4, 9)  # and one that broke
    assert now.met == share(1, 9)
    assert "no number outside (`dial`)" in found.means["kept"]
    assert "led elsewhere by a link" in found.means["kept"]
    assert "neither kept nor transferred" in found.means["transferred"]


def test_a_talk_outside_saves_no_minute(engine: sa.Engine) -> None:  # R98
    Kept(engine).call("outside", (599.0, "said", {}), outcome="dialled", **TOLD)
    now = goals(engine).now
    assert (now.satisfied, now.saved.minutes) == (share(0, 1), 0.0)


def test_who_hangs_up_after_the_answer_is_satisfied(engine: sa.Engine) -> None:  # R38 R96
    kept = Kept(engine)
    kept.call("a", outcome="answered", **TOLD)
    kept.call("unhappy", outcome="answered", **TOLD, rating_machine=1)
    kept.call("says no", outcome="answered", **TOLD, caller_says="not_solved")
    kept.call("told nothing", outcome="hung_up")
    assert goals(engine).now.satisfied == share(1, 4)


def test_a_short_talk_for_what_the_machine_serves_was_needless(engine: sa.Engine) -> None:  # R98
    kept, met = Kept(engine), {"outcome": "connected", "agent": "amy"}
    kept.call("short", **met, intent="balance", talked_s=12.0)
    kept.call("long", **met, intent="balance", talked_s=30.0)
    kept.call("for people", **met, intent="complaint", talked_s=5.0)
    kept.call("length unknown", **met, intent="balance")
    assert goals(engine).now.needless == share(1, 4)


def test_minutes_of_content_callers_are_saved(engine: sa.Engine) -> None:  # R98
    kept = Kept(engine)
    kept.call("a", (179.0, "said", {}), outcome="answered", waited_s=60.0, **TOLD)
    kept.call("b", (599.0, "said", {}), outcome="connected", agent="amy", **TOLD)
    saved = goals(engine).now.saved
    assert (saved.minutes, saved.amount) == (2.0, 1.5)


def test_nothing_is_said_of_money_where_nobody_told_what_people_cost(engine: sa.Engine) -> None:  # R98
    Kept(engine).call("a", outcome="answered", **TOLD)
    found = goals(engine, Worth())
    assert found.now.saved.amount is None
    assert found.now.value is None
    assert "hotline.yaml names no `costs: {person_minute: …}`" in found.means["saved"]


def test_what_was_shown_is_sold_by_the_flow_or_by_an_agent(engine: sa.Engine) -> None:  # R24 R98
    kept, shown = Kept(engine), {"opportunities": ["upgrade", "plans"]}
    kept.call("shown", outcome="hung_up", **shown)
    kept.call("by the flow", outcome="done", **shown, converted=["upgrade"], converted_at=AT)
    kept.call("by an agent", closing("converted"), outcome="connected", agent="amy", **shown)
    kept.call("out of the blue", closing("converted"), outcome="connected", agent="amy")
    now = goals(engine).now
    assert now.sold == [Sold("", 0, 1, None), Sold("plans", 3, 1, 40.0), Sold("upgrade", 3, 1, None)]
    assert now.value == 40.0


def test_what_is_sold_and_solved_in_a_running_call_is_not_told_yet(engine: sa.Engine) -> None:  # R98
    kept = Kept(engine)
    kept.call("over", closing("converted"), outcome="connected", agent="amy", opportunities=["plans"])
    kept.call("running", closing("converted"))
    now = goals(engine).now
    assert now.solved == share(1, 1)
    assert now.sold == [Sold("plans", 1, 1, 40.0)]


def test_who_takes_what_he_has_not_shown_has_shown_it(engine: sa.Engine) -> None:
    kept = Kept(engine)
    kept.call("shown", outcome="hung_up", opportunities=["plans"])
    for n in range(3):
        kept.call(f"taken {n}", outcome="done", converted=["plans"], converted_at=AT)
    assert goals(engine).now.sold == [Sold("plans", 4, 3, 120.0)]


def test_the_time_to_the_answer_is_the_one_in_the_middle(engine: sa.Engine) -> None:  # R36
    kept = Kept(engine)
    for n, seconds in enumerate((10.0, 500.0, 30.0)):
        kept.call(f"{n}", outcome="answered", seconds_to_answer=seconds)
    kept.call("never", outcome="hung_up")
    assert goals(engine).now.seconds_to_answer == 30.0


def test_the_same_is_told_of_as_long_a_time_before(engine: sa.Engine) -> None:  # R98 R108
    kept = Kept(engine)
    for n in range(4):
        kept.call(f"now {n}", outcome="connected", agent="amy", rating_human=5 if n else 1)
        kept.call(f"before {n}", at=AT - DAY_S, outcome="connected", agent="amy", rating_human=1 if n else 5)
    kept.call("long ago", at=AT - 2 * DAY_S - 60, outcome="connected", agent="amy")
    found = goals(engine)
    assert found.earlier.calls == 4
    assert found.now.person is not None
    assert (found.now.person.count, found.now.person.mean) == (4, 4.0)
    assert found.changes["person"].by == 0.5
    assert found.changes["person"].low < 0
    assert found.changes["met"].by == 0.0


@pytest.mark.parametrize("hotline", ["bank", "telecom"])
def test_of_nothing_nothing_is_said(engine: sa.Engine, hotline: str) -> None:
    Kept(engine, hotline).call("a", at=AT - 9 * DAY_S, outcome="answered")
    now = goals(engine).now
    assert (now.calls, now.kept, now.solved, now.seconds_to_answer, now.machine) == (0, None, None, None, None)
    assert now.saved.minutes == 0.0
