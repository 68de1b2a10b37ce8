"""Who is let into the socket of the browser phone, and what a call over it is like."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
import redis
from line_sounds import babble
from phone_stage import Desk
from runtime_house import House, shop

from ivr.call.events import AgentLeft, AgentTook
from ivr.channels.webphone.messages import LONGEST
from ivr.runtime.patience import MOST_TRIES
from ivr.speech.codec import encode, frames

SECOND = b"\xff" * 8000


# --- strangers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [
        json.dumps({"event": "start", "start": {"hotline": "shop", "caller": "1"}}),
        json.dumps({"event": "start", "start": {"ticket": "made-up", "hotline": "shop"}}),
        json.dumps({"event": "start", "start": {"claim": "shop.made-up"}}),
        json.dumps({"event": "start", "start": {"claim": "no-such-hotline.made-up"}}),
        json.dumps({"event": "media", "media": {"payload": "AAAA"}}),
        json.dumps({"event": "start", "start": 7}),
        "hello",
        "[]",
        b"\x00\x01",
    ],
)
def test_a_stranger_without_a_ticket_is_shown_out(desk: Desk, first: str | bytes) -> None:
    async def script() -> None:
        page = await desk.page().opens()
        page.sends(first)
        await page.ended
        assert page.code == 1008
        assert page.got == []

    desk.runs(script)


def test_a_ticket_is_good_for_one_call(desk: Desk) -> None:
    async def script() -> None:
        ticket = desk.tickets.issue()
        first, second = await desk.page().opens(), await desk.page().opens()
        for page in (first, second):
            page.says("start", ticket=ticket, hotline="shop", caller="1")
        await second.ended
        assert first.told("begun")
        assert second.code == 1008
        await first.is_closed()

    desk.runs(script)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "", "null", "https://phone.example.com.evil.example", "http://["]
)
def test_a_page_that_is_not_ours_is_refused_before_the_socket_is_open(desk: Desk, origin: str) -> None:
    async def script() -> None:
        page = await desk.page(origin=origin).opens()
        await page.ended
        assert not page.accepted

    desk.runs(script)


def test_a_socket_that_says_nothing_is_closed_after_ten_seconds(desk: Desk) -> None:
    async def script() -> None:
        page = await desk.page().opens()
        began = asyncio.get_running_loop().time()
        await page.ended
        assert page.code == 1008
        assert asyncio.get_running_loop().time() - began == pytest.approx(10.0, abs=0.1)

    desk.runs(script)


def test_sockets_that_are_opened_and_left_are_few_and_soon_gone(house: House, tmp_path: Path) -> None:
    desk = Desk(house, tmp_path, waiting=20)

    async def script() -> None:
        pages = [desk.page() for _ in range(10_000)]
        for page in pages:
            await page.opens()
        assert sum(page.accepted for page in pages) < 20 + 20 * 10_000 * 0.01 / 10, "as many as 10 s let in"
        await asyncio.gather(*(page.ended for page in pages))
        caller = await desk.page().calls()
        assert caller.told("begun"), "and then callers get through again"
        await caller.is_closed()

    desk.runs(script)


def test_no_more_calls_than_one_process_bears(house: House, tmp_path: Path) -> None:
    desk = Desk(house, tmp_path, calls=1)

    async def script() -> None:
        first, second = await desk.page().calls(), await desk.page().calls()
        assert second.told("over") == [{"why": "All lines are busy. Please try again in a moment."}]
        assert second.code == 1000
        await first.is_closed()

    desk.runs(script)


def test_a_hotline_that_is_not_served_cannot_be_called(desk: Desk) -> None:
    async def script() -> None:
        page = await desk.page().calls(hotline="bakery")
        assert page.code == 1008

    desk.runs(script)


def test_a_call_that_cannot_begin_while_the_store_is_away_may_be_tried_again(desk: Desk, house: House) -> None:
    async def script() -> None:
        house.calls.down_for["open"] = MOST_TRIES + 2
        page = await desk.page().calls()
        assert page.code == 1013

    desk.runs(script)


# --- a call ----------------------------------------------------------------------------------------------------


def test_a_caller_hears_and_reads_the_prompt(desk: Desk) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        await asyncio.sleep(3)
        assert page.got[0]["event"] == "begun"
        assert page.said() == ["How can I help?"]
        assert page.noticed("said")[0]["language"] == "en"
        assert len(page.sound()) == 8000 * 1.5
        await page.is_closed()

    desk.runs(script)


def test_a_key_is_heard_at_once_and_the_prompt_falls_silent(desk: Desk, house: House) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        await asyncio.sleep(0.5)
        page.says("dtmf", digit="1")
        await asyncio.sleep(0.1)
        assert page.told("clear")
        assert page.noticed("key") == [{"what": "key", "key": "1"}]
        await asyncio.sleep(1)
        assert "Northwind: it is 42." in page.said()
        await page.is_closed()

    desk.runs(script)


def test_typed_words_are_understood_like_spoken_ones(desk: Desk) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        page.says("text", words="balance")
        await asyncio.sleep(1)
        assert page.noticed("heard")[0]["text"] == "balance"
        assert "Northwind: it is 42." in page.said()
        await page.is_closed()

    desk.runs(script)


def test_who_hangs_up_has_hung_up_at_once(desk: Desk, house: House) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        page.says("stop")
        await page.ended
        assert page.told("over") == [{"why": ""}]
        assert page.code == 1000
        assert house.state(page.call).phase == "over"

    desk.runs(script)


def test_the_call_is_known_by_its_line_and_its_caller(desk: Desk, house: House) -> None:
    async def script() -> None:
        page = await desk.page().calls(caller="+1 (202) 555-0101")
        (started,) = [entry for entry in house.entries(page.call) if entry.kind == "started"]
        assert started.data["caller"] == "+12025550101"
        assert started.data["channel"] == "webphone"
        await page.is_closed()

    desk.runs(script)


def test_sound_of_any_size_and_what_is_no_base64_leave_the_call_alone(desk: Desk) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        for frame in (b"", b"\x00", SECOND[:160], SECOND[:161], SECOND[:4000]):
            page.speaks(frame)
        for wrong in ("=", "not base64!", "A", "ÄÄÄÄ"):
            page.says("media", payload=wrong)
        page.says("dtmf", digit="x")
        page.says("mark", name="nobody sent this")
        page.says("ended", status="busy")
        await asyncio.sleep(0.5)
        assert page.code is None
        await page.is_closed()

    desk.runs(script)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("x" * (LONGEST + 1), 1009),
        ("{", 1008),
        (json.dumps({"event": "dtmf", "dtmf": {"digit": "11"}}), 1008),
        (json.dumps({"event": "ended", "ended": {"status": "won"}}), 1008),
        (json.dumps({"event": "start", "start": {"claim": "x"}}), 1008),
        (json.dumps({"event": "text", "text": {"words": "x" * 2001}}), 1008),
        (json.dumps({"event": "HungUp"}), 1008),
    ],
)
def test_what_is_none_of_the_protocol_ends_the_socket(desk: Desk, wrong: str, code: int) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        page.sends(wrong)
        await page.ended
        assert page.code == code

    desk.runs(script)


def test_a_flood_of_keys_ends_the_socket_and_a_flood_of_sound_is_not_heard(desk: Desk) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        for _ in range(5000):
            page.speaks(SECOND[:160])
        await asyncio.sleep(0.5)
        assert page.code is None
        for _ in range(5000):
            page.says("dtmf", digit="*")
        await page.ended
        assert page.code == 1008

    desk.runs(script)


def test_a_call_that_comes_when_the_ears_have_too_much_to_do_goes_by_keys(house: House, tmp_path: Path) -> None:
    desk = Desk(house, tmp_path)
    desk.parts.audio.hearing.takes_calls = lambda: False  # type: ignore[method-assign]

    async def script() -> None:
        page = await desk.page().calls()
        assert page.noticed("deaf")
        page.says("dtmf", digit="1")
        await asyncio.sleep(1)
        assert "Northwind: it is 42." in page.said()
        await page.is_closed()

    desk.runs(script)


def test_a_call_that_comes_while_voices_are_made_ready_rings_until_they_are(house: House, tmp_path: Path) -> None:
    desk = Desk(house, tmp_path)
    ready = [False, False, True]
    desk.parts.audio.hearing.speaks = lambda language: ready.pop(0) if len(ready) > 1 else ready[0]  # type: ignore[method-assign]

    async def script() -> None:
        page = await desk.page().calls()
        assert page.got == []
        await asyncio.sleep(0.3)
        assert page.said() == ["How can I help?"]
        await page.is_closed()

    desk.runs(script)


def test_a_call_to_a_hotline_that_nobody_can_speak_for_begins_all_the_same(house: House, tmp_path: Path) -> None:
    desk = Desk(house, tmp_path)
    desk.parts.audio.hearing.speaks = lambda language: False  # type: ignore[method-assign]

    async def script() -> None:
        page = await desk.page().calls()
        await asyncio.sleep(30.5)
        assert page.told("begun")
        another = await desk.page().calls()
        assert another.told("begun"), "only the first ones wait"
        await page.is_closed()
        await another.is_closed()

    desk.runs(script)


# --- pages that break off --------------------------------------------------------------------------------------


def test_a_tab_closed_in_mid_call_has_hung_up_after_a_while(desk: Desk, house: House) -> None:
    async def script() -> None:
        page = await (await desk.page().calls()).is_closed()
        await asyncio.sleep(19)
        assert house.state(page.call).phase != "over"
        await asyncio.sleep(2)
        assert house.state(page.call).phase == "over"

    desk.runs(script)


def test_a_page_that_comes_back_hears_the_last_prompt_again(desk: Desk, house: House) -> None:
    async def script() -> None:
        lost = await (await desk.page().calls()).is_closed()
        again = await desk.page().takes_up(lost.claim)
        await asyncio.sleep(30)
        assert again.call == lost.call
        assert again.said()[0] == "How can I help?"
        assert house.state(lost.call).phase != "over", "nobody has hung up"
        assert again.claim == lost.claim
        await again.is_closed()

    desk.runs(script)


def test_a_call_may_be_taken_up_in_another_process(desk: Desk, house: House) -> None:
    async def script() -> None:
        lost = await (await desk.page().calls()).is_closed()
        again = await desk.another().page().takes_up(lost.claim)
        await asyncio.sleep(30)
        assert again.said()[0] == "How can I help?"
        assert house.state(lost.call).phase != "over"
        await again.is_closed()

    desk.runs(script)


def test_two_pages_cannot_have_one_call(desk: Desk, house: House) -> None:
    async def script() -> None:
        first = await desk.page().calls()
        second = await desk.page().takes_up(first.claim)
        await first.ended
        assert first.told("over") == [{"why": "This call was taken up elsewhere."}]
        assert second.code is None
        second.says("dtmf", digit="1")
        await asyncio.sleep(1)
        assert "Northwind: it is 42." in second.said()
        await second.is_closed()

    desk.runs(script)


def test_a_call_that_is_over_is_over_for_who_comes_back(desk: Desk, house: House) -> None:
    async def script() -> None:
        lost = await (await desk.page().calls()).is_closed()
        await asyncio.sleep(21)
        again = await desk.page().takes_up(lost.claim)
        await asyncio.sleep(30)
        assert again.code is not None

    desk.runs(script)


# --- what a browser cannot do ----------------------------------------------------------------------------------

MAIN = """
flow: main
start: need
steps:
  need:
    ask: how_can_i_help
    expect: intent
    keys: {1: balance, 2: plans}
    on: {balance: shop, plans: tape, nothing: person}
  shop: {dial: "+12025550123", on: {completed: bye, busy: taken, failed: bye}}
  taken: {say: it_is_busy, next: bye}
  tape: {record: speak, queue: general, on: {recorded: bye, nothing: bye}}
  person: {do: person, on: {}}
  bye: {hangup: bye}
"""
WORDS = """
how_can_i_help: "{greeting}"
it_is_busy: That line is busy.
speak: Speak after the tone.
bye: Goodbye.
technical_break: "This is Northwind. Please hold."
"""


def office(client: redis.Redis, folder: Path, greeting: str = "How can I help?") -> Desk:
    """A hotline whose key 1 dials and whose key 2 takes a message."""
    return Desk(House(client, shop(main=MAIN, words=WORDS.format(greeting=greeting))), folder)


def test_a_number_that_is_dialled_is_shown_and_the_caller_tells_the_end(client: redis.Redis, tmp_path: Path) -> None:
    desk = office(client, tmp_path)

    async def script() -> None:
        page = await desk.page().calls()
        page.says("dtmf", digit="1")
        await asyncio.sleep(1)
        assert page.told("state") == [{"is": "dial", "who": "+12025550123"}]
        page.says("ended", status="busy")
        await page.ended
        assert page.told("state")[-1] == {"is": "line", "who": ""}
        assert page.said()[-2:] == ["That line is busy.", "Goodbye."]
        assert page.told("over") == [{"why": ""}]

    desk.runs(script)


def test_a_message_is_taken_from_the_microphone(client: redis.Redis, tmp_path: Path) -> None:
    desk = office(client, tmp_path)

    async def script() -> None:
        page = await desk.page().calls()
        page.says("dtmf", digit="2")
        await asyncio.sleep(5)
        for frame in frames(encode(babble(3.0))):
            page.speaks(frame)
            await asyncio.sleep(0.02)
        page.says("dtmf", digit="#")
        await page.ended
        assert [len(message) / 8000 for message in desk.kept] == [pytest.approx(3.0, abs=0.6)]
        assert page.said()[-1] == "Goodbye."

    desk.runs(script)


def test_an_agent_who_takes_the_call_is_shown_until_he_leaves(desk: Desk, house: House) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        page.says("dtmf", digit="0")
        await asyncio.sleep(1)
        house.told(AgentTook("amy", "room-1"), call=page.call)
        await asyncio.sleep(3)
        assert {"is": "joined", "who": "amy"} in page.told("state")
        house.told(AgentLeft("amy", 30.0), call=page.call)
        await asyncio.sleep(5)
        assert page.told("state")[-1] == {"is": "line", "who": ""}
        await page.is_closed()

    desk.runs(script)


def test_a_call_that_we_break_is_handed_on_and_the_page_says_to_whom(desk: Desk, house: House) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        house.calls.down_for["open"] = 1000
        page.says("dtmf", digit="1")
        await asyncio.sleep(20)
        assert "This is Northwind. Please hold." in page.said(), "he hears something"
        await page.ended
        assert page.told("state")[-1] == {"is": "away", "who": "+12025550190"}
        assert page.told("over") == [{"why": ""}]
        house.calls.down_for["open"] = 0

    desk.runs(script)


def test_what_no_voice_can_say_is_written_on_the_page(client: redis.Redis, tmp_path: Path) -> None:
    desk = office(client, tmp_path, greeting="A sound like @")

    async def script() -> None:
        page = await desk.page().calls()
        assert page.noticed("unsaid") == [{"what": "unsaid", "text": "A sound like @", "language": "en"}]
        page.says("dtmf", digit="1")
        await asyncio.sleep(1)
        assert page.told("state"), "and the call goes on"
        await page.is_closed()

    desk.runs(script)
