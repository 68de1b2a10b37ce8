"""What records of calls come to, and what must never stand in them."""

from __future__ import annotations

from typing import Any

import pytest
from sim_stage import TELECOM

from ivr.call.entries import Entry
from ivr.flow.hotline import Hotline
from ivr.flow.load import load
from ivr.kit import standard_kit
from ivr.sim.day.compare import Pairs
from ivr.sim.day.facts import CallFacts, Stay, facts
from ivr.sim.day.figures import of_line, of_rules, overlap_s, percentile
from ivr.sim.day.invariants import broken_by_call, broken_by_line, broken_by_talks
from ivr.store.agents import Agent

MIDNIGHT = 1000.0
Told = tuple[str, float, dict[str, Any]]
STARTED: Told = ("started", 0, {})
REQUEST = {"point": "request", "rule": "no_rule", "first": None, "line_rule": "everybody", "queue": "general"}


RINGS = ((6, "adviser"), (12, "adviser"), (20, "queue"), (30, "overflow"))


def ended(at: float, outcome: str, **data: Any) -> Told:
    usual = {"seconds": at, "mode": "human", "offers": 0, "consents": 0, "requests": 0}
    return ("ended", at, {**usual, "outcome": outcome, **data})


def queued(at: float, queue: str = "general", position: int = 1) -> Told:
    return ("queued", at, {"queue": queue, "position": position, "head_starts": {}})


def connected(at: float, waited_s: float = 5.0, agent: str = "amy") -> Told:
    return ("connected", at, {"agent": agent, "queue": "general", "waited_s": waited_s})


def a_call(*told: Told, call: str = "day-1") -> CallFacts:
    return facts([(call, Entry(kind, MIDNIGHT + at, data)) for kind, at, data in told], MIDNIGHT)[call]


@pytest.fixture(scope="module")
def telecom() -> Hotline:
    return load(TELECOM, standard_kit())


def laws(hotline: Hotline, *told: Told) -> list[str]:
    return [one.law for one in broken_by_call(a_call(*told), hotline)]


# --- figures ------------------------------------------------------------------------------------------------------


def test_a_stay_ends_with_the_agent() -> None:
    call = a_call(STARTED, queued(10), connected(15), ("agent_left", 100, {}), ended(101, "connected"))
    assert call.stays == [Stay("general", 10.0, (), "answered", 5.0, "amy")]
    assert call.reached_person


def test_who_hangs_up_in_line_has_abandoned_and_who_leaves_for_a_callback_has_not() -> None:
    gone = a_call(STARTED, queued(1), ("left_line", 61, {"why": "hangup", "waited_s": 60.0}), ended(61, "abandoned"))
    back = a_call(STARTED, queued(1), ("left_line", 31, {"why": "callback", "waited_s": 30.0}), ended(35, "callback"))
    line = of_line([*gone.stays, *back.stays, Stay("general", 0, end="answered", waited_s=10)], 20)
    assert (line.offered, line.answered, line.abandoned, line.callbacks) == (3, 1, 1, 1)
    assert line.service_level == 0.5
    assert line.abandoned_share == 0.5


def test_of_nobody_the_service_level_is_whole() -> None:
    assert of_line([], 20).service_level == 1.0


def test_the_95th_wait_is_what_19_of_20_do_not_exceed() -> None:
    assert percentile(range(1, 101), 95) == 95
    assert percentile([7.0], 95) == 7.0
    assert percentile([], 95) == 0.0


def test_occupied_time_is_counted_in_the_hour_it_lies_in() -> None:
    assert overlap_s([(3500, 3700), (7000, 7300)], 3600, 7200) == 300


def test_a_rule_is_counted_with_what_came_of_it() -> None:  # R97
    asked = {"point": "entry", "rule": "gold", "result": "ask", "queue": "vip"}
    yes = a_call(
        STARTED,
        ("decided", 1, asked),
        ("consent", 5, {"point": "entry", "rule": "gold", "answer": "yes", "offer": "may_i", "queue": "vip"}),
        queued(5, "vip"),
        connected(9),
        ended(90, "connected", rating_human=5),
    )
    held = a_call(STARTED, ("decided", 1, {**asked, "result": "busy"}), ended(9, "answered"), call="day-2")
    (rule,) = of_rules([yes, held])
    assert (rule.rule, rule.fitted, rule.held, rule.asked, rule.yes) == ("entry.gold", 2, {"busy": 1}, 1, 1)
    assert (rule.reached, rule.gave_up, rule.rating) == (1, 0, 5.0)


def test_rules_of_the_line_are_counted_where_they_counted() -> None:  # R97
    place = {"queue": "vip", "position": 1, "head_starts": {"gold": 120.0}, "class": "outage", "urgent": True}
    rings = [("offered", at, {"agent": "amy", "queue": "vip", "why": {"group": group}}) for at, group in RINGS]
    helped = a_call(STARTED, ("queued", 5, place), *rings, connected(40), ended(90, "connected"))
    usual = a_call(STARTED, queued(5), ("offered", 6, {"agent": "amy", "why": {"group": "queue"}}), call="day-2")
    assert {rule.rule: (rule.fitted, rule.reached) for rule in of_rules([helped, usual])} == {
        "class.outage": (1, 1),
        "head_start.gold": (1, 1),
        "rung.adviser": (1, 1),
        "rung.overflow": (1, 1),
    }


def test_a_hint_is_counted_with_who_took_it() -> None:  # R34
    hint = {"rule": "one_bill", "sort": "offer", "at": "answered"}
    took = a_call(STARTED, ("hinted", 5, hint), ("accepted", 9, hint), ended(20, "answered"))
    heard = a_call(STARTED, ("hinted", 5, hint), ended(20, "answered", rating_machine=4), call="day-2")
    held = a_call(STARTED, ("not_hinted", 5, {**hint, "why": "lately"}), ended(9, "answered"), call="day-3")
    later = a_call(STARTED, ("accepted", 5, hint), ended(9, "answered"), call="day-4")
    (rule,) = of_rules([took, heard, held, later])
    assert (rule.rule, rule.fitted, rule.held, rule.asked, rule.yes) == ("hint.one_bill", 3, {"lately": 1}, 2, 1)


def test_a_difference_is_held_against_chance() -> None:  # R108
    assert Pairs("", 100, 50, only_one=0, only_other=10).chance == pytest.approx(2 / 2**10)
    assert Pairs("", 100, 50, only_one=5, only_other=5).chance == 1.0
    assert Pairs("", 100, 50, only_one=0, only_other=0).chance == 1.0


# --- what must never happen ------------------------------------------------------------------------------------------


def test_a_good_call_breaks_nothing(telecom: Hotline) -> None:
    assert laws(telecom, STARTED, queued(1), connected(6), ended(60, "connected")) == []


def test_a_place_without_an_end_is_a_lost_caller(telecom: Hotline) -> None:
    assert laws(telecom, STARTED, queued(1), ended(60, "done")) == ["nobody is lost"]


def test_a_call_that_never_ends_is_told(telecom: Hotline) -> None:
    assert laws(telecom, STARTED) == ["a call begins and ends once"]


def test_two_agents_for_one_place_are_told(telecom: Hotline) -> None:
    found = laws(telecom, STARTED, queued(1), connected(6), connected(7, agent="ben"), ended(60, "connected"))
    assert found == ["connected once"]


def test_a_complaint_that_moves_without_a_yes_is_told(telecom: Hotline) -> None:  # R31
    complaint: Told = ("understood", 1, {"intent": "complaint"})
    consent: Told = ("consent", 2, {"answer": "yes", "offer": "may_i_connect_you"})
    end = (queued(3, "complaints"), connected(8), ended(60, "connected"))
    assert laws(telecom, STARTED, complaint, *end) == ["no complaint moves without a yes"]
    assert laws(telecom, STARTED, complaint, consent, *end) == []
    assert laws(telecom, STARTED, complaint, ("decided", 2, REQUEST), *end) == []


def test_a_complaint_by_key_counts_as_one(telecom: Hotline) -> None:  # R31
    by_key: Told = ("heard", 1, {"step": "main.need", "how": "keys", "text": "5"})
    found = laws(telecom, STARTED, by_key, queued(3, "complaints"), connected(8), ended(60, "connected"))
    assert found == ["no complaint moves without a yes"]


@pytest.mark.parametrize(
    ("before", "broken"),
    [
        (("understood", 1, {"intent": "complaint"}), True),
        (("mood", 1, {"mood": "upset"}), True),
        (("hints_refused", 1, {"rule": None}), True),
        (("understood", 1, {"intent": "balance"}), False),
    ],
)
def test_an_advertisement_after_a_complaint_is_told(telecom: Hotline, before: Told, broken: bool) -> None:  # R106
    offer = ("hinted", 5, {"rule": "one_bill", "sort": "offer", "at": "answered"})
    notice = ("hinted", 6, {"rule": "bill_due", "sort": "notice", "at": "welcome"})
    found = laws(telecom, STARTED, before, offer, notice, ended(9, "answered"))
    assert found == (["nothing is advertised after a complaint"] if broken else [])


def test_a_second_request_that_leads_to_nobody_is_told(telecom: Hotline) -> None:  # R30
    twice = (("decided", 1, REQUEST), ("decided", 2, REQUEST))
    assert laws(telecom, STARTED, *twice, ended(60, "done", requests=2)) == ["a second request reaches a person"]
    assert laws(telecom, STARTED, *twice, ended(60, "voicemail", requests=2)) == []


def test_a_second_request_that_is_held_back_is_told(telecom: Hotline) -> None:  # R30
    held = {**REQUEST, "rule": "answer_first", "first": "answer_first"}
    told = (STARTED, ("decided", 1, held), ("decided", 2, held), queued(3), connected(8), ended(60, "connected"))
    assert laws(telecom, *told) == ["a second request goes straight on"]


def test_a_place_that_goes_up_or_is_forgotten_is_told(telecom: Hotline) -> None:
    up: Told = ("position", 2, {"queue": "general", "position": 4})
    lost: Told = ("note", 3, {"queue": "general", "why": "no place: down"})
    found = laws(telecom, STARTED, queued(1, position=3), up, lost, connected(9), ended(60, "connected"))
    assert found == ["places never go up", "places are never lost"]


def test_an_agent_with_two_callers_is_told() -> None:
    one = a_call(STARTED, queued(1), connected(5), ended(60, "connected"))
    other = a_call(STARTED, queued(1), connected(30), ended(90, "connected"), call="day-2")
    (broken,) = broken_by_talks([one, other])
    assert (broken.law, broken.call, broken.why) == (
        "one caller at a time",
        "day-2",
        "amy was still talking with day-1",
    )


def test_who_is_left_in_line_or_at_the_telephone_is_told() -> None:
    stuck: Any = Agent("amy", "reserved", 0, 0, 0, 1, 1, "", "", "day-9", "", None)  # type: ignore[arg-type]
    found = list(broken_by_line({"general": ["day-7"], "vip": []}, [stuck]))
    assert [one.law for one in found] == ["nobody is left in line", "no agent is stuck"]
    assert "amy is reserved after the end of the day" in found[1].why
