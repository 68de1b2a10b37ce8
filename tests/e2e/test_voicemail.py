"""A message: taken by the flow, told of by the carrier, fetched once, listed for people to work (R82)."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest
from click.testing import CliRunner
from e2e_house import Rehearse

from ivr.cli.messages import command as messages
from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.cloud import Hostile
from ivr.store.records.promises import Promise

CALLER = "+12025550101"
NOT_YET = (404, 20404)


@pytest.fixture
def house(by_carrier: Rehearse) -> CarrierRehearsal:
    """At night, when nobody answers."""
    return by_carrier(at="2026-11-23T23:30")


@pytest.fixture
def at_the_tone(house: CarrierRehearsal) -> CarrierCall:
    call = CarrierCall(house, caller=CALLER)
    call.dials()
    call.presses(0)
    call.hears("Please leave a message")
    assert call.line.state == "recording"
    return call


def listed(house: CarrierRehearsal) -> list[Promise]:
    return list(house.promises.book.all())


def test_a_message_is_listed_with_its_sound(house: CarrierRehearsal, at_the_tone: CarrierCall) -> None:  # R82
    at_the_tone.leaves_message(12)
    at_the_tone.hears("Your message is kept")
    (message,) = listed(house)
    assert (message.kind, message.state, message.number, message.queue) == ("voicemail", "new", CALLER, "general")
    assert message.call == at_the_tone.line.call
    assert message.duration_s == 12
    assert message.file is not None
    with wave.open(message.file) as sound:
        assert sound.getnframes() / sound.getframerate() == 12
    at_the_tone.recorded("ended", outcome="voicemail")


def test_a_message_is_worked_by_its_name(
    house: CarrierRehearsal, at_the_tone: CarrierCall, tmp_path: Path
) -> None:  # R82
    at_the_tone.leaves_message(12)
    shell, data = CliRunner(), ["--data", str(tmp_path)]
    (message,) = listed(house)
    assert CALLER in shell.invoke(messages, data).output
    assert "is called" in shell.invoke(messages, [message.once[:6], "called", *data]).output
    assert listed(house)[0].state == "called"
    shell.invoke(messages, [message.once, "closed", *data])
    assert shell.invoke(messages, data).output == "no messages\n"
    assert message.once in shell.invoke(messages, ["--all", *data]).output
    assert "no message 'x'" in shell.invoke(messages, ["x", "new", *data]).output


def test_the_sound_is_fetched_as_soon_as_the_carrier_has_it(house: CarrierRehearsal, at_the_tone: CarrierCall) -> None:
    house.cloud.hostile = Hostile(callbacks_backwards=True)
    house.cloud.rest_refuses = NOT_YET
    at_the_tone.leaves_message(12)
    at_the_tone.hears("Your message is kept")
    assert [message.file for message in listed(house)] == [None], "listed already, its sound is still to come"
    house.cloud.rest_refuses = None
    house.cloud.deliver()
    assert listed(house)[0].file is not None


def test_without_the_carriers_news_the_sound_is_asked_for_again(
    house: CarrierRehearsal, at_the_tone: CarrierCall
) -> None:
    house.cloud.hostile = Hostile(callbacks_backwards=True)
    house.cloud.rest_refuses = NOT_YET
    at_the_tone.leaves_message(12)
    house.cloud.rest_refuses = None
    house.pass_time(6)
    house.settle()
    assert listed(house)[0].file is not None


def test_the_sound_is_fetched_once_however_often_it_is_told_of(
    house: CarrierRehearsal, at_the_tone: CarrierCall
) -> None:
    house.cloud.hostile = Hostile(callbacks_twice=True)
    at_the_tone.leaves_message(12)
    house.cloud.recordings.clear()  # a second order would fail, and be told in the log
    house.pass_time(3600)
    house.settle()
    (message,) = listed(house)
    assert message.file is not None
    assert [path.name for path in Path(message.file).parent.iterdir()] == [Path(message.file).name]


def test_who_hangs_up_while_speaking_has_left_a_message(house: CarrierRehearsal, at_the_tone: CarrierCall) -> None:
    house.clock.advance(8)
    at_the_tone.hangs_up()
    house.settle()
    (message,) = listed(house)
    assert message.duration_s == 8
    assert message.file is not None
    at_the_tone.recorded("ended", outcome="voicemail")


def test_silence_is_no_message(house: CarrierRehearsal, at_the_tone: CarrierCall) -> None:
    at_the_tone.waits(30)
    at_the_tone.is_over()
    assert listed(house) == []


def test_a_message_whose_flow_never_told_of_it_is_listed_all_the_same(
    house: CarrierRehearsal, at_the_tone: CarrierCall
) -> None:
    """The server was away when the message ended; only the carrier's news of the recording came through."""
    told = house.cloud.keep_recording(20)
    url = house.urls.recording("telecom", at_the_tone.line.call)
    at_the_tone.line.phone.asker.callback(url, {**told, "RecordingStatus": "completed"})
    (message,) = listed(house)
    assert message.once == told["RecordingSid"]
    assert message.file is not None
    at_the_tone.hangs_up()


def test_a_recording_of_a_made_up_hotline_is_refused(house: CarrierRehearsal, tmp_path: Path) -> None:
    told = house.cloud.keep_recording(20)
    call = CarrierCall(house)
    call.dials()
    call.line.phone.asker.callback(
        house.urls.recording("../other", call.line.call), {**told, "RecordingStatus": "completed"}
    )
    assert listed(house) == []
    assert not (tmp_path / "other").exists()
    call.hangs_up()
