"""Chance with names, and callers who come by it."""

from __future__ import annotations

import random

import pytest

from ivr.sim.day.arrivals import arrivals
from ivr.sim.day.chance import Chance, Lasting, pick
from ivr.sim.day.loop import AFTERWARDS, DayClock, Loop
from ivr.sim.day.written import Calls

MANY = 4000


def test_what_is_drawn_under_a_name_is_the_same_whatever_else_is_drawn() -> None:
    one, other = Chance(7), Chance(7)
    other.of("caller", 3).random()
    assert one.of("caller", 4, "patience").random() == other.of("caller", 4, "patience").random()
    assert one.of("caller", 4, "patience").random() != one.of("caller", 5, "patience").random()
    assert one.of("caller", 4, "patience").random() != Chance(8).of("caller", 4, "patience").random()


def test_weights_are_kept() -> None:
    draw = random.Random(1)
    found = [pick({"yes": 3, "no": 1, "never": 0}, draw) for _ in range(MANY)]
    assert found.count("yes") / MANY == pytest.approx(0.75, abs=0.03)
    assert "never" not in found
    assert pick({}, draw) is None


@pytest.mark.parametrize(
    ("lasting", "median"),
    [
        (Lasting(always=9), 9),
        (Lasting(from_=10, to=30), 20),
        (Lasting(mean=100), 69.3),
        (Lasting(median=180, spread=0.5), 180),
    ],
)
def test_half_of_them_take_longer_than_the_median(lasting: Lasting, median: float) -> None:
    draw = random.Random(2)
    found = sorted(lasting.drawn(draw) for _ in range(MANY))
    assert found[MANY // 2] == pytest.approx(median, rel=0.06)


def test_so_many_callers_come_when_the_rates_say() -> None:
    times = arrivals(Calls(rate={"08:00": 100, "09:00": 300, "10:00": 0}, until="24:00", many=MANY), random.Random(3))
    assert len(times) == MANY
    assert times == sorted(times)
    assert times[0] >= 8 * 3600
    assert times[-1] <= 10 * 3600
    assert sum(at >= 9 * 3600 for at in times) / MANY == pytest.approx(0.75, abs=0.03)


def test_without_a_number_they_come_as_a_poisson_process() -> None:
    days = [arrivals(Calls(rate={"08:00": 50}, until="10:00"), random.Random(seed)) for seed in range(200)]
    counts = [len(times) for times in days]
    mean = sum(counts) / len(counts)
    assert mean == pytest.approx(100, rel=0.05)
    assert sum((count - mean) ** 2 for count in counts) / len(counts) == pytest.approx(mean, rel=0.35)


def test_things_happen_in_the_order_of_time_and_looks_come_last() -> None:
    loop = Loop(DayClock(100.0))
    said: list[str] = []
    loop.later(5, said.append, "later")
    loop.later(2, said.append, "look", rank=AFTERWARDS)
    loop.later(2, said.append, "call")
    loop.at(1.0, said.append, "overdue")
    loop.run()
    assert said == ["overdue", "call", "look", "later"]
    assert loop.clock() == 105.0
