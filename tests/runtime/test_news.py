"""News that the caller's line did not bring: an agent took the call, the talk is over, the caller is gone."""

from __future__ import annotations

import pytest
from runtime_house import House, said

from ivr.call.events import AgentLeft, AgentTook, DigitsPressed, HungUp, NothingHeard
from ivr.call.verbs import Join, Listen, Record

TOOK = AgentTook("amy", "room-1")


@pytest.fixture
def turn(house: House) -> int:
    """The caller waits in line."""
    answer = house.hears(house.begins().turn, DigitsPressed("0"))
    assert said(answer) == ["You are next in line. Please stay on the line."]
    return answer.turn


def test_an_agent_is_joined_and_the_line_finds_it_out_at_its_next_turn(house: House, turn: int) -> None:
    joined = house.told(TOOK)
    assert joined is not None
    assert joined.verbs == (Join(room="room-1", agent="amy"),)
    assert house.hears(turn, NothingHeard()) == joined
    assert house.conductor.replay("shop", "c1") == joined


def test_the_news_twice_changes_nothing(house: House, turn: int) -> None:
    house.told(TOOK)
    recorded = house.kinds()
    assert house.told(TOOK) is None
    assert house.kinds() == recorded


def test_an_agent_who_comes_too_late_changes_nothing_not_even_the_last_answer(house: House, turn: int) -> None:
    left = house.hears(turn, DigitsPressed("1"))
    assert isinstance(left.verbs[-1], Record)
    assert house.told(TOOK) is None
    assert house.conductor.replay("shop", "c1") == left
    assert "connected" not in house.kinds()


def test_the_end_of_a_talk_told_twice_is_one(house: House, turn: int) -> None:
    joined = house.told(TOOK)
    assert joined is not None
    ended = house.hears(joined.turn, AgentLeft("amy", 60.0))
    assert house.told(AgentLeft("amy", 60.0)) is None
    assert house.hears(joined.turn, AgentLeft("amy", 60.0)) == ended
    assert house.kinds().count("agent_left") == 1


def test_hanging_up_in_line_gives_the_place_up(house: House, turn: int) -> None:
    house.told(HungUp())
    assert [(chore["task"], chore["why"]) for chore in house.chores()] == [("LeaveLine", "hangup")]
    assert house.kinds()[-2:] == ["left_line", "ended"]


def test_the_line_asks_where_it_stands_each_time_the_music_ends(house: House, turn: int) -> None:
    for _ in range(3):
        answer = house.hears(turn, NothingHeard())
        assert isinstance(answer.verbs[-1], Listen)
        assert said(answer) == ["You are next in line. Please stay on the line."]
        turn = answer.turn
    assert house.kinds().count("queued") == 1


def test_what_is_said_before_a_lookup_can_be_interrupted_with_the_question_after_it(house: House) -> None:
    answer = house.hears(house.begins().turn, DigitsPressed("1"))
    assert len(answer.verbs) == 1
    assert said(answer) == ["Northwind: it is 42.", "How can I help?"]


def test_the_words_for_an_outage_need_no_store(house: House) -> None:
    assert [say.text for say in house.conductor.apology("shop")] == ["This is Northwind. Please hold."]
    assert "technical problem" in house.conductor.apology(None)[0].text
    assert "technical problem" in house.conductor.apology("nobody")[0].text
    assert house.conductor.fallback_number("shop") == "+12025550190"
    assert house.conductor.fallback_number(None) is None
