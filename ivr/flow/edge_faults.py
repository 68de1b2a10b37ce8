"""What pydantic finds, as faults: a sentence for each finding, at the place where it was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ivr.flow.where import Fault, close
from ivr.flow.yaml import Document, Trail

SENTENCES: dict[str, Callable[[ErrorDetails], str]] = {
    "missing": lambda e: f"`{e['loc'][-1]}:` is missing",
    "extra_forbidden": lambda e: f"`{e['loc'][-1]}:` is not known here",
    "unexpected_keyword_argument": lambda e: f"`{e['loc'][-1]}:` is not known here",
    "string_type": lambda e: f"text is expected here, not {_shown(e['input'])}",
    "string_too_short": lambda e: "this is empty",
    "string_pattern_mismatch": lambda e: f"{_shown(e['input'])} cannot stand here; write {_form(e['ctx']['pattern'])}",
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


FORMS = {
    r"^[a-z][a-z0-9_]*$": "small letters, digits and _, a letter first",
    r"^[a-z][a-z0-9_-]{0,40}$": "small letters, digits, _ and -, a letter first, 41 at most",
    r"^[a-z_]+$": "small letters and _",
    r"^[a-z]{2,3}$": "a language in small letters, such as en or zh",
    r"^[A-Z]{3}$": "a currency in capitals, such as USD or CNY",
    r"^[A-Z]{2}$": "a country in capitals, such as US or CN",
    r"^[0-9*#]$": "one key: 0 to 9, * or #",
}
"""The patterns of names, for people."""


def faults_of(
    error: ValidationError, document: Document, trail: Trail, schema: Callable[[], dict[str, Any]]
) -> list[Fault]:
    """One fault for each finding, at its place. `schema` makes the JSON schema that was asked for, for its names."""
    found: dict[tuple[Trail, str], Fault] = {}
    details = error.errors(include_url=False)
    placed = [(detail, known_path(document, trail, loc_of(detail))) for detail in details]
    for detail, path in placed:
        if _is_echo(detail, path, placed):
            continue
        kind = detail["type"]
        if kind in ("extra_forbidden", "unexpected_keyword_argument"):
            where, hint = document.where_key(path), close(str(path[-1]), _fields(schema, path[len(trail) : -1]))
        elif detail["loc"] and detail["loc"][-1] == "[key]":
            where, hint = document.where_key(path), close(str(detail["input"]), _literals(detail))
        else:
            where, hint = document.where(path), close(str(detail["input"]), _literals(detail))
        sentence = SENTENCES.get(kind, _own_words)(detail)
        found.setdefault((path, sentence), Fault(where, sentence, hint))
    return list(found.values())


def loc_of(detail: ErrorDetails) -> tuple[str | int, ...]:
    return tuple(part for part in detail["loc"] if part != "[key]")


def _is_echo(detail: ErrorDetails, path: Trail, placed: list[tuple[ErrorDetails, Trail]]) -> bool:
    """Whether it only says again what another one says better.

    A list whose items are wrong is then "empty" too; and where two forms may stand, pydantic tells of both.
    """
    inside = any(len(other) > len(path) and other[: len(path)] == path for _, other in placed)
    if detail["type"] == "too_short":
        return inside
    if detail["type"] == "string_type" and isinstance(detail["input"], dict | list):
        meant = "missing" if isinstance(detail["input"], dict) else ""
        return inside or any(
            other == path and also is not detail and also["type"] in (meant, "dataclass_type", "tuple_type")
            for also, other in placed
        )
    return detail["type"] in ("dataclass_type", "tuple_type") and any(
        other == path and also["type"].startswith("string_") and not isinstance(also["input"], dict | list)
        for also, other in placed
    )


def known_path(document: Document, trail: Trail, loc: tuple[str | int, ...]) -> Trail:
    """The error's path as far as it is one of the file; pydantic adds names of its own for unions."""
    path = trail
    for part in loc:
        if (*path, part) in document.marks:
            path = (*path, part)
    return path


def _fields(schema: Callable[[], dict[str, Any]], path: Trail) -> list[str]:
    """The names that would be right there."""
    whole = schema()
    node = whole
    for part in path:
        node = _resolve(whole, node)
        below = node.get("properties", {}).get(str(part)) or node.get("additionalProperties") or node.get("items")
        if not isinstance(below, dict):
            return []
        node = below
    return list(_resolve(whole, node).get("properties", {}))


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


def _form(pattern: str) -> str:
    return FORMS.get(pattern, f"something of the form {pattern}")


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
