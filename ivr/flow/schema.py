"""JSON Schemas of the files of a hotline, for editors: what may stand where, with the sentence of each field."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from ivr.flow.edge import PlainSchema, adapter
from ivr.flow.handoff import HandoffFile
from ivr.flow.hints import Hints
from ivr.flow.hotline import FlowFile, HotlineFile
from ivr.flow.intents import Intents
from ivr.flow.kit import Kit
from ivr.flow.queues import QueuesFile
from ivr.flow.words import WrittenWords

DRAFT = "https://json-schema.org/draft/2020-12/schema"
VALIDATION: Literal["validation"] = "validation"
FILES: Mapping[str, Any] = {
    "hotline": HotlineFile,
    "flow": FlowFile,
    "intents": Intents,
    "handoff": HandoffFile,
    "queues": QueuesFile,
    "hints": Hints,
    "words": WrittenWords,
}
ANY_FILE = "any"
NO_WORDS: dict[str, Any] = {"type": "object", "not": {"required": ["say"]}}
"""A mapping that is no wording, so that words may have an entry of that name."""
TELLS: Mapping[str, dict[str, Any]] = {
    "hotline": {"required": ["hotline"], "properties": {"hotline": {"type": "string"}}},
    "flow": {"required": ["flow"], "properties": {"flow": {"type": "string"}}},
    "handoff": {
        "anyOf": [
            {"required": ["request"], "properties": {"request": {"type": "array"}}},
            {"required": ["line"], "properties": {"line": {"type": "array"}}},
            {"required": ["ways"], "properties": {"ways": NO_WORDS}},
        ]
    },
    "days": {"required": ["calls", "who", "agents"], "properties": {"who": NO_WORDS}},
    "queues": {
        "anyOf": [
            {"required": ["queues"], "properties": {"queues": NO_WORDS}},
            {"required": ["agents"], "properties": {"agents": NO_WORDS}},
        ]
    },
    "intents": {"minProperties": 1, "additionalProperties": {"type": "object", "required": ["type"]}},
    "hints": {
        "minProperties": 1,
        "additionalProperties": {
            "type": "object",
            "required": ["say"],
            "anyOf": [{"required": [name]} for name in ("when", "at", "kind", "every_days", "tries", "off")],
        },
    },
    "calls": {"required": ["turns"], "properties": {"turns": {"type": "array"}}},
}
"""How a file is known by what stands in it; whatever is none of these is words."""


def schema(kit: Kit) -> dict[str, dict[str, Any]]:
    """`hotline`, `flow`, `intents`, `handoff`, `queues`, `hints` and `words`, each a whole JSON Schema; and `any` for
    every file of a hotline's folder, so that an editor needs one line."""
    kinds = {f"step:{kind}": cls for kind, cls in kit.kinds.items()}
    connectors = {f"connector:{kind}": cls for kind, cls in kit.connectors.items()}
    everything: dict[str, Any] = {**FILES, **kinds, **connectors}
    inputs = [(name, VALIDATION, adapter(cls)) for name, cls in everything.items()]
    made, shared = TypeAdapter.json_schemas(inputs, schema_generator=Described)
    parts: dict[str, Any] = {name: tidy(one) for (name, _), one in made.items()}
    defs: dict[str, Any] = {name: tidy(one) for name, one in shared.get("$defs", {}).items()}
    defs["step"] = one_of(parts, kinds)
    defs["connector"] = one_of(parts, connectors)
    for name in FILES:
        defs[f"{name} file"] = resolved(parts[name], defs)
    defs["flow file"]["properties"]["steps"] = _named(defs["flow file"]["properties"]["steps"], "step")
    defs["hotline file"]["properties"]["connectors"] = _named(
        defs["hotline file"]["properties"]["connectors"], "connector"
    )
    whole = {name: _standing_alone({"$ref": reference(f"{name} file")}, defs) for name in FILES}
    return {**whole, ANY_FILE: _standing_alone(_any_file(), defs)}


class Described(PlainSchema):
    """Puts the sentence of each field, and the docstring of each class, beside what they describe."""

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        json = super().dataclass_schema(schema)
        cls = schema["cls"]
        target = self.resolve_ref_schema(json)
        target["description"] = inspect.cleandoc(cls.__doc__ or "")
        for name, sentence in sentences(cls).items():
            field = target.get("properties", {}).get(name.rstrip("_"))
            if field is not None:
                field["description"] = sentence
        return json

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Where our loader takes a number for text, an editor must do so too."""
        json = super().str_schema(schema)
        pattern = json.get("pattern")
        if self._config.coerce_numbers_to_str and (pattern is None or re.match(pattern, "0")):
            json["type"] = ["string", "number"]
        return json


def sentences(cls: type) -> Mapping[str, str]:
    """Field → its sentence, read from the source, where it stands below the field; those of parents too."""
    found: dict[str, str] = {}
    parents: tuple[Any, ...] = cls.__mro__
    for one in reversed(parents):
        if "__annotations__" in vars(one) and one.__module__ != "builtins":
            found |= dict(_sentences(ast.parse(textwrap.dedent(inspect.getsource(one))).body[0]))
    return found


def _sentences(written: ast.stmt) -> Iterator[tuple[str, str]]:
    for one, two in pairwise(written.body if isinstance(written, ast.ClassDef) else ()):
        match one, two:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str() as sentence)):
                yield name, inspect.cleandoc(sentence)


def reference(name: str) -> str:
    return f"#/$defs/{name.replace(' ', '%20')}"


def one_of(parts: Mapping[str, Any], kinds: Mapping[str, Any]) -> dict[str, Any]:
    return {"oneOf": [parts[kind] for kind in kinds]}


def resolved(part: dict[str, Any], defs: Mapping[str, Any]) -> dict[str, Any]:
    """The part itself where it is a reference."""
    found = defs[part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part
    return dict(found, properties=dict(found["properties"])) if "properties" in found else dict(found)


def _named(mapping: dict[str, Any], inner: str) -> dict[str, Any]:
    """A mapping whose values are one of the kinds."""
    below = {"$ref": reference(inner)}
    if "patternProperties" in mapping:
        return {**mapping, "patternProperties": dict.fromkeys(mapping["patternProperties"], below)}
    return {**mapping, "additionalProperties": below}


def tidy(part: Any) -> Any:
    """Without the titles made from names; with the names that may stand in a mapping as names an editor can offer."""
    if isinstance(part, list):
        return [tidy(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {name: tidy(one) for name, one in part.items() if not (name == "title" and isinstance(one, str))}
    names = made.get("propertyNames", {})
    if isinstance(names, dict) and "enum" in names and "additionalProperties" in made:
        below = made["additionalProperties"]
        del made["propertyNames"]
        made |= {"properties": dict.fromkeys(names["enum"], below), "additionalProperties": False}
    if "patternProperties" in made:
        made.setdefault("additionalProperties", False)
    return made


def _any_file() -> dict[str, Any]:
    found: dict[str, Any] = {"$ref": reference("words file")}
    for name, tells in reversed([*TELLS.items()]):
        then = {"$ref": reference(f"{name} file")} if name in FILES else True
        found = {"if": tells, "then": then, "else": found}
    return found


def _standing_alone(part: dict[str, Any], defs: Mapping[str, Any]) -> dict[str, Any]:
    """A whole schema with the definitions it needs, and no others."""
    needed: dict[str, Any] = {}
    todo = [*_references(part)]
    while todo:
        name = todo.pop()
        if name not in needed:
            needed[name] = defs[name]
            todo += _references(defs[name])
    return {"$schema": DRAFT, **part, "$defs": dict(sorted(needed.items()))}


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].rsplit("/", 1)[1].replace("%20", " ")
        for one in part.values():
            yield from _references(one)
    elif isinstance(part, list):
        for one in part:
            yield from _references(one)
