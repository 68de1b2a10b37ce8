"""The kinds of connectors there are, and what each must offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from ivr.call.events import LookupDone, LookupEmpty, LookupFailed
from ivr.connectors.operation import Operation

Answer = LookupDone | LookupEmpty | LookupFailed


class OpenConnector(Protocol):
    """A live connector; its methods may be called from any thread."""

    def look_up(self, operation: str, arguments: Mapping[str, Any], once: str) -> Answer:
        """Ask once; a write with the same `once` counts as the same write.

        LookupFailed.reason is one of:
        timeout     no answer in time                 refused    no connection
        open        the breaker lets nothing through  busy       every connection is in use
        shape       the answer is not as declared     size       the answer is too large
        arguments   a value cannot be asked about     unknown    there is no such operation
        redirect    sent on to another host           status N   HTTP status N
        error       anything else the log tells of
        """

    def close(self) -> None: ...


class Connector(Protocol):
    """A declaration: a frozen dataclass whose fields are what stands in hotline.yaml."""

    @property
    def kind(self) -> str: ...

    @property
    def operations(self) -> Mapping[str, Operation]: ...

    def open(self, *, home: Path, env: Mapping[str, str], name: str) -> OpenConnector: ...


class DuplicateConnector(TypeError):
    """Two classes claim the same `kind:`."""


CONNECTORS: dict[str, type[Connector]] = {}
T = TypeVar("T", bound=type[Connector])


def connector(kind: str) -> Callable[[T], T]:
    """Make a class the reader for `kind:` below `connectors:`."""

    def register(cls: T) -> T:
        if kind in CONNECTORS:
            raise DuplicateConnector(
                f"connector kind {kind!r} is in both {CONNECTORS[kind].__module__} and {cls.__module__}"
            )
        CONNECTORS[kind] = cls
        return cls

    return register
