"""Templates are the designer's, and still can do nothing but make words (bad input: escapes, bombs)."""

from typing import Any

import pytest
from jinja2 import TemplateSyntaxError

from ivr.flow.expressions import Condition, Text, Unreadable, Value
from ivr.flow.sandbox import plain

VALUES: dict[str, Any] = {"caller": {"name": "Ann", "age": None, "items": 3}, "rows": [1, 2], "word": "hello"}


def said(source: str) -> str:
    return Text(source, plain()).render(VALUES)


def test_names_and_fields_are_said() -> None:
    assert said("Hello {{ caller.name }}.") == "Hello Ann."


def test_a_field_may_be_called_like_a_method() -> None:
    assert said("{{ caller.items }} left") == "3 left"


def test_what_is_not_known_is_not_said() -> None:
    assert said("You are {{ caller.age }}.") == "You are ."


def test_what_a_caller_said_is_never_a_template() -> None:
    assert Text("{{ word }}", plain()).render({"word": "{{ caller.name }}"}) == "{{ caller.name }}"


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ word.__class__.__mro__ }}",
        "{{ caller['__class__'] }}",
        "{{ word.upper() }}",
        "{{ rows.append(1) }}",
        "{{ nobody }}",
        "{{ caller.nothing }}",
        "{{ 'a' * 100000000 }}",
        "{{ rows * 100000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 10 ** 10 * 10 ** 10 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ range(1000000000) }}",
        "{{ lipsum() }}",
        "{{ self._TemplateReference__context }}",
    ],
)
def test_no_template_gets_out_of_its_sandbox(source: str) -> None:
    with pytest.raises((Unreadable, TemplateSyntaxError)):
        Value(source).of(VALUES)


def test_a_text_that_grows_without_end_is_refused() -> None:
    with pytest.raises(Unreadable, match="characters"):
        Text("{% for a in many %}{% for b in many %}" + "x" * 50 + "{% endfor %}{% endfor %}", plain()).render(
            {"many": list(range(100))}
        )


def test_a_condition_is_one_expression_and_no_statement() -> None:
    with pytest.raises(TemplateSyntaxError):
        Condition("true) }}{% for x in rows %}{{ (x")
