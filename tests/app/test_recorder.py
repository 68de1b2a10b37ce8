"""When records are written."""

from __future__ import annotations

from pathlib import Path

from app_house import Line, client, opened

from ivr.app.house import House
from ivr.app.recorder import REST_S
from ivr.store.records.reader import RecordsReader


def listed(house: House) -> int:
    return len(RecordsReader(house.engine).calls(limit=1000))


def test_a_call_is_in_the_records_at_once_and_the_next_after_a_rest(house: House, line: Line) -> None:
    clock = house.works.outside.clock
    line.dials()
    house.recorder.round()
    assert listed(house) == 1
    Line(line.client, call="CA" + "2" * 32).dials()
    assert not house.recorder.round()
    assert listed(house) == 1
    clock.advance(REST_S)
    house.recorder.round()
    assert listed(house) == 2


def test_what_is_left_is_written_at_the_end(tmp_path: Path) -> None:
    with opened(tmp_path) as house:
        web = client(house)
        for n in range(3):
            Line(web, call=f"CA{n:032x}").dials()
            house.recorder.round()
        assert listed(house) == 1
    with opened(tmp_path) as again:
        assert listed(again) == 3


def test_more_than_a_batch_is_written_without_a_rest(house: House, line: Line) -> None:
    for n in range(150):
        Line(line.client, call=f"CA{n:032x}").dials()
    while house.recorder.round():
        pass
    assert listed(house) == 150
