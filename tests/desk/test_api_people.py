"""The API about agents, queues, rules and messages."""

from __future__ import annotations

import pytest
from desk_house import AT, DeskHouse
from kept import Kept, connected, left, queued

from ivr.store.records.promises import Promise


def test_agents_are_listed_with_what_each_is_doing(house: DeskHouse) -> None:
    house.desk.agents.sign_in("telecom", "amy", now=AT)
    told = house.get("/agents").json["items"]
    assert [(one["agent"], one["state"]) for one in told] == [("amy", "ready"), ("ben", "signed_out")]
    assert told[0]["queues"] == ["general", "vip"]
    assert told[0]["skills"] == {"lines": 2}


def test_an_agent_signs_in_pauses_and_signs_out_and_twice_is_once(house: DeskHouse) -> None:
    for body, state in (
        ({"state": "ready"}, "ready"),
        ({"state": "paused", "reason": "lunch"}, "paused"),
        ({"state": "signed_out"}, "signed_out"),
    ):
        first = house.put("/agents/amy/state", body, house.amy)
        assert first.json["state"] == state
        assert house.put("/agents/amy/state", body, house.amy).json == first.json


def test_an_agents_token_changes_nobody_else(house: DeskHouse) -> None:
    told = house.put("/agents/ben/state", {"state": "ready"}, house.amy)
    assert told.status_code == 403
    assert told.json["detail"] == "this token is of the agent 'amy' and may ask for that one only"
    assert house.get("/agents", house.amy).status_code == 403
    assert house.get("/agents/ben", house.amy).status_code == 403
    assert house.get("/agents/amy", house.amy).json["state"] == "signed_out"


def test_an_agent_nobody_knows_is_told_with_one_alike(house: DeskHouse) -> None:
    told = house.put("/agents/amyy/state", {"state": "ready"})
    assert (told.status_code, told.json["detail"]) == (404, "telecom has no agent 'amyy'; did you mean 'amy'?")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"state": "sleepy"}, "Invalid value 'sleepy' - at `$.state`"),
        ({"state": "paused"}, "missing required field `reason`"),
        ({"state": "paused", "reason": "\x07"}, "a pause needs a reason that can be read"),
        ({"state": "ready", "then": "tea"}, "unknown field `then`"),
        ([], "Expected `object`"),
    ],
)
def test_a_state_that_is_none_is_told_with_those_there_are(house: DeskHouse, body: object, detail: str) -> None:
    told = house.put("/agents/amy/state", body)
    assert told.status_code == 400
    assert detail in told.json["detail"]


def test_a_reason_cannot_move_the_cursor_of_who_lists_agents(house: DeskHouse) -> None:
    told = house.put("/agents/amy/state", {"state": "paused", "reason": "\x1b[2J tea\r\nbreak"})
    assert told.json["reason"] == "[2J tea break"


def test_the_live_table_counts_who_waits_and_what_came(house: DeskHouse, kept: Kept) -> None:  # R94
    house.desk.agents.sign_in("telecom", "amy", now=AT)
    house.caller_waits("a", "vip")
    house.clock.advance(30)
    kept.call("a", queued("vip"))
    kept.call("b", queued("vip"), connected("vip", "amy"), outcome="connected")
    kept.call("c", queued("vip"), left("vip", "hangup"), outcome="abandoned")
    kept.call("d", outcome="answered")
    told = house.get("/queues?period=hour").json
    assert told["totals"]["to_people_rate"] == 0.75
    general, vip = told["queues"]
    assert general["incoming"] == 0
    assert general["answered_rate"] is None
    assert (vip["waiting"], vip["longest_wait_s"], vip["idle"]) == (1, 30.0, 1)
    assert (vip["incoming"], vip["answered"], vip["abandoned"]) == (3, 1, 1)
    assert vip["answered_rate"] == 0.333


def test_today_begins_at_midnight_where_the_hotline_is(house: DeskHouse, kept: Kept) -> None:
    kept.call("late", queued("vip"), at=AT - 10.5 * 3600, outcome="abandoned")
    kept.call("early", queued("vip"), at=AT - 9.5 * 3600, outcome="abandoned")
    assert house.get("/queues").json["totals"]["calls"] == 1


def test_rules_are_counted_and_those_that_fitted_nobody_are_there(house: DeskHouse, kept: Kept) -> None:  # R97
    gold = {"point": "entry", "rule": "gold", "result": "direct", "queue": "vip"}
    kept.call("a", (1, "decided", gold), version="v2", outcome="connected")
    told = house.get("/rules").json["rules"]
    assert [(one["rule"], one["fitted"], one["outcomes"]) for one in told] == [
        ("gold", 1, {"connected": 1}),
        ("rest", 0, {}),
    ]
    assert house.get(f"/rules?since={AT - 1}&until={AT - 0.5}").json["rules"][0]["fitted"] == 0


def test_goals_are_told_by_the_hotlines_own_worth(house: DeskHouse, kept: Kept) -> None:  # R98
    sold = (60, "closed", {"outcome": "converted", "by": "amy"})
    kept.call("a", sold, outcome="connected", agent="amy", opportunities=["plans"], at=AT - 600)
    kept.call("b", (119, "said", {}), outcome="answered", seconds_to_answer=9.0, at=AT - 600)
    told = house.get("/goals").json
    assert (told["currency"], told["now"]["value"], told["now"]["saved"]["amount"]) == ("USD", 40.0, 1.5)
    assert told["now"]["kept"] == {"count": 1, "of": 2, "rate": 0.5, "low": 0.0945, "high": 0.9055}
    assert "0.80 less 0.05 USD a minute" in told["means"]["saved"]


def test_goals_are_for_supervisors(house: DeskHouse) -> None:
    assert house.get("/goals", house.amy).status_code == 403


def test_a_period_that_ends_before_it_begins_is_refused(house: DeskHouse) -> None:
    told = house.get(f"/goals?since={AT}&until={AT - 1}")
    assert told.status_code == 400
    assert "must be later than" in told.json["detail"]


def promise(house: DeskHouse, once: str, queue: str = "general", hotline: str = "telecom", at: float = AT) -> None:
    house.desk.promises.keep(Promise(once, "callback", hotline, f"call-{once}", queue, "+12025550101", at, at, "fault"))


def test_messages_are_worked_from_new_to_closed(house: DeskHouse) -> None:  # R82
    promise(house, "p1")
    told = house.put("/messages/p1/state", {"state": "called"})
    assert (told.json["state"], told.json["number"]) == ("called", "+12025550101")
    assert house.put("/messages/p1/state", {"state": "called"}).json == told.json
    assert house.get("/messages?state=new").json["items"] == []
    assert house.get("/messages?kind=callback&state=called").json["items"][0]["reason"] == "fault"


def test_who_takes_a_message_has_it_and_the_other_is_told(house: DeskHouse) -> None:  # R82
    promise(house, "p1")
    mine = house.put("/messages/p1/state", {"state": "taken"}, house.amy)
    assert (mine.json["state"], mine.json["worked_by"], mine.json["worked_at"]) == ("taken", "amy", AT)
    assert house.put("/messages/p1/state", {"state": "taken"}, house.amy).json == mine.json
    told = house.put("/messages/p1/state", {"state": "taken"})
    assert told.status_code == 409
    assert told.json["detail"] == "amy has taken it; ask them, or a supervisor makes it new"
    done = {"state": "closed", "note": "mended\x07 on\n Monday"}
    assert house.put("/messages/p1/state", done, house.amy).json["note"] == "mended on Monday"
    told = house.put("/messages/p1/state", {"state": "taken"}, house.amy)
    assert (told.status_code, told.json["detail"]) == (409, "amy has closed it; make it new before you take it")


def test_a_supervisor_gives_back_what_somebody_has_taken(house: DeskHouse) -> None:
    promise(house, "p1")
    house.put("/messages/p1/state", {"state": "taken"}, house.amy)
    assert house.put("/messages/p1/state", {"state": "new"}).json["state"] == "new"


def test_messages_come_in_pages_who_waits_longest_first(house: DeskHouse) -> None:
    for n in range(3):
        promise(house, f"p{n}", at=AT + n // 2)
    first = house.get("/messages?limit=2").json
    rest = house.get(f"/messages?limit=2&after={first['next']}").json
    assert [one["message"] for one in (*first["items"], *rest["items"])] == ["p0", "p1", "p2"]
    assert rest["next"] is None


def test_a_voicemail_is_told_with_its_words_and_not_where_its_sound_lies(house: DeskHouse) -> None:
    house.desk.promises.keep(
        Promise("RE1", "voicemail", "telecom", "c", "vip", "+12025550101", AT, AT, duration_s=4.0, file="/kept/RE1.wav")
    )
    house.desk.transcripts.expect("RE1", "en", secret=False)
    told = house.get("/messages/RE1")
    assert told.json["words"] == {"state": "waiting", "language": "en", "text": None}
    assert told.json["has_sound"] is True
    assert "/kept" not in told.text


def test_an_agent_works_the_messages_of_the_own_queues(house: DeskHouse) -> None:
    promise(house, "mine")
    promise(house, "outbound", queue="")
    assert [one["message"] for one in house.get("/messages", house.amy).json["items"]] == ["mine"]
    assert house.get("/messages?queue=sales", house.amy).json["items"] == []
    assert house.put("/messages/mine/state", {"state": "closed"}, house.amy).json["state"] == "closed"
    assert house.put("/messages/outbound/state", {"state": "closed"}, house.amy).status_code == 404


def test_another_hotlines_messages_are_neither_seen_nor_worked(house: DeskHouse) -> None:
    promise(house, "theirs", hotline="bank")
    assert house.get("/messages").json["items"] == []
    assert house.put("/messages/theirs/state", {"state": "closed"}).status_code == 404
    assert house.desk.promises.one("theirs").state == "new"


def test_a_call_shows_what_is_open_for_its_caller(house: DeskHouse, kept: Kept) -> None:  # R77
    promise(house, "p1")
    kept.call("a")
    assert [one["message"] for one in house.get("/calls/a").json["messages"]] == ["p1"]
