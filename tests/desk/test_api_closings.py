"""The API about how talks ended."""

from __future__ import annotations

import pytest
from desk_house import AT, HOTLINE, DeskHouse
from kept import Kept, connected

from ivr.store.offers import RedisOffers
from ivr.store.records.sink import write
from ivr.store.streams import make_group, read_new

GROUP = "records"


def drain(house: DeskHouse) -> list[str]:
    """Write what the store has for the records; the kinds of the entries."""
    stream = f"ivr:{{{HOTLINE}}}:events"
    make_group(house.client, stream, GROUP)
    batch = read_new(house.client, stream, GROUP, "leader", count=100)
    write(house.desk.engine, HOTLINE, batch)
    return [str(house.desk.reader.call("a", hotline=HOTLINE).events[-1].kind)] * len(batch)  # type: ignore[union-attr]


def test_who_was_in_a_talk_says_how_it_ended_and_the_record_has_it(house: DeskHouse, kept: Kept) -> None:  # R75
    kept.call("a", connected("general", "amy"), outcome="connected", agent="amy")
    told = house.put("/calls/a/closed", {"outcome": "solved", "note": " new\rrouter "}, house.amy)
    assert told.json == {"outcome": "solved", "by": "amy", "note": "new router", "at": AT}
    assert drain(house) == ["closed"]
    sheet = house.get("/calls/a").json
    assert (sheet["call"]["closed"], sheet["call"]["closed_by"]) == ("solved", "amy")
    assert sheet["track"][-1]["text"] == "closed as solved by amy  (note new router)"


def test_however_often_and_by_whomever_it_is_said_it_is_recorded_once(house: DeskHouse, kept: Kept) -> None:  # R75
    kept.call("a", connected("general", "amy"), outcome="connected", agent="amy")
    assert house.put("/calls/a/closed", {"outcome": "converted"}, house.amy).status_code == 200
    assert house.put("/calls/a/closed", {"outcome": "converted"}).json["by"] == "amy", "the first word stands"
    other = house.put("/calls/a/closed", {"outcome": "not_solved"})
    assert (other.status_code, other.json["detail"]) == (409, "amy has closed this call as converted, and that stands")
    assert len(drain(house)) == 1


def test_what_the_store_has_forgotten_the_records_know(house: DeskHouse, kept: Kept) -> None:
    kept.call("a", (9.0, "closed", {"outcome": "solved", "by": "ben"}), outcome="connected", agent="ben")
    assert house.put("/calls/a/closed", {"outcome": "solved"}).json["by"] == "ben"
    assert house.put("/calls/a/closed", {"outcome": "converted"}).status_code == 409
    assert drain(house) == []


def test_a_call_of_others_cannot_be_closed_by_an_agent(house: DeskHouse, kept: Kept) -> None:
    kept.call("a", connected("general", "ben"), outcome="connected", agent="ben")
    assert house.put("/calls/a/closed", {"outcome": "solved"}, house.amy).status_code == 404
    assert house.put("/calls/none/closed", {"outcome": "solved"}).status_code == 404


def test_an_expert_may_close_and_so_may_who_is_on_the_call(house: DeskHouse, kept: Kept) -> None:  # R75
    kept.call("a", connected("general", "ben"), (8.0, "expert_joined", {"agent": "amy"}))
    assert house.put("/calls/a/closed", {"outcome": "solved"}, house.amy).json["by"] == "amy"


def test_who_was_only_rung_cannot_say_how_a_talk_ended(house: DeskHouse, kept: Kept) -> None:  # R75
    kept.call("a", connected("general", "ben"), agent="ben")
    house.amy_is_rung_for("a")
    told = house.put("/calls/a/closed", {"outcome": "solved"}, house.amy)
    assert told.status_code == 409
    assert told.json["detail"] == "amy has not talked in the call 'a', and cannot say how it ended"
    assert house.put("/calls/a/closed", {"outcome": "solved"}).json["by"] == "board"


def test_who_talks_may_close_though_the_record_is_a_moment_behind(house: DeskHouse, kept: Kept) -> None:  # R75
    kept.call("a")
    house.amy_is_rung_for("a")
    offers = RedisOffers(house.client)
    offer = offers.offer_for(HOTLINE, "amy", now=house.clock())
    assert offer is not None
    offers.take(offer.token, now=house.clock())
    assert house.put("/calls/a/closed", {"outcome": "solved"}, house.amy).status_code == 200


@pytest.mark.parametrize("body", [{"outcome": "fine"}, {"note": "x"}, {"outcome": "solved", "note": "x" * 501}])
def test_what_is_no_outcome_is_refused(house: DeskHouse, kept: Kept, body: dict[str, str]) -> None:
    kept.call("a", outcome="connected", agent="amy")
    told = house.put("/calls/a/closed", body)
    assert told.status_code == 400
    assert "one of converted, not_solved, solved" in told.json["detail"]
