"""The edge where people write: pydantic checks what a file says, and its findings become faults with their places."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ivr.flow.where import Fault, close
from ivr.flow.yaml import Document, Trail

C = TypeVar("C", bound=type)

STRICT = {"extra": "forbid", "coerce_numbers_to_str": True, "populate_by_name": False}
"""What people write by hand: an unknown key is a typing mistake, and a number may stand where text is meant."""

SENTENCES: dict[str, Callable[[ErrorDetails], str]] = {
    "missing": lambda e: f"`{e['loc'][-1]}:` is missing",
    "extra_forbidden": lambda e: f"`{e['loc'][-1]}:` is not known here",
    "unexpected_keyword_argument": lambda e: f"`{e['loc'][-1]}:` is not known here",
    "string_type": lambda e: f"text is expected here, not {_shown(e['input'])}",
    "string_too_short": lambda e: "this is empty",
    "string_pattern_mismatch": lambda e: f"{_shown(e['input'])} has not the right form ({e['ctx']['pattern']})",
    "int_type": lambda e: f"a whole number is expected here, not {_shown(e['input'])}",
    "int_parsing": lambda e: f"a whole number is expected here, not {_shown(e['input'])}",
    "float_type": lambda e: f"a number is expected here, not {_shown(e['input'])}",
    "float_parsing": lambda e: f"a number is expected here, not {_shown(e['input'])}",
    "bool_type": lambda e: f"true or false is expected here, not {_shown(e['input'])}",
    "bool_parsing": lambda e: f"true or false is expected here, not {_shown(e['input'])}",
    "tuple_type": lambda e: f"a list is expected here, not {_shown(e['input'])}",
    "list_type": lambda e: f"a list is expected here, not {_shown(e['input'])}",
    "mapping_type": lambda e: f"`name: value` lines are expected here, not {_shown(e['input'])}",
    "dict_type": lambda e: f"`name: value` lines are expected here, not {_shown(e['input'])}",
    "dataclass_type": lambda e: f"`name: value` lines are expected here, not {_shown(e['input'])}",
    "literal_error": lambda e: f"{_shown(e['input'])} is not one of {e['ctx']['expected']}",
    "too_short": lambda e: "this list is empty",
    "greater_than_equal": lambda e: f"{e['input']} is too small; at least {e['ctx']['ge']}",
    "less_than_equal": lambda e: f"{e['input']} is too large; at most {e['ctx']['le']}",
    "value_error": lambda e: str(e["ctx"]["error"]),
}


def written(cls: C) -> C:
    """Mark a dataclass as something people write: keys it does not have are faults."""
    cls.__pydantic_config__ = STRICT  # type: ignore[attr-defined]
    return cls


@lru_cache(maxsize=256)
def adapter(cls: Any) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def read_as(cls: Any, document: Document, data: Any, trail: Trail, faults: list[Fault]) -> Any:
    """The data as a `cls`, or None with everything that is wrong added to `faults`."""
    try:
        return adapter(cls).validate_python(data)
    except ValidationError as error:
        faults.extend(_faults(cls, document, trail, error))
        return None


def _faults(cls: Any, document: Document, trail: Trail, error: ValidationError) -> list[Fault]:
    found: dict[tuple[Trail, str], Fault] = {}
    for detail in error.errors(include_url=False):
        on_key = bool(detail["loc"]) and detail["loc"][-1] == "[key]"
        loc = tuple(part for part in detail["loc"] if part != "[key]")
        path = _known_path(document, trail, loc)
        kind = detail["type"]
        if kind in ("extra_forbidden", "unexpected_keyword_argument"):
            where, hint = document.where_key(path), close(str(loc[-1]), _fields(cls, loc[:-1]))
        elif on_key:
            where, hint = document.where_key(path), ""
        else:
            where, hint = document.where(path), close(str(detail["input"]), _literals(detail))
        sentence = SENTENCES.get(kind, _own_words)(detail)
        found.setdefault((path, sentence), Fault(where, sentence, hint))
    return list(found.values())


def _known_path(document: Document, trail: Trail, loc: tuple[str | int, ...]) -> Trail:
    """The error's path as far as it is one of the file; pydantic adds names of its own for unions."""
    path = trail
    for part in loc:
        if (*path, part) in document.marks:
            path = (*path, part)
    return path


def _fields(cls: Any, loc: tuple[str | int, ...]) -> list[str]:
    """The keys that would be right at the top of `cls`; deeper ones are taken from its schema."""
    schema = adapter(cls).json_schema()
    node: dict[str, Any] = schema
    for part in loc:
        node = _resolve(schema, node)
        below = node.get("properties", {}).get(str(part)) or node.get("additionalProperties") or node.get("items")
        if not isinstance(below, dict):
            return []
        node = below
    return list(_resolve(schema, node).get("properties", {}))


def _resolve(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    for choice in node.get("anyOf", ()):
        if "$ref" in choice:
            node = choice
    if "$ref" in node:
        return dict(schema["$defs"][node["$ref"].rsplit("/", 1)[1]])
    return node


def _literals(detail: ErrorDetails) -> list[str]:
    expected = detail.get("ctx", {}).get("expected", "") if detail["type"] == "literal_error" else ""
    return [part.strip(" '") for part in str(expected).replace(" or ", ",").split(",")]


def _own_words(detail: ErrorDetails) -> str:
    return str(detail["msg"])


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case list() | tuple():
            return "a list"
        case dict():
            return "`name: value` lines"
        case bool():
            return "true" if value else "false"
        case _:
            text = str(value)
            return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"
