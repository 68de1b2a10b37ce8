"""Whether a call is solved, and by whose word: who knows best counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from kept import AT, Kept

from ivr.store.records.schema import calls
from ivr.store.records.shares import change, share
from ivr.store.records.verdicts import DAY_S, Window, sold, solved, within

WEEK = Window("telecom", AT - 1, AT + 7 * DAY_S, AT + 30 * DAY_S)
ANSWERED = {"outcome": "answered", "intent": "balance"}
CONNECTED = {"outcome": "connected", "agent": "amy", "intent": "balance"}


def verdict(engine: sa.Engine, window: Window = WEEK, call: str = "a") -> tuple[int | None, int]:
    query = sa.select(solved(window), sold()).where(within(window), calls.c.call == call)
    with engine.connect() as connection:
        return tuple(connection.execute(query).one())


def closing(outcome: str) -> tuple[float, str, dict[str, Any]]:
    return 60.0, "closed", {"outcome": outcome, "by": "amy"}


def test_who_was_in_the_talk_knows_best(engine: sa.Engine) -> None:  # R97
    Kept(engine).call("a", closing("not_solved"), **CONNECTED, caller_says="solved", rating_human=5)
    assert verdict(engine) == (0, 0)


def test_converted_is_solved_and_sold(engine: sa.Engine) -> None:  # R24
    Kept(engine).call("a", closing("converted"), **CONNECTED)
    assert verdict(engine) == (1, 1)


def test_the_callers_word_comes_before_the_rating_and_what_the_flow_says(engine: sa.Engine) -> None:  # R47
    Kept(engine).call("a", **ANSWERED, caller_says="not_solved", rating_machine=4, converted=["x"], converted_at=AT)
    assert verdict(engine) == (0, 1)


@pytest.mark.parametrize(("score", "is_solved"), [(1, 0), (2, 0), (3, 1), (5, 1)])
def test_a_rating_is_a_word(engine: sa.Engine, score: int, is_solved: int) -> None:
    Kept(engine).call("a", **ANSWERED, rating_machine=score)
    assert verdict(engine)[0] == is_solved


def test_who_met_a_person_has_rated_that_person(engine: sa.Engine) -> None:
    Kept(engine).call("a", **CONNECTED, rating_machine=1)
    assert verdict(engine)[0] == 1  # by the quiet days: the rating was before the person


def test_what_the_flow_has_sold_is_solved(engine: sa.Engine) -> None:  # R24
    Kept(engine).call("a", outcome="done", converted=["plans"], converted_at=AT)
    assert verdict(engine) == (1, 1)


def test_who_hung_up_in_line_has_nothing(engine: sa.Engine) -> None:
    Kept(engine).call("a", outcome="abandoned")
    assert verdict(engine)[0] == 0


def test_who_calls_again_for_the_same_wish_was_not_helped(engine: sa.Engine) -> None:
    kept = Kept(engine)
    kept.call("a", **ANSWERED)
    kept.call("b", at=AT + 6 * DAY_S, **CONNECTED)
    assert verdict(engine)[0] == 0
    assert verdict(engine, replace(WEEK, quiet_days=5))[0] == 1


@pytest.mark.parametrize("again", [{"caller": "+12025550199"}, {"intent": "bill"}, {"at": AT + 8 * DAY_S}])
def test_another_caller_another_wish_or_long_after_is_not_again(engine: sa.Engine, again: dict[str, Any]) -> None:
    kept = Kept(engine)
    kept.call("a", **ANSWERED)
    kept.call("b", **{"at": AT + DAY_S, **ANSWERED, **again})
    assert verdict(engine)[0] == 1


def test_until_the_quiet_days_are_over_nobody_knows(engine: sa.Engine) -> None:
    Kept(engine).call("a", **ANSWERED)
    assert verdict(engine, replace(WEEK, now=AT + 6.9 * DAY_S))[0] is None
    assert verdict(engine, replace(WEEK, now=AT + 7 * DAY_S))[0] == 1


def test_a_call_again_after_the_period_counts(engine: sa.Engine) -> None:
    kept = Kept(engine)
    kept.call("a", **ANSWERED)
    kept.call("b", at=AT + 2 * DAY_S, **ANSWERED)
    assert verdict(engine, replace(WEEK, until=AT + DAY_S))[0] == 0


@pytest.mark.parametrize(
    "unknown",
    [{"outcome": "answered", "caller": "anonymous"}, {"outcome": "hung_up"}, {"outcome": "voicemail"}, {}],
    ids=["hidden number", "hung up at the menu", "a message", "running"],
)
def test_what_nobody_can_know_is_left_open(engine: sa.Engine, unknown: dict[str, Any]) -> None:
    Kept(engine).call("a", **unknown)
    assert verdict(engine)[0] is None


# --- how sure a share is ---------------------------------------------------------------------------------------------


def test_a_share_of_few_says_so() -> None:
    """Figures of R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    found = [share(81, 263), share(15, 148), share(0, 20), share(1, 29)]
    assert [(round(one.low, 4), round(one.high, 4)) for one in found if one] == [
        (0.2553, 0.3662),
        (0.0624, 0.1605),
        (0.0, 0.1611),
        (0.0061, 0.1718),
    ]
    assert share(0, 0) is None


def test_a_change_lies_between_two_bounds_and_may_be_none() -> None:
    """56 of 70 against 48 of 80 is an example of Newcombe's, 873-890, table II, method 10."""
    found = change(share(56, 70), share(48, 80))
    assert found is not None
    assert (found.by, found.low, found.high) == (0.2, 0.0524, 0.3339)
    few = change(share(2, 3), share(1, 3))
    assert few is not None
    assert few.low < 0 < few.high
    assert change(share(1, 2), None) is None
