"""Promised calls are made when their turn has come: spaced, bounded, by a clock that never stands."""

from __future__ import annotations

import pytest
from promised_desk import ALICE, Desk

from ivr.runtime.handing_on import NotHandedOn
from ivr.store.callbacks import LEASE_S


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


@pytest.mark.parametrize("set_back_s", [0, 3600, 86_400])
def test_a_clock_set_back_makes_the_next_try_neither_early_nor_late(desk: Desk, set_back_s: float) -> None:
    desk.tries_in_vain()
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
