"""The API about how callers like to be served."""

from __future__ import annotations

from desk_house import AT, HOTLINE, DeskHouse

from ivr.call.habits import Habit
from ivr.call.tasks import KeepHabit

PATH = "/callers/%2B12025550101/preferences"


def learned(house: DeskHouse, **shown: str) -> None:
    habit = Habit(AT - 86_400, **shown)  # type: ignore[arg-type]
    house.desk.prefers.keep(HOTLINE, "c1", KeepHabit("+12025550101", habit))


def test_what_is_learned_is_shown_and_what_is_said_comes_before_it(house: DeskHouse) -> None:  # R33
    learned(house, pace="slow", way="person")
    assert house.get(PATH).json == {
        "number": "+12025550101",
        "prefers": {"pace": "slow", "way": "person"},
        "said": {},
        "calls": 1,
    }
    told = house.put(PATH, {"pace": "normal", "language": "zh"}).json
    assert told["prefers"] == {"pace": "normal", "way": "person", "language": "zh"}
    assert told["said"]["pace"] == {"value": "normal", "at": AT}


def test_it_is_forgotten_when_the_caller_wants_that(house: DeskHouse) -> None:  # R33
    learned(house, pace="slow")
    house.put(PATH, {"way": "callback"})
    assert house.ask("DELETE", PATH).status_code == 204
    assert house.get(PATH).json["prefers"] == {}


def test_a_language_that_nobody_speaks_here_is_refused(house: DeskHouse) -> None:
    told = house.put(PATH, {"language": "ko"})
    assert (told.status_code, told.json["detail"]) == (400, "'ko' is not spoken here; the languages are en, zh")
    assert house.put(PATH, {"pace": "fast"}).status_code == 400


def test_an_agent_may_not_see_it(house: DeskHouse) -> None:
    assert house.get(PATH, house.amy).status_code == 403
