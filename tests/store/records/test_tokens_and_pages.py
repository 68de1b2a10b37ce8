"""Tokens, and the records a page at a time, on each database there is."""

from __future__ import annotations

import sqlalchemy as sa
from kept import AT, Kept

from ivr.store.records.pages import CallsWanted, PromisesWanted, calls_page, is_somebody, promises_about, promises_page
from ivr.store.records.promises import Promise, PromiseBook
from ivr.store.records.tokens import Token, TokenBook


def test_a_token_is_found_by_its_secret_until_its_time_is_over(engine: sa.Engine) -> None:
    book = TokenBook(engine)
    token = Token("board", "telecom", "supervisor", "", AT, until=AT + 60)
    secret = book.add(token)
    assert secret is not None
    assert book.add(token) is None, "the name is taken"
    assert book.add(Token("board", "bank", "admin", "", AT)) is not None, "but not in another hotline"
    assert book.find(secret, now=AT + 59) == token
    assert book.find(secret, now=AT + 60) is None
    assert [one.hotline for one in book.all("telecom")] == ["telecom"]


def test_an_ended_token_is_found_by_nobody(engine: sa.Engine) -> None:
    book = TokenBook(engine)
    secret = book.add(Token("board", "telecom", "supervisor", "", AT))
    assert not book.end("bank", "board")
    assert book.end("telecom", "board")
    assert not book.end("telecom", "board")
    assert book.find(str(secret), now=AT) is None


def test_what_is_no_token_finds_nothing(engine: sa.Engine) -> None:
    book = TokenBook(engine)
    for shown in ("", "ivr", "ivr_x_y", "ivr_0123456789abcdef_", "ivr_0123456789abcdef_guess", "\x00", "\ud800"):
        assert book.find(shown, now=AT) is None


def test_pages_of_calls_follow_one_another(engine: sa.Engine) -> None:
    kept = Kept(engine)
    for n in range(5):
        kept.call(f"c{n}", at=AT - n // 2, agent="amy" if n % 2 else None, outcome="connected")
    wanted = CallsWanted("telecom")
    first = calls_page(engine, wanted, None, 2)
    place = (first[-1].started_at or 0.0, first[-1].call)
    assert [one.call for one in (*first, *calls_page(engine, wanted, place, 9))] == ["c0", "c1", "c2", "c3", "c4"]
    own = CallsWanted("telecom", agent="amy", present="c4")
    assert [one.call for one in calls_page(engine, own, None, 9)] == ["c1", "c3", "c4"]


def test_pages_of_promises_follow_one_another(engine: sa.Engine) -> None:
    book = PromiseBook(engine)
    for n, queue in enumerate(("vip", "vip", "general", "")):
        book.keep(Promise(f"p{n}", "callback", "telecom", "c", queue, "+12025550101", AT, AT + n // 2))
    vip = PromisesWanted("telecom", queues=["vip"])
    assert [one.once for one in promises_page(book, vip, None, 9)] == ["p0", "p1"]
    assert promises_page(book, PromisesWanted("telecom", queues=[]), None, 9) == []
    assert [one.once for one in promises_page(book, PromisesWanted("telecom"), (AT, "p0"), 9)] == ["p1", "p2", "p3"]


def test_what_is_open_for_a_number_or_came_of_a_call(engine: sa.Engine) -> None:
    book = PromiseBook(engine)
    for once, call, number in (("a", "c1", "+12025550101"), ("b", "c2", "+12025550101"), ("c", "c1", "+12025550102")):
        book.keep(Promise(once, "callback", "telecom", call, "vip", number, AT, AT))
    assert [one.once for one in promises_about(engine, "telecom", "c1", "+12025550101")] == ["a", "b", "c"]
    book.mark("b", "closed")
    assert [one.once for one in promises_about(engine, "telecom", "c1", "+12025550101")] == ["a", "c"]
    assert promises_about(engine, "bank", "c1", "+12025550101") == []


def test_callers_without_a_number_are_nobody() -> None:
    assert is_somebody("+12025550101")
    assert is_somebody("client:bob")
    assert not any(is_somebody(one) for one in (None, "", "anonymous", "+1", "unknown"))
