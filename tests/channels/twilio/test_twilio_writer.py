"""Verbs into TwiML."""

import xml.etree.ElementTree as ET

import pytest

from ivr.call.verbs import Dial, Hangup, Join, Listen, Play, Record, Say, StartRecording, StopRecording, Wait
from ivr.channels.twilio.languages import TONGUES, tongue
from ivr.channels.twilio.leg_writer import write_goodbye, write_offer, write_room
from ivr.channels.twilio.urls import Turn, Urls
from ivr.channels.twilio.writer import MAX_DOCUMENT_BYTES, write
from ivr.sim.cloud.document import check_gather, check_say, read
from ivr.sim.cloud.web import Reply

URLS = Urls("https://hotline.example.com")
CALL = "CA" + "1" * 32
TURN = Turn("telecom", CALL, 3)
HERE = f"https://hotline.example.com/twilio/turn/telecom/{CALL}/3"


def written(*verbs):
    document = write(verbs, TURN, URLS)
    check(document)
    return ET.fromstring(document)


def check(document):
    """The carrier's double finds nothing to complain of."""
    notices = []
    root = read(Reply(200, "text/xml", document.encode()), HERE, notices.append)
    for verb in root.verbs:
        if verb.tag == "Gather":
            check_gather(verb, HERE)
        for say in verb.iter("Say"):
            check_say(say, HERE, notices.append)
    assert notices == []


def test_a_sentence():
    (say, pause, redirect) = written(Say("Hello."))
    assert (say.tag, say.text, dict(say.attrib)) == ("Say", "Hello.", {"voice": "Polly.Joanna", "language": "en-US"})
    # an answer that holds no line goes on instead of hanging up
    assert (pause.get("length"), redirect.text) == ("1", f"{HERE}?after=wait")


def test_mandarin():
    (say, _) = written(Say("您好", "zh"), Hangup())
    assert (say.get("language"), say.get("voice")) == ("cmn-CN", "Polly.Zhiyu")


def test_markup_in_business_data_is_spoken_not_performed():
    (say, hangup) = written(Say("<Hangup/> & </Say><Dial>+1900</Dial>"), Hangup())
    assert say.text == "<Hangup/> & </Say><Dial>+1900</Dial>"
    assert (len(say), hangup.tag) == (0, "Hangup")


def test_a_slow_voice():
    (say, _) = written(Say("Slowly.", rate=0.85), Hangup())
    assert (say[0].tag, say[0].get("rate"), say[0].text) == ("prosody", "85%", "Slowly.")


def test_a_recording_of_the_words_is_played_instead():
    (play, _) = written(Say("Hello.", audio="en/hello there.wav"), Hangup())
    assert (play.tag, play.text) == ("Play", "https://hotline.example.com/audio/telecom/en/hello%20there.wav")


def test_a_sound():
    (play, redirect) = written(Play("music.wav", 20.0), Wait(0))
    assert play.text == "https://hotline.example.com/audio/telecom/music.wav"
    assert redirect.text == f"{HERE}?after=wait"


def test_words_without_a_letter_are_left_out():
    assert [verb.tag for verb in written(Say("  \x00 "), Hangup())] == ["Hangup"]


def test_a_question_takes_keys_and_speech_at_once():
    listen = Listen(
        (Say("Which?"),), language="zh", hints=("余额", "故障"), expect="intent", patience_s=4.2, max_digits=1
    )
    gather, belt = written(listen)
    assert dict(gather.attrib) == {
        "input": "dtmf speech",
        "action": f"{HERE}?after=listen",
        "method": "POST",
        "timeout": "5",
        "numDigits": "1",
        "finishOnKey": "#",
        "actionOnEmptyResult": "true",
        "language": "cmn-Hans-CN",
        "speechTimeout": "auto",
        "hints": "余额,故障",
        "profanityFilter": "false",
    }
    assert [prompt.text for prompt in gather] == ["Which?"]
    assert (belt.tag, belt.get("method"), belt.text) == ("Redirect", "POST", f"{HERE}?after=listen")


@pytest.mark.parametrize(
    ("expect", "timeout"), [("yes_no", "auto"), ("choice", "auto"), ("digits", "2"), ("text", "2")]
)
def test_long_answers_may_have_a_breath_in_them(expect, timeout):
    (gather, _) = written(Listen((Say("Well?"),), expect=expect))
    assert gather.get("speechTimeout") == timeout


def test_a_secret_is_taken_by_keys_only():
    (gather, _) = written(Listen((Say("Your PIN?"),), secret=True, hints=("1234",), max_digits=4))
    assert gather.get("input") == "dtmf"
    assert not {"hints", "language", "speechTimeout", "partialResultCallback"} & set(gather.attrib)


def test_no_key_finishes():
    (gather, _) = written(Listen((Say("Key?"),), finish_on="", speech=False))
    assert gather.get("finishOnKey") == ""


def test_hints_are_cut_to_the_limits():
    hints = ("a, b", "$OPERAND", "x" * 101, "", "a  b", *(f"phrase {n}" for n in range(600)))
    (gather, _) = written(Listen((Say("Well?"),), hints=hints))
    given = gather.get("hints").split(",")
    assert given[:3] == ["a b", "OPERAND", "phrase 0"]
    assert len(given) == 500


def test_a_message_is_recorded():
    (record, belt) = written(Record(max_s=90, silence_s=4, finish_on="#"))
    assert dict(record.attrib) == {
        "action": f"{HERE}?after=record",
        "method": "POST",
        "timeout": "4",
        "finishOnKey": "#",
        "maxLength": "90",
        "playBeep": "true",
        "recordingStatusCallback": f"https://hotline.example.com/twilio/recording/telecom/{CALL}",
        "recordingStatusCallbackEvent": "completed absent",
    }
    assert belt.text == f"{HERE}?after=record"


def test_a_number_is_dialled():
    (dial,) = written(Dial("+12025550111", ring_s=20, caller_id="+12025550199"))
    assert dict(dial.attrib) == {
        "action": f"{HERE}?after=dial",
        "method": "POST",
        "timeout": "20",
        "callerId": "+12025550199",
    }
    assert (dial[0].tag, dial[0].text) == ("Number", "+12025550111")


def test_a_broken_flow_is_handed_on():
    (dial,) = written(Dial("+12025550111", action="fallback"))
    assert dial.get("action") == "https://hotline.example.com/twilio/transferred"


def test_waiting_comes_back():
    (pause, redirect) = written(Wait(1.2))
    assert (pause.get("length"), redirect.text) == ("2", f"{HERE}?after=wait")


def test_a_caller_meets_an_agent():
    (dial,) = written(Join("room-1", "anna b&c"))
    assert dial.get("action") == f"{HERE}?after=join&agent=anna+b%26c"
    (room,) = dial
    assert room.text == "room-1"
    assert dict(room.attrib) == {
        "startConferenceOnEnter": "true",
        "endConferenceOnExit": "true",
        "beep": "false",
        "waitUrl": f"https://hotline.example.com/twilio/alone/telecom/{CALL}/3?agent=anna+b%26c",
        "waitMethod": "POST",
    }


def test_the_end():
    assert [verb.tag for verb in written(Hangup())] == ["Hangup"]


def test_an_agent_hears_who_waits():
    document = write_offer([Say("A caller.")], "https://hotline.example.com/key", 6)
    check(document)
    gather, belt = ET.fromstring(document)
    assert (gather.get("numDigits"), gather.get("finishOnKey"), gather.get("action")) == ("1", "", belt.text)


def test_an_agent_goes_into_the_room():
    document = write_room("room-1", f"{URLS.base}/wait", left_url=f"{URLS.base}/left", star=False)
    check(document)
    dial, hangup = ET.fromstring(document)
    assert (dial[0].text, dial[0].get("endConferenceOnExit"), hangup.tag) == ("room-1", "true", "Hangup")


def test_goodbye():
    document = write_goodbye([Say("Goodbye.")])
    check(document)
    assert [verb.tag for verb in ET.fromstring(document)] == ["Say", "Hangup"]


# --- sizes -----------------------------------------------------------------------------------------------


def test_a_long_text_becomes_several_sentences_of_speech():
    verbs = written(Say("All work and no play makes Jack a dull boy. " * 200), Hangup())
    assert [verb.tag for verb in verbs] == ["Say"] * 3 + ["Hangup"]


@pytest.mark.parametrize(
    "verbs",
    [
        (Say("请。" * 100_000, "zh"), Listen((Say("Which?"),))),
        (Listen((Say("<&>" * 50_000), Say("Which?")), hints=tuple(f"{n} {'余' * 90}" for n in range(500))),),
        (*(Say("&" * 2000) for _ in range(2000)), Listen((Say("Which?"),))),
        (Listen((*(Say("x") for _ in range(5000)), Say("Which?"))),),
        (Say("a\x00" * 500_000), Listen((Say("Which?"),))),
    ],
)
def test_no_document_is_too_large_and_the_question_is_always_asked(verbs):
    document = write(verbs, TURN, URLS)
    check(document)
    assert len(document.encode()) <= MAX_DOCUMENT_BYTES
    gather = ET.fromstring(document).find("Gather")
    assert gather[-1].text == "Which?"


def test_hints_go_before_words_do():
    text = "Half a document of words. " * 1500
    (gather, _) = written(Listen((Say(text),), hints=tuple(f"{n} {'余' * 90}" for n in range(500))))
    assert gather.get("hints") is None or len(gather.get("hints").split(",")) == 100
    assert "".join(say.text for say in gather).replace(" ", "") == text.replace(" ", "")


# --- languages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "say", "hear"),
    [
        ("en", "en-US", "en-US"),
        ("zh", "cmn-CN", "cmn-Hans-CN"),
        ("zh-TW", "cmn-CN", "cmn-Hant-TW"),
        ("en_GB", "en-GB", "en-GB"),
        ("en-NZ", "en-US", "en-US"),
        ("ko", "ko-KR", "ko-KR"),
        ("tlh", "en-US", "en-US"),
    ],
)
def test_a_language_in_twilios_words(language, say, hear):
    assert (tongue(language).say, tongue(language).hear) == (say, hear)


@pytest.mark.parametrize("language", TONGUES)
def test_every_language_can_be_spoken_and_heard(language):
    written(Listen((Say("…x…", language),), language=language))


# --- addresses -----------------------------------------------------------------------------------------------


def test_no_address_holds_more_than_ids():
    document = write((Listen((Say("Your PIN 1234?"),), secret=True),), TURN, URLS)
    for element in ET.fromstring(document).iter():
        for address in (element.get("action", ""), element.text if element.tag == "Redirect" else ""):
            assert "1234" not in address


def test_an_address_below_a_path():
    urls = Urls("https://example.com/ivr")
    assert (
        urls.turn(Turn("a", "CA1", 2, since=1700), "wait")
        == "https://example.com/ivr/twilio/turn/a/CA1/2?after=wait&since=1700"
    )
    assert urls.again("a", "CA/1") == "https://example.com/ivr/twilio/again/a/CA%2F1"


# --- recordings of the call ----------------------------------------------------------------------------------


def test_a_part_of_the_call_is_recorded_by_its_name_and_its_news_comes_to_its_own_address():
    start, say, stop, hangup = written(StartRecording(2), Say("Hello."), StopRecording(2), Hangup())
    assert [one.tag for one in (start, say, stop, hangup)] == ["Start", "Say", "Stop", "Hangup"]
    (begun,), (ended,) = start, stop
    assert (begun.tag, begun.get("name")) == (ended.tag, ended.get("name")) == ("Recording", "part-2")
    assert begun.get("recordingStatusCallback") == f"https://hotline.example.com/twilio/recording/telecom/{CALL}/2"
    assert (begun.get("channels"), begun.get("trim")) == ("mono", "do-not-trim")


def test_a_document_never_ends_with_a_recordings_beginning():
    (_, pause, redirect) = written(StartRecording(1))
    assert (pause.tag, redirect.tag) == ("Pause", "Redirect")


def test_a_document_cut_to_its_limit_keeps_the_end_of_a_recording():
    """Left out, it would have the secret that follows on tape."""
    secret = Listen((Say("Your PIN?", secret=True),), speech=False, secret=True)
    document = write((StopRecording(3), *[Say("word " * 500)] * 400, secret), TURN, URLS)
    check(document)
    root = ET.fromstring(document)
    assert len(root) < 40, "this one was cut"
    assert (root[0].tag, root[0][0].get("name")) == ("Stop", "part-3")
