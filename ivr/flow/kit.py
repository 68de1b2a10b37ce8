"""What the loader is handed, because other rooms own it: step kinds, connectors, the reader of hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Kit:
    """Built once by `ivr.kit`."""

    kinds: Mapping[str, type[Any]]
    """Step kind → its class."""
    connectors: Mapping[str, type[Any]]
    """Connector kind → its declaration's class."""
    read_hours: Callable[..., Any]
    """`(open, timezone=…, holidays=…, closed=…)` → opening hours; BadHours with a sentence."""
