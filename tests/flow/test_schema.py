"""The JSON Schemas that editors use say what the loader says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hotlines import COMPANY, KIT, small
from jsonschema import Draft202012Validator

from ivr.flow.files import is_flow
from ivr.flow.schema import ANY_FILE, FILES, schema
from ivr.flow.yaml import read_text

SAMPLE = Path(__file__).parents[2] / "flows" / "telecom"
SCHEMAS = schema(KIT)
VALIDATORS = {name: Draft202012Validator(one) for name, one in SCHEMAS.items()}


def kind_of(path: str) -> str:
    if path.startswith("words/"):
        return "words"
    return "flow" if is_flow(path) else path.removesuffix(".yaml")


def wrong(kind: str, text: str | bytes) -> list[str]:
    """Where the schema of a kind of file finds something wrong, as dotted paths."""
    data = read_text(text.encode() if isinstance(text, str) else text, kind).data
    return [".".join(map(str, error.absolute_path)) for error in VALIDATORS[kind].iter_errors(data)]


def test_there_is_a_schema_for_every_file_and_one_for_any() -> None:
    assert set(SCHEMAS) == {*FILES, ANY_FILE}
    for one in SCHEMAS.values():
        Draft202012Validator.check_schema(one)
        assert one["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", sorted(p.relative_to(SAMPLE).as_posix() for p in SAMPLE.glob("**/*.yaml")))
def test_the_sample_hotline_passes(path: str) -> None:
    text = (SAMPLE / path).read_bytes()
    if not path.startswith(("calls/", "days/")):
        assert wrong(kind_of(path), text) == []
    assert wrong(ANY_FILE, text) == []


def test_a_small_hotline_passes() -> None:
    files = small(
        hotline=f"{COMPANY}profile: {{lookup: company.caller, with: {{number: '1'}}}}\neasy: caller.age > 64\n",
        intents="balance: {type: query, label: {en: b}, examples: {en: [x]}}\n",
        words="hello: {say: Hello, nothing: [a], choices: {x: [y]}}",
    )  # fmt: skip
    for path, text in files.items():
        assert wrong(kind_of(path), text) == []
        assert wrong(ANY_FILE, text) == []


STEPS = "flow: main\nstart: a\nsteps:\n  a: "


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        ("hotline", "hotline: small\nstart: main\n", ""),
        ("hotline", "hotline: small\nstart: main\nlanguages: [en]\ncolour: red\n", ""),
        ("hotline", "hotline: small\nstart: main\nlanguages: [english]\n", "languages.0"),
        ("hotline", "hotline: s\nstart: m\nlanguages: [en]\nalways: {person: {key: ab}}\n", "always.person.key"),
        ("hotline", "hotline: s\nstart: m\nlanguages: [en]\nalways: {persn: {key: 0}}\n", "always"),
        ("hotline", "hotline: s\nstart: m\nlanguages: [en]\nlimits: {steps: 5}\n", "limits.steps"),
        ("hotline", "hotline: s\nstart: m\nlanguages: [en]\nconnectors: {x: {kind: sqll}}\n", "connectors.x"),
        ("flow", f"{STEPS}{{say: hello}}\n", "steps.a"),
        ("flow", f"{STEPS}{{sy: hello, next: a}}\n", "steps.a"),
        ("flow", f"{STEPS}{{say: hello, nxt: a, next: a}}\n", "steps.a"),
        ("flow", f"{STEPS}{{sms: hello, on: {{sent: a, imposible: a}}}}\n", "steps.a"),
        ("flow", f"{STEPS}{{ask: q, expect: digit, on: {{ok: a, nothing: a}}}}\n", "steps.a"),
        ("flow", "flow: main\nstart: a\nsteps:\n  A: {hangup: x}\n", "steps"),
        ("intents", "balance: {label: {en: x}}\n", "balance"),
        ("intents", "balance: {type: question}\n", "balance.type"),
        ("handoff", "line: [{id: A, queue: x}]\n", "line.0.id"),
        ("handoff", "request: [{id: a, first: x, at_most: 2}]\n", "request.0.at_most"),
        ("queues", "queues: {a: {limit: x}}\n", "queues.a.limit"),
        ("queues", "agents: {a: {phone: x}}\n", "agents.a"),
        ("words", "hello: [a]\n", "hello"),
        ("words", "hello: {nothing: [a]}\n", "hello"),
    ],
)
def test_a_broken_file_fails_where_it_is_broken(kind: str, text: str, place: str) -> None:
    assert place in wrong(kind, text)
    assert wrong(ANY_FILE, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("hotline", "hotline: s\nstart: m\nlanguages: [en]\nalways: {person: {key: 0}}\nnumbers: [12025550100]\n"),
        ("flow", f"{STEPS}{{set: {{n: 1, m: null, yes: true, x: '{{{{ y }}}}'}}, next: a}}\n"),
        ("flow", f"{STEPS}{{say: hello, sms: link, answers: balance, next: a}}\n"),
        ("flow", f"{STEPS}{{offer: may_i, queue: general, on: {{yes: a, no: a, nothing: a}}}}\n"),
        ("handoff", "line: [{id: a, queue: b, when: 1}]\n"),
        ("words", "line: {say: Your line}\nqueues: {say: Queues}\nagents: Agents\nways: {say: Ways}\n"),
    ],
)  # fmt: skip
def test_what_the_loader_takes_an_editor_takes_too(kind: str, text: str) -> None:
    assert wrong(kind, text) == []
    assert wrong(ANY_FILE, text) == []


def test_every_kind_of_step_is_offered_with_what_it_is_for() -> None:
    flow = SCHEMAS["flow"]["$defs"]
    kinds = [flow[one["$ref"].rsplit("/", 1)[1]] for one in flow["step"]["oneOf"]]
    assert [next(iter(kind["properties"])) for kind in kinds] == list(KIT.kinds)
    assert all(kind["description"] for kind in kinds)


def test_every_field_that_a_designer_writes_has_its_sentence() -> None:
    bare = [
        f"{name}.{field}"
        for name, part in SCHEMAS[ANY_FILE]["$defs"].items()
        for field, told in part.get("properties", {}).items()
        if "description" not in told
    ]
    assert bare == []


def test_ways_and_names_are_offered() -> None:
    sms: Any = SCHEMAS["flow"]["$defs"]["Sms"]["properties"]["on"]
    assert list(sms["properties"]) == ["sent", "impossible"]
    assert sms["additionalProperties"] is False
    always: Any = SCHEMAS["hotline"]["$defs"]["hotline file"]["properties"]["always"]
    assert list(always["properties"]) == ["person", "repeat", "back", "slower", "faster", "no_hints", "hints_again"]
