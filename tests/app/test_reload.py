"""A hotline changes while it is served: new calls take what checks, running calls stay on what they began with."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from app_house import Line, change, client, heard_by_the_carrier, opened
from flask.testing import FlaskClient

from ivr.app.desk import desk_of
from ivr.app.house import House, build
from ivr.app.reload import Watcher
from ivr.flow.load import BadHotline
from ivr.store.records.rules import rules_told
from ivr.store.records.verdicts import Window

ASKED = "How can I help you?"


@dataclass
class Served:
    """A hotline of our own, and the server of it."""

    house: House
    folder: Path
    web: FlaskClient

    def write(self, file: str, old: str, new: str) -> None:
        change(self.folder / file, old, new)

    def reload(self) -> bool:
        return Watcher(self.house).reload(self.folder)

    def line(self, n: int) -> Line:
        return Line(self.web, call=f"CA{n:032x}")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    folder = heard_by_the_carrier(tmp_path / "hotline")
    with opened(tmp_path / "data", folder) as house:
        yield Served(house, folder, client(house))


def test_a_changed_word_is_heard_by_new_calls_only(served: Served) -> None:  # R108
    running = served.line(1).dials()
    served.write("words/en.yaml", ASKED, "What can I do for you?")
    assert served.reload()
    assert "What can I do for you?" in served.line(2).dials().last
    assert ASKED in running.presses("*").last, "the running call says what it said before"
    before, after = (line.last for line in (served.line(3).dials(), running.presses("1")))
    assert "What can I do for you?" in before
    assert "Your balance is 42 dollars" in after


@pytest.mark.parametrize("switch", ["off: true", "at_most: 0"])
def test_a_rule_that_is_switched_off_is_off_for_the_next_call(served: Served, switch: str) -> None:  # R97 R108
    dora = "+12025550104"
    assert "Your balance is" in Line(served.web, caller=dora).dials().presses("0").last
    served.write("handoff.yaml", "first: answer_first}", f"first: answer_first, {switch}}}")
    assert served.reload()
    assert "Your balance is" not in Line(served.web, call="CA" + "2" * 32, caller=dora).dials().presses("0").last
    served.house.recorder.round()
    now = served.house.works.outside.clock()
    known = desk_of(served.house).hotline("telecom")
    assert known is not None
    told = rules_told(served.house.engine, Window("telecom", now - 3600, now, now), known.served).rules
    rows = [(one.off, one.applied) for one in told if one.rule == "answer_first"]
    assert rows == [(True, 0), (True, 1)], "the version served now first, then the one before"


def test_what_does_not_check_is_refused_with_every_fault(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    served.write("main.yaml", "next: need", "next: neeed")
    served.write("words/en.yaml", "{{ caller.name }}", "{{ caller.nmae }}")
    with caplog.at_level(logging.ERROR):
        assert not served.reload()
    assert "calls go on with the version before" in caplog.text
    assert "main.yaml:" in caplog.text
    assert "neeed" in caplog.text
    assert "words/en.yaml:" in caplog.text
    assert ASKED in served.line(1).dials().last


def test_a_mended_change_is_taken(served: Served) -> None:
    served.write("words/en.yaml", ASKED, "{{ nothing }} What can I do for you?")
    assert not served.reload()
    served.write("words/en.yaml", "{{ nothing }} ", "")
    assert served.reload()
    assert "What can I do for you?" in served.line(1).dials().last


@pytest.mark.parametrize(
    "broken", [b"\xff\xfe", b"steps: [", b"", b"a: &a [*a]"], ids=["bytes", "open", "empty", "circle"]
)
def test_no_file_however_broken_stops_the_server(served: Served, broken: bytes) -> None:
    (served.folder / "main.yaml").write_bytes(broken)
    assert not served.reload()
    assert ASKED in served.line(1).dials().last


def test_a_hotline_cannot_change_its_name_while_it_is_served(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    served.write("hotline.yaml", "hotline: telecom", "hotline: other")
    assert not served.reload()
    assert "start the server anew" in caplog.text
    assert ASKED in served.line(1).dials().last


def test_a_folder_that_is_gone_changes_nothing(served: Served, tmp_path: Path) -> None:
    served.folder.rename(tmp_path / "away")
    assert not served.reload()
    assert ASKED in served.line(1).dials().last


def test_a_connector_without_its_secret_is_not_taken_in(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    served.write("hotline.yaml", "connectors:\n", CRM)
    assert not served.reload()
    assert "CRM_URL" in caplog.text
    assert "Your balance is 42 dollars" in served.line(1).dials().presses("1").last


CRM = """\
connectors:
  crm:
    kind: http
    url: "${CRM_URL}"
    operations:
      who: {get: "/who{?number}", takes: [number], gives: {name: text}}
"""


def test_a_new_agent_can_sign_in(served: Served) -> None:
    served.write("queues.yaml", "agents:\n", 'agents:\n  zoe: {phone: "+12025550120", queues: [general]}\n')
    assert served.reload()
    assert served.web.post("/line/agents/telecom/zoe/in", json={}).status_code == 200


def test_a_worker_that_has_not_reloaded_goes_on_with_a_call_of_the_new_version(served: Served) -> None:
    other = build(served.house.settings, {}, served.house.works.outside.clock)
    try:
        served.write("words/en.yaml", "Your balance is", "You owe")
        assert served.reload()
        began = served.line(1).dials()
        began.client = client(other)
        assert "You owe 42 dollars" in began.presses("1").last
        assert "Your balance is 42 dollars" in Line(began.client, call="CA" + "2" * 32).dials().presses("1").last
    finally:
        other.close()


def test_what_changed_while_a_worker_began_is_taken_too(served: Served) -> None:  # R108
    served.write("words/en.yaml", ASKED, "What can I do for you?")
    watcher = Watcher(served.house)
    watcher.start()
    try:
        deadline, calls = time.monotonic() + 60, count(1)
        while "What can I do for you?" not in served.line(next(calls)).dials().last:
            assert time.monotonic() < deadline, "nobody has seen the change"
            time.sleep(0.05)
    finally:
        watcher.stop()


def test_nothing_is_done_for_a_change_that_is_none(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    (served.folder / "main.yaml").touch()
    with caplog.at_level(logging.INFO, "ivr.app.reload"):
        assert served.reload()
    assert caplog.text == ""


def test_a_worker_that_begins_while_a_folder_is_broken_serves_what_was_served(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    served.write("main.yaml", "next: need", "next: neeed")
    assert not served.reload()
    settings, clock = served.house.settings, served.house.works.outside.clock
    late = build(settings, {}, clock, served=["telecom"])
    try:
        assert "it is served as it was before" in caplog.text
        assert ASKED in Line(client(late)).dials().last
    finally:
        late.close()
    with pytest.raises(BadHotline, match="neeed"):
        build(settings, {}, clock)
