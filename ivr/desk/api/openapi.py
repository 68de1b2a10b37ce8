"""The OpenAPI document of the API, made from its routes: what it says is what the server reads and writes."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import msgspec

from ivr.desk.api.problem import MEDIA, Problem
from ivr.desk.api.reading import JSON
from ivr.desk.api.route import Route, Shape, shape
from ivr.desk.api.sound import MEDIA as SOUND
from ivr.desk.api.sound import Sound

BASE = "/api/v1"
ABOUT = """\
Agents, queues, calls, messages, rules and tokens of one hotline. Every request carries a token, made by
`ivr tokens add NAME --role agent|supervisor|admin`, which is good for one hotline; each role may what the one before it
may, and more. Times are seconds since 1970, UTC; lengths of time are seconds. What is done twice is done once."""
REASONS = {
    400: "Something in the request is not as it should be.",
    401: "No token, or none that is good.",
    403: "The token may not do this.",
    404: "There is nothing of that name.",
    405: "The path takes other methods.",
    409: "It would contradict what is there.",
    413: "The body is longer than anything we take.",
    415: "The body is no JSON.",
    416: "The `Range` is outside of the file.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    503: "The store or the database does not answer just now.",
}

PIECES = {"200": "The whole file.", "206": "The piece that `Range` asks for."}


def document(routes: Iterable[Route]) -> dict[str, Any]:
    """OpenAPI 3.1."""
    found = [(route, shape(route)) for route in routes]
    types = [one for _, told in found for one in (told.body, told.answer, told.query) if one not in (None, Sound)]
    made, parts = msgspec.json.schema_components([*types, Problem], ref_template="#/components/schemas/{name}")
    schemas = dict(zip([*types, Problem], made, strict=True))
    for cls in _structs([*types, Problem]):
        _describe(parts, cls)
    paths: dict[str, Any] = {}
    for route, told in found:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, told, schemas, parts)
    queries = {told.query.__name__ for _, told in found if told.query is not None}
    return {
        "openapi": "3.1.0",
        "info": {"title": "ivr", "version": "1", "description": " ".join(ABOUT.split())},
        "servers": [{"url": BASE}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {name: part for name, part in sorted(parts.items()) if name not in queries},
        },
    }


def _operation(route: Route, told: Shape, schemas: Mapping[Any, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": told.name,
        "summary": told.summary,
        "description": " ".join(filter(None, [told.description, f"Takes the role {route.role}."])),
    }
    parameters = [_in_path(name) for name in told.places]
    if told.query is not None:
        parameters += list(_in_query(parts[told.query.__name__]))
    if parameters:
        operation["parameters"] = parameters
    if told.body is not None:
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": schemas[told.body]}}}
    operation["responses"] = _responses(route, told, schemas)
    return operation


def _responses(route: Route, told: Shape, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"204": {"description": "Done."}}
    if told.answer is Sound:
        found = {status: {"description": text, "content": {SOUND: {}}} for status, text in PIECES.items()}
    elif told.answer is not None:
        found = {"200": {"description": "The answer.", "content": {JSON: {"schema": schemas[told.answer]}}}}
    statuses = [400, 401, 403, 429, 503]
    if told.places:
        statuses.append(404)
    if told.places and route.method != "GET":
        statuses.append(409)
    if told.body is not None:
        statuses += [413, 415]
    if told.answer is Sound:
        statuses.append(416)
    for status in sorted(statuses):
        found[str(status)] = {"description": REASONS[status], "content": {MEDIA: {"schema": schemas[Problem]}}}
    wait = {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}
    found["429"]["headers"] = {"Retry-After": wait}
    return found


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _in_query(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A parameter is left out rather than null."""
    for name, one in told["properties"].items():
        schema = {key: value for key, value in one.items() if key != "description"}
        if "anyOf" in schema:
            (kind,) = [part for part in schema.pop("anyOf") if part.get("type") != "null"]
            schema |= kind
        if schema.get("default", ...) is None:
            del schema["default"]
        if "enum" in schema:
            schema["enum"] = [value for value in schema["enum"] if value is not None]
        described = {"description": one["description"]} if "description" in one else {}
        yield {"name": name, "in": "query", "required": False, **described, "schema": schema}


# --- the sentences that stand below each field -------------------------------------------------------------------


def _structs(types: Iterable[Any]) -> list[type]:
    """All Structs that these are made of."""
    found: dict[type, None] = {}

    def walk(kind: Any) -> None:
        match kind:
            case msgspec.inspect.StructType(cls=cls, fields=fields):
                if cls not in found:
                    found[cls] = None
                    for field in fields:
                        walk(field.type)
            case msgspec.inspect.UnionType(types=members):
                for one in members:
                    walk(one)
            case msgspec.inspect.ListType(item_type=item):
                walk(item)
            case msgspec.inspect.DictType(value_type=value):
                walk(value)

    for one in msgspec.inspect.multi_type_info(types):
        walk(one)
    return list(found)


def _describe(parts: dict[str, Any], cls: type) -> None:
    part = parts[cls.__name__]
    part["description"] = " ".join(inspect.cleandoc(cls.__doc__ or "").split())
    # An answer has every field; only what is asked may leave some out.
    for name, sentence in sentences(cls).items():
        if name in part.get("properties", {}):
            part["properties"][name] = {**part["properties"][name], "description": sentence}


def sentences(cls: type) -> dict[str, str]:
    """Field → the sentence that stands below it in the source."""
    (written,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    found = {}
    for one, two in pairwise(written.body if isinstance(written, ast.ClassDef) else ()):
        match one, two:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as sentence)):
                found[name] = " ".join(sentence.split())
    return found
