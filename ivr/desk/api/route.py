"""A route as data: the server, the checks and the OpenAPI document are all made from it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_type_hints

from ivr.store.records.tokens import ROLES, Role

Method = Literal["GET", "PUT", "DELETE"]
"""PUT and DELETE only: what is done twice is done once."""


@dataclass(frozen=True, slots=True)
class Route:
    """`do` takes an Ask, then by name what stands in braces in the path, `query` and `body` where it has them. Its
    types and its docstring are those of the document."""

    method: Method
    path: str
    """Below /api/v1: `/agents/{agent}`."""
    role: Role
    """The least role that may."""
    do: Callable[..., Any]

    def may(self, role: Role) -> bool:
        return ROLES.index(role) >= ROLES.index(self.role)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a route takes and gives."""

    places: tuple[str, ...]
    """Names in its path."""
    query: Any | None
    body: Any | None
    answer: Any | None
    """None: it answers 204, without a body."""
    name: str
    summary: str
    """The first sentence."""
    description: str


@cache
def shape(route: Route) -> Shape:
    hints = get_type_hints(route.do, include_extras=True)
    told = inspect.cleandoc(route.do.__doc__ or "")
    first, _, rest = " ".join(told.split()).partition(". ")
    answer = hints["return"]
    return Shape(
        places=tuple(re.findall(r"{(\w+)}", route.path)),
        query=hints.get("query"),
        body=hints.get("body"),
        answer=None if answer is type(None) else answer,
        name=route.do.__name__,
        summary=first.rstrip("."),
        description=rest,
    )
