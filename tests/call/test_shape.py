"""Shapes of business data: how they are written, and what they make of what comes."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.call.shape import BadShape, Shape, WrongShape
from ivr.errors import ProviderError

BALANCE = Shape.parse({"amount": "money", "due": "date", "note?": "text", "lines": [{"number": "phone", "up": "flag"}]})


def test_what_a_balance_has_can_be_asked_by_name():
    assert BALANCE.names() == ("amount", "due", "note", "lines")
    assert BALANCE.child("amount") == Shape("money")
    assert BALANCE.child("amonut") is None
    lines = BALANCE.child("lines")
    assert lines is not None
    assert lines.item is not None
    assert lines.item.child("up") == Shape("flag")


def test_a_leaf_has_nothing_inside_and_anything_has_everything():
    assert Shape.parse("money").child("amount") is None
    assert Shape.parse("any").child("amount") == Shape("any")
    assert Shape.parse([{"a": "text"}]).names() == ()


def test_a_row_becomes_plain_data_without_what_nobody_declared():
    row = {
        "amount": Decimal("42.50"), "due": date(2026, 11, 23), "secret": "x",
        "lines": [{"number": "+1 202 555 0100", "up": 1}],
    }  # fmt: skip
    fitted = BALANCE.fit(row)
    assert fitted == {
        "amount": 42.5, "due": "2026-11-23", "note": None, "lines": [{"number": "+1 202 555 0100", "up": True}],
    }  # fmt: skip
    assert json.loads(json.dumps(fitted)) == fitted


@pytest.mark.parametrize(
    ("kind", "value", "plain"),
    [
        ("text", "<b>{{ 7 * 7 }}</b> & more", "<b>{{ 7 * 7 }}</b> & more"),
        ("text", 7, "7"),
        ("text", Decimal("1E+2"), "100"),
        ("text", "half a sign \ud800 and \x00", "half a sign ? and "),
        ("number", 3.10, 3.1),
        ("number", " 3.10 ", 3.1),
        ("number", Decimal("3"), 3),
        ("number", 0.1 + 0.2, 0.3),
        ("money", "42.50", 42.5),
        ("money", 42.0, 42),
        ("money", 42.500000000001, 42.5),
        ("money", Decimal("0.01"), 0.01),
        ("money", "-5", -5),
        ("count", 3.0, 3),
        ("count", "0", 0),
        ("date", datetime(2026, 11, 22, 23, 59), "2026-11-22"),
        ("date", "2026-11-22T10:00:00Z", "2026-11-22"),
        ("date", "2024-02-29", "2024-02-29"),
        ("time", datetime(2026, 11, 22, 15, 30, tzinfo=UTC), "2026-11-22T15:30:00+00:00"),
        ("time", "2026-11-22 15:30", "2026-11-22T15:30:00"),
        ("time", "2026-11-22T15:30:00Z", "2026-11-22T15:30:00+00:00"),
        ("flag", 1, True),
        ("flag", "N", False),
        ("flag", "true", True),
        ("phone", " +86 138-0013-8000 ", "+86 138-0013-8000"),
        ("phone", 2025550100, "2025550100"),
        ("any", {"a": [Decimal("1.5"), date(2026, 1, 2), None]}, {"a": [1.5, "2026-01-02", None]}),
    ],
)
def test_a_value_of_its_kind_is_kept_as_plain_data(kind: str, value: object, plain: object):
    fitted = Shape.parse(kind).fit(value)
    assert fitted == plain
    assert type(fitted) is type(plain)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        *[(kind, None) for kind in ("text", "number", "count", "money", "date", "time", "flag", "phone")],
        *[("money", wrong) for wrong in ("", "a lot", "1,000", "1e5", "NaN", True, [], float("nan"), float("inf"))],
        *[("money", wrong) for wrong in (Decimal("Infinity"), Decimal("1E+999999"), 10**15, "9" * 400)],
        *[("count", wrong) for wrong in (-1, 1.5, "two", True)],
        *[("date", wrong) for wrong in ("2026-02-30", "22.11.2026", "20261122", 20261122, "2026-11-22 and so on")],
        *[("time", wrong) for wrong in ("2026-11-22", "15:30", "2026-11-22T25:00", 1795000000)],
        *[("flag", wrong) for wrong in (2, "maybe", 1.0, "")],
        *[("phone", wrong) for wrong in ("", "anonymous", "client:bob", "+", "1" * 21, True, "12\n34")],
        *[("text", wrong) for wrong in (True, 1.5, b"bytes", ["a"], {"a": "b"})],
        *[("any", wrong) for wrong in (b"bytes", object(), float("nan"), {1.5: "x"})],
    ],
)
def test_a_value_of_another_kind_is_refused(kind: str, value: object):
    with pytest.raises(WrongShape):
        Shape.parse(kind).fit(value)


def test_the_message_says_where_and_what_sort_of_thing_came_but_not_the_thing():
    row = {"amount": 1, "due": "2026-11-23", "lines": [{"number": "1234", "up": 1}, {"number": "my secret", "up": 1}]}
    with pytest.raises(WrongShape) as told:
        BALANCE.fit(row)
    assert str(told.value) == "lines[1].number should be a phone number, but a text of 9 characters came"
    assert told.value.path == ("lines", 1, "number")
    assert isinstance(told.value, ProviderError)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"due": "2026-11-23"}, "amount should be a number, but nothing came"),
        (["x"], "the answer should be a mapping, but a list of 1 came"),
        ({"amount": 1, "due": "2026-11-23", "lines": {"number": "1234"}}, "lines should be a list, but a mapping came"),
    ],
)
def test_what_is_missing_or_of_another_form_is_told(value: object, told: str):
    with pytest.raises(WrongShape) as wrong:
        BALANCE.fit(value)
    assert str(wrong.value) == told


def test_a_hostile_answer_ends_at_a_depth():
    deep: Any = "x"
    for _ in range(100):
        deep = [deep]
    with pytest.raises(WrongShape, match="levels deep"):
        Shape.parse("any").fit(deep)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("monney", "Did you mean 'money'"),
        ("colour", "there is no kind of value 'colour'. There are text,"),
        ("text?", "stands after the name: {note?: text}"),
        ({}, "at least one name"),
        ([], "a list holds one shape"),
        (["text", "money"], "a list holds one shape"),
        (3, "not a number"),
        (None, "not nothing"),
        ({"a b": "text"}, "cannot be a name"),
        ({"_x": "text"}, "cannot be a name"),
        ({1: "text"}, "cannot be a name"),
        ({"a": "text", "a?": "text"}, "written twice"),
        ({"lines": [{"number": "fone"}]}, "lines[0].number: there is no kind of value 'fone'"),
    ],
)
def test_a_shape_written_wrong_is_told_with_its_place(written: object, told: str):
    with pytest.raises(BadShape) as wrong:
        Shape.parse(written)
    assert told in str(wrong.value)


def test_the_place_of_a_bad_shape_can_be_followed_into_the_file():
    with pytest.raises(BadShape) as wrong:
        Shape.parse({"lines": [{"number?": "fone"}]})
    assert wrong.value.path == ("lines", 0, "number?")


def test_a_shape_inside_itself_is_refused():
    around: dict[str, Any] = {}
    around["inner"] = around
    with pytest.raises(BadShape, match="levels"):
        Shape.parse(around)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text() | st.binary(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_whatever_comes_is_plain_data_or_refused(value: object):
    for shape in (BALANCE, Shape("any"), Shape("text"), Shape("money"), Shape("date"), Shape("phone")):
        try:
            fitted = shape.fit(value)
        except WrongShape:
            continue
        assert json.loads(json.dumps(fitted, allow_nan=False).encode()) == fitted
