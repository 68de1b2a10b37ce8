"""From a request to the types of a route; what does not fit is told with what would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec

from ivr.desk.api.problem import Refused

JSON = "application/json"


def read_query(wanted: Any | None, given: Mapping[str, Sequence[str]]) -> Any | None:
    """Raises Refused."""
    known = [field.name for field in msgspec.structs.fields(wanted)] if wanted else []
    for name, values in given.items():
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise Refused(HTTPStatus.BAD_REQUEST, f"this has no parameter {name!r}; {takes}")
        if len(values) != 1:
            raise Refused(HTTPStatus.BAD_REQUEST, f"the parameter {name!r} is given {len(values)} times; give it once")
        must_be_text(name, values[0])
    if wanted is None:
        return None
    try:
        return msgspec.convert({name: values[0] for name, values in given.items()}, wanted, strict=False)
    except msgspec.ValidationError as error:
        detail = f"a parameter is not as it should be: {error}; {_takes(wanted)}"
        raise Refused(HTTPStatus.BAD_REQUEST, detail) from None


def read_body(wanted: Any | None, media: str, body: bytes) -> Any | None:
    """Raises Refused."""
    if wanted is None:
        return None
    if media != JSON:
        detail = f"the body must be {JSON}, and say so in Content-Type; this one says {media or 'nothing'!r}"
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    try:
        return msgspec.json.decode(body, type=wanted)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"the body is not as it should be: {error}; {_takes(wanted)}") from None


def must_be_text(name: str, value: str) -> None:
    """No store keeps NUL, and nothing has a name with a control character in it."""
    if not value.isprintable():
        raise Refused(HTTPStatus.BAD_REQUEST, f"{name!r} holds a character that cannot be printed")


def plain(text: str) -> str:
    """What somebody wrote, on one line and without what cannot be read."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _takes(wanted: Any) -> str:
    """For example: it takes state (one of new, called, closed)."""
    made, parts = msgspec.json.schema_components([wanted])
    top = made[0]
    if "$ref" in top:
        top = parts[top["$ref"].rsplit("/", 1)[1]]
    choices = [parts[one["$ref"].rsplit("/", 1)[1]] for one in top["anyOf"]] if "anyOf" in top else [top]
    return "it takes " + ", or ".join(_fields(one) for one in choices)


def _fields(told: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} ({_kind(one)})" for name, one in told.get("properties", {}).items())


def _kind(told: Mapping[str, Any]) -> str:
    if "enum" in told:
        return f"one of {', '.join(str(value) for value in told['enum'])}"
    if "anyOf" in told:
        return " or ".join(_kind(one) for one in told["anyOf"] if one.get("type") != "null")
    limits = {"minimum": "from {}", "maximum": "to {}", "minLength": "of at least {}", "maxLength": "of at most {}"}
    more = " ".join(words.format(told[name]) for name, words in limits.items() if name in told)
    return f"{told.get('type', 'anything')} {more}".rstrip()
