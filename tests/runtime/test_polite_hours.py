"""Callers are rung at polite hours, by our clock and by theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
import redis
from hypothesis import given, settings
from hypothesis import strategies as st
from promised_desk import ALICE, Desk
from runtime_house import HOTLINE, Clock, House, shop

from ivr.flow.callbacks import _zone_of, polite_from
from ivr.flow.hotline import CALLBACK_HOURS
from ivr.routing.hours_written import read_hours

NEW_YORK = ZoneInfo("America/New_York")
NUMBERS = (
    ALICE, "+13105550101", "+18085550101", "+442079460000", "+81312345678", "+97715970000", "+61882120000",
    "+18005550100", "client:bob", "anonymous",
)  # fmt: skip
"""New York, Los Angeles, Honolulu, London, Tokyo, Kathmandu (a quarter of an hour apart), Adelaide (half an hour, and
summer in January), toll-free, and no numbers at all."""
QUARTER_S = 900
TURNS = ("2026-03-08", "2026-11-01", "2026-03-29", "2026-10-25", "2026-04-05", "2026-10-04")
"""Days on which clocks change: in New York, in London, in Adelaide."""
POLITE = read_hours({"daily": "09:00-20:00"}, timezone="America/New_York", public_holidays="US")
SHOP = shop()


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).timestamp()


@pytest.mark.parametrize(
    ("number", "asked", "rung"),
    [
        (ALICE, "2026-11-23T10:00", "2026-11-23T10:00"),
        (ALICE, "2026-11-23T20:30", "2026-11-24T09:00"),
        (ALICE, "2026-11-25T20:30", "2026-11-27T09:00"),  # Thanksgiving
        ("+13105550101", "2026-11-23T09:30", "2026-11-23T12:00"),  # nine o'clock in Los Angeles
        ("+442079460000", "2026-11-23T15:30", "2026-11-24T09:00"),  # half past eight at night in London
        ("+18005550100", "2026-11-23T19:30", "2026-11-23T19:30"),  # at home anywhere
        ("nonsense", "2026-11-23T03:00", "2026-11-23T09:00"),
        (ALICE, "2027-03-14T02:30", "2027-03-14T09:00"),  # an hour that is not there
    ],
)
def test_callers_are_rung_at_polite_hours_here_and_there(number: str, asked: str, rung: str) -> None:
    hours = read_hours({"daily": "09:00-20:00"}, timezone="America/New_York", public_holidays="US")
    hotline = replace(SHOP, hours={CALLBACK_HOURS: hours})
    assert polite_from(hotline, number, at(asked)) == at(rung)


@lru_cache(maxsize=4096)
def is_holiday(day: date) -> bool:
    return bool(POLITE.is_closed_day(day))


def polite(number: str, moment: float, longer_h: int = 0) -> bool:
    """By both clocks, read off the wall."""
    zones = ["America/New_York", *([zone] if (zone := _zone_of(number)) else [])]
    for n, zone in enumerate(zones):
        there, longer = datetime.fromtimestamp(moment, ZoneInfo(zone)), longer_h * n
        if is_holiday(there.date()) or not 9 - longer <= there.hour + there.minute / 60 < 20 + longer:
            return False
    return True


@settings(max_examples=30, deadline=None)
@given(
    number=st.sampled_from(NUMBERS),
    asked=st.one_of(
        st.integers(int(at("2026-01-01")), int(at("2028-12-31"))),
        st.sampled_from([int(at(f"{day}T{hour:02}:30")) for day in TURNS for hour in range(0, 24, 3)]),
    ),
)
def test_whenever_and_wherever_it_is_the_first_polite_moment(number: str, asked: int) -> None:
    rung = polite_from(replace(SHOP, hours={CALLBACK_HOURS: POLITE}), number, asked)
    grid = [asked, *(-(-asked // QUARTER_S) * QUARTER_S + n * QUARTER_S for n in range(6 * 96))]
    ours = next(moment for moment in grid if polite("anonymous", moment))
    soon = [moment for moment in grid if moment <= ours + 2 * 86_400]
    first = (next((moment for moment in soon if polite(number, moment, longer)), None) for longer in (0, 1, 2))
    assert rung == next((moment for moment in first if moment is not None), ours)


@pytest.mark.parametrize(
    ("asked", "rung"),
    [
        ("2026-01-12T10:00", "2026-01-12T19:00"),  # nine o'clock in Tokyo
        ("2026-07-13T10:00", "2026-07-13T19:00"),  # eight, since the two days do not meet in summer
    ],
)
def test_where_days_do_not_meet_the_callers_is_an_hour_longer(asked: str, rung: str) -> None:
    assert polite_from(replace(SHOP, hours={CALLBACK_HOURS: POLITE}), "+81312345678", at(asked)) == at(rung)


def test_hours_that_never_open_keep_no_call_for_ever() -> None:
    hotline = replace(SHOP, hours={CALLBACK_HOURS: read_hours({}, timezone="America/New_York")})
    assert polite_from(hotline, ALICE, at("2026-11-23T03:00")) == at("2026-11-23T03:00")


# --- and no call is made before ------------------------------------------------------------------------------------


@pytest.fixture
def late(client: redis.Redis) -> Desk:
    """Ten to eight in the evening, when the last calls are made."""
    hotline = shop(hotline=f"{HOTLINE}timezone: America/New_York\n")
    return Desk(House(client, hotline, clock=Clock(at("2026-11-23T19:50"))))


def rung_at(desk: Desk, *times: str) -> list[int]:
    """How often agents had been rung by each of these times."""
    found = []
    for time in times:
        desk.house.clock.now = at(time)
        desk.board.round("shop")
        found.append(len(desk.phones.rung))
    return found


def test_who_was_not_reached_in_the_evening_is_tried_in_the_morning(late: Desk) -> None:  # R83
    late.tries_in_vain()
    again = late.callbacks.find("shop", "c1.1", now=late.clock())
    assert again is not None
    assert again.wake == at("2026-11-24T09:00")
    assert rung_at(late, "2026-11-23T20:30", "2026-11-24T08:59", "2026-11-24T09:01") == [1, 1, 2]


def test_an_agent_who_is_free_late_in_the_evening_is_not_rung_for_who_was_tried_before(late: Desk) -> None:
    late.house.clock.now = at("2026-11-23T19:20")
    late.tries_in_vain()
    late.agents.sign_out("shop", "amy", now=late.clock())
    assert rung_at(late, "2026-11-23T19:55") == [1]
    late.agents.sign_in("shop", "amy", now=late.clock())
    assert rung_at(late, "2026-11-23T20:05", "2026-11-24T08:59", "2026-11-24T09:01") == [1, 1, 2]


@pytest.mark.parametrize(("free", "rung"), [("2026-11-23T20:45", 1), ("2026-11-23T20:55", 0)])
def test_who_has_waited_for_more_than_an_hour_is_not_rung_at_night(late: Desk, free: str, rung: int) -> None:
    late.agents.sign_out("shop", "amy", now=late.clock())
    late.house.clock.now = at(free)
    late.agents.sign_in("shop", "amy", now=late.clock())
    assert rung_at(late, free) == [rung]
    if not rung:
        assert rung_at(late, "2026-11-24T08:59", "2026-11-24T09:01") == [0, 1]
