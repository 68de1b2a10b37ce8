"""How the carrier's double performs documents."""

from collections.abc import Iterator
from threading import Event

import pytest
from small_server import SmallServer

from ivr.sim.cloud import Call, Cloud, Hostile, Impossible, VirtualClock
from ivr.sim.cloud.errors import Failed
from ivr.sim.cloud.web import Browser

ACCOUNT = "AC" + "0" * 32
CALLER, NUMBER, AGENT = "+12025550100", "+12025550199", "+12025550177"


@pytest.fixture
def server() -> Iterator[SmallServer]:
    server = SmallServer()
    yield server
    server.close()


@pytest.fixture
def cloud(server: SmallServer) -> Iterator[Cloud]:
    with Cloud(ACCOUNT, "token", server.base, clock=VirtualClock()) as cloud:
        cloud.number(NUMBER, f"{server.base}/voice", f"{server.base}/fallback", f"{server.base}/status")
        server.pages |= {"/fallback": "<Say>Fallen back.</Say>", "/status": lambda form: ("", 204)}
        yield cloud


def dial(cloud: Cloud, server: SmallServer, voice, **pages) -> Call:
    server.pages["/voice"] = voice
    server.pages |= {f"/{name}": page for name, page in pages.items()}
    return cloud.dial(CALLER, NUMBER)


def codes(call: Call) -> list[int]:
    return [notice.code for notice in call.errors]


# --- speaking, playing, waiting ------------------------------------------------------------------------------


def test_the_end_of_a_document_hangs_up(cloud, server):
    call = dial(cloud, server, "<Say>Hello.</Say><Say>Goodbye.</Say>")
    assert call.heard == ["Hello.", "Goodbye."]
    assert (call.state, call.status) == ("over", "completed")
    (status,) = server.forms("/status")
    assert (status["CallStatus"], status["CallSid"], status["SequenceNumber"]) == ("completed", call.sid, "0")


def test_the_first_request_is_ringing_and_the_next_in_progress(cloud, server):
    dial(cloud, server, "<Redirect>/next</Redirect>", next="<Hangup/>")
    (first,), (second,) = server.forms("/voice"), server.forms("/next")
    assert (first["CallStatus"], second["CallStatus"]) == ("ringing", "in-progress")
    assert (first["From"], first["To"], first["Direction"], first["Called"]) == (CALLER, NUMBER, "inbound", NUMBER)


def test_speech_takes_its_time(cloud, server):
    began = cloud.clock()
    dial(cloud, server, f"<Say>{'Fifteen letters' * 10}</Say>")
    assert cloud.clock() - began == pytest.approx(10.0)


def test_a_short_sound_is_listened_to_and_music_is_waited_for(cloud, server):
    call = dial(cloud, server, "<Play>hello.wav</Play><Play>music.wav</Play><Say>Done.</Say>")
    assert (call.state, call.heard) == ("playing", ["♪ hello.wav", "♪ music.wav"])
    call.wait(19)
    assert call.state == "playing"
    call.wait(1.5)
    assert call.heard[-1] == "Done."


def test_what_is_no_sound_is_no_sound(cloud, server):
    call = dial(cloud, server, "<Play>/page</Play>", page="<Say>x</Say>")
    assert codes(call) == [12300]
    assert call.heard == ["Fallen back."]


def test_a_loop_of_pauses_passes_as_time_does(cloud, server):
    call = dial(cloud, server, "<Pause length='2'/><Redirect>/voice</Redirect>")
    call.wait(9)
    assert len(server.forms("/voice")) == 5
    assert call.state == "waiting"


def test_a_loop_that_takes_no_time_is_found(cloud, server):
    with pytest.raises(Impossible, match="in no time"):
        dial(cloud, server, "<Redirect>/voice</Redirect>")


def test_reject(cloud, server):
    call = dial(cloud, server, "<Reject reason='busy'/>")
    assert (call.status, call.answered_at) == ("busy", None)
    assert dial(cloud, server, "<Reject/>").status == "no-answer"


# --- keys and speech -----------------------------------------------------------------------------------------


def ask(attributes: str = "", after: str = "<Say>Fell through.</Say>") -> str:
    return f"<Gather action='/got' {attributes}><Say>Well?</Say></Gather>{after}"


@pytest.mark.parametrize(
    ("attributes", "keys", "digits", "seconds"),
    [
        ("numDigits='1'", "57", "5", 0.0),
        ("", "123#9", "123", 0.0),
        ("", "123", "123", 5.0),
        ("timeout='2'", "123", "123", 2.0),
        ("finishOnKey='*'", "1#2*", "1#2", 0.0),
        ("finishOnKey=''", "1#", "1#", 5.0),
        ("input='dtmf speech' numDigits='2'", "42", "42", 0.0),
    ],
)
def test_keys(cloud, server, attributes, keys, digits, seconds):
    call = dial(cloud, server, ask(attributes), got="<Say>Thanks.</Say><Pause/>")
    began = cloud.clock()
    call.press(keys, at_once=True)
    assert [form["Digits"] for form in server.forms("/got")] == [digits]
    assert cloud.clock() - began == pytest.approx(seconds + 0.5, abs=0.1)  # "Thanks." is half a second
    assert call.hears == ["Thanks."]


def test_the_finishing_key_alone_is_nothing(cloud, server):
    call = dial(cloud, server, ask())
    call.press("#")
    assert call.hears == ["Fell through."]
    assert server.forms("/got") == []


def test_silence_falls_through_after_the_prompt_and_the_timeout(cloud, server):
    call = dial(cloud, server, ask("timeout='3'"))
    began = cloud.clock()
    call.silence()
    assert call.hears == ["Fell through."]
    assert cloud.clock() - began == pytest.approx(0.5 + 3 + 0.87, abs=0.1)


def test_silence_asks_for_the_action_where_it_is_wanted(cloud, server):
    call = dial(cloud, server, ask("actionOnEmptyResult='true'"), got="<Say>Nothing?</Say>")
    call.silence()
    assert call.hears == ["Nothing?"]
    assert server.forms("/got")[0]["Digits"] == ""


def test_a_gather_without_an_action_asks_for_its_own_document(cloud, server):
    call = dial(cloud, server, "<Gather numDigits='1'><Say>Again?</Say></Gather>")
    call.press("1")
    assert call.hears == ["Again?"]
    assert [form.get("Digits") for form in server.forms("/voice")] == [None, "1"]


def test_speech(cloud, server):
    call = dial(cloud, server, ask("input='dtmf speech' speechTimeout='auto' language='cmn-Hans-CN'"), got="<Hangup/>")
    call.say("查余额。", confidence=0.75)
    (form,) = server.forms("/got")
    assert (form["SpeechResult"], form["Confidence"], form["Language"]) == ("查余额。", "0.75", "cmn-Hans-CN")
    assert "Digits" not in form


def test_speech_without_a_confidence(cloud, server):
    dial(cloud, server, ask("input='speech'"), got="<Hangup/>").say("Yes.", confidence=None)
    cloud.hostile = Hostile(no_confidence=True)
    dial(cloud, server, ask("input='speech'"), got="<Hangup/>").say("Yes.", confidence=0.9)
    assert all("Confidence" not in form for form in server.forms("/got"))


@pytest.mark.parametrize(("inputs", "act"), [("dtmf", "say"), ("speech", "press")])
def test_what_is_not_taken_is_not_heard(cloud, server, inputs, act):
    call = dial(cloud, server, ask(f"input='{inputs}'"))
    getattr(call, act)("1")
    assert call.hears == ["Fell through."]


def test_a_redirect_of_the_action_loses_the_digits(cloud, server):
    def moved(form):
        return "", 302, {"Location": "/moved"}

    call = dial(cloud, server, ask("numDigits='1'"), got=moved, moved="<Say>Moved.</Say>")
    call.press("5")
    assert call.hears == ["Moved."]
    assert "Digits" not in server.forms("/moved")[0]
    assert server.forms("/got")[0]["Digits"] == "5"


def test_a_get_action_puts_everything_into_the_address(cloud, server):
    dial(cloud, server, "<Gather method='GET' action='/got' numDigits='1'/>", got="<Hangup/>").press("5")
    asked = server.asked[-2] if server.asked[-1].path == "/status" else server.asked[-1]
    assert (asked.method, asked.path, asked.form["Digits"]) == ("GET", "/got", "5")


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ("input='speech' language='en'", 12200),
        ("input='speech' language='tlh-KX'", 13331),
        ("input='speech' speechModel='phone_call' speechTimeout='auto'", 13335),
        (f"input='speech' hints='{'x' * 101}'", 12200),
        (f"input='speech' hints='{','.join(['x'] * 501)}'", 12200),
        ("timeout='0'", 12200),
        ("numDigits='none'", 12200),
        ("finishOnKey='##'", 12200),
        ("Timeout='3'", 12200),
    ],
)
def test_what_a_gather_may_not_be(cloud, server, attributes, code):
    assert code in codes(dial(cloud, server, ask(attributes)))


def test_one_cannot_press_a_key_after_hanging_up(cloud, server):
    call = dial(cloud, server, ask())
    call.hang_up()
    with pytest.raises(Impossible, match="the call is over"):
        call.press("1")


# --- messages ------------------------------------------------------------------------------------------------


def test_a_message(cloud, server):
    call = dial(
        cloud,
        server,
        "<Record action='/got' finishOnKey='#' recordingStatusCallback='/ready'/>",
        got="<Say>Thanks.</Say>",
        ready=lambda form: ("", 204),
    )
    call.leave_message(8.0, key="#")
    (got,), (ready,) = server.forms("/got"), server.forms("/ready")
    assert (got["RecordingDuration"], got["Digits"]) == ("8", "#")
    assert got["RecordingUrl"] == ready["RecordingUrl"]
    assert ready["RecordingStatus"] == "completed"
    assert len(cloud.recordings[got["RecordingSid"]]) == pytest.approx(8 * 16_000, abs=100)
    assert server.asked.index(next(one for one in server.asked if one.path == "/ready")) > 1  # after the action


def test_a_recording_runs_beside_the_verbs_until_it_is_stopped_or_the_call_ends(cloud, server):
    call = dial(
        cloud,
        server,
        "<Say>Before.</Say><Start><Recording name='a' recordingStatusCallback='/ready'/></Start><Say>On tape.</Say>"
        "<Stop><Recording name='a'/></Stop><Say>A secret.</Say>"
        "<Start><Recording name='b'/></Start><Gather timeout='9'><Say>Again.</Say></Gather>",
        ready=lambda form: ("", 204),
    )
    assert [(tape.name, tape.holds) for tape in call.tapes.all] == [("a", ["On tape."]), ("b", ["Again."])]
    assert [tape.name for tape in call.tapes.running()] == ["b"]
    (ready,) = server.forms("/ready")
    assert (ready["RecordingStatus"], ready["CallSid"]) == ("completed", call.sid)
    assert ready["RecordingSid"] in cloud.recordings
    call.hang_up()
    assert call.tapes.running() == []
    assert len(cloud.recordings) == 2


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("<Start><Recording name='a'/></Start><Start><Recording name='a'/></Start><Hangup/>", "is running already"),
        ("<Stop><Recording name='a'/></Stop><Hangup/>", "no recording 'a' is running"),
        ("<Start><Recording/></Start><Stop><Recording/></Stop><Hangup/>", "no recording '' is running"),
    ],
)
def test_a_recording_started_or_stopped_twice_is_told(cloud, server, document, told):
    call = dial(cloud, server, document)
    (notice,) = call.errors
    assert told in notice.text
    assert notice.warning


def test_a_message_without_an_action_loops(cloud, server):
    call = dial(cloud, server, "<Record/>")
    call.leave_message(2.0)
    assert call.state == "recording"
    assert len(server.forms("/voice")) == 2


def test_hanging_up_ends_a_message_and_its_action_is_asked_all_the_same(cloud, server):
    call = dial(cloud, server, "<Record action='/got'/>", got="<Say>Not heard.</Say>")
    call.leave_message(3.0, key="hangup")
    (got,) = server.forms("/got")
    assert (got["Digits"], got["CallStatus"], got["RecordingDuration"]) == ("hangup", "completed", "3")
    assert call.heard == []


def test_no_message_is_taken_by_a_prompt(cloud, server):
    with pytest.raises(Impossible, match="no message is being taken"):
        dial(cloud, server, ask()).leave_message(3.0)


# --- dialling and rooms --------------------------------------------------------------------------------------


def test_a_leg_is_answered_and_ends(cloud, server):
    call = dial(
        cloud, server, f"<Dial action='/done' callerId='{NUMBER}'><Number>{AGENT}</Number></Dial>", done="<Hangup/>"
    )
    leg = cloud.leg(AGENT)
    assert (leg.from_, leg.direction) == (NUMBER, "outbound-dial")
    leg.answer()
    call.wait(42)
    leg.hang_up()
    (done,) = server.forms("/done")
    assert (done["DialCallStatus"], done["DialCallDuration"], done["DialCallSid"]) == ("completed", "42", leg.sid)


def test_a_leg_rings_to_its_end(cloud, server):
    call = dial(cloud, server, f"<Dial timeout='20'>{AGENT}</Dial><Say>Nobody.</Say>")
    call.wait(19)
    assert call.state == "dialling"
    call.wait(2)
    assert call.hears[-1] == "Nobody."  # without an action the next verb follows
    assert cloud.calls[next(sid for sid, one in cloud.calls.items() if one.to == AGENT)].status == "no-answer"


def test_legs_ring_together_and_the_first_wins(cloud, server):
    call = dial(cloud, server, f"<Dial><Number>{AGENT}</Number><Number>+12025550178</Number></Dial>")
    other = cloud.leg("+12025550178")
    cloud.leg(AGENT).answer()
    assert (call.state, other.status) == ("talking", "canceled")


def test_a_caller_who_hangs_up_ends_the_leg(cloud, server):
    call = dial(cloud, server, f"<Dial action='/done'>{AGENT}</Dial>", done="<Say>Not heard.</Say>")
    leg = cloud.leg(AGENT)
    leg.answer()
    call.hang_up()
    assert leg.status == "completed"
    assert server.forms("/done")[0]["CallStatus"] == "completed"


ROOM = "<Dial action='/done'><Conference endConferenceOnExit='{ends}' waitUrl=''>room</Conference></Dial>"


@pytest.mark.parametrize("ends", ["true", "false"])
def test_who_leaves_a_room_ends_it_or_does_not(cloud, server, ends):
    call = dial(cloud, server, ROOM.format(ends="true"), done="<Say>Alone again.</Say>")
    assert (call.state, call.talks_with) == ("in room", frozenset())
    server.pages["/voice"] = ROOM.format(ends=ends)
    other = cloud.dial("+12025550101", NUMBER)
    assert other.talks_with == {call.sid}
    other.hang_up()
    assert call.state == ("speaking" if ends == "true" else "in room")
    assert [form["DialCallStatus"] for form in server.forms("/done")] == ["completed", *["answered"] * (ends == "true")]


def test_alone_in_a_room_one_hears_what_its_waiting_page_says(cloud, server):
    room = "<Dial><Conference waitUrl='/wait'>room</Conference></Dial>"
    call = dial(cloud, server, room, wait="<Say>Alone.</Say><Pause length='5'/><Redirect>/wait</Redirect>")
    call.wait(12)
    assert call.heard == ["Alone."] * 3
    other = cloud.dial("+12025550101", NUMBER)
    call.wait(30)
    assert call.heard == ["Alone."] * 3
    assert other.heard == []


def test_a_room_takes_no_gather(cloud, server):
    call = dial(cloud, server, "<Dial><Conference waitUrl='/wait'>room</Conference></Dial>", wait="<Gather/>")
    assert codes(call) == [12200]
    assert call.state == "in room"


# --- documents that are none ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (lambda form: ("<Response><Say>", 200, {"Content-Type": "text/xml"}), 12100),
        (lambda form: ("", 200, {"Content-Type": "text/xml"}), 12100),
        (lambda form: ("", 204), 12100),
        (lambda form: ("<Twiml/>", 200, {"Content-Type": "text/xml"}), 12102),
        (lambda form: ("{}", 200, {"Content-Type": "application/json"}), 12300),
        (lambda form: ("no", 500), 11200),
        (lambda form: ("no", 403), 11200),
        (lambda form: ("", 302, {"Location": "/voice"}), 11215),
        (f"<Say>{'x' * 70_000}</Say>", 11750),
        (f"<Say>{'x' * 4097}</Say>", 13521),
        (f"<Say voice='Polly.Joanna'>{'x' * 3001}</Say>", 13521),
        (f"<Say voice='Polly.Zhiyu' language='cmn-CN'>{'请' * 501}</Say>", 13521),
        ("<Say voice='Polly.Joanna' language='cmn-CN'>Hello</Say>", 13511),
        ("<Say language='cmn-CN'>您好</Say>", 13511),
        ("<Redirect>http://bad_host/x</Redirect>", 11100),
        ("<Redirect>http://elsewhere.example/x</Redirect>", 11210),
        ("<Redirect>/nowhere</Redirect>", 11200),
    ],
)
def test_a_document_that_cannot_be_used_goes_to_the_fallback_with_its_number(cloud, server, page, code):
    call = dial(cloud, server, page)
    assert codes(call) == [code]
    assert call.heard[-1] == "Fallen back."
    (form,) = server.forms("/fallback")
    assert form["ErrorCode"] == str(code)
    assert form["ErrorUrl"].startswith("http")


@pytest.mark.parametrize(
    "page",
    [
        "<say>Hello.</say><Say>Heard.</Say>",
        "<Say volume='11'>Heard.</Say>",
        "<Gather><Record/></Gather><Say>Heard.</Say>",
        "<Pause length='0'/><Say>Heard.</Say>",
        "<Enqueue>x</Enqueue><Say>Heard.</Say>",
        "text<Say>Heard.</Say>",
    ],
)
def test_a_wrong_word_is_a_warning_and_the_rest_is_heard(cloud, server, page):
    call = dial(cloud, server, page)
    call.wait(10)
    assert codes(call) == [12200]
    assert call.errors[0].warning
    assert "Heard." in call.heard


def test_words_without_a_letter_are_a_warning(cloud, server):
    assert codes(dial(cloud, server, "<Say> </Say><Say>Heard.</Say>")) == [13520]


def test_no_fallback_or_a_broken_one_is_an_application_error(cloud, server):
    server.pages["/fallback"] = "<Say/><Nothing"
    call = dial(cloud, server, lambda form: ("no", 500))
    assert call.heard == ["We are sorry, an application error has occurred. Goodbye."]
    assert codes(call) == [11200, 12100]
    assert call.state == "over"


def test_a_slow_server_is_not_waited_for(server):
    free = Event()
    server.pages["/slow"] = lambda form: (free.wait(60), "<Say>Late.</Say>")[1]
    browser = Browser(server.base, server.base, ceiling_s=0.2)
    try:
        with pytest.raises(Failed, match="no answer: TimeoutError") as failed:
            browser.ask("POST", f"{server.base}/slow", {}, {})
        assert failed.value.notice.code == 11200, "the number that leads to the fallback"
    finally:
        free.set()


def test_a_server_that_is_not_there_is_asked_twice(server):
    nowhere = "http://127.0.0.1:9"
    with Cloud(ACCOUNT, "token", nowhere, clock=VirtualClock()) as cloud:
        cloud.number(NUMBER, f"{nowhere}/voice")
        call = cloud.dial(CALLER, NUMBER)
    assert codes(call) == [11205]
    assert [exchange.token for exchange in call.requests] == [call.requests[0].token] * 2


def test_cookies_are_kept_for_a_call(cloud, server):
    def remember(form):
        return (
            "<Response><Redirect>/next</Redirect></Response>",
            200,
            {"Content-Type": "text/xml", "Set-Cookie": "a=b; Path=/"},
        )

    dial(cloud, server, remember, next="<Hangup/>")
    assert next(one.headers["Cookie"] for one in server.asked if one.path == "/next") == "a=b"


# --- bad days ------------------------------------------------------------------------------------------------


def test_twice_with_the_same_and_with_a_new_token(cloud, server):
    for twice, tokens in (("same token", 1), ("new token", 2)):
        cloud.hostile = Hostile(twice=twice)
        call = dial(cloud, server, "<Hangup/>")
        asked = [one.token for one in call.requests if one.url.endswith("/voice")]
        assert (len(asked), len(set(asked))) == (2, tokens)


def test_late_repeats(cloud, server):
    cloud.hostile = Hostile(late=True)
    dial(cloud, server, "<Redirect>/next</Redirect>", next="<Hangup/>")
    assert [one.path for one in server.asked if one.path != "/status"] == ["/voice", "/next", "/voice"]


def test_parameters_nobody_knows_missing_and_other_ones(cloud, server):
    cloud.hostile = Hostile(
        extra={"New": "1"}, without=frozenset({"From"}), instead={"To": ["+1", "+2"], "CallSid": "x"}
    )
    call = dial(cloud, server, "<Hangup/>")
    form = call.requests[0].form
    assert (form["New"], form["To"], form["CallSid"], "From" in form) == (["1"], ["+1", "+2"], ["x"], False)


def test_status_callbacks_come_backwards_and_twice(cloud, server):
    cloud.hostile = Hostile(callbacks_backwards=True, callbacks_twice=True)
    first, second = dial(cloud, server, "<Hangup/>"), dial(cloud, server, "<Hangup/>")
    assert server.forms("/status") == []
    cloud.deliver()
    assert [form["CallSid"] for form in server.forms("/status")] == [second.sid] * 2 + [first.sid] * 2
