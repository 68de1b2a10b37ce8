"""A call by sound, from the first prompt to the end, on a real conductor and a virtual clock."""

import pytest
from audio_stage import SILENCE, Stage, full_disk, waits
from line_sounds import babble, frames_of
from runtime_house import shop

from ivr.call.events import AgentTook, DialEnded, HungUp
from ivr.call.verbs import Dial, Join
from ivr.errors import HostError, StoreDown
from ivr.runtime.patience import MOST_TRIES
from ivr.speech.codec import encode


@pytest.fixture
def stage(house, tmp_path):
    return Stage(house, tmp_path)


async def hangs_up(call):
    call.happened(HungUp())


def test_a_key_is_answered_and_the_question_comes_again(stage):
    async def caller(call):
        await waits(2)
        call.key("1")
        await waits(6)
        call.happened(HungUp())

    line = stage.plays(caller)
    assert line.said == ["How can I help?", "Northwind: it is 42.", "How can I help?"]
    assert line.told("first_sound") == [{"after": "key", "ms": 0}]
    assert stage.house.state().phase == "over"


def test_typed_words_are_understood(stage):
    async def caller(call):
        await waits(2)
        call.words("balance")
        await waits(6)
        call.happened(HungUp())

    assert "Northwind: it is 42." in stage.plays(caller).said


def test_silence_is_answered_by_asking_again_and_then_by_the_line(stage):
    async def caller(call):
        await waits(60)
        call.happened(HungUp())

    line = stage.plays(caller)
    assert line.said.count("Sorry, I did not hear anything.") == 2
    assert stage.house.state().summary.queue == "general"


def test_hanging_up_ends_it(stage):
    line = stage.plays(hangs_up)
    assert line.ended
    assert stage.house.state().phase == "over"


def test_a_line_that_breaks_off_ends_the_sound_and_not_the_call(stage):
    async def caller(call):
        await waits(1)
        call.gone()

    line = stage.plays(caller)
    assert not line.ended
    assert stage.house.state().phase == "flow"


def test_an_agent_who_takes_the_caller_is_seen_within_a_second(stage):
    async def caller(call):
        await waits(2)
        call.key("0")
        await waits(3)
        stage.house.told(AgentTook(agent="amy", room="r1"))
        await waits(1.1)
        call.gone()

    stage.wire.does = (Join,)
    assert stage.plays(caller).rested == [("Join",)]


def test_what_a_stream_cannot_do_ends_the_sound_with_it(stage):
    async def caller(call):
        await waits(2)
        call.key("0")
        await waits(3)
        call.key("1")

    line = stage.plays(caller)
    assert line.rested == [("Record",)]
    assert line.said[-1] == "Speak after the tone."


def says(call, seconds):
    for frame in frames_of(babble(seconds)):
        call.frame(encode(frame))


def test_a_message_is_kept_and_told(house, tmp_path):  # R82
    kept = []

    def keep(hotline, call, ulaw):
        kept.append((hotline, call, len(ulaw) / 8000))
        return "local-1"

    async def caller(call):
        await waits(2)
        call.key("0")
        await waits(3)
        call.key("1")
        await waits(3)
        says(call, 3)
        call.key("#")
        await waits(5)

    stage = Stage(house, tmp_path, keep=keep)
    line = stage.plays(caller)
    ((hotline, call, seconds),) = kept
    assert (hotline, call) == ("shop", "c1")
    assert 2.5 < seconds < 3.5
    assert line.rested == [("Hangup",)]
    assert [one["recording"] for one in house.chores() if "recording" in one] == ["local-1"]


def test_a_message_that_cannot_be_kept_is_not_promised(house, tmp_path):
    async def caller(call):
        await waits(2)
        call.key("0")
        await waits(3)
        call.key("1")
        await waits(3)
        says(call, 3)
        call.key("#")
        await waits(5)

    stage = Stage(house, tmp_path, keep=full_disk)
    line = stage.plays(caller)
    assert line.told("trouble") == [{"why": "no space is left"}]
    assert not [one for one in house.chores() if "recording" in one]


def test_a_message_of_who_hangs_up_is_kept(house, tmp_path):
    async def caller(call):
        await waits(2)
        call.key("0")
        await waits(3)
        call.key("1")
        await waits(3)
        says(call, 2)
        call.happened(HungUp())
        await waits(1)

    stage = Stage(house, tmp_path, keep=lambda hotline, call, ulaw: "local-1")
    stage.plays(caller)
    assert [one["recording"] for one in house.chores() if "recording" in one] == ["local-1"]
    assert house.state().phase == "over"


def test_while_the_store_is_away_the_caller_is_told_and_nothing_is_lost(stage):
    async def caller(call):
        await waits(2)
        stage.house.calls.down_for["open"] = MOST_TRIES + 2
        call.key("1")
        await waits(15)
        call.happened(HungUp())

    line = stage.plays(caller)
    assert line.said[:3] == ["How can I help?", "This is Northwind. Please hold.", "Northwind: it is 42."]


def test_a_store_away_for_half_a_minute_hands_the_call_on(stage):
    async def caller(call):
        await waits(2)
        stage.house.calls.down_for["open"] = 1000
        call.key("1")

    line = stage.plays(caller)
    assert line.said.count("This is Northwind. Please hold.") >= 2
    assert line.rested == [("Dial",)]


def test_a_bug_of_ours_is_heard_as_an_apology(stage, caplog):
    async def caller(call):
        await waits(2)
        stage.house.ears.breaks = True
        call.words("balance")

    line = stage.plays(caller)
    assert line.said[-1] == "This is Northwind. Please hold."
    assert line.rested == [("Dial",)]
    assert "a bug of ours" in caplog.text


def test_its_end_is_not_lost_on_a_broken_store(stage, monkeypatch, caplog):
    def away(*arguments):
        raise StoreDown("Redis does not answer")

    async def caller(call):
        await waits(2)
        monkeypatch.setattr(stage.house.conductor, "tell", away)
        call.happened(HungUp())

    assert stage.plays(caller).ended
    assert "its end could not be stored" in caplog.text


def test_news_while_an_event_is_on_its_way_is_left_to_the_event(stage):
    async def caller(call):
        call.happened(DialEnded("completed"))  # nobody was dialled
        await waits(1)
        call.happened(HungUp())

    assert stage.plays(caller).said == ["How can I help?"]


def test_silent_frames_are_no_words(stage):
    async def caller(call):
        for _ in range(500):
            call.frame(SILENCE)
        call.frame(b"")
        call.frame(b"\x00" * 7)
        await waits(1)
        call.happened(HungUp())

    assert stage.plays(caller).told("speech") == []


def test_dialling_is_the_lines_own_matter_and_its_end_comes_back(house, tmp_path):
    stage = Stage(house, tmp_path, does=(Dial,))

    async def caller(call):
        await waits(2)
        house.ears.breaks = True
        call.words("balance")
        await waits(10)
        call.gone()

    assert stage.plays(caller).rested == [("Dial",)]


RECORDED = """
flow: main
start: may_we
steps:
  may_we: {ask_recording: how_can_i_help, on: {yes: told, no: told, nothing: told}}
  told: {say: it_was_sent, next: pin}
  pin: {ask: speak, expect: digits, as: pin, secret: true, min_length: 2, max_length: 2, on: {ok: need, nothing: need}}
  need: {ask: how_can_i_help, expect: yes_no, on: {yes: bye, no: bye, nothing: bye}}
  bye: {hangup: bye}
"""


async def answers_all(call):
    await waits(3)
    for key in ("1", "4", "2", "1"):
        call.key(key)
        await waits(3)


def test_recording_is_the_carriers_matter_where_there_is_one(house, tmp_path):
    house.shelf.put(shop(main=RECORDED))
    assert Stage(house, tmp_path).plays(answers_all).rested == [("StartRecording", "Listen")]


def test_a_recorded_call_is_kept_without_what_is_secret(house, tmp_path):  # R105
    kept = []
    house.shelf.put(shop(main=RECORDED))
    stage = Stage(house, tmp_path, keep=full_disk, tape=lambda hotline, call, part, ulaw: kept.append((part, ulaw)))
    line = stage.plays(answers_all)
    assert line.rested == [("Hangup",)]
    ((part, ulaw),) = kept
    assert part == 1
    assert b"H" in ulaw, "the voice of these tests says a text as its first letter"
    assert b"S" not in ulaw, "and so says `Speak after the tone.`, the secret question"


def test_a_recording_that_cannot_be_kept_does_not_end_the_call(house, tmp_path, caplog):
    def full(hotline, call, part, ulaw):
        raise HostError("no space is left")

    house.shelf.put(shop(main=RECORDED))
    stage = Stage(house, tmp_path, keep=full_disk, tape=full)
    assert stage.plays(answers_all).rested == [("Hangup",)]
    assert "part 1 of its recording is lost: no space is left" in caplog.text


def test_a_line_that_breaks_off_leaves_what_was_recorded(house, tmp_path):
    kept = []
    house.shelf.put(shop(main=RECORDED))

    async def caller(call):
        await waits(3)
        for key in ("1", "4", "2"):
            call.key(key)
            await waits(1)
        call.gone()

    stage = Stage(house, tmp_path, keep=full_disk, tape=lambda hotline, call, part, ulaw: kept.append(part))
    stage.plays(caller)
    assert kept == [1]
