"""One operation of a web service, as the designer declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from ivr.connectors.operation import Operation
from ivr.connectors.template import Address, filled_body, names_in

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, kw_only=True)
class HttpOperation(Operation):
    """One of `get`, `post`, `put`, `patch`, `delete` holds the path; writes send `Idempotency-Key`."""

    get: str | None = None
    """A path that only reads; `{name}` is filled in, `{?name}` becomes `?name=…`."""
    post: str | None = None
    """A path that writes."""
    put: str | None = None
    """The same, for services that want it."""
    patch: str | None = None
    """The same."""
    delete: str | None = None
    """The same."""
    body: Any = None
    """Sent as JSON; `"{name}"` alone keeps the value's type."""
    pick: str | None = None
    """Where in the answer the result is, in JMESPath; nothing there means that there is no such thing."""
    tries: int = 2
    """Tries in all when there is no connection or the answer is 502, 503 or 504."""

    def __post_init__(self) -> None:
        super().__post_init__()
        written = [method for method in METHODS if getattr(self, method) is not None]
        if len(written) != 1:
            raise ValueError(f"exactly one of {', '.join(METHODS)} holds the path; here are {len(written)}")
        if self.body is not None and self.method == "GET":
            raise ValueError("body: a get has none; write post, or put the values into the path as {?name}")
        if self.gives is None and self.method == "GET":
            raise ValueError("gives: a get must say what it gives, as in {amount: money}")
        if not 1 <= self.tries <= 5:
            raise ValueError(f"tries: {self.tries} is not between 1 and 5")
        if optional := sorted(self.address.in_path - self.required & self.names):
            raise ValueError(f"takes: {optional[0]!r} may be left out, but the path needs it; write {{?{optional[0]}}}")
        self.check_names({*self.address.names, *names_in(self.body)}, "path or body")
        try:
            self.picker  # noqa: B018  # compiled now, so that a fault is told when the file is read
        except JMESPathError as error:
            raise ValueError(f"pick: {self.pick!r} is no JMESPath: {str(error).splitlines()[0]}") from None

    @cached_property
    def method(self) -> str:
        """In capitals, as it is sent."""
        return next(method for method in METHODS if getattr(self, method) is not None).upper()

    @cached_property
    def address(self) -> Address:
        return Address(getattr(self, self.method.lower()))

    @cached_property
    def picker(self) -> Any:
        """The compiled `pick`, or None."""
        return None if self.pick is None else jmespath.compile(self.pick)

    def filled_body(self, values: Mapping[str, Any]) -> Any:
        """The body with its values in place, for sending as JSON."""
        return filled_body(self.body, values)
