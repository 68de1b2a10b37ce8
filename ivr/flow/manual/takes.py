"""What may stand behind a name, in a designer's words: from a field's type."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import is_dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ivr.flow.expressions import Condition, Value
from ivr.flow.manual.markdown import code, listed
from ivr.flow.refs import Ref

NOUNS: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`true` or `false`",
    Any: "anything",
    Condition: "condition",
    Value: "value",
}
PATTERNS: Mapping[str, str] = {
    r"^[a-z][a-z0-9_]*$": "name",
    r"^[a-z][a-z0-9_-]{0,40}$": "name",
    r"^[a-z_]+$": "name",
    r"^[0-9*#]$": "key",
    r"^[a-z]{2,3}$": "language",
    r"^[A-Z]{3}$": "currency",
    r"^[A-Z]{2}$": "country",
}
"""What a text of that form is called."""
PLURALS = {"text": "texts", "words": "words", "country": "countries", "currency": "currencies"}

Link = Callable[[type[Any]], str]
"""How a class that people write is named."""


def takes(hint: Any, named: Link) -> str:
    """`whole number, 1 to 9`, `yes, no: step`, `list of queues`."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(inner[0], inner[1:], named)
    if origin is Literal:
        return listed([code(one) for one in inner])
    if origin in (Union, types.UnionType):
        return listed([takes(one, named) for one in inner if one is not type(None)])
    if origin is tuple:
        return f"list of {_plural(takes(inner[0], named))}"
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"{_names(inner[0], named)}: {takes(inner[1], named)}"
    if isinstance(hint, type) and issubclass(hint, Ref):
        return hint.noun
    return named(hint) if isinstance(hint, type) and is_dataclass(hint) else NOUNS[hint]


def classes(hint: Any) -> Iterator[type[Any]]:
    """The classes inside a type that people write."""
    if is_dataclass(hint) and isinstance(hint, type):
        yield hint
    for inner in get_args(hint):
        yield from classes(inner)


def has_many(hint: Any) -> bool:
    """Whether there may be any number of what stands inside."""
    origin = get_origin(hint)
    if origin is Annotated:
        return has_many(get_args(hint)[0])
    return isinstance(origin, type) and issubclass(origin, Mapping | tuple)


def _names(hint: Any, named: Link) -> str:
    words = takes(hint, named)
    return "name" if words == "text" else words.replace(" or ", ", ")


def _annotated(hint: Any, notes: tuple[Any, ...], named: Link) -> str:
    rules = [rule for note in notes if isinstance(note, FieldInfo) for rule in note.metadata]
    pattern = next((rule.pattern for rule in rules if getattr(rule, "pattern", None)), None)
    if pattern is not None:
        return PATTERNS[pattern]
    low = next((rule.ge for rule in rules if hasattr(rule, "ge")), None)
    high = next((rule.le for rule in rules if hasattr(rule, "le")), None)
    said = takes(hint, named)
    if low is not None and high is not None:
        return f"{said}, {low:,} to {high:,}"
    return said if low is None else f"{said}, {low:,} or more"


def _plural(noun: str) -> str:
    """Of a plain noun; a link or a longer form stays as it is."""
    return PLURALS.get(noun, f"{noun}s" if noun.isalpha() or noun == "whole number" else noun)
