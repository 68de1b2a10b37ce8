"""Addresses and bodies with `{name}` in them: the template is the designer's, what is put in is never read again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from uritemplate import URITemplate

from ivr.connectors.trouble import Trouble

PLACE = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")
EXPRESSION = re.compile(r"\{([/?&]?)([A-Za-z][A-Za-z0-9_]*(?:,[A-Za-z][A-Za-z0-9_]*)*)\}")
DEEPEST = 10


class Address:
    """A path by RFC 6570: `/callers/{number}{?fields}`. Only the forms that quote their values are allowed."""

    def __init__(self, written: str) -> None:
        """Raises ValueError."""
        if not written.startswith("/"):
            raise ValueError(f"{written!r} should begin with /; what stands before it is the connector's url")
        if re.search(r"\{[+#]", written):
            raise ValueError(
                f"{written!r}: {{+name}} and {{#name}} would let a value change the address; write {{name}}"
            )
        if odd := re.search(r"[{}\s#]", EXPRESSION.sub("", written)):
            raise ValueError(
                f"{written!r}: {odd[0]!r} has no place there; a value is written {{name}}, {{?name}} or {{/name}}"
            )
        self.written = written
        self._template = URITemplate(written)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self._template.variable_names)

    @cached_property
    def in_path(self) -> frozenset[str]:
        """The names without which the address would lead somewhere else."""
        return frozenset(
            name for found in EXPRESSION.finditer(self.written) if found[1] in ("", "/") for name in found[2].split(",")
        )

    def filled(self, values: Mapping[str, Any]) -> str:
        """The address with its values quoted. Raises Trouble for values that would lead elsewhere."""
        texts: dict[str, Any] = {name: _text(name, values[name]) for name in self.names if values[name] is not None}
        if empty := sorted(name for name in self.in_path if not texts.get(name)):
            raise Trouble("arguments", f"{empty[0]} is empty and stands in the path")
        address = self._template.expand(texts)
        if not {".", ".."}.isdisjoint(address.partition("?")[0].split("/")):
            raise Trouble("arguments", "a value would climb in the path")
        return address


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str | int | float):
        raise Trouble("arguments", f"{name} is a {type(value).__name__}, which has no place in an address")
    text = words(value)
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Trouble("arguments", f"{name} holds half a sign")
    return text


def words(value: Any) -> str:
    """A value inside other words, as JSON writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def names_in(body: Any, depth: int = 0) -> Iterator[str]:
    """Every `{name}` in a body as written. Raises ValueError for a body that is no plain data."""
    if depth > DEEPEST:
        raise ValueError(f"body: more than {DEEPEST} levels are inside each other")
    match body:
        case str():
            yield from PLACE.findall(body)
        case dict():
            for name, inner in body.items():
                if not isinstance(name, str):
                    raise ValueError(f"body: {name!r} is no name")
                yield from names_in(inner, depth + 1)
        case list() | tuple():
            for inner in body:
                yield from names_in(inner, depth + 1)
        case None | bool() | int() | float():
            return
        case _:
            raise ValueError(f"body: a {type(body).__name__} is no plain data")


def filled_body(body: Any, values: Mapping[str, Any]) -> Any:
    """`"{account}"` alone keeps the value's type; inside other words it becomes text. Names are left as they are."""
    match body:
        case str():
            if whole := PLACE.fullmatch(body):
                return values[whole[1]]
            return PLACE.sub(lambda found: words(values[found[1]]), body)
        case dict():
            return {name: filled_body(inner, values) for name, inner in body.items()}
        case list() | tuple():
            return [filled_body(inner, values) for inner in body]
        case _:
            return body
