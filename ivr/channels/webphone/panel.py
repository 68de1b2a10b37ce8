"""The panel beside the browser phone: what the engine heard, understood and decided in this call, and where it stands.

Notices, beside those of `ivr.channels.audio.notices`:

stands   {"flow", "step", "phase", "language", "runs": [step], "drawing": path}   where the call stands now
entry    {"n", "kind", "at", "words", "step": str | None, "data": {…}}            a line of the call's record

Nothing secret is in either: entries hold none, and of the call's state only places are taken.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any, Protocol
from urllib.parse import quote

from flask import Blueprint, Response, abort

from ivr.call.watched import Look, Seen, Standing
from ivr.errors import StoreDown

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5
"""What the call's own line brings is looked at as soon as the engine has answered; other news (an agent took the call)
is shown so late at most. A look costs 50 µs here and 20 µs of the store."""
REST_S = 2.0
"""Until the next look when the store did not answer."""
TROUBLE = "The store does not answer; this panel goes on when it does."
DRAWING_AGE_S = 7 * 24 * 3600
"""A version never changes, so neither does its drawing."""
VERSION = re.compile(r"[0-9a-f]{6,64}")

Notice = Callable[[str, dict[str, Any]], None]
"""(what, told): to the page. Called in the event loop."""

Drawings = Callable[[str, str, str], str | None]
"""(hotline, version, flow): the flow as SVG; None where there is none such. Raises StoreDown."""


class Watch(Protocol):
    """Looks at running calls. Both raise StoreDown, and may take seconds: never in the event loop."""

    def begin(self, hotline: str, call: str) -> None: ...
    def look(self, hotline: str, call: str, before: Look | None = None) -> Look: ...


class PanelFeed:
    """What is new in one call since it was last asked. The watch must have begun before the call, to miss nothing."""

    def __init__(self, watch: Watch, hotline: str, call: str) -> None:
        self._watch = watch
        self.hotline, self.call = hotline, call
        self._before: Look | None = None
        self._stood: Standing | None = None

    def news(self) -> list[tuple[str, dict[str, Any]]]:
        """Notices, in their order: `(what, told)`. Raises StoreDown, and may take seconds."""
        look = self._watch.look(self.hotline, self.call, self._before)
        self._before = look
        return [("entry", _entry(seen)) for seen in look.entries] + list(self._stands(look.standing))

    def _stands(self, now: Standing | None) -> Iterator[tuple[str, dict[str, Any]]]:
        if now is None or now == self._stood:
            return
        self._stood = now
        told = {
            "flow": now.flow,
            "step": now.step,
            "phase": now.phase,
            "language": now.language,
            "runs": list(now.runs),
            "drawing": drawing_path(self.hotline, now.version, now.flow) if now.flow else "",
        }
        yield "stands", told

    @property
    def over(self) -> bool:
        return self._stood is not None and self._stood.phase == "over"


def _entry(seen: Seen) -> dict[str, Any]:
    data = dict(seen.entry.data)
    step = data.pop("step", None)
    return {
        "n": seen.n,
        "kind": seen.entry.kind,
        "at": seen.entry.at,
        "words": seen.words,
        "step": step,
        "data": data,
    }


class Panel:
    """One call's panel, in the event loop. It shows the call and is no part of it: no trouble of its own ends one."""

    def __init__(self, feed: PanelFeed, notice: Notice, threads: Executor) -> None:
        self._feed, self._notice, self._threads = feed, notice, threads
        self._wake = asyncio.Event()

    def look(self) -> None:
        """Look now: the engine has answered, and the page shall show it when the caller hears it."""
        self._wake.set()

    async def run(self) -> None:
        """Tell the page what is new, until the call is over or this is cancelled."""
        silent = False
        while True:
            over = self._feed.over  # what came with the end stands beside it: one more look
            try:
                news = await asyncio.get_running_loop().run_in_executor(self._threads, self._feed.news)
            except StoreDown as error:
                if not silent:
                    log.warning("the panel of call %s sees nothing: %s", self._feed.call, error)
                    self._notice("trouble", {"why": TROUBLE})
                silent = True
                await asyncio.sleep(REST_S)  # each try holds one of the calls' threads for a while
                continue
            silent = False
            for what, told in news:
                self._notice(what, told)
            if over:
                return
            if self._feed.over:
                continue
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_EVERY_S)
            self._wake.clear()


def drawing_path(hotline: str, version: str, flow: str) -> str:
    return f"/phone/flow/{quote(hotline, safe='')}/{quote(version, safe='')}/{quote(flow, safe='')}.svg"


def blueprint(drawings: Drawings) -> Blueprint:
    """The drawn flows, below /phone/flow; each version's for itself, because a running call stays on its own."""
    routes = Blueprint("phone_flow", __name__, url_prefix="/phone/flow")

    @routes.get("/<hotline>/<version>/<flow>.svg")
    def drawing(hotline: str, version: str, flow: str) -> Response:
        if not VERSION.fullmatch(version):
            abort(404)
        try:
            svg = drawings(hotline, version, flow)
        except StoreDown:
            abort(503)
        if svg is None:
            abort(404)
        answer = Response(svg, content_type="image/svg+xml; charset=utf-8")
        answer.cache_control.max_age = DRAWING_AGE_S
        answer.cache_control.private = answer.cache_control.immutable = True
        answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    return routes
