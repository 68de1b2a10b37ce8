"""Every value inside a step or policy, with the path it was written at."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ivr.flow.yaml import Trail


def walk(value: Any, trail: Trail = ()) -> Iterator[tuple[Trail, Any]]:
    """The leaves below `value`, depth first: anything that is no dataclass, mapping, list or tuple."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for attribute, written in _fields(type(value)):
            yield from walk(getattr(value, attribute), (*trail, written))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from walk(inner, (*trail, key))
    elif isinstance(value, list | tuple):
        for n, inner in enumerate(value):
            yield from walk(inner, (*trail, n))
    else:
        yield trail, value


@lru_cache(maxsize=256)
def _fields(cls: type) -> tuple[tuple[str, str], ...]:
    """(attribute, the name it is written under): `with_` stands for `with`, a word Python keeps for itself."""
    return tuple((field.name, field.name.rstrip("_")) for field in dataclasses.fields(cls))
