"""Workers killed (-9) at the worst moments of transfers and callbacks: nobody is lost, nobody is connected twice, no
agent stays stuck. Real servers, and the carrier's double."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
import redis
from app_house import ACCOUNT, PUBLIC, TOKEN
from running import Running

from ivr.channels.twilio import Urls
from ivr.sim.cloud import Call, Cloud
from ivr.store import embedded
from ivr.store.agents import RedisAgents
from ivr.store.callbacks import RedisCallbacks
from ivr.store.connect import connect

PEOPLE = Path(__file__).parent / "hotlines" / "people"
CALLER, NUMBER, AMY, BEN = "+12025550171", "+12025550185", "+12025550111", "+12025550112"
PATIENCE_S = 180.0

pytestmark = pytest.mark.timeout(900)  # a slow machine needs a minute for each new worker


class Wall:
    """The time that a real server has."""

    def __call__(self) -> float:
        return time.time()

    def advance(self, seconds: float) -> None:
        time.sleep(min(max(seconds, 0.0), 0.2))


class Floor:
    """A server of two workers, its carrier, and a look into its store."""

    def __init__(self, data: Path) -> None:
        self.cloud = Cloud(ACCOUNT, TOKEN, "http://127.0.0.1:9", PUBLIC, Wall())
        orders = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_API_BASE": self.cloud.api_base}
        self.server = Running(PEOPLE, data, "--workers", "2", **orders)
        self.cloud.server = self.server.base
        urls = Urls(PUBLIC)
        self.cloud.number(NUMBER, urls.voice(), urls.fallback(), urls.status())
        self.client: redis.Redis = connect(embedded.url_of(data / "redis"), timeout_s=60)
        self.agents, self.callbacks = RedisAgents(self.client), RedisCallbacks(self.client)

    def close(self) -> None:
        self.client.close()
        self.server.close()
        self.cloud.close()

    def kill(self, *, all_of_them: bool = False) -> None:
        """The worker that is there for longest, or both; the server starts new ones."""
        for worker in sorted(self.server.workers())[: None if all_of_them else 1]:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        self.until(self._answers, "no worker came back")

    def order(self, path: str, body: object) -> None:
        self.server.json(f"/line/agents/people/{path}", body)

    def until(self, true: Callable[[], bool], else_: str, within_s: float = PATIENCE_S) -> None:
        """Let time pass at the carrier, too, until something is true."""
        deadline = time.monotonic() + within_s
        while not true():
            if time.monotonic() > deadline:
                raise AssertionError(f"{else_}; agents: {self.states()}")
            with suppress(Exception):
                self.cloud.advance_to_next(time.time())
            self.cloud.do_orders()
            time.sleep(0.05)

    def states(self) -> dict[str, str]:
        return {one.name: one.state for one in self.agents.all("people", now=time.time())}

    def caller(self) -> Call:
        call = self.cloud.dial(CALLER, NUMBER)
        self.until(lambda: any("next in line" in text for text in call.heard), "the caller is not in line")
        return call

    def rung(self, number: str, within_s: float = PATIENCE_S) -> Call:
        """The telephone at this number, ringing."""
        found: list[Call] = []

        def rings() -> bool:
            legs = list(self.cloud.calls.values())
            found[:] = [leg for leg in legs if leg.to == number and leg.status == "ringing"]
            return bool(found)

        self.until(rings, f"nothing rings at {number}", within_s)
        return found[-1]

    def takes(self, number: str) -> Call:
        leg = self.rung(number)
        leg.answer()
        leg.press("1", at_once=True)
        return leg

    def _answers(self) -> bool:
        with suppress(OSError):
            self.server.get("/readyz")
            return True
        return False


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    opened = Floor(tmp_path_factory.mktemp("people") / "data")
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def all_there(floor: Floor) -> Iterator[None]:
    floor.until(lambda: len(floor.server.up()) == 2, "a worker is missing")
    for agent in ("amy", "ben"):
        floor.order(f"{agent}/in", {})
    yield
    for call in list(floor.cloud.calls.values()):
        with suppress(Exception):
            call.hang_up()
    floor.cloud.do_orders()
    floor.until(lambda: set(floor.states().values()) <= {"ready", "signed_out"}, "an agent is stuck")


def talk(floor: Floor) -> tuple[Call, Call]:
    caller = floor.caller()
    amy = floor.takes(AMY)
    floor.until(lambda: amy.talks_with == {caller.sid}, "amy and the caller did not meet")
    return caller, amy


def test_between_the_wish_and_the_new_agents_yes(floor: Floor) -> None:  # R74
    caller, amy = talk(floor)
    floor.order("amy/transfer", {"to": "queue:other"})
    floor.kill()
    ben = floor.rung(BEN)
    floor.kill()
    ben.answer()
    ben.press("1", at_once=True)
    floor.until(lambda: ben.talks_with == {caller.sid}, "the caller is not with ben")
    floor.until(lambda: amy.state == "over" and floor.states()["amy"] == "ready", "amy is not free")
    assert len([leg for leg in floor.cloud.calls.values() if leg.to == BEN]) == 1


def test_in_the_middle_of_the_wish(floor: Floor) -> None:  # R74
    """Whether it was heard or not: the caller is with exactly one of them in the end."""
    caller, amy = talk(floor)

    def wish() -> None:
        with suppress(Exception):
            floor.order("amy/transfer", {"to": "agent:ben"})

    wishing = Thread(target=wish)
    wishing.start()
    time.sleep(0.006)
    floor.kill(all_of_them=True)
    wishing.join()
    with_ben: list[Call] = []

    def settled() -> bool:
        for leg in [one for one in floor.cloud.calls.values() if one.to == BEN and one.status == "ringing"]:
            leg.answer()
            leg.press("1", at_once=True)
            with_ben.append(leg)
        return amy.talks_with == {caller.sid} or any(leg.talks_with == {caller.sid} for leg in with_ben)

    floor.until(settled, "the caller is with nobody")
    floor.until(lambda: (amy.talks_with == {caller.sid}) == (floor.states()["amy"] == "on_call"), "amy is stuck")


def test_while_the_agent_is_in_the_menu(floor: Floor) -> None:
    caller, amy = talk(floor)
    amy.press("*", at_once=True)
    floor.until(lambda: caller.heard[-1].startswith("♪"), "the caller hears no music")
    floor.kill()
    amy.press("*", at_once=True)
    floor.until(lambda: amy.talks_with == {caller.sid}, "they did not meet again")


def test_between_leaving_for_a_callback_and_being_called_back(floor: Floor) -> None:  # R83
    caller = floor.caller()
    floor.order("amy/out", {})
    before = time.time()
    caller.press("1", at_once=True)
    floor.kill(all_of_them=True)
    caller.hang_up()
    floor.until(lambda: len(floor.callbacks.live("people", now=time.time())) == 1, "nobody is to be called back")
    (one,) = floor.callbacks.live("people", now=time.time())
    assert one.since < before, "the time of the place in line"
    floor.order("amy/in", {})
    amy = floor.rung(AMY)
    floor.kill()
    amy.answer()
    amy.press("1", at_once=True)
    floor.kill()
    called_back(floor, amy)


def called_back(floor: Floor, amy: Call) -> None:
    """The promise is kept, once."""
    mine = floor.rung(CALLER, within_s=PATIENCE_S)  # whoever was to ring him may have died: another one does after 20 s
    mine.answer()
    mine.press("1", at_once=True)
    floor.until(lambda: mine.talks_with == {amy.sid}, "amy and the caller did not meet")
    assert len([one for one in floor.cloud.calls.values() if one.to == CALLER and one.status == "in-progress"]) == 1
    mine.hang_up()
    floor.until(lambda: not floor.callbacks.live("people", now=time.time()), "the promise stands still")
