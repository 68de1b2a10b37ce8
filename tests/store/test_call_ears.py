"""Who listens to a call is kept, and a pass lets its sound in once."""

import pytest
import redis

from ivr.call.turns import Left
from ivr.store import keys
from ivr.store.call_ears import RedisCallEars

pytestmark = pytest.mark.redis

CALL = "CA" + "1" * 32
OTHER = "CA" + "2" * 32


@pytest.fixture
def book(client: redis.Redis) -> RedisCallEars:
    return RedisCallEars(client)


def test_who_listens_is_nobodys_choice_until_it_is_made(book: RedisCallEars) -> None:
    assert book.ears("telecom", CALL) is None
    book.choose("telecom", CALL, "ours")
    assert book.ears("telecom", CALL) == "ours"
    book.choose("telecom", CALL, "carrier")
    assert book.ears("telecom", CALL) == "carrier"
    assert book.ears("telecom", OTHER) is None
    assert book.ears("bank", CALL) is None


def test_a_pass_lets_its_call_in_once(book: RedisCallEars) -> None:
    secret = book.give_pass("telecom", CALL)
    assert book.take_pass("telecom", secret) == CALL
    assert book.take_pass("telecom", secret) is None


def test_a_call_asked_for_twice_has_two_passes(book: RedisCallEars) -> None:
    """The carrier may go by either of two documents it was sent for one turn."""
    first, second = book.give_pass("telecom", CALL), book.give_pass("telecom", CALL)
    assert book.take_pass("telecom", second) == CALL
    assert book.take_pass("telecom", first) == CALL


@pytest.mark.parametrize("secret", ["", "x", "*", "a" * 32, "a" * 10_000, "}:call", "\ud800" * 32, "1 2"])
def test_what_was_never_given_lets_nobody_in(book: RedisCallEars, secret: str) -> None:
    book.give_pass("telecom", CALL)
    assert book.take_pass("telecom", secret) is None


def test_a_pass_is_good_at_its_own_hotline_only(book: RedisCallEars) -> None:
    secret = book.give_pass("telecom", CALL)
    assert book.take_pass("bank", secret) is None
    assert book.take_pass("telecom", secret) == CALL


def test_a_pass_not_shown_is_soon_worth_nothing(book: RedisCallEars, client: redis.Redis) -> None:
    secret = book.give_pass("telecom", CALL)
    assert 0 < client.ttl(keys.sound_pass("telecom", secret)) <= keys.PASS_LIFE_S


def test_what_sound_left_to_the_line_is_found_by_who_asks_twice(book: RedisCallEars) -> None:
    assert book.left("telecom", CALL) is None
    book.leave("telecom", CALL, Left(turn=7, verbs=2))
    assert book.left("telecom", CALL) == Left(7, 2)
    assert book.left("telecom", CALL) == Left(7, 2)


def test_when_sound_begins_again_nothing_is_left_over_from_before(book: RedisCallEars) -> None:
    book.leave("telecom", CALL, Left(turn=7, verbs=2))
    book.take_pass("telecom", book.give_pass("telecom", CALL))
    assert book.left("telecom", CALL) is None
    assert book.ears("telecom", CALL) is None


def test_nothing_of_a_call_lives_for_ever(book: RedisCallEars, client: redis.Redis) -> None:
    book.choose("telecom", CALL, "ours")
    book.leave("telecom", CALL, Left(1, 1))
    book.give_pass("telecom", CALL)
    assert [key for key in client.keys("*") if client.ttl(key) < 0] == []
