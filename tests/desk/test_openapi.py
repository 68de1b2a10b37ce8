"""docs/openapi.json: it is what the program says today, and every route answers as it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import schemathesis
from click.testing import CliRunner
from desk_house import AT, DeskHouse
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from kept import Kept, connected, queued
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ivr.cli.main import group
from ivr.desk.api.openapi import document
from ivr.desk.api.pages import ROUTES
from ivr.desk.api.route import shape
from ivr.sim.cloud.timing import silence
from ivr.store.records.promises import Promise

WRITTEN = Path(__file__).parents[2] / "docs" / "openapi.json"
OPERATIONS = [f"{route.method} {route.path}" for route in ROUTES]


def test_it_is_what_the_program_says_today(house: DeskHouse) -> None:
    assert json.loads(WRITTEN.read_text(encoding="utf-8")) == document(ROUTES), "run: ivr schema --api -o docs"
    served = house.web.get("/api/v1/openapi.json")
    assert served.json == document(ROUTES), "and it is served without a token: it holds nobody's data"


def test_the_command_prints_it(tmp_path: Path) -> None:
    assert CliRunner().invoke(group, ["schema", "--api", "-o", str(tmp_path)]).exit_code == 0
    assert (tmp_path / "openapi.json").read_text(encoding="utf-8") == WRITTEN.read_text(encoding="utf-8")


def test_every_route_and_every_field_says_what_it_is() -> None:
    made = document(ROUTES)
    for route in ROUTES:
        assert shape(route).summary, route.path
    for name, part in made["components"]["schemas"].items():
        Draft202012Validator.check_schema(part)
        assert part["description"], name
        for field, told in part.get("properties", {}).items():
            assert field == "state" or told.get("description"), f"{name}.{field} has no sentence"
    for path, told in made["paths"].items():
        for parameter in (one for operation in told.values() for one in operation.get("parameters", ())):
            assert parameter["in"] == "path" or parameter["description"], f"{path} {parameter['name']}"


@pytest.fixture
def full(house: DeskHouse, kept: Kept, tmp_path: Path) -> DeskHouse:
    """Something of everything."""
    sound = tmp_path / "p.wav"
    sound.write_bytes(silence(1))
    house.desk.agents.sign_in("telecom", "amy", now=AT)
    house.caller_waits("w", "vip")
    kept.call("a", queued("vip"), connected("vip", "amy"), outcome="connected", agent="amy", answered=["balance"])
    kept.call("w", queued("vip"), (2.0, "decided", {"point": "entry", "rule": "gold", "result": "ask", "queue": "vip"}))
    house.desk.promises.keep(Promise("p", "callback", "telecom", "a", "vip", "+12025550101", AT, AT))
    house.desk.promises.attach("p", str(sound))
    house.desk.transcripts.expect("p", "en", secret=False)
    return house


REAL = {"{agent}": "amy", "{call}": "a", "{message}": "p", "{token}": "boss"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


def test_what_is_there_is_told_as_the_document_says(full: DeskHouse) -> None:
    told = document(ROUTES)
    for path in (route.path for route in ROUTES if route.method == "GET"):
        real = path
        for place, name in REAL.items():
            real = real.replace(place, name)
        answer = full.get(real, full.boss)
        assert answer.status_code == 200, path
        (media, kept) = next(iter(told["paths"][path]["get"]["responses"]["200"]["content"].items()))
        assert answer.mimetype == media
        if media != "application/json":
            continue
        schema = kept["schema"]
        Draft202012Validator({**schema, "components": told["components"]}).validate(answer.json)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_is_asked_is_answered_as_the_document_says(full: DeskHouse, operation: str) -> None:
    method, path = operation.split()
    schema = schemathesis.openapi.from_dict(document(ROUTES))
    schema.app = full.app
    headers = {"Authorization": f"Bearer {full.boss}"}

    @settings(max_examples=10, suppress_health_check=list(HealthCheck), database=None)
    @given(case=schema[path][method].as_strategy())
    def asked(case: schemathesis.Case) -> None:
        full.clock.advance(60)  # not to be told that this is too often
        case.call_and_validate(headers=headers, checks=CHECKS)

    asked()
