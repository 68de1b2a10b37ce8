"""What every operation of a connector declares: what it takes, what it gives, how long it may take."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from ivr.call.events import LookupDone, LookupEmpty
from ivr.call.shape import Shape
from ivr.connectors.trouble import LARGEST_BYTES, Trouble

Found = LookupDone | LookupEmpty
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
ONCE = "once"
"""The name by which a query or a body may use the idempotency key."""
LONGEST_S = 15.0
"""The engine takes a look-up of 20 s for lost; its answer must be here before."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """Parent of the operations of each kind."""

    takes: tuple[str, ...] = ()
    """Names that a step hands in by `with:`; one with a ? may be left out."""
    gives: Any = None
    """The shape of the answer, as written; a write may have none."""
    timeout_s: float = 4.0
    """Seconds for the whole look-up, all tries together."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def __post_init__(self) -> None:
        for written in self.takes:
            if not NAME.fullmatch(written.removesuffix("?")):
                raise ValueError(f"takes: {written!r} cannot be a name; letters, digits and _ are")
            if written.removesuffix("?") == ONCE:
                raise ValueError(f"takes: {ONCE!r} is always there; leave it out")
        if len(self.names) != len(self.takes):
            raise ValueError("takes: a name is written twice")
        if not 0 < self.timeout_s <= LONGEST_S:
            raise ValueError(f"timeout_s: {self.timeout_s:g} is not between 0 and {LONGEST_S:g} seconds")
        if self.gives is not None:
            try:
                Shape.parse(self.gives)
            except ValueError as error:
                raise ValueError(f"gives: {error}") from None

    @cached_property
    def shape(self) -> Shape | None:
        """What the answer looks like; None where nothing is given."""
        return None if self.gives is None else Shape.parse(self.gives)

    @cached_property
    def names(self) -> frozenset[str]:
        """All names it takes, without their ?."""
        return frozenset(written.removesuffix("?") for written in self.takes)

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(written for written in self.takes if not written.endswith("?"))

    def check_names(self, used: Collection[str], where: str) -> None:
        """Every name that is used is taken, and the other way round. Raises ValueError."""
        known = self.names | {ONCE}
        for name in sorted(set(used) - known):
            close = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {close[0]!r}?" if close else " Write it there."
            raise ValueError(f"{where} uses {name!r}, which is not in takes.{hint}")
        if idle := sorted(self.names - set(used)):
            raise ValueError(f"takes: {idle[0]!r} is used nowhere in the {where}")

    def values(self, arguments: Mapping[str, Any], once: str) -> dict[str, Any]:
        """A value for each name, None for what was left out, and `once`. Raises Trouble."""
        if missing := sorted(name for name in self.required if arguments.get(name) is None):
            raise Trouble("arguments", f"no value for {', '.join(missing)}")
        if unknown := sorted(set(arguments) - self.names):
            raise Trouble("arguments", f"{', '.join(unknown)} is not in takes")
        return {name: arguments.get(name) for name in self.names} | {ONCE: once}

    def answer(self, found: Any) -> Found:
        """What was found, fitted to the declared shape; None and an empty list are nothing found.

        Raises WrongShape or Trouble.
        """
        if self.shape is None:
            return LookupDone(None)
        if found is None:
            return LookupEmpty()
        result = self.shape.fit(found)
        if result == []:
            return LookupEmpty()
        if len(json.dumps(result, ensure_ascii=False)) > LARGEST_BYTES:
            raise Trouble("size", f"the answer is over {LARGEST_BYTES:,} bytes")
        return LookupDone(result)
