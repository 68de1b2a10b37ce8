"""Around every look-up: the arguments are checked, a provider that is down is left alone, trouble becomes an event."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import pybreaker

from ivr.call.events import LookupFailed
from ivr.call.shape import WrongShape
from ivr.connectors.operation import Found, Operation
from ivr.connectors.registry import Answer
from ivr.connectors.trouble import Trouble

log = logging.getLogger(__name__)

Op = TypeVar("Op", bound=Operation)


class Guard(Generic[Op]):
    """One for each open connector; each operation has a breaker of its own, a slow report says little of balances."""

    def __init__(self, name: str, operations: Mapping[str, Op], *, fails: int, rest_s: float) -> None:
        self._name = name
        self._operations = operations
        self._breakers = {
            operation: pybreaker.CircuitBreaker(
                fail_max=fails, reset_timeout=rest_s, exclude=[_is_alive], throw_new_error_on_trip=False
            )
            for operation in operations
        }

    def ask(
        self, name: str, arguments: Mapping[str, Any], once: str, work: Callable[[Op, dict[str, Any]], Found]
    ) -> Answer:
        """Do the work of an operation; never raises for trouble of the provider or for arguments."""
        operation = self._operations.get(name)
        if operation is None:
            return self._failed(name, "unknown", "there is no such operation in this version of the hotline")
        try:
            values = operation.values(arguments, once)
            with self._breakers[name].calling():  # .call() would hold the breaker's lock, so one look-up at a time
                return work(operation, values)
        except pybreaker.CircuitBreakerError:
            return self._failed(name, "open", "left alone after failing too often")
        except WrongShape as wrong:
            return self._failed(name, "shape", str(wrong))
        except Trouble as trouble:
            return self._failed(name, trouble.reason, str(trouble))

    def _failed(self, operation: str, reason: str, cause: str) -> LookupFailed:
        lookup = f"{self._name}.{operation}"
        log.warning("look-up %s failed: %s: %s", lookup, reason, cause, extra={"lookup": lookup, "reason": reason})
        return LookupFailed(reason)


def _is_alive(error: BaseException) -> bool:
    return not (isinstance(error, Trouble) and error.sick)
