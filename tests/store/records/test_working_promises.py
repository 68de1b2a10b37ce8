"""Lists that several desks work at the same time (R82, R83)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from ivr.store.records.promises import NotYours, Promise, PromiseBook, State, Working

AT = 1_795_446_000.0
DESKS = ("amy", "ben", "chen", "dina")


@pytest.fixture
def book(engine: sa.Engine) -> PromiseBook:
    made = PromiseBook(engine)
    for n in range(20):
        made.keep(Promise(f"p{n}", "voicemail", "telecom", f"call-{n}", "general", "+12025550101", AT, AT + n))
    return made


def test_of_desks_that_take_the_same_message_one_has_it_and_all_know_who(book: PromiseBook) -> None:  # R82
    def takes(desk: str, once: str) -> tuple[str, str | None]:
        try:
            return once, book.work(once, "taken", Working(desk, AT)).worked_by
        except NotYours as error:
            return once, error.found.worked_by

    with ThreadPoolExecutor(8) as pool:
        wanted = [(desk, f"p{n}") for n in range(20) for desk in DESKS]
        told = Counter(pool.map(lambda one: takes(*one), wanted))
    assert sorted(told.values()) == [len(DESKS)] * 20  # each message has one holder, and each desk was told of him
    assert {once: book.one(once).worked_by for once, _ in told} == dict(told.keys())


@pytest.mark.parametrize("state", ["taken", "called", "closed", "new"])
def test_what_is_taken_is_moved_on_by_nobody_else(book: PromiseBook, state: State) -> None:
    book.work("p1", "taken", Working("amy", AT))
    with pytest.raises(NotYours) as told:
        book.work("p1", state, Working("ben", AT + 1))
    assert (told.value.found.worked_by, told.value.found.worked_at) == ("amy", AT)
    assert book.work("p1", state, Working("ben", AT + 1, over=True)).worked_by == "ben"


def test_a_life_from_new_to_closed_says_who_when_and_what_came_of_it(book: PromiseBook) -> None:  # R83
    book.work("p1", "taken", Working("amy", AT))
    book.work("p1", "called", Working("amy", AT + 60, "nobody there"))
    again = book.work("p1", "taken", Working("ben", AT + 3600))  # whoever was not reached is everybody's again
    assert (again.worked_by, again.note) == ("ben", "nobody there")
    done = book.work("p1", "closed", Working("ben", AT + 3660, "mended"))
    assert (done.state, done.worked_by, done.worked_at, done.note) == ("closed", "ben", AT + 3660, "mended")
    assert book.work("p1", "closed", Working("ben", AT + 9000)).worked_at == AT + 3660


def test_what_is_closed_is_opened_before_it_is_taken(book: PromiseBook) -> None:
    book.work("p1", "closed", Working("amy", AT))
    with pytest.raises(NotYours):
        book.work("p1", "taken", Working("ben", AT + 1))
    book.work("p1", "new", Working("ben", AT + 2))
    assert book.work("p1", "taken", Working("ben", AT + 3)).state == "taken"


def test_one_nobody_knows_is_moved_by_nobody(book: PromiseBook) -> None:
    with pytest.raises(KeyError):
        book.work("p99", "taken", Working("amy", AT))
