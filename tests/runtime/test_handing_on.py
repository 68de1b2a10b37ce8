"""Agents send callers on and bring experts in; the caller stays with somebody, or is in line or in the flow."""

from __future__ import annotations

import pytest
from runtime_house import House, said
from test_switchboard import Exchange

from ivr.call.events import AgentLeft, HungUp, NothingHeard, Transferred
from ivr.call.verbs import Join, Listen
from ivr.errors import StoreDown
from ivr.runtime.handing_on import NotHandedOn
from ivr.runtime.switchboard import Offer


@pytest.fixture
def exchange(house: House) -> Exchange:
    return Exchange(house)


@pytest.fixture
def talk(exchange: Exchange) -> Offer:
    """amy talks with the caller."""
    offer = exchange.rings()
    assert exchange.board.take("shop", offer.token) is not None
    return offer


def with_agents(exchange: Exchange, *agents: str) -> None:
    for agent in agents:
        exchange.agents.sign_in("shop", agent, now=exchange.house.clock())


def last(exchange: Exchange) -> object:
    answer = exchange.house.conductor.replay("shop", "c1")
    assert answer is not None
    return answer.verbs[-1]


def taken_by(exchange: Exchange, agent: str) -> Offer:
    offer = exchange.rings()
    assert offer.agent == agent
    assert exchange.board.take("shop", offer.token) is not None
    return offer


# --- handed over (R74) -------------------------------------------------------------------------------------------


def test_a_caller_sent_on_keeps_the_time_of_the_first_place(exchange: Exchange, talk: Offer) -> None:  # R74
    with_agents(exchange, "ben")
    exchange.house.clock.now += 120
    exchange.talks.transfer("shop", talk.token, "queue:other", "wants the offer of May")
    offer = exchange.rings()
    assert (offer.agent, offer.queue, offer.since) == ("ben", "other", talk.since)


def test_who_gets_the_caller_is_told_by_whom_and_why(exchange: Exchange, talk: Offer) -> None:  # R74 R76
    with_agents(exchange, "ben")
    exchange.talks.transfer("shop", talk.token, "queue:other", "wants the offer of May")
    whisper = exchange.board.whisper("shop", exchange.rings().token)
    assert whisper is not None
    assert "Sent by amy. Note: wants the offer of May." in whisper[0].text


def test_the_caller_hears_what_happens_and_the_agent_is_free_after_wrap_up(exchange: Exchange, talk: Offer) -> None:
    exchange.talks.transfer("shop", talk.token, "queue:other")
    answer = exchange.house.conductor.replay("shop", "c1")
    assert said(answer)[0] == "I am connecting you with a colleague. Please stay on the line."
    assert isinstance(last(exchange), Listen)
    assert exchange.phones.fetched == ["c1", "c1"]
    assert exchange.state_of("amy") == "wrap_up"


def test_the_flow_goes_on_only_when_the_last_talk_is_over(exchange: Exchange, talk: Offer) -> None:
    with_agents(exchange, "ben")
    exchange.talks.transfer("shop", talk.token, "agent:ben")
    second = taken_by(exchange, "ben")
    assert "ended" not in exchange.house.kinds()
    exchange.talks.ended("shop", second.token, 30.0)
    ended = exchange.house.entries()[-1]
    assert (ended.kind, ended.data["agents"], ended.data["outcome"]) == ("ended", ["amy", "ben"], "connected")
    assert exchange.house.kinds().count("ended") == 1


def test_a_transfer_told_twice_happens_once(exchange: Exchange, talk: Offer) -> None:
    exchange.talks.transfer("shop", talk.token, "queue:other")
    with pytest.raises(NotHandedOn, match="no talk"):
        exchange.talks.transfer("shop", talk.token, "queue:other")
    assert exchange.house.kinds().count("transferred") == 1


def test_where_nobody_takes_the_caller_the_first_agent_gets_him_back(exchange: Exchange, talk: Offer) -> None:
    exchange.talks.transfer("shop", talk.token, "queue:other")
    exchange.house.clock.now += 31
    exchange.board.round("shop")
    offer = exchange.rings()
    assert offer.agent == "amy"
    assert exchange.house.entries()[-1].data["why"]["group"] == "given_back"


def test_a_colleague_who_is_not_there_leaves_the_caller_with_the_first_agent(exchange: Exchange, talk: Offer) -> None:
    exchange.talks.transfer("shop", talk.token, "agent:ben")
    exchange.house.clock.now += 31
    assert exchange.rings().agent == "amy"


def test_a_caller_who_cannot_be_fetched_comes_when_the_agents_leg_is_ended(exchange: Exchange, talk: Offer) -> None:
    exchange.phones.broken = {"fetch"}
    exchange.talks.transfer("shop", talk.token, "queue:other")
    exchange.board.round("shop")
    assert exchange.phones.cancelled == [f"leg-{len(exchange.phones.rung)}"]
    answer = exchange.house.hears(exchange.turn + 1, AgentLeft("amy"))
    assert isinstance(answer.verbs[-1], Listen)
    assert "ended" not in exchange.house.kinds()


def test_hanging_up_while_being_sent_on_silences_the_colleague(exchange: Exchange, talk: Offer) -> None:
    with_agents(exchange, "ben")
    exchange.talks.transfer("shop", talk.token, "agent:ben")
    exchange.rings()
    exchange.house.told(HungUp())
    exchange.house.line.caller_gone("shop", "c1", now=exchange.house.clock())
    exchange.board.round("shop")
    assert exchange.state_of("ben") == "ready"


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("queue:othr", "there is no queue 'othr'; did you mean 'other'"),
        ("agent:zoe", "there is no agent 'zoe'; there are amy, ben"),
        ("desk:ben", "'desk' is nobody; name queue:NAME or agent:NAME"),
        ("", "'' is nobody"),
    ],
)
def test_nobody_by_that_name_changes_nothing(exchange: Exchange, talk: Offer, to: str, why: str) -> None:
    with pytest.raises(NotHandedOn, match=why):
        exchange.talks.transfer("shop", talk.token, to)
    assert isinstance(last(exchange), Join)


def test_who_only_rings_has_no_caller_to_send_on(exchange: Exchange) -> None:
    with pytest.raises(NotHandedOn, match="no talk"):
        exchange.talks.transfer("shop", exchange.rings().token, "queue:other")


def test_a_worker_that_dies_before_it_fetches_the_caller_loses_nobody(exchange: Exchange, talk: Offer) -> None:
    exchange.house.told(Transferred("amy", "other"))
    exchange.board.round("shop")
    assert exchange.phones.cancelled == ["leg-1"]
    exchange.talks.ended("shop", talk.token, 10.0)
    assert exchange.state_of("amy") == "wrap_up"
    assert isinstance(exchange.house.hears(exchange.turn + 1, AgentLeft("amy")).verbs[-1], Listen)
    with_agents(exchange, "ben")
    assert exchange.rings().agent == "ben"


def test_a_store_that_goes_away_in_the_middle_leaves_the_talk_as_it_is(exchange: Exchange, talk: Offer) -> None:
    exchange.house.calls.down_for["commit"] = 100
    with pytest.raises(StoreDown):
        exchange.talks.transfer("shop", talk.token, "queue:other")
    exchange.house.calls.down_for["commit"] = 0
    exchange.house.clock.now += 30
    assert isinstance(last(exchange), Join)
    assert said(exchange.house.hears(exchange.turn + 1, AgentLeft("amy"))) == ["Goodbye."]
    assert exchange.house.kinds().count("ended") == 1


# --- brought in (R75) ------------------------------------------------------------------------------------------------


@pytest.fixture
def three(exchange: Exchange, talk: Offer) -> tuple[Offer, Offer]:
    """amy has brought ben in."""
    with_agents(exchange, "ben")
    exchange.talks.bring_in("shop", talk.token, "queue:other", "knows cables")
    return talk, taken_by(exchange, "ben")


def test_an_expert_comes_into_the_room_and_the_caller_stays_there(  # R75
    exchange: Exchange, talk: Offer
) -> None:
    with_agents(exchange, "ben")
    exchange.talks.bring_in("shop", talk.token, "queue:other", "knows cables")
    offer = exchange.rings()
    whisper = exchange.board.whisper("shop", offer.token)
    assert whisper is not None
    assert "amy asks you into a talk with +12025550101" in whisper[0].text
    joined = exchange.board.take("shop", offer.token)
    assert joined is not None
    assert (joined.room, joined.shared) == (talk.token, True)
    assert exchange.phones.shared == [talk.token]
    answer = exchange.house.hears(exchange.turn, NothingHeard())
    assert answer.verbs == (Join(room=talk.token, agent="amy"),)


def test_the_expert_leaves_and_the_first_agent_talks_on(exchange: Exchange, three: tuple[Offer, Offer]) -> None:  # R75
    exchange.talks.ended("shop", three[1].token, 20.0)
    assert last(exchange) == Join(room=three[0].token, agent="amy")
    assert (exchange.state_of("amy"), exchange.state_of("ben")) == ("on_call", "wrap_up")


def test_the_first_agent_leaves_and_the_caller_stays_with_the_expert(  # R75
    exchange: Exchange, three: tuple[Offer, Offer]
) -> None:
    exchange.talks.ended("shop", three[0].token, 20.0)
    assert isinstance(last(exchange), Join)
    assert exchange.state_of("ben") == "on_call"
    exchange.talks.ended("shop", three[1].token, 20.0)
    ended = [entry.data for entry in exchange.house.entries() if entry.kind == "ended"]
    assert [one["agents"] for one in ended] == [["amy", "ben"]]
    assert said(exchange.house.conductor.replay("shop", "c1")) == ["Goodbye."]


def test_the_last_one_to_leave_has_the_callers_line_fetched(exchange: Exchange, three: tuple[Offer, Offer]) -> None:
    exchange.talks.ended("shop", three[0].token, 20.0)
    assert exchange.phones.fetched == ["c1"]
    exchange.talks.ended("shop", three[1].token, 20.0)
    assert exchange.phones.fetched == ["c1", "c1"]


def test_an_expert_cannot_send_away_who_took_the_call(  # R75
    exchange: Exchange, three: tuple[Offer, Offer]
) -> None:
    with pytest.raises(NotHandedOn, match="nobody to send away"):
        exchange.talks.send_away("shop", three[1].token)
    with pytest.raises(NotHandedOn, match="amy has taken this call, and stays"):
        exchange.talks.send_away("shop", three[1].token, "amy")
    assert (exchange.state_of("amy"), exchange.state_of("ben")) == ("on_call", "on_call")
    assert "expert_dismissed" not in exchange.house.kinds()


def test_a_supervisor_sends_away_even_who_took_the_call(exchange: Exchange, three: tuple[Offer, Offer]) -> None:
    exchange.talks.send_away("shop", three[1].token, "amy", by="floor")
    assert (exchange.state_of("amy"), exchange.state_of("ben")) == ("wrap_up", "on_call")


def test_where_nobody_was_brought_in_there_is_nobody_to_send_away(exchange: Exchange, talk: Offer) -> None:
    with pytest.raises(NotHandedOn, match="nobody to send away"):
        exchange.talks.send_away("shop", talk.token)


def test_who_is_still_rung_to_join_can_be_sent_away(exchange: Exchange, talk: Offer) -> None:  # R75
    exchange.talks.bring_in("shop", talk.token, "queue:other")
    exchange.talks.send_away("shop", talk.token)
    assert exchange.house.kinds().count("expert_dismissed") == 1


def test_an_expert_who_presses_1_twice_joins_once(exchange: Exchange, three: tuple[Offer, Offer]) -> None:
    assert exchange.board.take("shop", three[1].token) is not None
    assert exchange.house.kinds().count("expert_joined") == 1
    assert exchange.state_of("ben") == "on_call"


def test_an_expert_who_declines_is_no_harm(exchange: Exchange, talk: Offer) -> None:
    with_agents(exchange, "ben")
    exchange.talks.bring_in("shop", talk.token, "queue:other")
    exchange.board.miss("shop", exchange.rings().token, "declined")
    assert isinstance(last(exchange), Join)


def test_no_expert_is_rung_for_a_talk_that_is_over(exchange: Exchange, talk: Offer) -> None:
    exchange.talks.bring_in("shop", talk.token, "queue:other")
    exchange.house.told(HungUp())
    leaves = [chore for chore in exchange.house.chores() if chore["task"] == "LeaveLine"]
    assert [chore.get("part", "") for chore in leaves] == ["", "x1"]


def test_an_expert_who_comes_too_late_is_told_so_and_free(exchange: Exchange, talk: Offer) -> None:
    with_agents(exchange, "ben")
    exchange.talks.bring_in("shop", talk.token, "queue:other")
    offer = exchange.rings()
    exchange.house.told(HungUp())
    assert exchange.board.take("shop", offer.token) is None
    assert exchange.state_of("ben") in ("ready", "wrap_up")


def test_the_expert_can_send_the_caller_on(exchange: Exchange, three: tuple[Offer, Offer]) -> None:
    exchange.talks.ended("shop", three[0].token, 20.0)
    exchange.talks.transfer("shop", three[1].token, "queue:general")
    assert isinstance(last(exchange), Listen)
    assert exchange.house.kinds().count("transferred") == 1


def test_a_key_pressed_twice_does_not_end_the_talk(exchange: Exchange, talk: Offer) -> None:
    assert exchange.board.take("shop", talk.token) is not None
    assert exchange.state_of("amy") == "on_call"
