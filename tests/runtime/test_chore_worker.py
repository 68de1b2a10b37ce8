"""What turns ask for after they are stored is done at least once each, and one failure holds up no other."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from runtime_house import HOTLINE, House, shop

from ivr.call.events import DigitsPressed, HungUp, Recorded
from ivr.call.tasks import BookCallback, FollowUp, KeepVoicemail, TakePlace
from ivr.errors import CarrierError, StoreDown
from ivr.runtime.chores import ChoreWorker, Due, Keeps
from ivr.store.callbacks import RedisCallbacks
from ivr.store.chores import Chores

FIRST_DELAY_S = 5


class Outbox:
    """Where texts and promises go; fails as often as it is told to."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.failures: list[Exception] = []

    def send(self, to: str, text: str, sender: str, *, secret: bool) -> None:
        self._fail()
        self.done.append((to, text, sender))

    def callback(self, due: Due, task: BookCallback, *, now: float) -> None:
        self._fail()
        self.done.append(task)

    def follow_up(self, due: Due, task: FollowUp, *, now: float) -> None:
        self._fail()
        self.done.append(task)

    def voicemail(self, due: Due, task: KeepVoicemail, *, now: float) -> None:
        self._fail()
        self.done.append((due.call, task))

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)


class Office:
    """A worker and what it sends."""

    def __init__(self, house: House) -> None:
        self.house, self.outbox = house, Outbox()
        self.queue = Chores(house.client, "shop")
        keeps = Keeps(house.line, RedisCallbacks(house.client))
        self.worker = ChoreWorker(house.shelf, keeps, self.outbox, self.outbox, house.clock)

    def works(self) -> int:
        return self.worker.work(self.queue)


@pytest.fixture
def office(house: House) -> Office:
    house.hears(house.begins().turn, DigitsPressed("2"))
    return Office(house)


def test_a_text_message_goes_out_once_from_the_hotlines_number(office: Office) -> None:
    assert office.works() == 1
    assert office.works() == 0
    assert office.outbox.done == [("+12025550101", "See example.com/plans", "+12025550199")]


def test_two_workers_do_it_once(office: Office) -> None:
    other = Office(office.house)
    assert office.works() + other.works() == 1


def test_a_failure_is_tried_again_later(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.outbox.failures = [CarrierError("busy")]
    with caplog.at_level(logging.WARNING):
        office.works()
    assert "SendSms failed: busy" in caplog.text
    assert office.works() == 0
    office.house.clock.now += FIRST_DELAY_S + 1
    assert office.works() == 1
    assert len(office.outbox.done) == 1


def test_a_bug_in_one_chore_holds_up_no_other(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.house.hears(2, DigitsPressed("2"))
    office.outbox.failures = [KeyError("of ours")]
    assert office.works() == 2
    assert len(office.outbox.done) == 1
    assert "a bug" in caplog.text
    office.house.clock.now += FIRST_DELAY_S + 1
    office.works()
    assert len(office.outbox.done) == 2


def test_what_fails_for_good_is_kept_for_people(office: Office) -> None:
    office.outbox.failures = [CarrierError("no such number")] * 10
    for _ in range(10):
        office.works()
        office.house.clock.now += 3600
    dead = office.queue.dead()
    assert [one.why for one in dead] == ["no such number"]


def test_a_store_that_is_away_stops_the_round(office: Office) -> None:
    office.outbox.failures = [StoreDown("gone")]
    with pytest.raises(StoreDown):
        office.works()


def test_a_place_is_given_up(house: House) -> None:
    office = Office(house)
    house.hears(house.begins().turn, DigitsPressed("0"))
    assert len(house.line.look("shop", "general", now=house.clock())) == 1
    house.told(HungUp())
    office.works()
    assert house.line.look("shop", "general", now=house.clock()) == ()


def test_a_place_taken_again_outlives_the_chore_that_gave_the_first_one_up(house: House) -> None:
    """The caller was back in line before any worker came to it."""
    office = Office(house)
    line = house.hears(house.begins().turn, DigitsPressed("0"))
    house.clock.now += 5
    tape = house.hears(line.turn, DigitsPressed("1"))
    house.clock.now += 1
    assert [chore["at"] for chore in house.chores()] == [house.clock() - 1]
    house.line.take("shop", "c1", TakePlace(queue="general"), now=house.clock())
    office.works()
    assert [one.call for one in house.line.look("shop", "general", now=house.clock())] == ["c1"]
    assert tape.turn > line.turn


def test_a_message_and_a_callback_come_on_their_lists(house: House) -> None:
    office = Office(house)
    line = house.hears(house.begins().turn, DigitsPressed("0"))
    tape = house.hears(line.turn, DigitsPressed("1"))
    house.hears(tape.turn, Recorded("RE1", 9.0, "#"))
    office.works()
    kept = [done for done in office.outbox.done if isinstance(done, tuple)]
    assert kept == [("c1", KeepVoicemail("RE1", 9.0, "general", "+12025550101"))]


def test_the_sender_may_be_a_number_of_its_own(house: House) -> None:
    house.shelf.put(shop(hotline=HOTLINE + 'sms_from: "+12025550177"\n'))
    house.hears(house.begins().turn, DigitsPressed("2"))
    office = Office(house)
    office.works()
    assert office.outbox.done[0][2] == "+12025550177"
