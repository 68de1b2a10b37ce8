"""An agent's leg: the whisper, the key, the room, and every way of not taking a caller."""

import xml.etree.ElementTree as ET

import pytest
from twilio_house import PUBLIC

LEG = "/twilio/agent/telecom/offer-1"


def verbs(answer):
    assert answer.status_code == 200
    return [
        (verb.tag, (verb.text or "").strip()) for verb in ET.fromstring(answer.data).iter() if verb.tag != "Response"
    ]


def test_an_agent_hears_who_waits_and_takes(twilio, house):
    answer = twilio.post(LEG)
    assert verbs(answer)[1] == ("Say", "A caller about a bill. Press 1 to take, 2 to decline.")
    key = ET.fromstring(answer.data).find("Gather").get("action").removeprefix(PUBLIC)
    assert key == f"{LEG}/key?attempt=1"
    taken = ET.fromstring(twilio.post(key, Digits="1").data)
    assert taken.find("Dial/Conference").text == "room-7"
    assert taken.find("Dial/Conference").get("endConferenceOnExit") == "true"
    assert house.desk == [("take", "telecom", "offer-1")]


def test_nobody_waits_any_more(twilio, house):
    house.waits = False
    gone = [("Say", "Nobody waits any more."), ("Hangup", "")]
    assert verbs(twilio.post(LEG)) == gone
    assert verbs(twilio.post(f"{LEG}/key?attempt=1", Digits="1")) == gone


def test_an_agent_declines(twilio, house):
    assert verbs(twilio.post(f"{LEG}/key?attempt=1", Digits="2")) == [("Hangup", "")]
    assert house.desk == [("miss", "telecom", "offer-1", "declined")]


@pytest.mark.parametrize("digits", ["", None, "9", "#", "11", ["1", "2"]])
def test_another_key_or_none_hears_the_whisper_once_more_and_is_missed_then(twilio, house, digits):
    answer = twilio.post(f"{LEG}/key?attempt=1", Digits=digits)
    again = ET.fromstring(answer.data).find("Gather").get("action").removeprefix(PUBLIC)
    assert again == f"{LEG}/key?attempt=2"
    assert house.desk == []
    assert verbs(twilio.post(again, Digits=digits)) == [("Hangup", "")]
    assert house.desk == [("miss", "telecom", "offer-1", "no-key")]


@pytest.mark.parametrize("attempt", ["", "x", "999", "-1", "%C2%B2"])
def test_an_absurd_attempt_is_the_last(twilio, house, attempt):
    assert verbs(twilio.post(f"{LEG}/key?attempt={attempt}")) == [("Hangup", "")]


@pytest.mark.parametrize("status", ["busy", "failed", "no-answer", "canceled"])
def test_an_agent_does_not_answer(twilio, house, status):
    assert twilio.post(f"{LEG}/status", CallStatus=status).status_code == 204
    assert house.desk[0] == ("miss", "telecom", "offer-1", status)


def test_a_leg_is_over(twilio, house):
    twilio.post(f"{LEG}/status", CallStatus="completed", CallDuration="61")
    assert house.desk == [("ended", "telecom", "offer-1", "61.0")]


@pytest.mark.parametrize("status", ["initiated", "ringing", "in-progress", "queued", None])
def test_the_beginning_of_a_leg_is_no_news(twilio, house, status):
    assert twilio.post(f"{LEG}/status", CallStatus=status).status_code == 204
    assert house.desk == []


def test_an_outage_is_told_to_the_agent(twilio, house):
    house.down = True
    assert verbs(twilio.post(LEG))[-1] == ("Hangup", "")
    assert verbs(twilio.post(f"{LEG}/key", Digits="1"))[-1] == ("Hangup", "")
    assert twilio.post(f"{LEG}/status", CallStatus="busy").status_code == 503


def test_a_bug_is_told_to_the_agent(twilio, house, caplog):
    house.whisper = None
    assert verbs(twilio.post(LEG))[-1] == ("Hangup", "")
    assert "TypeError" in caplog.text
