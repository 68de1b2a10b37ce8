"""The order of a line: one number that anybody can explain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.routing.order import MOST_S, HeadStart, bounded, bounded_rate, head_start, order_key, score

SECONDS = st.floats(0, 1e6)
TIMES = st.floats(1.7e9, 1.8e9)


def test_who_came_first_stands_first() -> None:  # R60
    assert order_key(100.0) < order_key(101.0)


def test_a_head_start_counts_like_time_waited() -> None:
    assert order_key(200.0, head_start_s=100.0) == order_key(100.0)
    assert order_key(200.0, head_start_s=101.0) < order_key(100.0)


def test_urgent_callers_stand_before_all_others() -> None:  # R65
    assert order_key(1e9, urgent=True) < order_key(0.0, head_start_s=1e6)


@given(TIMES, TIMES, SECONDS, SECONDS, st.floats(1.8e9, 1.9e9))
def test_the_static_key_orders_like_the_number_that_grows(
    one: float, other: float, head_one: float, head_other: float, now: float
) -> None:
    waited_one, waited_other = now - one + head_one, now - other + head_other
    if abs(waited_one - waited_other) > 1e-3:  # nearer than that, the floats themselves round
        assert (order_key(one, head_one) < order_key(other, head_other)) == (waited_one > waited_other)


@pytest.mark.parametrize(
    ("given_s", "counts_s"), [(float("nan"), 0), (float("inf"), 0), (-5.0, 0), (1e30, MOST_S), (60.0, 60)]
)
def test_nonsense_keeps_nobody_out_of_the_line(given_s: float, counts_s: float) -> None:
    assert bounded(given_s) == counts_s


def test_head_starts_add_up_and_keep_their_names() -> None:  # R61 R62
    start = head_start({"gold": 300, "same_day": 120, "elder": 0})
    assert start == HeadStart(420, {"gold": 300, "same_day": 120})


def test_a_cap_ends_the_sum() -> None:
    assert head_start({"gold": 300, "same_day": 120}, most_s=400).seconds == 400


def test_a_wait_that_counts_double_is_worth_double() -> None:
    assert score(order_key(100.0), 1.0, 160.0) == 60
    assert score(order_key(100.0, rate=2.0), 2.0, 160.0) == 120
    assert score(order_key(100.0, head_start_s=30.0, rate=2.0), 2.0, 160.0) == 150


@pytest.mark.parametrize(("given", "counts"), [(float("nan"), 1), (-1.0, 0.1), (1e9, 10), (0.33333, 0.333), (2.0, 2)])
def test_a_rate_stays_within_reason(given: float, counts: float) -> None:
    assert bounded_rate(given) == counts


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
def test_a_head_start_in_a_hotline_must_be_a_number_of_seconds(seconds: float) -> None:
    with pytest.raises(ValueError, match=r"the head start 'gold' is .*; it must be 0 or more seconds"):
        head_start({"gold": seconds})
