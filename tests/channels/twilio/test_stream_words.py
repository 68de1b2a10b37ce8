"""Media Streams' JSON is read as Twilio writes it, and whatever else comes is an error with a sentence."""

import json

import pytest

from ivr.channels.twilio.stream_words import (
    MOST_LETTERS,
    BadStream,
    Begun,
    Frame,
    Key,
    Marked,
    Stopped,
    check_format,
    read,
    write_clear,
    write_mark,
    write_sound,
)

START = {
    "event": "start",
    "sequenceNumber": "1",
    "streamSid": "MZ1",
    "start": {
        "streamSid": "MZ1",
        "accountSid": "AC1",
        "callSid": "CA1",
        "tracks": ["inbound"],
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
        "customParameters": {"pass": "secret"},
    },
}


def media(**told):
    return json.dumps({"event": "media", "sequenceNumber": "4", "streamSid": "MZ1", "media": told})


def start(**form):
    told = START["start"]
    return json.dumps({**START, "start": {**told, "mediaFormat": {**told["mediaFormat"], **form}}})


def test_each_kind_of_message_is_read():
    assert read('{"event":"connected","protocol":"Call","version":"1.0.0"}') is None
    assert read(json.dumps(START)) == Begun("MZ1", "CA1", {"pass": "secret"})
    assert read(media(track="inbound", chunk="2", timestamp="5", payload="/3//")) == Frame(b"\xff\x7f\xff", 2, 5)
    assert read('{"event":"dtmf","streamSid":"MZ1","dtmf":{"track":"inbound_track","digit":"#"}}') == Key("#")
    assert read('{"event":"mark","sequenceNumber":"9","streamSid":"MZ1","mark":{"name":"3:400"}}') == Marked("3:400")
    assert read('{"event":"stop","streamSid":"MZ1","stop":{"callSid":"CA1"}}') == Stopped()


def test_numbers_may_be_numbers_and_what_is_new_is_passed_over():
    assert read(media(chunk=2, timestamp=5, payload="/w==")) == Frame(b"\xff", 2, 5)
    assert read(media(payload="/w==", colour="blue")) == Frame(b"\xff", None, None)
    assert read('{"event":"smell","smell":{"of":"roses"}}') is None


def test_what_we_play_ourselves_and_what_is_empty_is_no_sound_of_the_caller():
    assert read(media(track="outbound", payload="/w==")) is None
    assert read(media(track="inbound", payload="")) is None


@pytest.mark.parametrize("chunk", ["", "-1", "1.5", "x", "9" * 40, -3, "\u0661"])
def test_a_count_that_is_none_is_left_out(chunk):
    assert read(media(chunk=chunk, payload="/w==")) == Frame(b"\xff", None, None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not of this protocol"),
        ("hello", "not of this protocol"),
        ("[]", "not of this protocol"),
        ("{}", "not of this protocol"),
        ('{"event": 7}', "not of this protocol"),
        ('{"event":"media","media":"loud"}', "not of this protocol"),
        ('{"event":"start","start":{"customParameters":{"pass":{"a":1}}}}', "not of this protocol"),
        (media(payload="*"), "not base64"),
        (media(payload="/w="), "not base64"),
        (media(payload="/w==\n/w=="), "not base64"),
        (media(payload="余额"), "not base64"),
        ('{"event":"mark","mark":{"name":"' + "x" * MOST_LETTERS + '"}}', "more than any sound takes"),
        (json.dumps({**START, "streamSid": '"},{"'}), "streamSid"),
        ('{"event":"dtmf","dtmf":{"digit":"\ud800"}}', "not of this protocol"),
    ],
)
def test_what_cannot_be_a_calls_sound_is_told(text, why):
    with pytest.raises(BadStream, match=why):
        read(text)


def test_the_format_we_asked_for_is_good():
    check_format(start())
    check_format(start(sampleRate="8000", channels="1"))


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"encoding": "audio/l16"}, "'audio/l16' at 8000 Hz"),
        ({"sampleRate": 16000}, "at 16000 Hz"),
        ({"sampleRate": ""}, "only 'audio/x-mulaw' at 8000 Hz"),
        ({"channels": 2}, "in 2 channels"),
    ],
)
def test_another_format_is_told_with_what_would_be_right(form, why):
    with pytest.raises(BadStream, match=why):
        check_format(start(**form))


def test_what_we_say_is_json_with_the_streams_name():
    assert json.loads(write_sound("MZ1", b"\xff\x7f\xff")) == {
        "event": "media",
        "streamSid": "MZ1",
        "media": {"payload": "/3//"},
    }
    assert json.loads(write_mark("MZ1", 'a"b')) == {"event": "mark", "streamSid": "MZ1", "mark": {"name": 'a"b'}}
    assert json.loads(write_clear("MZ1")) == {"event": "clear", "streamSid": "MZ1"}
