"""How long the port waits for those who open connections, and how many it can hold."""

from __future__ import annotations

import asyncio
import resource

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_FILES = 65_536
"""Of one process; sockets, and connections to the store, the database and voices."""


class Patient(H11Protocol):
    """uvicorn's HTTP, with an end to its patience."""

    first_request_s = 10.0
    """A connection that has not asked for anything whole by then is closed; uvicorn itself waits for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(self.first_request_s, self._look)

    def _look(self) -> None:
        # A cycle is a request that has begun; a socket has another protocol by now.
        if not self.cycle and not self.transport.is_closing() and self.transport.get_protocol() is self:
            self.transport.close()


def hold_as_many_files_as_may_be() -> None:
    """Many systems begin a process with 1,024, which sockets alone can use up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
