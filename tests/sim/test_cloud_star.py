"""The carrier's double: the star that leads out of a room, and callbacks that an address asks to be made again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_server import SmallServer

from ivr.sim.cloud import Call, Cloud, VirtualClock

ACCOUNT = "AC" + "0" * 32
CALLER, OTHER, NUMBER = "+12025550100", "+12025550101", "+12025550199"
ROOM = (
    "<Dial action='/{action}' hangupOnStar='{star}'>"
    "<Conference endConferenceOnExit='{ends}' waitUrl=''>room</Conference></Dial>"
)
CALLER_IN = ROOM.format(action="room_over", star="false", ends="true")


@pytest.fixture
def server() -> Iterator[SmallServer]:
    server = SmallServer()
    yield server
    server.close()


@pytest.fixture
def cloud(server: SmallServer) -> Iterator[Cloud]:
    with Cloud(ACCOUNT, "token", server.base, clock=VirtualClock()) as cloud:
        cloud.number(NUMBER, f"{server.base}/voice")
        server.pages |= {"/room_over": "<Say>Over.</Say>", "/left": "<Say>Out.</Say><Pause length='60'/>"}
        yield cloud


def two(cloud: Cloud, server: SmallServer, star: str, ends: str) -> tuple[Call, Call]:
    server.pages["/voice"] = CALLER_IN
    caller = cloud.dial(CALLER, NUMBER)
    server.pages["/voice"] = ROOM.format(action="left", star=star, ends=ends)
    agent = cloud.dial(OTHER, NUMBER)
    assert agent.talks_with == {caller.sid}
    return caller, agent


@pytest.mark.parametrize("ends", ["true", "false"])
def test_the_star_leads_out_of_the_room_and_on_in_the_call(cloud: Cloud, server: SmallServer, ends: str) -> None:
    caller, agent = two(cloud, server, "true", ends)
    agent.press("5", at_once=True)
    assert agent.state == "in room", "no other key does"
    agent.press("*", at_once=True)
    assert agent.heard == ["Out."]
    assert server.forms("/left")[0]["DialCallStatus"] == "answered"
    assert server.forms("/left")[0]["CallStatus"] == "in-progress"
    assert caller.heard == ([] if ends == "false" else ["Over."])


def test_without_the_attribute_the_star_is_a_key_like_others(cloud: Cloud, server: SmallServer) -> None:
    caller, agent = two(cloud, server, "false", "true")
    agent.press("*", at_once=True)
    assert agent.talks_with == {caller.sid}


@pytest.mark.parametrize(("mark", "asked"), [("", 1), ("#rc=3&rp=all", 3), ("#rc=1&rp=5xx", 2), ("#rc=3&rp=4xx", 1)])
def test_a_callback_is_made_again_as_often_as_its_address_asks(
    cloud: Cloud, server: SmallServer, mark: str, asked: int
) -> None:
    answers = iter([("", 503), ("", 503), ("", 204)])
    server.pages |= {"/status": lambda form: next(answers), "/voice": "<Hangup/>"}
    cloud.number(NUMBER, f"{server.base}/voice", status_url=f"{server.base}/status{mark}")
    call = cloud.dial(CALLER, NUMBER)
    assert len(server.forms("/status")) == asked
    assert len({one.token for one in call.requests if "/status" in one.url}) == 1
    assert not any("#" in one.url for one in call.requests), "what is behind the # is for the cloud"
