"""The routes: what Twilio asks, what nonsense may ask, and that the caller hears something every time."""

import logging
import xml.etree.ElementTree as ET

import pytest
from twilio_house import ACCOUNT, CALL, CALLER, NUMBER, PUBLIC, TOKEN, House, Twilio, app_of, line_of

from ivr.call.events import CallStarted, DigitsPressed, HungUp, NothingHeard, Polled, Recorded, Resumed, SpeechHeard
from ivr.call.verbs import Listen, Say, StartRecording
from ivr.channels.twilio import Gate
from ivr.channels.twilio.outage import GIVE_UP_S

TURN = f"/twilio/turn/telecom/{CALL}"
RECORDING = "RE" + "a" * 32


def verbs(answer):
    """[(verb, text)], the nested ones after their Gather or Dial."""
    assert answer.status_code == 200
    assert answer.content_type == "text/xml; charset=utf-8"
    return [
        (verb.tag, (verb.text or "").strip()) for verb in ET.fromstring(answer.data).iter() if verb.tag != "Response"
    ]


def is_handed_on(answer):
    told = verbs(answer)
    return told[0] == ("Say", "We are sorry, please hold.") and told[-1] == ("Number", "+12025550111")


# --- a call -------------------------------------------------------------------------------------------------


def test_a_first_request_begins_a_call(twilio, house):
    answer = twilio.post("/twilio/voice", CallStatus="ringing")
    assert ("Say", "This is turn 0. Press a key.") in verbs(answer)
    assert f"{PUBLIC}{TURN}/1?after=listen" in answer.text
    assert house.events == [(0, CallStarted(CALLER, NUMBER, "twilio"))]


def test_the_next_turn(twilio, house):
    twilio.post("/twilio/voice")
    twilio.post(f"{TURN}/1?after=listen", Digits="5")
    twilio.post(f"{TURN}/2?after=listen", SpeechResult="My bill.", Confidence="0.7")
    twilio.post(f"{TURN}/3?after=listen")
    twilio.post(f"{TURN}/4?after=wait")
    assert [event for _, event in house.events[1:]] == [
        DigitsPressed("5"),
        SpeechHeard("My bill.", 0.7),
        NothingHeard(),
        Polled(),
    ]


@pytest.mark.parametrize("times", [2, 3])
def test_a_request_that_comes_again_is_answered_alike_and_changes_nothing(twilio, house, times):
    twilio.post("/twilio/voice")
    answers = {twilio.post(f"{TURN}/1?after=listen", Digits="5").data for _ in range(times)}
    assert len(answers) == 1
    assert len(house.events) == 2


def test_a_late_request_of_an_old_turn_changes_nothing(twilio, house):
    twilio.post("/twilio/voice")
    twilio.post(f"{TURN}/1?after=listen", Digits="5")
    newest = twilio.post(f"{TURN}/2?after=listen", Digits="6")
    assert twilio.post(f"{TURN}/1?after=listen", Digits="9").data == newest.data
    assert twilio.post("/twilio/voice").data == newest.data
    assert len(house.events) == 3


def test_a_replayed_request_of_a_third_party_changes_nothing(twilio, house):
    """Who has seen a signed request can send it again, and has nothing from it."""
    twilio.post("/twilio/voice")
    twilio.post(f"{TURN}/1?after=listen", Digits="5")
    before = list(house.events)
    twilio.post(f"{TURN}/1?after=listen", Digits="5")
    assert house.events == before


def test_a_get_is_good_for_the_first_request(house, clock):
    client = app_of(line_of(house, clock, Gate(PUBLIC, None, insecure=True))).test_client()
    answer = client.get("/twilio/voice", query_string={"CallSid": CALL, "From": CALLER, "To": NUMBER})
    assert ("Say", "This is turn 0. Press a key.") in verbs(answer)


def test_a_number_nobody_serves_hears_so(twilio, caplog):
    answer = twilio.post("/twilio/voice", To="+19998887777")
    assert verbs(answer) == [("Say", "The number you have dialled is not in service. Goodbye."), ("Hangup", "")]
    assert "+19998887777" in caplog.text
    assert NUMBER in caplog.text


def test_the_caller_has_hung_up_during_the_request(twilio, house):
    twilio.post("/twilio/voice")
    twilio.post(f"{TURN}/1?after=join&agent=anna", CallStatus="completed", DialCallStatus="completed")
    assert house.events[-1] == (1, HungUp())


def test_asking_again_changes_nothing(twilio, house):
    first = twilio.post("/twilio/voice")
    assert twilio.post(f"/twilio/again/telecom/{CALL}").data == first.data
    assert len(house.events) == 1


def test_asking_again_for_a_call_nobody_knows_begins_it(twilio, house):
    twilio.post(f"/twilio/again/telecom/{CALL}")
    assert house.events == [(0, CallStarted(CALLER, NUMBER, "twilio"))]


# --- who is let in -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/twilio/voice",
        f"{TURN}/1",
        "/twilio/status",
        "/twilio/fallback",
        "/twilio/transferred",
        f"/twilio/again/telecom/{CALL}",
        f"/twilio/alone/telecom/{CALL}/3",
        f"/twilio/recording/telecom/{CALL}",
        f"/twilio/recording/telecom/{CALL}/1",
        "/twilio/agent/telecom/t",
        "/twilio/agent/telecom/t/key",
        "/twilio/agent/telecom/t/alone",
        "/twilio/agent/telecom/t/status",
    ],
)
def test_every_route_refuses_what_twilio_did_not_sign(twilio, house, path):
    for headers in ({}, {"X-Twilio-Signature": "forged"}, {"X-Twilio-Signature": ""}):
        answer = twilio.client.post(path, data={"CallSid": CALL, "Digits": "1"}, headers=headers)
        assert answer.status_code == 403
        assert answer.text.endswith(".\n")
    assert [*house.events, *house.told, *house.desk, *house.recordings, *house.call_recordings] == []


def test_without_a_token_every_route_says_how_to_switch_it_on(house, clock):
    client = app_of(line_of(house, clock, Gate(PUBLIC, None))).test_client()
    answer = client.post("/twilio/voice", data={"CallSid": CALL})
    assert answer.status_code == 403
    assert "TWILIO_AUTH_TOKEN" in answer.text


def test_a_body_of_megabytes_is_not_read(twilio):
    answer = twilio.client.post("/twilio/voice", data={"Digits": "x" * 1_000_000}, headers={"X-Twilio-Signature": "x"})
    assert answer.status_code == 413


# --- missing, repeated and absurd parameters ---------------------------------------------------------------


def test_what_is_surely_not_twilio_is_told_so(twilio):
    answer = twilio.post("/twilio/voice", {"hello": "world"})
    assert answer.status_code == 400
    assert "CallSid" in answer.text


@pytest.mark.parametrize(
    "told",
    [
        {"CallSid": None},
        {"CallSid": ""},
        {"CallSid": "x" * 10_000},
        {"CallSid": "CA{evil}"},
        {"CallSid": [CALL, "CA" + "2" * 32]},
    ],
)
def test_a_first_request_without_a_usable_call_id_is_handed_on(twilio, house, told):
    assert is_handed_on(twilio.post("/twilio/voice", **told))
    assert house.events == []


@pytest.mark.parametrize(
    ("told", "caller"),
    [
        ({"From": None}, "anonymous"),
        ({"From": ""}, "anonymous"),
        ({"From": "anonymous"}, "anonymous"),
        ({"From": "sip:bob@example.com;x=1"}, "sip:bob@example.com;x=1"),
        ({"From": ["+1", "+2"]}, "anonymous"),
        ({"From": None, "Caller": "+1777"}, "+1777"),
    ],
)
def test_any_caller_is_answered(twilio, house, told, caller):
    assert ("Say", "This is turn 0. Press a key.") in verbs(twilio.post("/twilio/voice", **told))
    assert house.events == [(0, CallStarted(caller, NUMBER, "twilio"))]


@pytest.mark.parametrize("to", [None, "", "'; DROP TABLE calls", "\x00", "x" * 10_000, [NUMBER, "+1"]])
def test_a_call_to_nothing_hears_a_sentence(twilio, to):
    assert verbs(twilio.post("/twilio/voice", To=to))[-1] == ("Hangup", "")


@pytest.mark.parametrize(
    "told",
    [
        {"Digits": ["1", "2"]},
        {"Digits": "ABCD"},
        {"Digits": "９"},
        {"Digits": "1" * 10_000},
        {"SpeechResult": "", "Confidence": "NaN"},
        {"Confidence": "0.9"},
    ],
)
def test_an_absurd_answer_is_asked_again(twilio, house, told):
    twilio.post("/twilio/voice")
    assert ("Say", "This is turn 1. Press a key.") in verbs(twilio.post(f"{TURN}/1?after=listen", **told))
    assert house.events[-1] == (1, NothingHeard())


def test_speech_of_ten_thousand_letters(twilio, house):
    twilio.post("/twilio/voice")
    twilio.post(f"{TURN}/1?after=listen", SpeechResult="余额" * 5000, Confidence="0.4")
    _, heard = house.events[-1]
    assert heard == SpeechHeard("余额" * 1000, 0.4)


def test_parameters_nobody_has_heard_of(twilio, house):
    twilio.post("/twilio/voice", StirVerstat="TN-Validation-Passed-A", Ünknown="\x01<b>", AddOns="{}" * 1000)
    assert len(house.events) == 1


@pytest.mark.parametrize("after", ["", "dance", "listen%00", "<x>"])
def test_an_address_with_another_mark_is_read_as_a_prompt(twilio, house, after):
    twilio.post("/twilio/voice")
    twilio.post(f"{TURN}/1?after={after}", Digits="5")
    assert house.events[-1] == (1, DigitsPressed("5"))


@pytest.mark.parametrize(
    "path",
    [
        f"{TURN}/-1",
        f"{TURN}/abc",
        f"{TURN}/1.5",
        f"{TURN}/99999999999999999999",
        f"{TURN}/%D9%A3",
        f"/twilio/turn/telecom/{'CA' + '9' * 32}/1",
        f"/twilio/turn/telecom/{'x' * 1000}/1",
        f"/twilio/again/telecom/{'CA' + '9' * 32}",
    ],
)
def test_an_address_that_does_not_fit_is_handed_on(twilio, house, path):
    assert is_handed_on(twilio.post(path))
    assert house.events == []


# --- an outage ---------------------------------------------------------------------------------------------


def test_an_outage_is_heard_as_an_apology_and_comes_back_to_the_turn(twilio, house, clock):
    twilio.post("/twilio/voice")
    house.down = True
    answer = twilio.post(f"{TURN}/1?after=listen", Digits="1234")
    assert [tag for tag, _ in verbs(answer)] == ["Say", "Pause", "Redirect"]
    assert verbs(answer)[0] == ("Say", "We are sorry, please hold.")
    back = verbs(answer)[-1][1]
    assert back == f"{PUBLIC}{TURN}/1?after=wait&since={int(clock())}"
    assert "1234" not in answer.text

    house.down = False
    clock.advance(10)
    twilio.post(back.removeprefix(PUBLIC))
    assert house.events[-1] == (1, Resumed())


def test_an_outage_at_the_first_request_begins_the_call_later(twilio, house):
    house.down = True
    back = verbs(twilio.post("/twilio/voice"))[-1][1]
    house.down = False
    twilio.post(back.removeprefix(PUBLIC))
    assert house.events == [(0, CallStarted(CALLER, NUMBER, "twilio"))]


def test_after_thirty_seconds_the_call_is_handed_on(twilio, house, clock):
    house.down = True
    back = verbs(twilio.post("/twilio/voice"))[-1][1].removeprefix(PUBLIC)
    clock.advance(GIVE_UP_S - 1)
    assert verbs(twilio.post(back))[-1][1] == PUBLIC + back  # the first failure counts, not the last
    clock.advance(1)
    assert is_handed_on(twilio.post(back))


def test_without_a_fallback_number_the_caller_hears_goodbye(twilio, house, clock):
    house.down, house.fallback = True, None
    back = verbs(twilio.post("/twilio/voice"))[-1][1].removeprefix(PUBLIC)
    clock.advance(GIVE_UP_S)
    assert verbs(twilio.post(back)) == [("Say", "We are sorry, please hold."), ("Hangup", "")]


@pytest.mark.parametrize("since", ["-5", "soon", "99999999999", "1e9", "", "9" * 400])
def test_an_absurd_beginning_of_an_outage_is_now(twilio, house, clock, since):
    house.down = True
    back = verbs(twilio.post(f"{TURN}/1?after=wait&since={since}"))[-1][1]
    assert back.endswith(f"since={int(clock())}")


def test_an_outage_while_asking_again(twilio, house):
    twilio.post("/twilio/voice")
    newest = twilio.post(f"{TURN}/1?after=listen", Digits="5")
    house.down = True
    back = verbs(twilio.post(f"/twilio/again/telecom/{CALL}"))[-1][1].removeprefix(PUBLIC)
    house.down = False
    assert twilio.post(back).data == newest.data
    assert len(house.events) == 2


def test_the_transfer_has_worked(twilio):
    assert verbs(twilio.post("/twilio/transferred", DialCallStatus="completed")) == [("Hangup", "")]


@pytest.mark.parametrize("status", ["busy", "no-answer", "failed", "canceled", None, "?"])
def test_nobody_answers_at_the_fallback_number(twilio, status):
    told = verbs(twilio.post("/twilio/transferred", DialCallStatus=status))
    assert told == [("Say", "We are sorry, please hold."), ("Hangup", "")]


# --- bugs --------------------------------------------------------------------------------------------------


def test_a_bug_is_heard_as_an_apology_and_a_transfer_and_told_without_its_message(house, clock, caplog):
    def broken(turn, event):
        raise ValueError(f"cannot read {event.digits}")

    twilio = Twilio(app_of(line_of(house, clock, Gate(PUBLIC, TOKEN))).test_client())
    twilio.post("/twilio/voice")
    house.script = broken
    with caplog.at_level(logging.INFO):
        assert is_handed_on(twilio.post(f"{TURN}/1?after=listen", Digits="8642"))
    assert CALL in caplog.text
    assert "ValueError" in caplog.text
    assert "in broken" in caplog.text
    assert "8642" not in caplog.text


def test_a_broken_apology_is_replaced(clock):
    class NoWords(House):
        def apology(self, hotline):
            raise RuntimeError("no words")

        def hear(self, hotline, call, turn, event):
            raise RuntimeError("no turn")

    twilio = Twilio(app_of(line_of(NoWords(), clock, Gate(PUBLIC, TOKEN))).test_client())
    told = verbs(twilio.post("/twilio/voice"))
    assert told == [("Say", "We are sorry, something went wrong. Please call again later."), ("Hangup", "")]


def test_nothing_of_a_caller_is_logged(twilio, caplog):
    with caplog.at_level(logging.INFO):
        twilio.post("/twilio/voice")
        twilio.post(f"{TURN}/1?after=listen", Digits="86421357")
        twilio.post(f"{TURN}/2?after=listen", SpeechResult="my password is swordfish", Confidence="0.9")
    assert f"call {CALL} turn 1: DigitsPressed" in caplog.text
    assert "86421357" not in caplog.text
    assert "swordfish" not in caplog.text


# --- Twilio could not use our answer ------------------------------------------------------------------------


def fallen_back(code, url=f"{PUBLIC}{TURN}/1?after=listen"):
    return {"ErrorCode": code, "ErrorUrl": url}


def test_an_answer_that_did_not_arrive_is_given_again(twilio, house, caplog):
    twilio.post("/twilio/voice")
    lost = twilio.post(f"{TURN}/1?after=listen", Digits="5")
    assert twilio.post("/twilio/fallback", **fallen_back("11200")).data == lost.data
    assert f"call {CALL}: Twilio error 11200" in caplog.text
    assert len(house.events) == 2


def test_an_absurd_error_address(twilio, house):
    lost = twilio.post("/twilio/voice")
    assert twilio.post("/twilio/fallback", **fallen_back("11200", "http://[%00?Digits=1234")).data == lost.data


def test_a_first_request_that_did_not_arrive_begins_the_call(twilio, house):
    twilio.post("/twilio/fallback", **fallen_back("11205", f"{PUBLIC}/twilio/voice"))
    assert house.events == [(0, CallStarted(CALLER, NUMBER, "twilio"))]


@pytest.mark.parametrize("code", ["12100", "11750", "13521", "", "x" * 5000, "11200; DROP"])
def test_an_answer_twilio_cannot_use_is_not_given_again(twilio, code):
    twilio.post("/twilio/voice")
    answer = twilio.post("/twilio/fallback", **fallen_back(code))
    assert is_handed_on(answer) or code.startswith("11200")


def test_a_fallback_during_an_outage(twilio, house):
    twilio.post("/twilio/voice")
    house.down = True
    assert [tag for tag, _ in verbs(twilio.post("/twilio/fallback", **fallen_back("11200")))] == [
        "Say",
        "Pause",
        "Redirect",
    ]


def test_a_fallback_without_anything(twilio):
    assert is_handed_on(twilio.post("/twilio/fallback", {"AccountSid": ACCOUNT}))


# --- callbacks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["completed", "busy", "failed", "no-answer", "canceled"])
def test_the_end_of_a_call_is_news(twilio, house, status):
    assert twilio.post("/twilio/status", CallStatus=status, CallDuration="12").status_code == 204
    assert house.told == [HungUp()]


@pytest.mark.parametrize("status", ["ringing", "in-progress", "queued", "initiated", "", None, "exploded"])
def test_anything_before_the_end_is_not(twilio, house, status):
    assert twilio.post("/twilio/status", CallStatus=status).status_code == 204
    assert house.told == []


def test_the_end_of_a_leg_is_not_the_end_of_the_call(twilio, house):
    twilio.post("/twilio/status", CallStatus="completed", ParentCallSid="CA" + "2" * 32)
    assert house.told == []


@pytest.mark.parametrize("told", [{"CallSid": None}, {"CallSid": "?"}, {"To": "+1"}, {"To": None}])
def test_a_callback_that_names_no_call_of_ours_is_harmless(twilio, house, told):
    assert twilio.post("/twilio/status", CallStatus="completed", **told).status_code == 204
    assert house.told == []


def test_the_end_of_a_call_that_cannot_be_stored_may_be_told_again(twilio, house):
    house.down = True
    assert twilio.post("/twilio/status", CallStatus="completed").status_code == 503


def test_a_recording_is_ready(twilio, house):
    path = f"/twilio/recording/telecom/{CALL}"
    told = {"RecordingSid": RECORDING, "RecordingStatus": "completed", "RecordingDuration": "12"}
    assert twilio.post(path, **told).status_code == 204
    assert house.recordings == [("telecom", CALL, RECORDING, 12.0)]


@pytest.mark.parametrize(
    "told",
    [
        {"RecordingSid": RECORDING, "RecordingStatus": "absent"},
        {"RecordingSid": RECORDING, "RecordingStatus": "in-progress"},
        {"RecordingSid": "x", "RecordingUrl": "http://169.254.169.254/"},
        {},
    ],
)
def test_a_recording_that_is_not_ready_is_not_fetched(twilio, house, told):
    assert twilio.post(f"/twilio/recording/telecom/{CALL}", **told).status_code == 204
    assert house.recordings == []


def test_an_answer_given_again_after_an_outage_ends_a_part_before_it_begins_it(twilio, house):
    house.script = lambda turn, event: (StartRecording(turn + 1), Listen((Say("Hello."),)))
    for path in ("/twilio/voice", f"/twilio/again/telecom/{CALL}"):
        assert "<Stop>" not in twilio.post(path).text, "ending what does not run is an error to Twilio"
    again = twilio.post(f"{TURN}/1?after=listen&since=1", Digits="1").text
    assert again.index('<Stop><Recording name="part-2" /></Stop>') < again.index("<Start>")


def test_a_part_of_a_calls_recording_is_ready(twilio, house):
    told = {"RecordingSid": RECORDING, "RecordingStatus": "completed", "RecordingDuration": "12"}
    assert twilio.post(f"/twilio/recording/telecom/{CALL}/2", **told).status_code == 204
    assert house.call_recordings == [("telecom", CALL, 2, RECORDING, 12.0)]
    assert house.recordings == [], "it is no message"
    assert twilio.post(f"/twilio/recording/telecom/{CALL}/2", RecordingStatus="absent").status_code == 204
    assert twilio.post(f"/twilio/recording/telecom/{CALL}/two", **told).status_code == 404
    house.down = True
    assert twilio.post(f"/twilio/recording/telecom/{CALL}/2", **told).status_code == 503
    assert len(house.call_recordings) == 1


def test_a_message_ended_by_hanging_up_is_kept(twilio, house):
    twilio.post("/twilio/voice")
    told = {"RecordingSid": RECORDING, "RecordingDuration": "4", "Digits": "hangup", "CallStatus": "completed"}
    twilio.post(f"{TURN}/1?after=record", **told)
    assert house.events[-1] == (1, Recorded(RECORDING, 4.0, "hangup"))
