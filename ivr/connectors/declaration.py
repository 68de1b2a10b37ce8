"""What every kind of connector declares besides its own: when to leave a provider alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """Parent of the kinds. A `__post_init__` raises ValueError with a sentence for the designer."""

    fails: int = 5
    """Failures of one operation in a row after which it is not tried for `rest_s`."""
    rest_s: float = 30.0
    """Seconds for which it is left alone then."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    def __post_init__(self) -> None:
        if self.fails < 1:
            raise ValueError(f"fails: {self.fails} is too few; at least one failure must be borne")
        if not 0 <= self.rest_s <= 3600:
            raise ValueError(f"rest_s: {self.rest_s:g} is not between 0 and 3600 seconds")
