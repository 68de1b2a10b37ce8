"""The edge where people write: pydantic checks what a file says, and its findings become faults with their places."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaWarningKind

from ivr.flow.edge_faults import faults_of, known_path
from ivr.flow.where import Fault
from ivr.flow.yaml import Document, Trail

C = TypeVar("C", bound=type)

STRICT = {"extra": "forbid", "coerce_numbers_to_str": True, "populate_by_name": False}
"""What people write by hand: an unknown key is a typing mistake, and a number may stand where text is meant."""
MOST_ROUNDS = 20
"""How often parts that are wrong are taken out of a file to read what is left."""


class PlainSchema(GenerateJsonSchema):
    """A default that JSON cannot say is left out without a word."""

    def emit_warning(self, kind: JsonSchemaWarningKind, detail: str) -> None:
        return


def written(cls: C) -> C:
    """Mark a dataclass as something people write: keys it does not have are faults."""
    cls.__pydantic_config__ = STRICT  # type: ignore[attr-defined]
    return cls


@lru_cache(maxsize=256)
def adapter(cls: Any) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


def names_schema(cls: Any) -> dict[str, Any]:
    """The JSON schema of a class, for the names that may stand in it."""
    return adapter(cls).json_schema(schema_generator=PlainSchema)


def read_as(cls: Any, document: Document, data: Any, trail: Trail, faults: list[Fault]) -> Any:
    """The data as a `cls`, or None with everything that is wrong added to `faults`."""
    try:
        return adapter(cls).validate_python(data)
    except ValidationError as error:
        faults.extend(faults_of(error, document, trail, lambda: names_schema(cls)))
        return None


def read_most(cls: Any, document: Document, faults: list[Fault], instead: Mapping[str, Any]) -> Any:
    """A whole file as a `cls`, without the parts that are wrong, so that the rest can be checked in the same run.

    `instead` stands in for top names that must be there and are not. Raises nothing; None where nothing is left.
    """
    data = document.data
    whole = read_as(cls, document, data, (), faults)
    if whole is not None or not isinstance(data, dict):
        return whole
    left = _unshared(data)
    for _ in range(MOST_ROUNDS):
        try:
            return adapter(cls).validate_python({**instead, **left})
        except ValidationError as error:
            bad = {known_path(document, (), detail["loc"]) for detail in error.errors(include_url=False)}
            # What is gone already and must be there takes along what it stood in.
            dropped = [_drop(left, path) or _drop(left, path[:-1]) for path in sorted(bad, key=len, reverse=True)]
            if not any(dropped):
                return None
    return None


def _unshared(value: Any) -> Any:
    """A copy in which nothing stands twice: what aliases share must not lose its parts at both places."""
    if isinstance(value, dict):
        return {name: _unshared(inner) for name, inner in value.items()}
    return [_unshared(inner) for inner in value] if isinstance(value, list) else value


def _drop(data: Any, path: Trail) -> bool:
    """Take the value out, or the list it stands in: the places of later items must not shift."""
    keep = next((n for n, part in enumerate(path) if isinstance(part, int)), len(path))
    *around, last = path[:keep] or (None,)
    for part in around:
        data = data.get(part) if isinstance(data, dict) else None
    return isinstance(data, dict) and data.pop(last, data) is not data
