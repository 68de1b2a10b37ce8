"""The panel over a call's own socket: to the end of the call, again after a page was lost, and not at all where off."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
import redis
from phone_stage import Desk, Page

from ivr.channels.webphone.socket import PhoneSocket
from ivr.channels.webphone.wire import FOR_ALL
from ivr.store import keys
from ivr.store.watch import RedisWatch

pytestmark = pytest.mark.redis


@pytest.fixture
def watching(desk: Desk, client: redis.Redis) -> Desk:
    """A desk whose phones have their panel."""
    desk.parts = replace(desk.parts, watch=RedisWatch(client))
    desk.socket = PhoneSocket(desk.parts)
    return desk


def kinds(page: Page) -> list[str]:
    return [entry["kind"] for entry in page.noticed("entry")]


def test_the_page_is_told_each_entry_and_where_the_call_stands(watching: Desk) -> None:
    async def script() -> None:
        page = await watching.page().calls()
        await asyncio.sleep(0.1)
        assert kinds(page)[0] == "started"
        assert "said" in kinds(page)
        assert page.noticed("stands")[-1]["drawing"].startswith("/phone/flow/shop/")
        await page.is_closed()

    watching.runs(script)


def test_how_the_call_ended_is_told_before_the_socket_closes(watching: Desk) -> None:
    async def script() -> None:
        page = await watching.page().calls()
        page.says("stop")
        await page.ended
        assert kinds(page)[-1] == "ended"
        assert page.got[-1]["event"] == "over"

    watching.runs(script)


def test_a_page_that_takes_its_call_up_again_is_told_all_of_it(watching: Desk) -> None:
    async def script() -> None:
        first = await watching.page().calls()
        await asyncio.sleep(0.1)
        await first.is_closed()
        second = await watching.page().takes_up(first.claim)
        await asyncio.sleep(0.1)
        assert [entry["n"] for entry in second.noticed("entry")][: len(kinds(first))] == [
            entry["n"] for entry in first.noticed("entry")
        ]
        await second.is_closed()

    watching.runs(script)


def test_where_it_is_switched_off_nothing_of_the_inside_is_sent_or_kept(desk: Desk, client: redis.Redis) -> None:
    async def script() -> None:
        page = await desk.page().calls()
        await asyncio.sleep(1.0)
        assert {notice["what"] for notice in page.told("notice")} <= FOR_ALL
        assert not client.exists(keys.watched("shop", page.call))
        await page.is_closed()

    desk.runs(script)
