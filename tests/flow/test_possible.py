"""Whether a condition can hold for a caller without a tag, while nothing else is known of him but his age."""

from __future__ import annotations

import pytest

from ivr.flow.expressions import Condition
from ivr.flow.possible import can_hold

KNOWN = [("caller", "tags"), ("caller", "age")]


@pytest.mark.parametrize(
    ("when", "ages"),
    [
        ("'sale' in caller.tags", set()),
        ("caller.tier == 'gold' and caller['tags']", set()),
        ("caller.tags | length > 0", set()),
        ("caller.age >= 75", {80}),  # it breaks for the others, and moves nobody
        ("caller.tier == 'gold' and caller.age and caller.age >= 75", {80}),
        ("caller.age and caller.age >= 75 if caller.known else false", {80}),
        ("caller.age and caller.age > 0", {40, 80}),
        ("not (caller.age >= 75)", {40}),
        ("caller.age is none", {None}),
        ("caller.tier == 'gold' or 'sale' in caller.tags", {None, 40, 80}),
        ("caller.tags == [] or true", {None, 40, 80}),
        ("caller.age > call.requests", {None, 40, 80}),  # nobody can see
        ("true", {None, 40, 80}),
    ],
)
def test_ages_at_which_it_can_hold(when: str, ages: set[int | None]) -> None:  # R14
    found = {age for age in (None, 40, 80) if can_hold(Condition(when), {"caller": {"tags": [], "age": age}}, KNOWN)}
    assert found == ages
