"""Redis's errors, told to the person who runs the server."""

from __future__ import annotations

from types import TracebackType

from redis import exceptions
from redis.sentinel import MasterNotFoundError

from ivr.errors import StoreDown

DOWN = (
    exceptions.ConnectionError,  # with it: refused passwords, a server still loading, a pool run dry, no Sentinel
    exceptions.TimeoutError,
    exceptions.ReadOnlyError,
    exceptions.OutOfMemoryError,
    exceptions.ClusterError,
    exceptions.RedisClusterException,
)

NO_RIGHTS = (
    "the Redis user in --redis may not do all that ivr does; `ACL SETUSER … ~ivr:* +@all -@dangerous +info` lets it"
)

REFUSALS = {
    "MISCONF ": "Redis cannot write to its own disk; make room there",
    "NOREPLICAS ": "Redis has too few replicas to take a write",
    "BUSY ": "a script keeps Redis busy",
    "ACL failure in script": NO_RIGHTS,
    "The user executing the script can't run": NO_RIGHTS,  # Redis 7.0
}
"""Answers that are no fault of ours, and have no class of their own, by what they begin with."""


class guard:
    """Turn what Redis cannot do just now into StoreDown; a mistake of ours in a command stays what it is.

    A class, for it stands around each command: a generator's context takes as long as some of them.
    """

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is not None and (told := _told(error)):
            raise StoreDown(told) from error


def _told(error: BaseException) -> str | None:
    """What the person who runs the server is told; None where it is a mistake of ours."""
    match error:
        case exceptions.AuthenticationError():
            return f"Redis refused the user or password in --redis ({error})"
        case exceptions.OutOfMemoryError():
            return "Redis has no memory left; raise its maxmemory, and keep its policy at noeviction"
        case exceptions.ReadOnlyError():
            return "Redis is a read-only replica; --redis must name the master, or a Sentinel"
        case MasterNotFoundError():  # its own words list every Sentinel's connection in full
            return "no Sentinel in --redis knows a living master of the service"
        case _ if isinstance(error, DOWN):
            return f"Redis does not answer: {'it took too long' if _too_long(error) else error}"
        case exceptions.NoPermissionError():
            return f"{NO_RIGHTS} ({_answer(error)})"
        case exceptions.ResponseError():
            answer = _answer(error)
            refused = next((told for begin, told in REFUSALS.items() if answer.startswith(begin)), None)
            return f"{refused} ({answer})" if refused else None
        case _:
            return None


def _answer(error: BaseException) -> str:
    """The server's own words. Where there were several commands, redis-py puts the command in full before them."""
    return str(error).rpartition("caused error: ")[2]


def _too_long(error: BaseException | None) -> bool:
    """The kernel says of a time-out only that there is nothing yet (EAGAIN); redis-py hands that on in words."""
    while error is not None:
        if isinstance(error, exceptions.TimeoutError | BlockingIOError):
            return True
        error = error.__cause__ or error.__context__
    return False
