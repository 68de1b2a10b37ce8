"""Forms into events: the usual ones, and every kind of nonsense."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.call.events import (
    AgentLeft,
    CallStarted,
    DialEnded,
    DigitsPressed,
    HungUp,
    NothingHeard,
    Polled,
    Recorded,
    SpeechHeard,
)
from ivr.channels.twilio.reader import LONGEST_SPEECH, call_of, read_start, read_turn, recording_of
from ivr.channels.twilio.urls import After

RECORDING = "RE" + "a" * 32


def form(**told):
    return {name: value if isinstance(value, list) else [value] for name, value in told.items()}


# --- the first request -----------------------------------------------------------------------------


def test_a_call_comes_in():
    told = form(CallSid="CA1", From="+12025550100", To="+12025550199", CallStatus="ringing")
    assert read_start(told) == CallStarted("+12025550100", "+12025550199", "twilio")


@pytest.mark.parametrize("caller", ["client:bob", "sip:bob@example.com", "+2666966870", "Blocked Street 5"])
def test_any_string_is_a_caller(caller):
    assert read_start(form(From=caller, To="+1")).caller == caller


def test_a_withheld_number_is_anonymous():
    assert read_start(form(To="+12025550199")).caller == "anonymous"


@pytest.mark.parametrize(
    "caller",
    [
        *("anonymous", "Anonymous", "ANONYMOUS", "Restricted", "blocked", "Private", "unknown", "Unavailable"),
        *("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"),
        *("sip:anonymous@anonymous.invalid", "sip:Anonymous@example.com", "sips:x@anonymous.invalid"),
    ],
)
def test_whatever_stands_for_a_hidden_number_is_nobodys(caller):
    assert read_start(form(From=caller, To="+1")).caller == "anonymous"


def test_legacy_names_are_read():
    assert read_start(form(Caller="+1", Called="+2")) == CallStarted("+1", "+2", "twilio")


def test_a_name_of_ten_thousand_letters_is_cut_and_controls_are_taken_out():
    started = read_start(form(From="x\n\x00y" + "z" * 10_000, To="+1"))
    assert started.caller.startswith("x yz")
    assert len(started.caller) == 200


# --- what a prompt brought ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "event"),
    [
        (form(Digits="1"), DigitsPressed("1")),
        (form(Digits="0*#9", msg="Gather End", FinishedOnKey="#"), DigitsPressed("0*#9")),
        (form(SpeechResult="My bill.", Confidence="0.87"), SpeechHeard("My bill.", 0.87)),
        (form(SpeechResult="My bill."), SpeechHeard("My bill.", None)),
        (form(), NothingHeard()),
        (form(Digits="", SpeechResult=" "), NothingHeard()),
        (form(Digits="4", SpeechResult="four", Confidence="0.9"), DigitsPressed("4")),
    ],
)
def test_a_prompt_is_answered(told, event):
    assert read_turn("listen", told) == event


@pytest.mark.parametrize("digits", ["12ab", "A", "１２", "-1", "1 2", "<b>", "1" * 65, "٣"])
def test_absurd_digits_are_no_answer(digits):
    assert read_turn("listen", form(Digits=digits)) == NothingHeard()


@pytest.mark.parametrize("confidence", ["", "high", "nan", "inf", "-0.1", "1.5", "1e999"])
def test_an_absurd_confidence_is_none(confidence):
    assert read_turn("listen", form(SpeechResult="yes", Confidence=confidence)) == SpeechHeard("yes", None)


def test_contradicting_values_of_one_parameter_are_no_answer():
    assert read_turn("listen", form(Digits=["1", "2"])) == NothingHeard()
    assert read_turn("listen", form(Digits=["1", "1"])) == DigitsPressed("1")


def test_speech_of_ten_thousand_letters_is_cut():
    heard = read_turn("listen", form(SpeechResult="blah " * 2000, Confidence="0.5"))
    assert isinstance(heard, SpeechHeard)
    assert 0 < len(heard.text) <= LONGEST_SPEECH


# --- what else happens ------------------------------------------------------------------------------------


def test_waiting_is_over():
    assert read_turn("wait", form()) == Polled()


def test_a_message_was_left():
    told = form(RecordingUrl=f"https://api.twilio.com/x/Recordings/{RECORDING}", RecordingDuration="12", Digits="#")
    assert read_turn("record", told) == Recorded(RECORDING, 12.0, "#")


def test_a_message_ended_by_hanging_up_is_a_message():
    told = form(RecordingSid=RECORDING, RecordingDuration="3", Digits="hangup", CallStatus="completed")
    assert read_turn("record", told) == Recorded(RECORDING, 3.0, "hangup")


def test_no_message_was_left():
    assert read_turn("record", form()) == Recorded("", 0.0)
    assert read_turn("record", form(CallStatus="completed")) == HungUp()


def test_only_a_recording_id_is_taken_from_an_address():
    assert recording_of(form(RecordingUrl="https://evil.example/steal")) == ""
    assert recording_of(form(RecordingUrl=f"https://evil.example/{RECORDING}.wav?x=1")) == RECORDING


@pytest.mark.parametrize("status", ["busy", "no-answer", "failed", "canceled", "completed"])
def test_a_dialled_leg_has_ended(status):
    assert read_turn("dial", form(DialCallStatus=status, DialCallDuration="7")) == DialEnded(status, 7.0)


def test_an_unknown_end_of_a_leg_is_a_failed_one():
    assert read_turn("dial", form(DialCallStatus="exploded", DialCallDuration="-5")) == DialEnded("failed", 0.0)


def test_the_agent_has_left():
    assert read_turn("join", form(DialCallStatus="answered"), "anna") == AgentLeft("anna", 0.0, sure=False)


@pytest.mark.parametrize("status", ["completed", "answered"])
def test_who_hangs_up_on_a_dialled_leg_has_talked_to_it(status):
    told = form(CallStatus="completed", DialCallStatus=status, DialCallDuration="7")
    assert read_turn("dial", told) == DialEnded("completed", 7.0, hung_up=True)


@pytest.mark.parametrize("status", ["completed", "busy", "no-answer", "failed", "canceled", ""])
def test_who_hangs_up_while_it_rings_has_hung_up(status):
    assert read_turn("dial", form(CallStatus="completed", DialCallStatus=status)) == HungUp()


@pytest.mark.parametrize("after", ["listen", "wait", "join"])
@pytest.mark.parametrize("status", ["completed", "busy", "failed", "no-answer", "canceled"])
def test_a_request_for_a_call_that_is_over_is_a_hangup(after, status):
    assert read_turn(after, form(CallStatus=status, Digits="1", DialCallStatus="completed")) == HungUp()


@pytest.mark.parametrize("call", ["", "CA 1", "x" * 65, "../../etc", "CA{1}", "ü" * 34])
def test_no_call_id_that_could_not_be_one(call):
    assert call_of(form(CallSid=call)) == ""


NAMES = (
    "Digits SpeechResult Confidence CallStatus RecordingUrl RecordingSid RecordingDuration DialCallStatus "
    "DialCallDuration CallSid From To Caller Called"
)
NONSENSE = st.dictionaries(
    st.sampled_from(NAMES.split()),
    st.lists(st.text(), max_size=3),
)


@given(NONSENSE, st.sampled_from(get_args(After)), st.text())
def test_every_form_makes_an_event(told, after, agent):
    read_start(told)
    read_turn(after, told, agent)
    call_of(told)
