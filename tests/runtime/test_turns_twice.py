"""A turn that comes twice, late, out of order or in two places at once changes nothing twice (DESIGN, rule 2)."""

from __future__ import annotations

import itertools
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from runtime_house import House, said

from ivr.call.events import CallStarted, DigitsPressed, Event, HungUp, NothingHeard, Polled, Resumed, SpeechHeard
from ivr.call.verbs import Dial, Hangup, Listen, Wait
from ivr.errors import StoreDown
from ivr.store.calls import LEASE_S

TEXT = DigitsPressed("2")
"""What sends a text message: a thing that must not happen twice."""
AN_OUTAGE = 100
"""Questions without an answer: more than anybody waits for."""


def texts(house: House) -> int:
    return sum(chore["task"] == "SendSms" for chore in house.chores())


def test_a_doubled_turn_gets_the_same_answer_and_happens_once(house: House) -> None:
    turn = house.begins().turn
    first = house.hears(turn, TEXT)
    recorded = house.kinds()
    again = house.hears(turn, TEXT)
    assert again == first
    assert house.kinds() == recorded
    assert texts(house) == 1


def test_the_first_request_may_be_doubled_too(house: House) -> None:
    assert house.begins() == house.begins()
    assert house.kinds().count("started") == 1


def test_an_older_turn_is_answered_with_the_last_answer(house: House) -> None:
    first = house.begins()
    second = house.hears(first.turn, TEXT)
    third = house.hears(second.turn, DigitsPressed("1"))
    for turn in range(third.turn):
        assert house.hears(turn, DigitsPressed("0")) == third


def test_a_turn_from_the_future_is_worked_on_like_the_present_one(house: House) -> None:
    """A server that lost its last second of data knows less than the carrier."""
    house.begins()
    assert said(house.hears(7, DigitsPressed("1")))[0] == "Northwind: it is 42."


def test_the_same_turn_with_another_event_is_still_the_same_turn(house: House) -> None:
    turn = house.begins().turn
    assert house.hears(turn, TEXT) == house.hears(turn, DigitsPressed("1"))
    assert texts(house) == 1


@pytest.fixture
def racing(client: redis.Redis) -> House:
    """A house whose workers really wait for each other: ever longer, since one that is at work may stand still."""
    times = itertools.count(1)
    house = House(client, pause=lambda seconds: time.sleep(seconds * next(times) / 8))
    house.ears.breath_s = 0.02
    return house


def race(house: House, turn: int, events: list[Event]) -> list[object]:
    with ThreadPoolExecutor(len(events)) as pool:
        return list(pool.map(lambda event: house.hears(turn, event), events))


def test_racing_doubles_are_answered_alike_and_happen_once(racing: House) -> None:
    turn = racing.begins().turn
    answers = race(racing, turn, [SpeechHeard("plans")] * 8)
    assert len(set(map(str, answers))) == 1
    assert texts(racing) == 1
    assert racing.kinds().count("understood") == 1


def test_racing_first_requests_begin_one_call(racing: House) -> None:
    answers = race(racing, 0, [CallStarted("+12025550101", "+12025550199")] * 8)
    assert len(set(map(str, answers))) == 1
    assert racing.kinds().count("started") == 1


def test_of_racing_different_events_one_happens(racing: House) -> None:
    turn = racing.begins().turn
    events: list[Event] = [SpeechHeard("plans"), SpeechHeard("balance"), DigitsPressed("2"), NothingHeard()] * 2
    answers = race(racing, turn, events)
    assert len(set(map(str, answers))) == 1
    assert racing.kinds().count("heard") == 1
    assert texts(racing) <= 1


def test_a_turn_and_the_news_of_hanging_up_may_race(racing: House) -> None:
    turn = racing.begins().turn
    with ThreadPoolExecutor(2) as pool:
        turned = pool.submit(racing.hears, turn, SpeechHeard("plans"))
        told = pool.submit(racing.told, HungUp())
        turned.result()
        told.result()
    assert racing.state().phase == "over"
    assert racing.kinds().count("ended") == 1


def test_a_worker_that_was_held_up_writes_nothing(house: House, client: redis.Redis) -> None:
    """Its claim lapsed while it waited, another worker did the turn: it answers what that one answered."""
    turn = house.begins().turn
    other = House(client, clock=house.clock)
    overtaken = []

    def held_up() -> None:
        house.clock.now += LEASE_S + 1
        overtaken.append(other.hears(turn, DigitsPressed("1")))

    house.company.meanwhile = held_up
    answer = house.hears(turn, DigitsPressed("1"))
    assert [answer] == overtaken
    assert house.kinds().count("looked_up") == 1


def test_a_turn_that_is_taken_over_again_and_again_is_put_off(house: House) -> None:
    turn = house.begins().turn

    def stolen() -> None:
        house.clock.now += LEASE_S + 1
        house.calls.open("shop", "c1", None, now=house.clock())
        house.clock.now += LEASE_S + 1

    house.company.meanwhile = stolen
    answer = house.hears(turn, DigitsPressed("1"))
    assert answer.verbs == (Wait(seconds=1.0),)
    assert answer.turn == turn
    house.company.meanwhile = lambda: None
    assert said(house.hears(turn, DigitsPressed("1")))[0] == "Northwind: it is 42."


def test_while_another_worker_has_the_call_the_line_is_told_to_come_back(house: House) -> None:
    turn = house.begins().turn
    claimed = house.calls.open("shop", "c1", turn, now=house.clock())
    answer = house.hears(turn, TEXT)
    assert answer.verbs == (Wait(seconds=1.0),)
    assert answer.turn == turn
    house.calls.release(claimed)
    assert said(house.hears(turn, Polled())) == ["How can I help?"]


def test_a_dead_workers_claim_lapses_and_the_line_goes_on(house: House) -> None:
    turn = house.begins().turn
    house.calls.open("shop", "c1", turn, now=house.clock())
    house.clock.now += LEASE_S + 1
    assert said(house.hears(turn, TEXT))[0] == "I have sent it."


def test_news_waits_until_the_turn_under_way_is_through(house: House) -> None:
    turn = house.begins().turn
    claimed = house.calls.open("shop", "c1", turn, now=house.clock())
    through_at = house.clock() + 3

    def pause(seconds: float) -> None:
        house.clock.now += seconds
        if house.clock() > through_at:
            house.calls.release(claimed)

    patient = House(house.client, clock=house.clock, pause=pause)
    assert patient.told(HungUp()) is not None
    assert house.state().phase == "over"


def test_after_an_interruption_the_last_prompt_comes_again_and_no_try_is_counted(house: House) -> None:
    turn = house.begins().turn
    asked = house.hears(turn, NothingHeard())
    recorded = house.kinds()
    for _ in range(5):
        assert house.hears(asked.turn, Resumed()) == asked
    assert house.kinds() == recorded
    assert house.state().scratch["missed"] == 1


def test_a_call_nobody_knows_is_apologised_to_and_transferred(house: House) -> None:
    answer = house.hears(3, DigitsPressed("1"), call="stranger")
    assert said(answer) == ["This is Northwind. Please hold."]
    assert answer.verbs[-1] == Dial(number="+12025550190", action="fallback")
    assert not house.knows("stranger")
    assert house.hears(3, Resumed(), call="stranger") == answer


def test_a_call_of_a_hotline_nobody_serves_is_apologised_to(house: House) -> None:
    answer = house.hears(3, DigitsPressed("1"), hotline="gone")
    assert "technical problem" in said(answer)[0]
    assert answer.verbs[-1] == Hangup(reason="failed")


def test_news_of_a_call_nobody_knows_or_that_is_over_changes_nothing(house: House) -> None:
    assert house.told(HungUp(), call="stranger") is None
    assert not house.knows("stranger")
    house.begins()
    assert house.told(HungUp()) is not None
    recorded = house.kinds()
    assert house.told(HungUp()) is None
    assert house.kinds() == recorded


def test_what_comes_after_the_end_gets_the_last_answer_again(house: House) -> None:
    turn = house.begins().turn
    house.told(HungUp())
    ended = house.hears(turn + 1, DigitsPressed("1"))
    assert ended.verbs == (Hangup(reason="over"),)
    assert house.hears(ended.turn, DigitsPressed("1")) == ended
    assert house.kinds().count("ended") == 1


def test_a_store_that_is_away_is_said_so_and_the_turn_happens_once_when_it_is_back(house: House) -> None:
    turn = house.begins().turn
    for question in ("open", "commit"):
        house.calls.down_for[question] = AN_OUTAGE
        with pytest.raises(StoreDown):
            house.hears(turn, TEXT)
        house.calls.down_for[question] = 0
    assert texts(house) == 0
    house.clock.now += LEASE_S + 1
    assert said(house.hears(turn, TEXT))[0] == "I have sent it."
    assert texts(house) == 1


@pytest.mark.parametrize("question", ["open", "commit"])
def test_a_store_that_stands_still_for_a_moment_costs_no_answer(house: House, question: str) -> None:
    turn = house.begins().turn
    house.calls.down_for[question] = 3
    assert said(house.hears(turn, TEXT))[0] == "I have sent it."
    assert texts(house) == 1


def test_a_bug_gives_the_call_back(house: House) -> None:
    turn = house.begins().turn
    house.ears.breaks = True
    with pytest.raises(RuntimeError):
        house.hears(turn, SpeechHeard("plans"))
    house.ears.breaks = False
    assert said(house.hears(turn, SpeechHeard("plans")))[0] == "I have sent it."


def test_a_first_request_that_breaks_leaves_nothing_behind(house: House) -> None:
    house.calls.down_for["commit"] = AN_OUTAGE
    with pytest.raises(StoreDown):
        house.begins()
    house.calls.down_for["commit"] = 0
    house.clock.now += LEASE_S + 1
    assert isinstance(house.begins().verbs[-1], Listen)
    assert house.kinds().count("started") == 1
