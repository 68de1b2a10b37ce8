"""Who is in which room of the carrier's double, and who hears of it."""

from __future__ import annotations

import pytest

from ivr.sim.cloud.rooms import Rooms

Told = list[tuple[str, str]]


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def rooms(told: Told) -> Rooms:
    return Rooms(started=lambda call: told.append(("started", call)), ended=lambda call: told.append(("ended", call)))


def test_who_is_inside_hears_of_each_who_comes(rooms: Rooms, told: Told) -> None:
    for call in ("a", "b", "c"):
        rooms.join("room", call, ends_on_exit=False)
    assert told == [("started", "a"), ("started", "a"), ("started", "b")]
    assert rooms.with_("b") == {"a", "c"}


def test_whose_leaving_ends_the_room_leaves_nobody_in_it(rooms: Rooms, told: Told) -> None:
    rooms.join("room", "a", ends_on_exit=True)
    rooms.join("room", "b", ends_on_exit=False)
    rooms.leave("room", "a")
    assert told[-1] == ("ended", "b")
    rooms.leave("room", "b")
    assert (rooms.open(), rooms.with_("b")) == ([], frozenset())


def test_whose_leaving_ends_nothing_leaves_the_others_together(rooms: Rooms, told: Told) -> None:
    rooms.join("room", "a", ends_on_exit=True)
    assert rooms.let("room", "a", ends_on_exit=False)
    rooms.join("room", "b", ends_on_exit=False)
    rooms.leave("room", "a")
    assert "ended" not in [what for what, _ in told]
    assert rooms.inside("room") == ["b"]


def test_an_order_that_comes_late_brings_nobody_back_into_a_room(rooms: Rooms) -> None:
    rooms.join("room", "a", ends_on_exit=False)
    rooms.leave("room", "a")
    assert not rooms.let("room", "a", ends_on_exit=True)
    assert rooms.open() == rooms.inside("room") == []
