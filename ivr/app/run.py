"""Running the server from the first check to the last process ended."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from types import FrameType
from typing import Any

import uvicorn

from ivr.app.asgi import SERVED, Asgi, log_to_terminal
from ivr.app.house import build
from ivr.app.patience import Patient, hold_as_many_files_as_may_be
from ivr.settings import Settings
from ivr.store import embedded

DRAIN_S = 5
"""What requests under way are given when the server is told to end."""
LARGEST_MESSAGE_BYTES = 65_536
"""On a socket. A frame of 20 ms is 300 bytes, a second sent at once 11 kB; what somebody types is shorter."""
PING_S, PONG_S = 20, 20
"""A far end that went away without a word (a lid that was closed) is noticed within these two together."""
HANGS_S = 10
"""A worker that has not answered its parent for so long is killed and replaced. One that reads a model on a busy
machine may be silent for some seconds, and its calls shall not pay for it; but while the parent waits it notices
nothing else."""
ENDED_BY = (signal.SIGTERM, signal.SIGHUP)


def run(settings: Settings, tell: Callable[[Sequence[str]], None]) -> None:
    """Serve until told to end. `tell` is called with the hotlines' names once nothing stands in the way.

    Raises BadHotline, SettingsError or StoreDown, each with a sentence, before anything is served.
    """
    log_to_terminal(settings)
    hold_as_many_files_as_may_be()
    with ExitStack() as open_until_the_end:
        for ended_by in ENDED_BY:
            signal.signal(ended_by, _leave)
        if settings.redis_url is None:
            open_until_the_end.callback(embedded.start(settings.data / "redis").stop)
        house = build(settings, os.environ)
        names = list(house.folders)
        if settings.workers == 1:
            tell(names)
            _serve(Asgi(house), settings)
        else:
            house.close()  # it was built to see that it can be: each worker builds its own
            tell(names)
            os.environ.update({**settings.to_env(), SERVED: " ".join(names)})
            _serve("ivr.app.asgi:create", settings, factory=True, workers=settings.workers)


def _serve(app: Any, settings: Settings, **options: Any) -> None:
    try:
        uvicorn.run(app, **port_options(settings.host, settings.port), **options)
    except KeyboardInterrupt:
        return


def port_options(host: str, port: int) -> dict[str, Any]:
    """How uvicorn keeps our one port."""
    return {
        "host": host,
        "port": port,
        "log_config": None,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "http": Patient,
        "ws": "websockets-sansio",
        "ws_max_size": LARGEST_MESSAGE_BYTES,
        "ws_ping_interval": PING_S,
        "ws_ping_timeout": PONG_S,
        "ws_per_message_deflate": False,  # 20 ms of sound is small, and telephone sound hardly shrinks
        "lifespan": "on",
        "timeout_graceful_shutdown": DRAIN_S,
        "timeout_worker_healthcheck": HANGS_S,
    }


def _leave(signum: int, frame: FrameType | None) -> None:
    """uvicorn drains, then raises the signal once more for whoever had it before: for this, which lets us clean up."""
    raise SystemExit(0)
