"""A talk with a number outside is recorded alike, whichever news of its end comes first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from e2e_house import SMALL, Rehearse

from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.cloud import Call, Hostile

Told = list[tuple[str, str, float]]


@pytest.fixture
def house(by_carrier: Rehearse) -> CarrierRehearsal:
    return by_carrier(SMALL / "office")


def connected(house: CarrierRehearsal) -> tuple[CarrierCall, Call]:
    """A caller, and the shop whose telephone rings."""
    caller = CarrierCall(house, caller="+12025550101")
    caller.dials()
    caller.presses(1)
    return caller, house.cloud.leg("+12025550123")


def answers_and_is_hung_up_on(caller: CarrierCall, shop: Call) -> None:
    shop.answer()
    shop.wait(25)
    caller.hangs_up()


def rings_until_the_caller_hangs_up(caller: CarrierCall, shop: Call) -> None:
    shop.wait(8)
    caller.hangs_up()


def told(house: CarrierRehearsal, caller: CarrierCall) -> Told:
    """How the record tells of talks outside and of the end."""
    entries = house.entries("office", caller.line.call)
    talks: Told = [("dialled", one.data["status"], one.data["seconds"]) for one in entries if one.kind == "dialled"]
    return talks + [("ended", one.data["outcome"], one.data["seconds"]) for one in entries if one.kind == "ended"]


@pytest.mark.parametrize("end_first", [False, True], ids=["action first", "end first"])
@pytest.mark.parametrize(
    ("does", "outcome"),
    [(answers_and_is_hung_up_on, "dialled"), (rings_until_the_caller_hangs_up, "hung_up")],
)
def test_either_news_of_the_end_may_come_first(
    house: CarrierRehearsal, does: Callable[[CarrierCall, Call], None], outcome: str, end_first: bool
) -> None:
    house.cloud.hostile = Hostile(end_before_actions=end_first, callbacks_twice=True)
    caller, shop = connected(house)
    does(caller, shop)
    talks, end = told(house, caller)[:-1], told(house, caller)[-1]
    assert end[:2] == ("ended", outcome)
    assert talks == ([("dialled", "completed", 25.0)] if outcome == "dialled" else [])


def test_where_the_carrier_cannot_be_asked_the_call_ends_all_the_same(house: CarrierRehearsal) -> None:
    house.cloud.hostile = Hostile(end_before_actions=True)
    caller, shop = connected(house)
    shop.answer()
    house.cloud.rest_refuses = (500, 20500)
    caller.hangs_up()
    assert told(house, caller)[-1][:2] == ("ended", "hung_up")


def test_who_hangs_up_after_the_talk_outside_has_had_it(house: CarrierRehearsal) -> None:
    caller, shop = connected(house)
    shop.answer()
    shop.wait(10)
    shop.hang_up()
    caller.hears("Back")
    caller.hangs_up()
    assert [one[:2] for one in told(house, caller)] == [("dialled", "completed"), ("ended", "dialled")]
