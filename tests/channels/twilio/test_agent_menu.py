"""The pages an agent hears who has pressed the star, and the question how a talk ended."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from twilio_house import CALL, PUBLIC

LEG = "/twilio/agent/telecom/offer-1"
TOP = f"{LEG}/menu?visit=0&what=top&page=0&attempt=1"
OVER = f"call={CALL}&agent=amy&queue=general"
LEFT = f"{LEG}/left?visit=0&{OVER}"


def page(answer):
    assert answer.status_code == 200
    return ET.fromstring(answer.data)


def said(answer):
    return [verb.text for verb in page(answer).iter("Say")]


def goes_on_at(answer):
    return page(answer).find("Gather").get("action").removeprefix(PUBLIC)


def room(answer):
    return page(answer).find("Dial")


def test_the_star_leads_out_of_the_room_and_back_into_it(twilio, house):
    dial = room(twilio.post(f"{LEG}/key?attempt=1", Digits="1"))
    assert (dial.get("hangupOnStar"), dial.get("action")) == ("true", f"{PUBLIC}{LEFT}")
    answer = twilio.post(LEFT, DialCallStatus="answered")
    assert said(answer) == ["agent_menu"]
    assert goes_on_at(answer) == TOP
    again = room(twilio.post(TOP, Digits="*"))
    assert (again.find("Conference").text, again.get("action")) == (
        "room-7",
        f"{PUBLIC}{LEFT.replace('visit=0', 'visit=1')}",
    )
    assert house.desk[-1][0] == "back"


def test_where_others_are_in_the_room_nobodys_leaving_ends_it(twilio, house):
    house.company = True
    assert room(twilio.post(TOP, Digits="*")).find("Conference").get("endConferenceOnExit") == "false"


@pytest.mark.parametrize(("key", "what"), [("1", "queue"), ("2", "agent"), ("3", "expert")])
def test_targets_come_page_by_page(twilio, house, key, what):
    house.pages = 2
    first = twilio.post(TOP, Digits=key)
    assert said(first) == [f"{what} page 0"]
    second = twilio.post(goes_on_at(first), Digits="9")
    assert said(second) == [f"{what} page 1"]
    assert said(twilio.post(goes_on_at(second), Digits="9")) == [f"{what} page 1"], "there is no third"
    assert said(twilio.post(goes_on_at(second), Digits="*")) == ["agent_menu"]


@pytest.mark.parametrize(
    ("what", "done"), [("queue", ("transfer", "queue:technical")), ("expert", ("bring_in", "queue:technical"))]
)
def test_a_target_is_taken_at_its_word(twilio, house, what, done):
    heard = twilio.post(TOP, Digits={"queue": "1", "expert": "3"}[what])
    twilio.post(goes_on_at(heard), Digits="1")
    assert done in house.desk


def test_a_key_leads_to_who_was_spoken_whoever_is_there_by_then(twilio, house):  # R74
    house.targets = ("agent:ana", "agent:ben")
    heard = goes_on_at(twilio.post(TOP, Digits="2"))
    house.targets = ("agent:ben", "agent:ana")
    twilio.post(heard, Digits="1")
    assert house.desk == [("transfer", "agent:ana")]


def test_the_menu_heard_again_leads_to_who_is_spoken_then(twilio, house):
    heard = goes_on_at(twilio.post(TOP, Digits="2"))
    house.targets = ("agent:amy", "agent:ben")
    again = goes_on_at(twilio.post(heard, Digits="7"))
    twilio.post(again, Digits="1")
    assert house.desk == [("transfer", "agent:amy")]


def test_who_was_brought_in_is_sent_away(twilio, house):
    answer = twilio.post(TOP, Digits="4")
    assert ("send_away", "") in house.desk
    assert said(answer) == ["agent_menu_sent_away"]
    assert room(answer) is not None


def test_what_cannot_be_leaves_the_agent_at_the_menu(twilio, house):
    house.refuses = True
    answer = twilio.post(f"{LEG}/menu?visit=0&what=queue&page=0&attempt=1&to=queue:technical", Digits="1")
    assert said(answer) == ["agent_menu_cannot", "agent_menu"]


@pytest.mark.parametrize("digits", ["", None, "7", "#", "12", ["1", "2"]])
def test_no_key_of_the_menu_hears_it_once_more_and_is_back_then(twilio, house, digits):
    again = goes_on_at(twilio.post(TOP, Digits=digits))
    assert again.endswith("attempt=2")
    assert room(twilio.post(again, Digits=digits)) is not None


@pytest.mark.parametrize("odd", ["visit=x&what=odd&page=-1&attempt=", "", "what=top&what=queue"])
def test_absurd_addresses_do_no_harm(twilio, house, odd):
    twilio.post(f"{LEG}/menu?{odd}", Digits="1")
    assert all(what not in ("transfer", "bring_in", "send_away") for what, *_ in house.desk)


def test_a_caller_who_has_gone_is_told_in_the_menu(twilio, house):
    house.talking = False
    assert said(twilio.post(TOP, Digits="1")) == ["caller_gone"]
    assert ("over", "telecom", "offer-1") in house.desk
    assert said(twilio.post(LEFT)) == [], "and who was talking has heard it himself"


def test_a_talk_that_is_forgotten_ends_the_leg(twilio, house):
    house.talk, house.talking = None, False
    for path in (TOP, LEFT):
        assert [verb.tag for verb in page(twilio.post(path, Digits="1"))] == ["Hangup"]


def test_an_agent_who_hangs_up_in_the_menu_has_left(twilio, house):
    for path in (TOP, LEFT):
        twilio.post(path, CallStatus="completed")
    assert house.desk == [("ended", "telecom", "offer-1", "0.0")] * 2


def test_how_the_talk_ended_is_asked_and_told_by_key(twilio, house):  # R75
    house.talking, house.asks = False, True
    asked = twilio.post(LEFT)
    assert said(asked) == ["caller_gone", "agent_closes"]
    told = twilio.post(goes_on_at(asked), Digits="3")
    assert house.desk[-2:] == [("close", CALL, "amy", "converted"), ("asked", "amy", "general")]
    assert said(told) == ["agent_closed"]


def test_who_does_not_say_is_asked_once_more_and_let_go(twilio, house):
    again = goes_on_at(twilio.post(f"{LEG}/closed?attempt=1&{OVER}", Digits="9"))
    assert "attempt=2" in again
    assert [verb.tag for verb in page(twilio.post(again, Digits=""))] == ["Hangup"]
    assert house.desk == [("asked", "amy", "general")], "and is free"


def test_of_a_caller_who_goes_on_elsewhere_nothing_is_asked(twilio, house):
    house.asks = True
    assert said(twilio.post(f"{LEG}/over?{OVER}")) == ["agent_closed"]


def test_where_it_is_not_asked_the_leg_ends(twilio, house):
    house.talking = False
    assert said(twilio.post(f"{LEG}/over?{OVER}")) == ["caller_gone"]
    assert house.desk == [("over", "telecom", "offer-1")]


def test_a_store_that_is_away_is_told_to_the_agent(twilio, house):
    house.down = True
    assert [verb.tag for verb in page(twilio.post(TOP, Digits="1"))][-1] == "Hangup"
