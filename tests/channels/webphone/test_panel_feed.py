"""What the panel is told: each entry of its call once, the step the call stands at, and no secret."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from audio_stage import Inline, VirtualLoop
from flask.testing import FlaskClient
from panel_notices import WatchedCall
from panel_page import page_app

from ivr.call.events import AgentTook, CallStarted, DigitsPressed, HungUp
from ivr.channels.webphone.messages import written
from ivr.channels.webphone.panel import LOOK_EVERY_S, Panel, PanelFeed
from ivr.flow.load import load
from ivr.flow.refs import SoundRef
from ivr.sim.rehearsal import Rehearsal
from ivr.store.connect import connect
from ivr.store.watch import RedisWatch
from ivr.testing.stage import Stage

pytestmark = pytest.mark.redis

TELECOM = Path(__file__).parents[3] / "flows" / "telecom"
PIN = {
    "hotline.yaml": "hotline: pin\nstart: main\nlanguages: [en]\nalways: {person: {go: main.person}}\n"
    "fallback_number: '+12025550190'\n",
    "main.yaml": """
flow: main
start: ask
steps:
  ask: {ask: your_pin, expect: digits, secret: true, tries: 1, as: pin, on: {ok: check, nothing: bye}}
  check: {choose: [{when: "pin == '4711'", next: right}], otherwise: bye}
  right: {say: right, next: bye}
  person: {dial: "+12025550190", on: {completed: bye, failed: bye}}
  bye: {hangup: bye}
""",
    "words/en.yaml": "your_pin: Your pin, please.\nright: '{{ pin }} is right.'\nbye: Goodbye.\n",
}


def write_pin(folder: Path) -> Path:
    for name, text in PIN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Stage(tmp_path_factory.mktemp("stage")) as opened:
        yield opened


@pytest.fixture
def house(stage: Stage) -> Iterator[Rehearsal]:
    with stage.rehearse([TELECOM]) as opened:
        yield opened


@pytest.fixture
def web(house: Rehearsal) -> FlaskClient:
    return page_app(house.shelf, []).test_client()


def test_the_call_begins_with_who_calls_and_stands_at_the_first_question(house: Rehearsal) -> None:
    call = WatchedCall(house)
    assert [one["words"] for one in call.entries("started")] == ["call from +12025550101 by phone"]
    assert call.stands() == ["main.need"]


def test_what_was_understood_comes_with_confidence_and_reason(house: Rehearsal) -> None:
    call = WatchedCall(house)
    call.says("how much do I owe you")
    (understood,) = call.entries("understood")
    assert understood["data"]["intent"] == "balance"
    assert understood["step"] == "main.need"
    assert 0.7 <= understood["data"]["confidence"] <= 1
    assert understood["data"]["because"]


def test_every_entry_comes_once_and_in_order(house: Rehearsal) -> None:
    call = WatchedCall(house)
    call.says("how much do I owe you")
    call.presses("2")
    numbers = [one["n"] for one in call.told if one["what"] == "entry"]
    assert numbers == list(range(1, len(numbers) + 1))
    assert call.looks() == []


def test_a_sub_flow_is_told_with_the_step_that_runs_it(house: Rehearsal) -> None:
    call = WatchedCall(house)
    call.says("I want to complain")
    last = [one for one in call.told if one["what"] == "stands"][-1]
    assert last["flow"] == "take_complaint"
    assert [step.split(".")[0] for step in last["runs"]] == ["main"]
    assert last["drawing"].endswith("/take_complaint.svg")


def test_news_that_another_worker_took_is_seen_too(house: Rehearsal) -> None:
    call = WatchedCall(house)
    call.presses("0")
    house.conductor.tell(call.hotline, call.call, AgentTook("dina", "room"))
    call.looks()
    assert [one["words"] for one in call.entries("connected")] == ["connected with dina"]


def test_a_call_taken_up_again_is_told_from_its_beginning(house: Rehearsal) -> None:
    call = WatchedCall(house)
    call.says("how much do I owe you")
    told: list[dict[str, Any]] = []
    watch = RedisWatch(house.client)
    watch.begin(call.hotline, call.call)
    house.conductor.tell(call.hotline, call.call, HungUp())

    async def watched_to_the_end(threads: Executor) -> None:
        feed = PanelFeed(watch, call.hotline, call.call)
        await Panel(feed, lambda what, of: told.append({"what": what, **of}), threads).run()

    with ThreadPoolExecutor(1) as threads:
        asyncio.run(watched_to_the_end(threads))
    kinds = [one["kind"] for one in told if one["what"] == "entry"]
    assert (kinds[0], kinds[-1]) == ("started", "ended")
    assert [one["phase"] for one in told if one["what"] == "stands"][-1] == "over"


def test_an_answer_of_the_engine_is_looked_at_in_the_same_breath(house: Rehearsal) -> None:
    """R36: a second later the step would be lit when the caller has long heard of it."""
    call = WatchedCall(house)
    told: list[float] = []

    async def watched_for_a_turn(threads: Executor) -> float:
        loop = asyncio.get_running_loop()
        panel = Panel(call.feed, lambda what, of: told.append(loop.time()), threads)
        running = asyncio.create_task(panel.run())
        await asyncio.sleep(0.02)  # past its first look
        house.conductor.hear(call.hotline, call.call, call.answer.turn, DigitsPressed("1"))
        panel.look()
        answered = loop.time()
        while not told:
            await asyncio.sleep(0.002)
        running.cancel()
        return told[0] - answered

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        assert runner.run(watched_for_a_turn(Inline())) < LOOK_EVERY_S / 2


def test_a_secret_is_in_no_notice(stage: Stage, tmp_path: Path) -> None:
    with stage.rehearse([write_pin(tmp_path / "pin")]) as house:
        call = WatchedCall(house, "pin")
        call.happens(DigitsPressed("4711"))
    assert [one["data"]["text"] for one in call.entries("heard")] == ["(4 digits)"]
    assert "(secret)" in [one["data"]["text"] for one in call.entries("said")]
    assert "4711" not in str(call.told)


def test_a_sound_is_told_by_its_name_though_it_knows_more() -> None:
    """Hold music comes out of the flow as a reference; a notice of it once silenced the line."""
    assert written("notice", {"what": "played", "audio": SoundRef("hold.wav")}) == (
        '{"event":"notice","notice":{"what":"played","audio":"hold.wav"}}'
    )


def test_without_a_panel_nothing_is_kept_for_one(house: Rehearsal) -> None:
    house.conductor.hear("telecom", "CA1", 0, CallStarted("+12025550101", "", "phone"))
    assert [key for key in house.client.scan_iter() if b"watched" in key] == []


def test_a_store_that_is_away_is_told_once_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    feed = PanelFeed(RedisWatch(connect("redis://127.0.0.1:1", timeout_s=0.1)), "telecom", "CA1")

    async def watched_for_a_moment(threads: Executor) -> None:
        running = asyncio.create_task(Panel(feed, lambda what, of: told.append(what), threads).run())
        while not told:
            await asyncio.sleep(0.01)
        assert not running.done()
        running.cancel()

    with ThreadPoolExecutor(1) as threads, caplog.at_level(logging.WARNING, "ivr.channels.webphone.panel"):
        asyncio.run(watched_for_a_moment(threads))
    assert told == ["trouble"]
    assert "the panel of call CA1 sees nothing" in caplog.text


# --- drawn flows ------------------------------------------------------------------------------------------------------


def test_the_step_a_call_stands_at_is_in_its_drawing(house: Rehearsal, web: FlaskClient) -> None:
    call = WatchedCall(house)
    call.says("I want to complain")
    last = [one for one in call.told if one["what"] == "stands"][-1]
    answer = web.get(last["drawing"])
    assert answer.status_code == 200
    assert f'data-step="{last["flow"]}.{last["step"]}"' in answer.text
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["telecom/{v}/nowhere.svg", "bank/{v}/main.svg", "telecom/0123456789ab/main.svg", "telecom/../main.svg"]
)
def test_what_is_not_there_is_not_drawn(house: Rehearsal, web: FlaskClient, path: str) -> None:
    version = house.shelf.current("telecom").version
    assert web.get(f"/phone/flow/{path.format(v=version)}").status_code == 404


def test_a_version_that_is_no_longer_served_is_drawn_as_it_was(stage: Stage, tmp_path: Path) -> None:
    folder = write_pin(tmp_path / "pin")
    with stage.rehearse([folder]) as house:
        call = WatchedCall(house, "pin")
        (drawing,) = [one["drawing"] for one in call.told if one["what"] == "stands"]
        renamed = PIN["main.yaml"].replace("  right:", "  correct:").replace("next: right", "next: correct")
        (folder / "main.yaml").write_text(renamed)
        newer = load(folder, stage.kit)
        assert newer.version not in drawing
        house.works.take_in(newer)
        shown = page_app(house.shelf, []).test_client().get(drawing).text
    assert 'data-step="main.right"' in shown
    assert "correct" not in shown
