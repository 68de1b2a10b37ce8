"""A call recorded by its caller's leave: told of by the carrier, fetched, listed, deleted in time; no secret on it."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from e2e_house import SMALL, Rehearse
from test_store_gone import Store

from ivr.cli.messages import command as messages
from ivr.cli.records import command as records
from ivr.sim.carrier import CarrierCall, CarrierRehearsal
from ivr.sim.cloud.tapes import Tape
from ivr.store.records.recordings import Recording
from ivr.store.records.writer import RecordsWriter

PIN = "73915264"
DAY_S = 86_400.0
NOT_YET = (404, 20404)


@pytest.fixture
def house(by_carrier: Rehearse) -> CarrierRehearsal:
    return by_carrier(SMALL / "recorded")


@pytest.fixture
def call(house: CarrierRehearsal) -> CarrierCall:
    made = CarrierCall(house)
    made.agent_signs_in("amy")
    made.dials()
    made.hears("May we record this call")
    return made


def tapes(call: CarrierCall) -> list[Tape]:
    """What the carrier has of the call."""
    return call.line.phone.tapes.all


def listed(house: CarrierRehearsal, call: CarrierCall) -> list[Recording]:
    return list(house.recordings.book.of(call.line.call))


def enters_pin(call: CarrierCall) -> None:
    call.presses(1)
    call.presses(PIN)
    call.hears("Your PIN is")
    call.presses(1)
    call.hears("Press 1 to talk")


def test_nothing_is_recorded_without_a_yes(call: CarrierCall, house: CarrierRehearsal) -> None:  # R105
    call.presses(2)
    call.hears("We record nothing")
    enters_pin(call)
    call.presses(1)
    call.agent_takes("amy")
    call.agent_leaves(30)
    call.hangs_up()
    assert tapes(call) == []
    assert listed(house, call) == []
    call.recorded("consent", recording="may_we_record", answer="no", heard="key")


def test_with_a_yes_all_is_recorded_but_what_is_secret(call: CarrierCall, house: CarrierRehearsal) -> None:  # R105
    call.presses(1)
    enters_pin(call)
    call.presses(1)
    call.agent_takes("amy")
    call.agent_leaves(30)
    call.hangs_up()
    call.recorded("consent", recording="may_we_record", answer="yes", heard="key")
    first, second = tapes(call)
    assert "we record from here on" in first.holds[0]
    heard = " ".join([*first.holds, *second.holds])
    assert "May we record" not in heard
    assert "PIN of eight digits" not in heard
    assert " ".join(PIN[:3]) not in heard
    assert second.ended is not None
    assert second.ended - second.began >= 30, "the talk with the agent is on it"
    assert call.line.phone.errors == [], "the carrier found no fault with any document"


def test_a_message_is_on_no_recording_and_a_secret_one_is_not_written_down(
    call: CarrierCall, house: CarrierRehearsal, tmp_path: Path
) -> None:
    call.presses(1)
    enters_pin(call)
    call.presses(2)
    assert [tape.name for tape in call.line.phone.tapes.running()] == []
    call.leaves_message(12)
    call.hears("Press 1 to talk")
    assert [tape.name for tape in call.line.phone.tapes.running()] == ["part-3"]
    call.hangs_up()
    (message,) = house.promises.book.all()
    assert house.promises.transcripts.of([message.once])[message.once].state == "secret"
    shown = CliRunner().invoke(messages, ["--data", str(tmp_path)]).output
    assert "secret: never written down" in shown


def test_who_wants_no_more_of_it_is_recorded_no_more(call: CarrierCall) -> None:  # R105
    call.presses(1)
    enters_pin(call)
    call.presses(3)
    call.hears("We record no more")
    call.waits(60)
    call.is_over()
    assert [tape.name for tape in tapes(call)] == ["part-1", "part-2"]
    assert "We record no more" not in " ".join(tapes(call)[1].holds)


def test_the_parts_are_listed_with_the_call_and_their_sound(
    call: CarrierCall, house: CarrierRehearsal, tmp_path: Path
) -> None:
    call.presses(1)
    enters_pin(call)
    house.pass_time(20)
    call.hangs_up()
    first, second = listed(house, call)
    assert (first.part, second.part, first.hotline) == (1, 2, "recorded")
    assert second.duration_s >= 20
    assert second.file is not None
    assert Path(second.file).is_relative_to(tmp_path / "recordings" / "recorded")
    assert Path(second.file).stat().st_mode & 0o077 == 0, "nobody else on this machine can hear it"
    with wave.open(second.file) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(second.duration_s, abs=0.5)
    RecordsWriter(house.client, house.recordings.book.engine, ["recorded"], batch=500).step(house.clock())
    shown = CliRunner().invoke(records, [call.line.call, "--data", str(tmp_path)]).output
    assert "asked to record by may_we_record: yes" in shown
    assert "part 1 of the recording started" in shown
    assert f"recording 2  0:{second.duration_s:02.0f}  {second.file}" in shown


def test_a_part_told_of_twice_is_listed_once(call: CarrierCall, house: CarrierRehearsal) -> None:
    call.presses(1)
    enters_pin(call)
    (part,) = listed(house, call)
    told = {"RecordingSid": part.once, "RecordingStatus": "completed", "RecordingDuration": "5"}
    url = house.urls.call_recording("recorded", call.line.call, 1)
    call.line.phone.asker.callback(url, told)
    assert listed(house, call) == [part]
    call.hangs_up()


def test_a_part_whose_sound_is_not_there_yet_is_asked_for_again(call: CarrierCall, house: CarrierRehearsal) -> None:
    call.presses(1)
    house.cloud.rest_refuses = NOT_YET
    enters_pin(call)
    assert [part.file for part in listed(house, call)] == [None]
    house.cloud.rest_refuses = None
    assert house.recordings.round()
    assert [part.file is not None for part in listed(house, call)] == [True]
    assert not house.recordings.round()
    call.hangs_up()


def test_a_recording_lives_ninety_days(call: CarrierCall, house: CarrierRehearsal, tmp_path: Path) -> None:
    call.presses(1)
    enters_pin(call)
    (part,) = listed(house, call)
    call.hangs_up()
    assert part.file is not None
    house.clock.advance(89 * DAY_S)
    house.recordings.round()
    assert Path(part.file).exists()
    house.clock.advance(2 * DAY_S)
    house.recordings.round()
    assert not Path(part.file).exists()
    assert all(one.gone_at is not None for one in listed(house, call))
    assert not house.recordings.round(), "and that is all there is to do"


def test_a_consent_that_cannot_be_stored_records_nothing(store_that_dies: Store, by_carrier: Rehearse) -> None:  # R105
    house = by_carrier(SMALL / "recorded", client=store_that_dies.client)
    call = CarrierCall(house)
    call.dials()
    store_that_dies.dies()
    call.presses(1)
    assert tapes(call) == []
    store_that_dies.comes_back()
    call.waits(12)
    call.hears("May we record this call")
    assert tapes(call) == []
    call.presses(1)
    call.hears("we record from here on")
    assert [tape.name for tape in tapes(call)] == ["part-1"]
    call.recorded("consent", answer="yes")
    call.hangs_up()


@pytest.fixture
def store_that_dies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store(tmp_path_factory.mktemp("redis"))
    yield made
    made.close()
