"""What a designer may write below `connectors:`, and the sentences for what cannot be."""

import inspect
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter, ValidationError

from ivr import connectors
from ivr.connectors import CONNECTORS
from ivr.connectors.registry import DuplicateConnector, connector
from ivr.errors import SettingsError

HTTP = {"kind": "http", "url": "https://crm.example.com"}
SQL = {"kind": "sql", "url": "sqlite:///company.sqlite"}


def declared(written: dict[str, Any]) -> Any:
    return TypeAdapter(CONNECTORS[written["kind"]]).validate_python(written)


@pytest.mark.parametrize("kind", CONNECTORS)
def test_the_example_that_the_manual_shows_can_be_read(kind: str):
    example = inspect.cleandoc(CONNECTORS[kind].__doc__ or "").partition("\n\n")[2]
    for name, written in yaml.safe_load(example).items():
        found = declared(written)
        assert found.kind == kind, name
        assert all(operation.shape for operation in found.operations.values())


def test_an_operation_tells_the_linter_what_it_takes_and_gives():
    written = HTTP | {"operations": {"it": {"get": "/{a}{?b}", "takes": ["a", "b?"], "gives": {"amount": "money"}}}}
    operation = declared(written).operations["it"]
    assert (operation.names, operation.required) == ({"a", "b"}, {"a"})
    assert operation.shape.child("amount").kind == "money"


def test_two_owners_of_a_kind_are_told_with_both_homes():
    with pytest.raises(DuplicateConnector, match=r"'sql' is in both ivr\.connectors\.sql and .*test_declarations"):
        connector("sql")(type("Another", (), {}))


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        ({}, "exactly one of get, post, put, patch, delete holds the path; here are 0"),
        ({"get": "/a", "post": "/b"}, "here are 2"),
        ({"get": "callers"}, "should begin with /"),
        (
            {"get": "/callers/{nubmer}", "takes": ["number"]},
            "uses 'nubmer', which is not in takes. Did you mean 'number'?",
        ),
        ({"get": "/callers", "takes": ["number"]}, "takes: 'number' is used nowhere in the path or body"),
        ({"get": "/callers/{number}", "takes": ["number?"]}, "may be left out, but the path needs it; write {?number}"),
        ({"get": "/callers/{+number}", "takes": ["number"]}, "would let a value change the address"),
        ({"get": "/callers/{#number}", "takes": ["number"]}, "would let a value change the address"),
        ({"get": "/callers/{number", "takes": ["number"]}, "'{' has no place there"),
        ({"get": "/callers/{number:3}", "takes": ["number"]}, "'{' has no place there"),
        ({"get": "/a b"}, "' ' has no place there"),
        ({"get": "/a", "body": {"a": 1}}, "a get has none"),
        ({"get": "/a", "gives": None}, "must say what it gives"),
        ({"get": "/a", "pick": "data.["}, "is no JMESPath"),
        ({"get": "/a", "pick": ""}, "is no JMESPath"),
        ({"get": "/a", "tries": 0}, "tries: 0 is not between 1 and 5"),
        ({"get": "/a", "timeout_s": 0}, "timeout_s: 0 is not between 0 and 15 seconds"),
        ({"get": "/a", "timeout_s": 60}, "timeout_s: 60 is not"),
        ({"get": "/a", "timeout_s": float("nan")}, "timeout_s: nan is not"),
        (
            {"get": "/a", "gives": {"a": "monney"}},
            "gives: a: there is no kind of value 'monney'. Did you mean 'money'?",
        ),
        ({"get": "/{once}/{x}", "takes": ["x", "once"]}, "'once' is always there"),
        ({"get": "/{x}", "takes": ["x", "x?"]}, "a name is written twice"),
        ({"get": "/{x}", "takes": ["x y"]}, "takes: 'x y' cannot be a name"),
        ({"get": "/a", "colour": "red"}, "Unexpected keyword argument"),
        ({"get": "/a", "takes": "number"}, "valid tuple"),
        ({"post": "/a", "body": {1: "x"}}, "body: 1 is no name"),
        ({"post": "/a", "body": "{b}"}, "uses 'b', which is not in takes"),
    ],
)
def test_an_http_operation_that_cannot_be(operation: dict[str, Any], told: str):
    with pytest.raises(ValidationError) as wrong:
        declared(HTTP | {"operations": {"it": {"gives": "any"} | operation}})
    assert told in str(wrong.value)
    assert wrong.value.errors()[0]["loc"][:2] == ("operations", "it")


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        ({"query": "  "}, "query: there is none"),
        (
            {"query": "select :acount", "takes": ["account"]},
            "query uses 'acount', which is not in takes. Did you mean 'account'?",
        ),
        ({"query": "select 1", "takes": ["account"]}, "takes: 'account' is used nowhere in the query"),
        ({"query": "select 1", "gives": None}, "a query must say what it gives"),
        ({"query": "select 1", "gives": ["text"]}, "many: true and a list"),
        ({"query": "select 1", "many": True}, "many: true and a list"),
        ({"query": "select :once"}, "is writes: true missing?"),
        ({"query": "select 1", "tries": 3}, "Unexpected keyword argument"),
    ],
)
def test_an_sql_operation_that_cannot_be(operation: dict[str, Any], told: str):
    with pytest.raises(ValidationError) as wrong:
        declared(SQL | {"operations": {"it": {"gives": "any"} | operation}})
    assert told in str(wrong.value)


def test_colons_in_a_query_that_are_no_names_are_left_alone():
    query = "select amount::text, '12:30', at from t where a = :a"
    written = SQL | {"operations": {"it": {"query": query, "takes": ["a"], "gives": "any"}}}
    assert declared(written).operations["it"].bound == {"a"}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (HTTP | {"url": "crm.example.com"}, "should begin with https://"),
        (HTTP | {"url": "https://${CRM"}, "written ${NAME}"),
        (HTTP | {"headers": {"X Y": "a"}}, "cannot be the name of a header"),
        (HTTP | {"headers": {"X": "${A-B}"}}, "headers: X: a variable"),
        (HTTP | {"operations": {}}, "operations: there are none"),
        (HTTP | {"fails": 0}, "fails: 0 is too few"),
        (HTTP | {"rest_s": -1}, "rest_s: -1 is not"),
        (SQL | {"url": "mysql://localhost/x"}, "should begin with sqlite:/// or postgresql+psycopg://"),
        (SQL | {"operations": {}}, "operations: there are none"),
    ],
)
def test_a_connector_that_cannot_be(written: dict[str, Any], told: str):
    operation = {"get": "/a", "gives": "any"} if written["kind"] == "http" else {"query": "select 1", "gives": "any"}
    with pytest.raises(ValidationError) as wrong:
        declared({"operations": {"it": operation}} | written)
    assert told in str(wrong.value)


@pytest.mark.parametrize(
    ("changed", "env", "told"),
    [
        ({}, {"TOKEN": "x"}, "connectors.crm.url needs the environment variable CRM_URL, which is not set"),
        ({}, {"CRM_URL": "", "TOKEN": "x"}, "needs the environment variable CRM_URL"),
        ({}, {"CRM_URL": "https://crm.example.com"}, "connectors.crm.headers needs the environment variable TOKEN"),
        ({}, {"CRM_URL": "crm", "TOKEN": "x"}, "connectors.crm.url is no address of a web service"),
        ({}, {"CRM_URL": "ftp://s3cret@crm", "TOKEN": "x"}, "is no address of a web service"),
        ({}, {"CRM_URL": "https://crm:port", "TOKEN": "x"}, "is no address of a web service"),
        ({}, {"CRM_URL": "https://crm/?key=s3cret", "TOKEN": "x"}, "is no address of a web service"),
        ({}, {"CRM_URL": "https://crm", "TOKEN": "s3cret\n"}, "headers: X-Key holds a line break"),
        ({"url": "${CRM_URL}${PATH_OF_IT}"}, {"CRM_URL": "https://crm", "TOKEN": "x"}, "variable PATH_OF_IT"),
    ],
)
def test_what_the_environment_lacks_is_told_by_name_and_nothing_secret_is_shown(
    changed: dict[str, str], env: dict[str, str], told: str
):
    written = {"kind": "http", "url": "${CRM_URL}", "headers": {"X-Key": "${TOKEN}"}} | changed
    found = declared(written | {"operations": {"it": {"get": "/a", "gives": "any"}}})
    with pytest.raises(SettingsError) as wrong:
        connectors.open(found, home=Path(), env=env, name="crm")
    assert told in str(wrong.value)
    assert "s3cret" not in str(wrong.value)
