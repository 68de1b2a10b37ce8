"""The one place where Jinja2 is set up: sandboxed, strict about unknown names, bounded.

Templates are the designer's; what the caller says and what the back end answers are only ever values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_TEXT = 10_000
"""Characters one template may come to; more is a fault of the flow, not something to read aloud."""
MAX_NUMBER = 10**15
ALLOWED_FILTERS = frozenset(
    {"abs", "capitalize", "d", "default", "first", "float", "int", "join", "last", "length", "list", "lower", "max"}
    | {"min", "replace", "round", "sort", "string", "sum", "title", "trim", "unique", "upper"}
)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 without globals, without attributes of Python objects, without big numbers or texts."""

    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self) -> None:
        super().__init__(undefined=jinja2.StrictUndefined, autoescape=False, finalize=_sayable)
        self.globals.clear()
        self.filters = {name: f for name, f in self.filters.items() if name in ALLOWED_FILTERS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Values are plain data: mappings are read by key, nothing else has attributes."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping | list | tuple):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        return self.undefined(obj=obj, name=str(argument))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" and (abs(left) > 1000 or abs(right) > 10):
            raise SecurityError("a power this large has no place in a flow")
        if operator == "*" and not (_number(left) and _number(right)):
            raise SecurityError("only numbers can be multiplied")
        if operator == "%" and not _number(left):
            raise SecurityError("`%` works on numbers")
        result = super().call_binop(context, operator, left, right)
        if _number(result) and abs(result) > MAX_NUMBER:
            raise SecurityError("a number this large has no place in a flow")
        return result


def _sayable(value: Any) -> Any:
    """What is not known is not said; the word "None" is nothing for a caller's ear."""
    return "" if value is None else value


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@lru_cache(maxsize=1)
def plain() -> Sandbox:
    """For conditions and values: no speaking filters."""
    return Sandbox()


def speaking(filters: Mapping[str, Callable[..., Any]]) -> Sandbox:
    """For words: with the filters of one language and medium."""
    sandbox = Sandbox()
    sandbox.filters.update(filters)
    return sandbox
