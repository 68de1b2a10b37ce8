"""Promised calls are made when their turn has come: at polite hours, spaced, bounded, by a clock that never stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runtime_house import House, shop

from ivr.call.tasks import TakePlace
from ivr.errors import CarrierError
from ivr.flow.callbacks import _zone_of, polite_from
from ivr.flow.hotline import CALLBACK_HOURS, Hotline
from ivr.routing.hours_written import read_hours
from ivr.runtime.behind import Behind
from ivr.runtime.callbacks import CallBack
from ivr.runtime.handing_on import NotHandedOn
from ivr.runtime.switchboard import Offer, Switchboard
from ivr.store.agents import RedisAgents
from ivr.store.callbacks import LEASE_S, RedisCallbacks
from ivr.store.closings import RedisClosings
from ivr.store.offers import RedisOffers
from ivr.wiring.opening import declare_agents

ALICE = "+12025550101"
NEW_YORK = ZoneInfo("America/New_York")


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).timestamp()


@dataclass
class Telephones:
    """A ringer and a dialler that remember."""

    rung: list[Offer] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    dials: bool = True
    refuses: bool = False
    frees: bool = True
    at_once: int = 4

    def ring(self, offer: Offer, hotline: Hotline) -> str:
        self.rung.append(offer)
        return f"agent-{len(self.rung)}"

    def cancel(self, offer: Offer) -> bool:
        return self.frees

    def fetch(self, hotline: str, call: str) -> None: ...
    def share(self, hotline: str, call: str, room: str) -> None: ...

    def is_there(self, leg: str) -> bool:
        return leg not in self.ended

    def can_dial(self, name: str) -> bool:
        return self.dials

    def dial(self, hotline: Hotline, name: str, number: str, ring_s: int) -> str:
        if self.refuses:
            raise CarrierError("no such number")
        self.dialled.append(number)
        return f"caller-{len(self.dialled)}"

    def end(self, leg: str) -> None:
        self.ended.append(leg)


class Desk:
    """A house with an agent, and one caller who was promised a call."""

    def __init__(self, house: House) -> None:
        self.house, self.phones = house, Telephones()
        hotline = house.shelf.current("shop")
        assert hotline is not None
        self.hotline = hotline
        self.agents, self.callbacks = RedisAgents(house.client), RedisCallbacks(house.client)
        declare_agents(self.agents, hotline, now=house.clock())
        self.ticks = 0
        self.back = CallBack(house.shelf.current, self.callbacks, self.phones, self.clock)
        offers = RedisOffers(house.client)
        behind = Behind(self.agents, RedisClosings(house.client), self.back)
        self.board = Switchboard(house.conductor, offers, self.phones, self.clock, behind)
        self.talks = self.board.talks
        self.agents.sign_in("shop", "amy", now=self.clock())
        self.callbacks.book("shop", "c1.1", TakePlace("general", number=ALICE), self.clock(), now=self.clock())

    def clock(self) -> float:
        """Reads a little more each time, as a real one does."""
        self.ticks += 1
        return self.house.clock() + self.ticks * 0.001

    def one(self) -> tuple[str, str, int]:
        found = self.callbacks.find("shop", "c1.1", now=self.clock())
        assert found is not None
        return found.state, found.why, found.tries


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def test_the_agent_is_rung_and_then_the_caller(desk: Desk) -> None:  # R83
    desk.board.round("shop")
    (offer,) = desk.phones.rung
    whisper = desk.board.whisper("shop", offer.token)
    assert whisper is not None
    assert "call back" in whisper[0].text
    joined = desk.board.take("shop", offer.token)
    assert joined is not None
    assert (joined.room, joined.number) == ("c1.1", ALICE)
    desk.board.take("shop", offer.token)
    desk.board.round("shop")
    desk.board.round("shop")
    assert desk.phones.dialled == [ALICE]


def test_where_nobody_can_be_dialled_the_agent_is_told_the_number(desk: Desk) -> None:
    desk.phones.dials = False
    desk.board.round("shop")
    token = desk.phones.rung[0].token
    whisper = desk.board.whisper("shop", token)
    assert whisper is not None
    assert ALICE in whisper[0].text
    assert desk.board.take("shop", token) is not None
    desk.board.round("shop")
    assert desk.phones.dialled == []
    desk.board.not_reached("shop", token)
    assert desk.one() == ("waiting", "", 1)


def test_what_an_agent_has_done_by_hand_is_done(desk: Desk) -> None:
    desk.phones.dials = False
    desk.board.round("shop")
    token = desk.phones.rung[0].token
    desk.board.take("shop", token)
    desk.talks.ended("shop", token, 30)
    assert desk.one() == ("gone", "served", 0)


def calls_by_hand(desk: Desk) -> str:
    """Amy has taken a call back that she makes by another telephone."""
    desk.phones.dials = False
    desk.board.round("shop")
    token = desk.phones.rung[-1].token
    assert desk.board.take("shop", token) is not None
    return token


@pytest.mark.parametrize("to", ["queue:other", "agent:ben"])
def test_what_is_done_by_hand_can_be_left_to_somebody_else(desk: Desk, to: str) -> None:  # R74
    since = desk.callbacks.find("shop", "c1.1", now=desk.clock())
    desk.talks.transfer("shop", calls_by_hand(desk), to, "speaks Korean only")
    assert desk.agents.all("shop", now=desk.clock())[0].state == "ready"
    desk.agents.sign_out("shop", "amy", now=desk.clock())
    desk.agents.sign_in("shop", "ben", now=desk.clock())
    desk.board.round("shop")
    offer = desk.phones.rung[-1]
    assert since is not None
    assert (offer.agent, offer.number, offer.since) == ("ben", ALICE, since.since)
    whisper = desk.board.whisper("shop", offer.token)
    assert whisper is not None
    assert "Sent by amy. Note: speaks Korean only. The number is" in whisper[0].text
    assert desk.one() == ("reserved", "", 0)


def test_who_is_on_another_telephone_has_nobody_brought_in(desk: Desk) -> None:
    token = calls_by_hand(desk)
    with pytest.raises(NotHandedOn, match="another telephone"):
        desk.talks.bring_in("shop", token, "queue:other")
    with pytest.raises(NotHandedOn, match="nobody to send away"):
        desk.talks.send_away("shop", token)
    assert desk.one()[0] == "connected"


def test_a_desk_that_is_gone_in_a_call_by_hand_leaves_it_to_the_next(desk: Desk) -> None:
    token = calls_by_hand(desk)
    desk.phones.frees = False
    desk.agents.beat("shop", "amy", held=token, now=desk.clock())
    for _ in range(16):
        desk.house.clock.pause(1)
        desk.board.round("shop")
    assert desk.one() == ("waiting", "", 0)
    assert desk.agents.all("shop", now=desk.clock())[0].state == "not_answering"


def test_a_number_the_carrier_refuses_frees_the_agent(desk: Desk) -> None:
    desk.phones.refuses = True
    desk.board.round("shop")
    desk.board.take("shop", desk.phones.rung[0].token)
    desk.board.round("shop")
    assert desk.one() == ("waiting", "", 1)
    assert desk.agents.all("shop", now=desk.clock())[0].state == "ready"


def test_a_leg_nobody_knows_changes_nothing(desk: Desk) -> None:
    desk.board.round("shop")
    desk.board.take("shop", desk.phones.rung[0].token)
    desk.board.round("shop")
    desk.back.not_reached("shop", "c1.1", "somebody-elses-leg", "busy")
    assert desk.back.confirm("shop", "c1.1", "somebody-elses-leg") is None
    assert desk.back.greeting("shop", "c9.9", "leg") is None
    assert desk.one()[0] == "connected"


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
def test_callers_are_rung_at_polite_hours_here_and_there(desk: Desk, number: str, asked: str, rung: str) -> None:
    hours = read_hours({"daily": "09:00-20:00"}, timezone="America/New_York", public_holidays="US")
    hotline = replace(desk.hotline, hours={CALLBACK_HOURS: hours})
    assert polite_from(hotline, number, at(asked)) == at(rung)


def tried_in_vain(desk: Desk) -> None:
    """The agent takes the callback, and the caller's line is busy."""
    desk.board.round("shop")
    desk.board.take("shop", desk.phones.rung[-1].token)
    desk.board.round("shop")
    desk.back.not_reached("shop", "c1.1", "caller-1", "busy")


@pytest.mark.parametrize("set_back_s", [0, 3600, 86_400])
def test_a_clock_set_back_makes_the_next_try_neither_early_nor_late(desk: Desk, set_back_s: float) -> None:
    tried_in_vain(desk)
    desk.board.round("shop")
    desk.house.clock.pause(-set_back_s)
    desk.board.round("shop")
    desk.house.clock.pause(1790)
    desk.board.round("shop")
    assert len(desk.phones.rung) == 1
    desk.house.clock.pause(20)
    desk.board.round("shop")
    assert len(desk.phones.rung) == 2


def test_a_caller_who_was_to_be_rung_when_the_clock_was_set_back_is_rung(desk: Desk) -> None:
    desk.board.round("shop")
    desk.board.take("shop", desk.phones.rung[0].token)
    desk.callbacks.dials("shop", now=desk.clock())  # a worker takes it, and dies
    desk.board.round("shop")
    desk.house.clock.pause(-3600)
    desk.board.round("shop")
    desk.house.clock.pause(LEASE_S + 1)
    desk.board.round("shop")
    assert desk.phones.dialled == [ALICE]


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


def test_hours_that_never_open_keep_no_call_for_ever(desk: Desk) -> None:
    hotline = replace(desk.hotline, hours={CALLBACK_HOURS: read_hours({}, timezone="America/New_York")})
    assert polite_from(hotline, ALICE, at("2026-11-23T03:00")) == at("2026-11-23T03:00")
