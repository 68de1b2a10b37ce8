"""A worker that dies with a call's sound in its hands: the call goes on with another, and the caller loses no word."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from app_house import ACCOUNT, PUBLIC, TOKEN
from running import Running

from ivr.channels.twilio import Urls
from ivr.sim.cloud import Call, Cloud

pytestmark = pytest.mark.speech

KEYS = Path(__file__).parent / "hotlines" / "keys"
CALLER, NUMBER = "+12025550171", "+12025550183"
PATIENCE_S = 90.0


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[tuple[Cloud, Running]]:
    """Two workers; in Mandarin, by key, so that no model is loaded."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("no espeak-ng: apt-get install espeak-ng")
    server = Running(KEYS, tmp_path / "data", "--workers", "2")
    try:
        with Cloud(ACCOUNT, TOKEN, server.base, PUBLIC) as cloud:
            urls = Urls(PUBLIC)
            cloud.number(NUMBER, urls.voice(), urls.fallback(), urls.status())
            yield cloud, server
    finally:
        server.close()


def streaming(cloud: Cloud) -> Call:
    """A call whose sound has come. A worker that has no voice yet, some seconds after its start, leaves calls to the
    carrier's: also those that the other worker has asked for their sound."""
    deadline = time.monotonic() + PATIENCE_S
    while not has_sounded(call := cloud.dial(CALLER, NUMBER)):
        assert time.monotonic() < deadline, call.heard
        call.hang_up()
        time.sleep(0.2)
    return call


def has_sounded(call: Call) -> bool:
    """Waits for it, for as long as its sound is not the carrier's."""
    call.until(lambda: call.state != "streaming" or call.stream.player.sounded > 4000, PATIENCE_S)
    return call.state == "streaming"


def test_a_worker_killed_in_mid_prompt_is_followed_by_the_same_prompt_from_the_carrier(
    cloud: tuple[Cloud, Running],
) -> None:
    carrier, server = cloud
    call = streaming(carrier)
    call.press("1234")
    call.until(lambda: bool(call.stream.times("clear")))
    call.until(lambda: bool(call.stream.times("sound", call.stream.times("clear")[-1])))
    (worker,) = server.connected(call.stream.port)
    os.kill(worker, signal.SIGKILL)
    call.until(lambda: call.stream.over)
    call.until(lambda: call.state == "listening", PATIENCE_S)
    assert call.heard == ["请按第二个四位密码。"], "the first code was taken, and the second question begins anew"
    call.press("5678")
    call.until(lambda: call.state == "over", PATIENCE_S)
    assert call.heard[-1] == "再见。"
    assert len(call.streams) == 1
    assert "1234" not in server.log.read_text()
