"""Whole calls: the carrier's double over real HTTP, signed, as through a TLS proxy, on good days and bad ones."""

from io import BytesIO

import pytest
from twilio_house import CALLER, NUMBER, PUBLIC, carrier_of, goodbye

from ivr.call.events import (
    AgentLeft,
    CallStarted,
    DialEnded,
    DigitsPressed,
    HungUp,
    NothingHeard,
    Polled,
    Recorded,
    Resumed,
    SpeechHeard,
)
from ivr.call.verbs import Dial, Hangup, Join, Listen, Play, Record, Say, Wait
from ivr.channels.twilio import Urls
from ivr.channels.twilio.agent_urls import AgentUrls, Leg, Talked
from ivr.sim.cloud import Hostile

AGENTS, O1 = AgentUrls(PUBLIC), Leg("telecom", "o1")
TALKED = Talked("c1", "amy", "general")


@pytest.fixture
def call(cloud):
    return lambda: cloud.dial(CALLER, NUMBER)


def events(house):
    return [event for _, event in house.events]


def test_a_caller_presses_speaks_is_silent_and_hangs_up(call, house):
    caller = call()
    assert caller.hears == ["This is turn 0. Press a key."]
    caller.press("5")
    assert caller.hears == ["This is turn 1. Press a key."]
    caller.say("My bill.", confidence=0.8)
    caller.silence()
    assert caller.hears == ["This is turn 3. Press a key."]
    caller.hang_up()
    assert caller.state == "over"
    assert events(house) == [
        CallStarted(CALLER, NUMBER, "twilio"),
        DigitsPressed("5"),
        SpeechHeard("My bill.", 0.8),
        NothingHeard(),
    ]
    assert house.told == [HungUp()]
    assert caller.errors == []


def test_a_caller_interrupts_the_prompt(call, house, clock):
    caller = call()
    began = clock()
    caller.press("5", at_once=True)
    assert clock() == began
    assert events(house)[-1] == DigitsPressed("5")


def test_a_secret_is_not_heard_and_stands_in_no_address(call, house):
    house.script = lambda turn, event: (Listen((Say("Your PIN?"),), secret=True, max_digits=4),)
    caller = call()
    caller.say("one two three four")
    assert events(house)[-1] == NothingHeard()
    caller.press("1234")
    assert events(house)[-1] == DigitsPressed("1234")
    assert not any("1234" in exchange.url for exchange in caller.requests)


def test_mandarin_and_sounds(call, house):
    house.script = lambda turn, event: (
        Say("您好", "zh", audio="zh/hello.wav"),
        Listen((Say("请说出您需要的服务。", "zh"), Play("tone.wav", 2.0)), language="zh", hints=("余额",)),
    )
    caller = call()
    assert caller.hears == ["♪ hello.wav", "请说出您需要的服务。", "♪ tone.wav"]
    caller.say("我要查余额", confidence=None)
    assert events(house)[-1] == SpeechHeard("我要查余额", None)
    assert caller.errors == []


def test_waiting_in_line_polls(call, house):
    house.script = lambda turn, event: (Say(f"You are number {9 - turn}."), Play("music.wav", 20.0), Wait(0))
    caller = call()
    assert (caller.state, caller.hears[-1]) == ("playing", "♪ music.wav")
    caller.wait(20)
    caller.wait_for("You are number 6.")
    assert set(events(house)[1:]) == {Polled()}
    caller.hang_up()
    assert house.told == [HungUp()]


def test_a_message_is_left_and_its_file_is_fetched(call, cloud, house):
    house.script = lambda turn, event: (Say("Speak."), Record()) if turn == 0 else goodbye(turn, event)
    caller = call()
    caller.leave_message(12.0, key="#")
    recorded = events(house)[-1]
    assert isinstance(recorded, Recorded)
    assert (recorded.duration_s, recorded.key) == (12.0, "#")
    assert house.recordings == [("telecom", caller.sid, recorded.recording, 12.0)]
    carrier = carrier_of(cloud)
    carrier.fetch_recording(recorded.recording, sound := BytesIO())
    assert sound.getvalue()[:4] == b"RIFF"
    assert caller.state == "over"


def test_a_message_ended_by_hanging_up(call, house):
    house.script = lambda turn, event: (Record(),)
    caller = call()
    caller.leave_message(7.0, key="hangup")
    assert events(house)[-1].key == "hangup"
    assert events(house)[-1].duration_s == 7.0
    assert caller.state == "over"


def test_an_outward_leg(call, cloud, house):
    house.script = lambda turn, event: (Dial("+12025550155"),) if turn == 0 else goodbye(turn, event)
    caller = call()
    assert caller.state == "dialling"
    leg = cloud.leg("+12025550155")
    leg.answer()
    assert caller.state == "talking"
    caller.wait(60)
    leg.hang_up()
    assert events(house)[-1] == DialEnded("completed", 60.0)
    assert caller.hears[-1] == "Goodbye."


@pytest.mark.parametrize(("how", "status"), [("decline", "busy"), ("no_answer", "no-answer"), ("fail", "failed")])
def test_an_outward_leg_is_not_answered(call, cloud, house, how, status):
    house.script = lambda turn, event: (Dial("+12025550155"),) if turn == 0 else goodbye(turn, event)
    call()
    getattr(cloud.leg("+12025550155"), how)()
    assert events(house)[-1] == DialEnded(status, 0.0)


def test_a_caller_who_hangs_up_while_an_outward_leg_rings(call, cloud, house):
    house.script = lambda turn, event: (Dial("+12025550155"),)
    caller = call()
    caller.hang_up()
    assert events(house)[-1] == HungUp()
    assert house.told == [HungUp()]
    assert caller.errors == []


def test_an_agent_takes_a_caller_who_is_fetched_by_rest(call, cloud, house):
    carrier, urls = carrier_of(cloud), Urls(PUBLIC)
    house.script = lambda turn, event: (
        (Play("music.wav", 20.0), Wait(0)) if not isinstance(event, AgentLeft) else goodbye(turn, event)
    )
    caller = call()
    carrier.ring("+12025550177", AGENTS.answered(O1), AGENTS.status(O1, TALKED), 20, NUMBER)
    agent = cloud.leg("+12025550177")
    agent.answer()
    assert agent.hears == ["A caller about a bill. Press 1 to take, 2 to decline."]

    # what the switchboard does when the agent presses 1: the caller's last answer becomes Join
    house.last[caller.sid] = type(house.last[caller.sid])((Join("room-7", "anna"),), 2)
    carrier.redirect(caller.sid, urls.again("telecom", caller.sid))
    agent.press("1")
    assert agent.talks_with == {caller.sid}
    assert caller.state == "in room"

    caller.wait(90)
    agent.hang_up()
    assert events(house)[-1] == AgentLeft("anna", sure=False), "his own line tells why the room has ended"
    assert caller.hears[-1] == "Goodbye."
    ended = [("ended", "o1"), ("asked", "general")]
    assert [(what, which) for what, _, which, *_ in house.desk] == [("take", "o1"), ("ended", "o1"), *ended]
    assert caller.errors == agent.errors == []


def test_a_caller_whose_agent_never_comes_into_the_room_is_fetched_out_of_it(call, house):
    house.script = lambda turn, event: (Join("room-7", "anna"),) if turn == 0 else goodbye(turn, event)
    caller = call()
    assert caller.state == "in room"
    caller.wait_for("Goodbye.", at_most_s=20)
    assert events(house)[-1] == AgentLeft("anna", met=False)
    assert caller.errors == []


def test_a_caller_who_cannot_be_fetched_is_tried_again(call, house, caplog):
    house.script = lambda turn, event: (Join("room-7", "anna"),) if turn == 0 else goodbye(turn, event)
    caller = call()
    carrier, house.carrier = house.carrier, None
    caller.wait(20)
    assert "could not be fetched out of its room" in caplog.text
    house.carrier = carrier
    caller.wait_for("Goodbye.", at_most_s=20)


def test_an_agent_whose_caller_is_gone_is_told_so(cloud, house):
    house.carrier.ring("+12025550177", AGENTS.answered(O1), AGENTS.status(O1, TALKED), 20, NUMBER)
    agent = cloud.leg("+12025550177")
    agent.answer()
    agent.press("1")
    assert agent.state == "in room"
    agent.wait_for("Nobody waits any more.", at_most_s=10)
    assert agent.errors == []


def test_an_agent_who_declines_and_one_who_does_not_answer(cloud, house):
    carrier = carrier_of(cloud)
    for number, leg in (("+12025550177", O1), ("+12025550178", Leg("telecom", "o2"))):
        carrier.ring(number, AGENTS.answered(leg), AGENTS.status(leg, TALKED), 20, NUMBER)
    first = cloud.leg("+12025550177")
    first.answer()
    first.press("2")
    assert first.state == "over"
    cloud.advance_to(cloud.clock() + 21)
    assert cloud.is_over(next(call.sid for call in cloud.calls.values() if call.to == "+12025550178"))
    assert house.desk == [
        ("miss", "telecom", "o1", "declined"),
        ("ended", "telecom", "o1", house.desk[1][3]),
        ("asked", "amy", "general"),
        ("miss", "telecom", "o2", "no-answer"),
        *house.desk[4:],
    ]


# --- bad days -----------------------------------------------------------------------------------------------


def converse(cloud):
    """The same little conversation, and what the caller heard in it."""
    caller = cloud.dial(CALLER, NUMBER)
    caller.press("5")
    caller.say("My bill.", confidence=0.8)
    caller.press("6")
    caller.silence()
    caller.hang_up()
    cloud.deliver()
    return caller.heard


@pytest.mark.parametrize(
    "hostile",
    [
        Hostile(twice="same token"),
        Hostile(twice="new token"),
        Hostile(late=True),
        Hostile(twice="new token", late=True),
        Hostile(callbacks_twice=True),
        Hostile(callbacks_backwards=True, callbacks_twice=True),
        Hostile(extra={"StirVerstat": "TN-Validation-Passed-A", "Zürich": "<x>", "AddOns": "{}"}),
        Hostile(only_legacy_names=True),
        Hostile(query_on_documents="utm=1&x=%20y"),
    ],
    ids=lambda hostile: str(hostile)[:60],
)
def test_on_a_bad_day_the_call_is_the_same(cloud, house, hostile):
    cloud.hostile = hostile
    heard = converse(cloud)
    assert heard == [f"This is turn {turn}. Press a key." for turn in range(5)]
    assert events(house) == [
        CallStarted(CALLER, NUMBER, "twilio"),
        DigitsPressed("5"),
        SpeechHeard("My bill.", 0.8),
        DigitsPressed("6"),
        NothingHeard(),
    ]
    assert set(house.told) == {HungUp()}


def test_the_second_answer_is_the_first_one(cloud):
    cloud.hostile = Hostile(twice="new token")
    caller = cloud.dial(CALLER, NUMBER)
    caller.press("5")
    bodies = [exchange.reply.body for exchange in caller.requests if "/turn/" in exchange.url]
    assert bodies[0] == bodies[1]


def test_without_confidence(cloud, house):
    cloud.hostile = Hostile(no_confidence=True)
    cloud.dial(CALLER, NUMBER).say("My bill.")
    assert events(house)[-1] == SpeechHeard("My bill.", None)


@pytest.mark.parametrize("lost", [0, 1, 3])
def test_a_lost_answer_is_given_again_at_the_fallback_address(cloud, house, lost):
    cloud.hostile = Hostile(loses=frozenset({lost}))
    caller = cloud.dial(CALLER, NUMBER)
    for key in "567":
        caller.press(key)
    assert caller.heard == [f"This is turn {turn}. Press a key." for turn in range(4)]
    assert events(house)[1:] == [DigitsPressed("5"), DigitsPressed("6"), DigitsPressed("7")]
    assert [notice.code for notice in caller.errors] == [11200]


def test_forged_and_unsigned_requests_get_nothing(cloud, house):
    for hostile in (Hostile(forged=True), Hostile(unsigned=True)):
        cloud.hostile = hostile
        caller = cloud.dial(CALLER, NUMBER)
        assert caller.hears == ["We are sorry, an application error has occurred. Goodbye."]
        assert {exchange.reply.status for exchange in caller.requests} == {403}
    assert house.events == []


def test_redis_is_gone_for_ten_seconds_and_the_call_goes_on(call, house):
    caller = call()
    house.down = True
    caller.press("5")
    assert caller.hears == ["We are sorry, please hold."]
    caller.wait(10)
    house.down = False
    caller.wait_for("Press a key.", at_most_s=10)
    assert events(house)[-1] == Resumed()
    caller.press("6")
    assert events(house)[-1] == DigitsPressed("6")
    assert caller.errors == []


def test_redis_is_gone_for_longer_and_the_call_is_handed_on(call, cloud, house):
    caller = call()
    house.down = True
    caller.press("5")
    for _ in range(10):
        if caller.state == "dialling":
            break
        caller.wait(5)
    leg = cloud.leg("+12025550111")
    leg.answer()
    caller.wait(30)
    leg.hang_up()
    assert caller.state == "over"
    assert caller.errors == []


def test_nobody_answers_at_the_fallback_number_either(call, cloud, house):
    house.script = lambda turn, event: (Say("Something is broken."), Dial("+12025550111", action="fallback"))
    caller = call()
    cloud.leg("+12025550111").no_answer()
    caller.wait(5)
    assert caller.hears[-1] == "We are sorry, please hold."
    assert caller.state == "over"


def test_a_flow_without_an_end_does_not_hang_up(call, house):
    house.script = lambda turn, event: (Say("Hello."),) if turn < 2 else goodbye(turn, event)
    caller = call()
    caller.wait_for("Goodbye.")
    assert events(house)[1:] == [Polled(), Polled()]
    assert caller.errors == []


def test_a_text_of_a_hundred_thousand_signs(call, house):
    house.script = lambda turn, event: (Say("请稍等，马上为您查询。" * 10_000, "zh"), Hangup())
    caller = call()
    assert caller.errors == []
    assert caller.state == "over"
