"""Waits that were too long, as the desk sees them (R73)."""

from __future__ import annotations

from desk_house import AT, DeskHouse
from kept import Kept, Told, connected, left, queued


def alarm(queue: str, after: float, waited_s: float = 60.0, position: int = 2) -> Told:
    return after, "alarm", {"queue": queue, "waited_s": waited_s, "position": position}


def test_an_alarm_says_who_waits_since_when_and_what_ended_it(house: DeskHouse, kept: Kept) -> None:
    kept.call("a", queued("vip"), alarm("vip", 61), connected("vip", "amy", 90), outcome="connected")
    kept.call("b", queued("vip"), alarm("vip", 61), left("vip", "hangup", 100), outcome="abandoned")
    kept.call("c", queued("general"), alarm("general", 62, 61.0, 3), caller="anonymous")
    found = {one["call"]: one for one in house.get("/alarms").json["items"]}
    assert found["a"] == {
        "call": "a",
        "caller": "+12025550101",
        "queue": "vip",
        "since": AT + 1,
        "at": AT + 61,
        "position": 2,
        "ended_at": AT + 90,
        "ended": "connected",
    }
    assert (found["b"]["ended"], found["b"]["ended_at"]) == ("hangup", AT + 100)
    assert (found["c"]["ended"], found["c"]["ended_at"], found["c"]["since"]) == (None, None, AT + 1)


def test_open_alarms_are_those_of_callers_who_still_wait(house: DeskHouse, kept: Kept) -> None:
    kept.call("a", queued("vip"), alarm("vip", 61), connected("vip", "amy", 90))
    kept.call("b", queued("vip"), alarm("vip", 70, 69.0))
    kept.call("c", queued("vip"), alarm("vip", 65, 64.0))
    assert [one["call"] for one in house.get("/alarms?open=true").json["items"]] == ["b", "c"]
    assert [one["call"] for one in house.get("/alarms?open=false").json["items"]] == ["a"]
    assert [one["call"] for one in house.get("/alarms?limit=1").json["items"]] == ["b"]
    house.clock.advance(100)
    assert [one["call"] for one in house.get("/queues").json["alarms"]] == ["b", "c"]


def test_a_second_wait_of_the_same_call_is_an_alarm_of_its_own(house: DeskHouse, kept: Kept) -> None:
    again = (queued("vip", 200), alarm("vip", 261))
    kept.call("a", queued("vip"), alarm("vip", 61), connected("vip", "amy", 90), *again)
    ended = [(one["since"], one["ended"]) for one in house.get("/alarms").json["items"]]
    assert ended == [(AT + 201, None), (AT + 1, "connected")]


def test_alarms_of_other_hotlines_and_of_days_ago_are_not_shown(house: DeskHouse, kept: Kept) -> None:
    kept.call("old", queued("vip"), alarm("vip", 61), at=AT - 90_000)
    Kept(house.desk.engine, "elsewhere").call("b", queued("vip"), alarm("vip", 61))
    assert house.get("/alarms").json["items"] == []
    assert [one["call"] for one in house.get(f"/alarms?since={AT - 100_000}").json["items"]] == ["old"]
    assert house.get("/queues").json["alarms"] == []  # no call lasts for a day


def test_agents_see_no_alarms(house: DeskHouse) -> None:
    assert house.get("/alarms", house.amy).status_code == 403
