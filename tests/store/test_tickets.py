"""Tickets and claims of the browser phone."""

import redis

from ivr.store import keys
from ivr.store.tickets import RedisTickets


def test_a_ticket_is_good_once(client: redis.Redis) -> None:
    tickets = RedisTickets(client)
    ticket = tickets.issue()
    assert tickets.spend(ticket)
    assert not tickets.spend(ticket)


def test_a_ticket_is_forgotten_after_a_minute(client: redis.Redis) -> None:
    ticket = RedisTickets(client).issue()
    assert 0 < client.ttl(keys.phone_ticket(ticket)) <= 60


def test_a_made_up_ticket_is_no_ticket(client: redis.Redis) -> None:
    assert not RedisTickets(client).spend("")
    assert not RedisTickets(client).spend("{}")


def test_a_claim_names_its_call_and_counts_who_took_it_up(client: redis.Redis) -> None:
    tickets = RedisTickets(client)
    claim = tickets.claim("telecom", "web-1")
    assert tickets.holder(claim) == 1
    held = tickets.take_up(claim)
    assert held is not None
    assert (held.hotline, held.call, held.holder) == ("telecom", "web-1", 2)
    assert tickets.holder(claim) == 2


def test_a_claim_is_forgotten_with_its_call(client: redis.Redis) -> None:
    claim = RedisTickets(client).claim("telecom", "web-1")
    assert 0 < client.ttl(keys.phone_claim("telecom", claim)) <= keys.CALL_LIFE_S


def test_a_made_up_claim_takes_nothing_up_and_leaves_nothing_behind(client: redis.Redis) -> None:
    tickets = RedisTickets(client)
    for claim in ("", "telecom.x", "{telecom}.x", "."):
        assert tickets.take_up(claim) is None
        assert tickets.holder(claim) == 0
    assert client.keys("*") == []
