"""Redis's errors, told to the person who runs the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

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

REFUSALS = {
    "MISCONF": "Redis cannot write to its own disk; make room there",
    "NOREPLICAS": "Redis has too few replicas to take a write",
    "NOAUTH": "Redis wants a password; put it into --redis",
    "WRONGPASS": "Redis refused the password in --redis",
    "NOPERM": "the Redis user in --redis may not do this",
    "BUSY": "a script keeps Redis busy",
    "MASTERDOWN": "the Redis replica has lost its master",
    "CLUSTERDOWN": "the Redis cluster is not whole",
}
"""Answers that are no fault of ours, by the word they begin with."""


@contextmanager
def guard() -> Iterator[None]:
    """Turn what Redis cannot do just now into StoreDown; a mistake of ours in a command stays what it is."""
    try:
        yield
    except exceptions.AuthenticationError as error:
        raise StoreDown(f"Redis refused the user or password in --redis ({error})") from error
    except exceptions.OutOfMemoryError as error:
        raise StoreDown("Redis has no memory left; raise its maxmemory, and keep its policy at noeviction") from error
    except exceptions.ReadOnlyError as error:
        raise StoreDown("Redis is a read-only replica; --redis must name the master, or a Sentinel") from error
    except MasterNotFoundError as error:  # its own words list every Sentinel's connection in full
        raise StoreDown("no Sentinel in --redis knows a living master of the service") from error
    except DOWN as error:
        raise StoreDown(f"Redis does not answer: {'it took too long' if _too_long(error) else error}") from error
    except exceptions.ResponseError as error:
        word = str(error).partition(" ")[0]
        if word in REFUSALS:
            raise StoreDown(f"{REFUSALS[word]} ({error})") from error
        raise


def _too_long(error: BaseException | None) -> bool:
    """The kernel says of a time-out only that there is nothing yet (EAGAIN); redis-py hands that on in words."""
    while error is not None:
        if isinstance(error, exceptions.TimeoutError | BlockingIOError):
            return True
        error = error.__cause__ or error.__context__
    return False
