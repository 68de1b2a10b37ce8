"""The sockets of the one port: each path has its owner, and there is an end to how many may be open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping

from ivr.app.bridge import Message, Receive, Send

Socket = Callable[[Message, Receive, Send], Awaitable[None]]
"""An ASGI application for one socket, from its handshake to its end."""

MOST_OPEN = 1000
"""In one process. Sound for a call every other machine has long since given up on; far below the 10,000 that strangers
may open and leave, each of them a file, 60 kB and a share of the loop that answers the carrier."""


class Sockets:
    """An ASGI application for websockets."""

    def __init__(self, owners: Mapping[str, Socket], *, most: int = MOST_OPEN) -> None:
        """`owners`: path → who speaks there."""
        self._owners = owners
        self._most = most
        self._open = Counter[str]()
        self.refused = 0
        """For there being too many."""

    @property
    def open(self) -> Mapping[str, int]:
        """How many there are, by path."""
        return {path: self._open[path] for path in self._owners}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        path = scope["path"]
        owner = self._owners.get(path)
        if owner is None:
            await refuse(send, 404, "nobody answers a socket here")
        elif self._open.total() >= self._most:
            self.refused += 1
            await refuse(send, 503, "too many sockets are open; try again")
        else:
            self._open[path] += 1
            try:
                await owner(scope, receive, send)
            finally:
                self._open[path] -= 1


async def refuse(send: Send, status: int, why: str) -> None:
    """Answer the handshake with an HTTP status instead of a socket."""
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": why.encode()})
