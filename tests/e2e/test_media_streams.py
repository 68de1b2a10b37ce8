"""Calls by sound over Media Streams: the real server with real Korean ears, called by the carrier's double.

Callers speak by espeak-ng through µ-law; they interrupt, press keys, are handed to people and come back, and their
sound breaks off. Everything takes the time it takes.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from app_house import ACCOUNT, PUBLIC, TOKEN
from running import Running
from spoken import espeak

from ivr.channels.twilio import Urls
from ivr.sim.cloud import Call, Cloud, Hostile, HostileStream
from ivr.speech.codec import encode
from ivr.speech.recognisers.choose import best
from ivr.store.records.database import create_engine_for
from ivr.store.records.reader import CallRecord, RecordsReader

pytestmark = pytest.mark.speech

SANGDAM = Path(__file__).parents[1] / "hotlines" / "sangdam"
NUMBER, SEOYEON, MINJI = "+8215000100", "+821000000101", "+8215000111"
READY = ("hears callers who speak 'ko'", "prompts rendered")
READY_WITHIN_S = 100.0


class Desk:
    """The server, the carrier, and what became of calls."""

    def __init__(self, server: Running, cloud: Cloud) -> None:
        self.server, self.cloud = server, cloud
        self._reader = RecordsReader(create_engine_for(f"sqlite:///{server.data / 'records.db'}"))

    def dial(self) -> Call:
        """Called, and the greeting has begun; it lasts 20 seconds."""
        call = self.rings_through()
        call.until(lambda: call.stream.player.sounded > 4000)
        return call

    def rings_through(self) -> Call:
        """A call that was begun by sound. A house whose ears are behind leaves new ones to the carrier's."""
        deadline = time.monotonic() + 60
        while not (call := self.cloud.dial(SEOYEON, NUMBER)).streams:
            assert time.monotonic() < deadline, call.heard
            call.hang_up()
            time.sleep(0.2)
        return call

    def record(self, call: Call, true: Callable[[CallRecord], bool]) -> CallRecord:
        """What is written down, as soon as it says so; records come a little after the call."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            found = self._reader.call(call.sid)
            if found is not None and true(found):
                return found
            time.sleep(0.05)
        raise AssertionError(f"not in the records: {found}")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    if best("ko", []) is None:
        pytest.skip("no Korean ears: pip install 'ivr[korean]'")
    if shutil.which("espeak-ng") is None:
        pytest.skip("no espeak-ng: apt-get install espeak-ng")
    with Cloud(ACCOUNT, TOKEN, "http://127.0.0.1:9", PUBLIC) as cloud:
        data = tmp_path_factory.mktemp("streams") / "data"
        server = Running(SANGDAM, data, TWILIO_ACCOUNT_SID=ACCOUNT, TWILIO_API_BASE=cloud.api_base)
        try:
            until(lambda: all(one in server.log.read_text() for one in READY), READY_WITHIN_S)
            cloud.server, urls = server.base, Urls(PUBLIC)
            cloud.number(NUMBER, urls.voice(), urls.fallback(), urls.status())
            yield Desk(server, cloud)
        finally:
            server.close()


@pytest.fixture
def desk(running: Desk) -> Iterator[Desk]:
    yield running
    running.cloud.hostile = Hostile()
    for call in list(running.cloud.calls.values()):
        call.hang_up()
    assert "Traceback" not in running.server.log.read_text()


def until(true: Callable[[], bool], within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def since(call: Call, what: str) -> list[str]:
    """What has happened on the stream after this did, the last time."""
    kinds = [moment.what for moment in list(call.stream.moments)]
    return kinds[len(kinds) - kinds[::-1].index(what) :]


def speaks(call: Call, what: bytes) -> None:
    """Over whatever is being played."""
    times = len(call.stream.times("spoken"))
    call.speak(what)
    call.until(lambda: len(call.stream.times("spoken")) > times)


def heard_out(call: Call) -> None:
    """The answer to what was spoken, to its end."""
    call.until(lambda: "sound" in since(call, "spoken") and call.stream.quiet_ms > 300)


def presses(call: Call, key: str) -> None:
    """Over what is being said, which falls silent; and something else begins to be said."""
    times = len(call.stream.times("key"))
    call.press(key)
    call.until(lambda: len(call.stream.times("key")) > times and "clear" in since(call, "key"))
    call.until(lambda: "sound" in since(call, "clear"))


def kinds(record: CallRecord) -> Sequence[str]:
    return [event.kind for event in record.events]


def understood(record: CallRecord) -> list[str | None]:
    """The caller's words."""
    return [event.data.get("text") for event in record.events if event.data.get("how") == "speech"]


def test_a_caller_is_understood_interrupts_and_is_answered_on_one_stream(desk: Desk) -> None:  # R7
    call = desk.dial()
    spoken = ["요금 납부", "아니요", "아니요"]
    for turn, words in enumerate(spoken):
        if turn > 0:
            heard_out(call)
        speaks(call, encode(espeak(words)))
        desk.record(call, lambda found, turn=turn: understood(found) == spoken[: turn + 1])
        assert call.stream.times("clear"), "the greeting has fallen silent"
    call.until(lambda: call.state == "over")

    assert len(call.streams) == 1
    assert (call.stream.closed_with, call.stream.faults, call.errors, call.heard) == (1000, [], [], [])
    record = desk.record(call, lambda found: not found.summary.running)
    assert (record.summary.intent, record.summary.mode) == ("pay", "smart")
    assert understood(record) == spoken


def test_words_silence_the_prompt_while_they_are_spoken(desk: Desk) -> None:
    call = desk.dial()
    call.speak(encode(np.tile(espeak("요금 납부"), 12)))
    call.until(lambda: bool(call.stream.times("clear") or call.stream.times("spoken")))
    kinds = [moment.what for moment in call.stream.moments]
    assert kinds.index("clear") < [*kinds, "spoken"].index("spoken")


def test_a_key_silences_the_prompt_and_is_answered(desk: Desk) -> None:
    presses(desk.dial(), "7")


def test_a_cough_silences_the_prompt_for_a_moment_and_it_goes_on(desk: Desk) -> None:
    dice = np.random.default_rng(1)
    call = desk.dial()
    speaks(call, encode(np.concatenate([dice.normal(0, 9000, 960), dice.normal(0, 3000, 1600)]).astype(np.int16)))
    call.until(lambda: bool(call.stream.times("clear")) and "sound" in since(call, "clear"))
    presses(call, "7")


def test_an_agent_takes_a_caller_off_the_stream_and_gives_him_back_to_it(desk: Desk) -> None:
    call = desk.dial()
    presses(call, "4")
    call.press("1")
    desk.record(call, lambda found: "queued" in kinds(found))
    assert call.state == "streaming"
    desk.server.json("/line/agents/sangdam/minji/in", {})
    leg = desk.cloud.leg(MINJI)
    leg.answer()
    leg.press("1", at_once=True)
    call.until(lambda: call.state == "in room" and leg.talks_with == {call.sid})
    assert call.stream.over
    leg.hang_up()
    call.until(lambda: call.state == "streaming" and len(call.streams) == 2)
    call.until(lambda: call.stream.player.sounded > 4000)
    assert len([one for one in call.requests if one.reply and "<Stream" in one.reply.text]) == 2


def test_a_caller_who_is_sent_on_hears_it_on_a_stream_and_goes_into_the_next_room(desk: Desk) -> None:  # R74
    call = desk.dial()
    presses(call, "4")
    call.press("1")
    desk.record(call, lambda found: "queued" in kinds(found))
    desk.server.json("/line/agents/sangdam/minji/in", {})
    first = desk.cloud.leg(MINJI)
    first.answer()
    first.press("1", at_once=True)
    call.until(lambda: call.state == "in room" and first.talks_with == {call.sid})
    desk.server.json("/line/agents/sangdam/minji/transfer", {"to": "queue:cards"})
    call.until(lambda: call.state == "streaming" and len(call.streams) == 2)
    call.until(lambda: call.stream.player.sounded > 4000)
    first.until(lambda: first.state == "over")
    desk.server.json("/line/agents/sangdam/minji/in", {})
    second = desk.cloud.leg(MINJI)
    second.answer()
    second.press("1", at_once=True)
    call.until(lambda: call.state == "in room" and second.talks_with == {call.sid})


def test_a_message_is_recorded_by_the_carrier_and_the_call_comes_back(desk: Desk) -> None:
    call = desk.dial()
    presses(call, "4")
    call.press("1")
    desk.record(call, lambda found: "queued" in kinds(found))
    call.press("1")
    call.until(lambda: call.state == "recording")
    assert call.heard == [], "the stream has said it already"
    call.leave_message(4.0)
    call.until(lambda: call.state == "streaming")
    call.until(lambda: call.stream.player.sounded > 4000)
    desk.record(call, lambda found: "voicemail" in kinds(found) or "recorded" in kinds(found))


@pytest.mark.parametrize("switches", [{"breaks_at_ms": 1500}, {"unreachable": True}])
def test_where_sound_breaks_off_the_carrier_goes_on_and_the_caller_hears_a_prompt_begun_again(
    desk: Desk, switches: dict[str, object]
) -> None:
    desk.cloud.hostile = Hostile(stream=HostileStream(**switches))  # type: ignore[arg-type]
    call = desk.rings_through()
    call.until(lambda: call.state == "listening")
    assert "무엇을 도와드릴까요" in call.heard[-1]
    call.say("잔액 조회")
    assert any("잔액은" in text for text in call.heard)
    assert call.state == "listening"
    assert len(call.streams) == 1
    record = desk.record(call, lambda found: "heard" in kinds(found))
    assert not [event for event in record.events if event.data.get("tries")]


def test_sockets_opened_and_left_hurt_nobody(desk: Desk) -> None:
    """Each is signed by the carrier and says nothing more; a call goes on beside them."""
    desk.cloud.hostile = Hostile(stream=HostileStream(starts=False))
    left = [desk.cloud.dial(f"+8210000{n:05}", NUMBER) for n in range(40)]
    assert any(one.streams for one in left)
    desk.cloud.hostile = Hostile()
    call = desk.dial()
    desk.server.get("/healthz")
    presses(call, "7")
    call.until(lambda: all(stream.over for one in left for stream in one.streams), 60)
    assert call.state == "streaming"
