"""What calls show of their caller, as time passes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.call.habits import Habit, Wish
from ivr.routing.preferences import ASPECTS, DAY_S, learned, merged, weight

NOW = 400 * DAY_S
HALF_LIFE = 90.0


def ago(days: float, **shown: Any) -> Habit:
    return Habit(NOW - days * DAY_S, **shown)


def prefers(*habits: Habit, half_life_days: float = HALF_LIFE) -> dict[str, Any]:
    return {name: value for name, value in learned(habits, NOW, half_life_days).items() if value is not None}


def test_what_a_call_counts_halves() -> None:
    assert [weight(days * DAY_S, HALF_LIFE) for days in (0, 90, 180)] == [1.0, 0.5, 0.25]
    assert weight(-5, HALF_LIFE) == 1.0  # a clock that stepped back


def test_one_call_shows_what_its_caller_likes() -> None:  # R33
    habit = ago(1, language="zh", input="voice", pace="slow", way="callback", hour=17)
    assert prefers(habit) == {"language": "zh", "input": "voice", "pace": "slow", "way": "callback", "hour": 17}


def test_what_is_done_more_often_counts() -> None:  # R33
    assert prefers(ago(3, way="person"), ago(2, way="person"), ago(1, way="machine")) == {"way": "person"}


def test_a_preference_changes_with_what_the_caller_does() -> None:  # R33
    before = [ago(days, input="keys") for days in (400, 390, 380)]
    assert prefers(*before) == {}
    assert prefers(*before, ago(1, input="voice")) == {"input": "voice"}
    assert prefers(ago(90, input="keys"), ago(80, input="keys"), ago(1, input="voice")) == {"input": "keys"}
    assert prefers(ago(90, input="keys"), ago(1, input="voice"), half_life_days=10) == {"input": "voice"}


def test_of_two_that_weigh_the_same_the_later_one_counts() -> None:
    assert prefers(ago(0, language="en"), ago(0, language="zh")) == {"language": "zh"}
    twice = [Habit(NOW - 2, language="en"), Habit(NOW - 1, language="zh")]
    assert prefers(*twice) == prefers(*twice[::-1]) == {"language": "zh"}


def test_it_fades_where_nothing_shows_it_any_more() -> None:  # R33
    assert prefers(ago(179, pace="slow")) == {"pace": "slow"}
    assert prefers(ago(181, pace="slow")) == {}


def test_one_no_to_an_offer_is_not_yet_a_preference() -> None:  # R33
    assert prefers(ago(1, offers="refused")) == {}
    assert prefers(ago(2, offers="refused"), ago(1, offers="refused")) == {"offers": "refused"}
    assert prefers(ago(3, offers="refused"), ago(2, offers="refused"), *[ago(1, offers="taken")] * 3) == {
        "offers": "taken"
    }


def test_business_wins_over_what_was_learned_and_the_caller_over_both() -> None:  # R33
    found = {"language": "en", "pace": "slow", "way": "person"}
    said = {"pace": Wish("normal", 1.0)}
    assert merged(found, {"language": "zh", "pace": "slow", "colour": "red", "way": None}, said) == {
        **dict.fromkeys(ASPECTS),
        "language": "zh",
        "pace": "normal",
        "way": "person",
    }


HABITS = st.builds(
    Habit,
    at=st.floats(0, NOW),
    input=st.sampled_from((None, "keys", "voice")),
    hour=st.one_of(st.none(), st.integers(0, 23)),
)


@given(st.lists(HABITS, max_size=8, unique_by=lambda one: one.at), st.randoms())
def test_the_order_of_calls_makes_no_difference(habits: list[Habit], random: Any) -> None:
    mixed = random.sample(habits, len(habits))
    assert learned(habits, NOW, HALF_LIFE) == learned(mixed, NOW, HALF_LIFE)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_of_who_never_called_nothing_is_known(aspect: str) -> None:
    assert learned((), NOW, HALF_LIFE)[aspect] is None
