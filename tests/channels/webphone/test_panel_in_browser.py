"""The panel in a real browser: what was written is shown as text, and the step where the call stands is lit."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from panel_notices import Notice, WatchedCall
from panel_page import page_app
from werkzeug.serving import make_server

from ivr.sim.rehearsal import Rehearsal
from ivr.testing.stage import Stage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.redis,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]

TELECOM = Path(__file__).parents[3] / "flows" / "telecom"
HOSTILE = "<img src=x onerror=document.title='taken'> </pre><script>document.title='taken'</script> &amp; \u202e"


@contextmanager
def served(house: Rehearsal, notices: list[Notice]) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, page_app(house.shelf, notices), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/"
    finally:
        server.shutdown()
        thread.join()


def shown(address: str, profile: Path) -> str:
    """The page as it stands when everything is loaded and drawn."""
    options = "--headless --no-sandbox --disable-gpu --virtual-time-budget=5000 --force-prefers-reduced-motion"
    command = [str(CHROMIUM), *options.split(), f"--user-data-dir={profile}", "--dump-dom", address]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A complaint in hostile words, which is taken by the machine; looked at once by all tests."""
    with Stage(tmp_path_factory.mktemp("stage")) as stage, stage.rehearse([TELECOM]) as house:
        call = WatchedCall(house)
        call.says(f"I want to complain about {HOSTILE}", 0.55)
        call.told.append({"what": "trouble", "why": HOSTILE})
        call.told.append({"what": "ignored", "why": HOSTILE})
        call.told.append({"what": HOSTILE, "x": {HOSTILE: [HOSTILE]}})
        call.says("no")
        with served(house, call.told) as address:
            yield shown(address, tmp_path_factory.mktemp("chromium"))


@pytest.fixture(scope="module")
def found(page: str) -> dict[str, Any]:
    noted = re.search(r'<pre id="found"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert noted, "nothing was drawn"
    value: dict[str, Any] = json.loads(unescape(noted[1]))
    return value


def test_what_a_caller_says_is_text_and_never_a_part_of_the_page(page: str) -> None:
    panel = page[page.index("<section") :].partition('<pre id="notices"')[0]
    assert "&lt;img src=x onerror" in panel
    assert "<img" not in panel
    assert "<title>panel</title>" in page


def test_the_step_where_the_call_stands_is_lit_in_the_sub_flow_that_runs(found: dict[str, Any]) -> None:
    assert found["flow"] == "take_complaint"
    assert found["lit"] == ["take_complaint.leave_message"]


def test_the_steps_on_the_way_there_are_marked_even_where_the_record_has_no_line(found: dict[str, Any]) -> None:
    assert found["passed"] == [
        "take_complaint.offer_person",
        "take_complaint.take_it_here",
        "take_complaint.ticket_opened",  # a `set`
        "take_complaint.say_ticket",
        "take_complaint.leave_message",
    ]


def test_the_drawing_keeps_its_own_style_under_rules_that_allow_none_in_the_page(found: dict[str, Any]) -> None:
    assert found["weight"] == "700"


def test_confidence_can_be_heard_as_well_as_seen(page: str) -> None:
    assert re.search(r'role="meter" aria-label="how sure the ears are"[^>]*aria-valuenow="55"', page)


def test_entries_keep_the_order_of_the_record(page: str) -> None:
    kinds = re.findall(r'data-group="(?!ears)\w+" data-kind="(\w+)"', page)
    assert kinds[:6] == ["started", "profile", "said", "said", "heard", "understood"]


def test_an_entry_is_a_sentence_with_its_details_to_unfold(page: str) -> None:
    row = re.search(r'<li data-group="talk" data-kind="understood"><details>(.*?)</details>', page, re.DOTALL)
    assert row
    assert "understood complaint" in row[1]
    assert "<dt>because</dt>" in row[1]
