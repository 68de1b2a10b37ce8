"""Sound leaves for the page a little ahead of being heard, and stops at once when it is to be silent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from audio_stage import VirtualLoop

from ivr.channels.webphone.allowance import Allowance
from ivr.channels.webphone.outbox import AHEAD_S, Outbox

SECOND = b"\x7f" * 8000


class Post:
    """What left, and when."""

    def __init__(self) -> None:
        self.left: list[tuple[float, str]] = []
        loop = asyncio.get_running_loop()
        self.began = loop.time()
        self.outbox = Outbox(self._send, loop.time)
        self.running = asyncio.create_task(self.outbox.run())

    async def _send(self, text: str) -> None:
        self.left.append((asyncio.get_running_loop().time() - self.began, json.loads(text)["event"]))

    def events(self) -> list[str]:
        return [event for _, event in self.left]


def runs(script: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(script())


def test_ten_seconds_of_sound_take_eight_to_leave() -> None:
    async def script() -> None:
        post = Post()
        post.outbox.sound(SECOND * 10)
        post.outbox.close()
        await post.running
        assert len(post.left) == 50
        assert post.left[-1][0] == pytest.approx(10 - AHEAD_S - 0.2, abs=0.05)

    runs(script)


def test_a_message_between_two_sounds_stays_between_them() -> None:
    async def script() -> None:
        post = Post()
        post.outbox.sound(SECOND[:1600])
        post.outbox.after_sound("mark", {"name": "a"})
        post.outbox.sound(SECOND[:1600])
        post.outbox.close()
        await post.running
        assert post.events() == ["media", "mark", "media"]

    runs(script)


def test_what_is_urgent_does_not_wait_for_sound() -> None:
    async def script() -> None:
        post = Post()
        post.outbox.sound(SECOND * 10)
        await asyncio.sleep(1)
        post.outbox.at_once("notice", {"what": "speech"})
        await asyncio.sleep(0)
        await asyncio.sleep(0.001)
        assert post.left[-1][1] == "notice"
        post.running.cancel()

    runs(script)


def test_clear_drops_the_sound_and_keeps_the_marks_behind_it() -> None:
    async def script() -> None:
        post = Post()
        post.outbox.sound(SECOND * 10)
        post.outbox.after_sound("mark", {"name": "a"})
        await asyncio.sleep(1)
        before = len(post.left)
        post.outbox.clear()
        post.outbox.close()
        await post.running
        assert post.events()[before:] == ["clear", "mark"]

    runs(script)


def test_after_a_clear_the_next_sound_leaves_at_once() -> None:
    async def script() -> None:
        post = Post()
        post.outbox.sound(SECOND * 10)
        await asyncio.sleep(1)
        post.outbox.clear()
        post.outbox.sound(SECOND)
        await asyncio.sleep(0.001)
        assert post.events()[-6:] == ["clear", *["media"] * 5]
        post.running.cancel()

    runs(script)


def test_an_allowance_is_used_up_and_grows_again() -> None:
    now = [0.0]
    allowance = Allowance(2, lambda: now[0])
    assert sum(allowance.take() for _ in range(100)) == 20
    now[0] = 1.0
    assert sum(allowance.take() for _ in range(100)) == 2
    now[0] = 1000.0
    assert sum(allowance.take() for _ in range(100)) == 20
