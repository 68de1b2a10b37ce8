"""The API about calls: lists, one with its track and the caller's earlier ones, and why."""

from __future__ import annotations

from desk_house import AT, DeskHouse
from kept import Kept, connected, left, queued

BALANCE = [
    (2.0, "said", {"step": "main.need", "text": "How can I help?"}),
    (4.0, "heard", {"step": "main.need", "how": "speech", "text": "my balance", "confidence": 0.9}),
    (6.0, "answered", {"step": "balance.read", "intent": "balance"}),
    (7.0, "sms", {"to": "+12025550101", "words": "balance_by_text"}),
]


def test_calls_are_listed_the_newest_first(house: DeskHouse, kept: Kept) -> None:
    kept.call("old", at=AT - 60, outcome="answered")
    kept.call("new")
    told = house.get("/calls").json
    assert [(one["call"], one["running"]) for one in told["items"]] == [("new", True), ("old", False)]
    assert told["next"] is None
    assert house.get("/calls?running=true").json["items"][0]["call"] == "new"
    assert house.get(f"/calls?before={AT - 1}").json["items"][0]["call"] == "old"
    assert house.get("/calls?caller=%2B1").json["items"] == []


def test_a_long_list_comes_in_pages_and_none_is_lost_or_twice(house: DeskHouse, kept: Kept) -> None:
    for n in range(7):
        kept.call(f"c{n}", at=AT - n // 3)
    seen, after = [], ""
    for _ in range(4):
        told = house.get(f"/calls?limit=2{after}").json
        seen += [one["call"] for one in told["items"]]
        if told["next"] is None:
            break
        after = f"&after={told['next']}"
    assert seen == ["c0", "c1", "c2", "c3", "c4", "c5", "c6"]


def test_one_call_is_told_with_its_track_before_a_person(house: DeskHouse, kept: Kept) -> None:  # R77
    kept.call("a", *BALANCE, queued("vip", 8))
    told = house.get("/calls/a").json
    assert told["call"]["caller"] == "+12025550101"
    assert [(one["kind"], one["text"]) for one in told["track"]][1:5] == [
        ("said", "said “How can I help?”"),
        ("heard", "heard “my balance” (0.90)"),
        ("answered", "answered balance"),
        ("sms", "text message to +12025550101  (words balance_by_text)"),
    ]
    kept.call("b", (1.0, "offered", {"agent": "amy", "queue": "vip", "why": {"waited_s": 1.0}}))
    assert house.get("/calls/b").json["track"][1]["text"] == "the phone of amy rings  (queue vip)", "why is told apart"
    assert told["track"][1]["step"] == "main.need"
    assert told["track"][1]["after_s"] == 2.0


def test_the_callers_earlier_calls_tell_with_whom_they_were(house: DeskHouse, kept: Kept) -> None:  # R77
    kept.call("before", at=AT - 900, outcome="connected", agent="ben", queue="vip", rating_human=4)
    kept.call("other", at=AT - 800, caller="+12025550102", outcome="answered")
    kept.call("a")
    (one,) = house.get("/calls/a").json["earlier"]
    assert (one["call"], one["agent"], one["rating_human"]) == ("before", "ben", 4)


def test_callers_without_a_number_are_not_taken_for_one(house: DeskHouse, kept: Kept) -> None:
    kept.call("before", at=AT - 900, caller="anonymous", outcome="answered")
    kept.call("a", caller="anonymous")
    assert house.get("/calls/a").json["earlier"] == []


def test_why_is_told_in_fields_and_sentences(house: DeskHouse, kept: Kept) -> None:
    kept.call("a", queued("vip"), connected("vip", "chen"), outcome="connected", agent="chen")
    told = house.get("/calls/a/why").json
    assert told["connected"][0]["told"] == "Connected with chen of vip, after 4 s in line."
    assert told["missing"][-1] == "Why chen was chosen is not recorded."


def test_an_agent_sees_the_own_calls_only_and_no_whole_number(house: DeskHouse, kept: Kept) -> None:
    kept.call("mine", *BALANCE, connected("vip", "amy", 9), outcome="connected", agent="amy")
    kept.call("bens", connected("vip", "ben"), outcome="connected", agent="ben")
    told = house.get("/calls", house.amy)
    assert [one["call"] for one in told.json["items"]] == ["mine"]
    assert told.json["items"][0]["caller"] == "…0101"
    for path in ("/calls", "/calls/mine", "/calls/mine/why"):
        assert "2025550101" not in house.get(path, house.amy).text, path
    assert house.get("/calls/bens", house.amy).status_code == 404
    assert house.get("/calls/bens/why", house.amy).status_code == 404
    assert house.get("/calls?caller=%2B12025550101", house.amy).status_code == 403


def test_an_agent_who_was_brought_in_sees_the_call(house: DeskHouse, kept: Kept) -> None:  # R75
    kept.call(
        "bens", connected("vip", "ben"), (9.0, "expert_joined", {"agent": "amy"}), agent="ben", outcome="connected"
    )
    assert house.get("/calls/bens", house.amy).status_code == 200


def test_an_agent_sees_the_call_that_rings(house: DeskHouse, kept: Kept) -> None:  # R76
    kept.call("ringing", *BALANCE, queued("general"))
    kept.call("other", queued("vip"))
    house.amy_is_rung_for("ringing")
    assert [one["call"] for one in house.get("/calls", house.amy).json["items"]] == ["ringing"]
    assert house.get("/calls/ringing", house.amy).status_code == 200


def test_another_hotlines_calls_are_not_there(house: DeskHouse) -> None:
    Kept(house.desk.engine, "bank").call("secret", left("vip", "hangup"), outcome="abandoned")
    assert house.get("/calls").json["items"] == []
    assert house.get("/calls/secret").status_code == 404
    bank = house.token("bank-board", hotline="bank")
    assert house.get("/calls/secret", bank).status_code == 200
