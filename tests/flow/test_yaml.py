"""What our YAML means and where each value stands."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.flow.where import Fault, Where, close
from ivr.flow.written.parser import Events, fastest, python_events
from ivr.flow.yaml import Document, read_file, read_text

PARSERS = [pytest.param(fastest, id="fastest"), pytest.param(python_events, id="python")]

STEP = """\
flow: main
steps:
  need:
    ask: how_can_i_help
    keys: {1: balance, 0: person}
    on:
      balance: look_up
      nothing: person
"""


def read(text: str, events: Events = fastest) -> Document:
    return read_text(text.encode(), "main.yaml", events)


@pytest.mark.parametrize("events", PARSERS)
def test_a_step_is_plain_data(events: Events) -> None:
    document = read(STEP, events)
    assert not document.faults
    assert document.data == {
        "flow": "main",
        "steps": {
            "need": {
                "ask": "how_can_i_help",
                "keys": {"1": "balance", "0": "person"},
                "on": {"balance": "look_up", "nothing": "person"},
            }
        },
    }


@pytest.mark.parametrize("events", PARSERS)
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("on", "on"), ("yes", "yes"), ("no", "no"), ("off", "off"), ("y", "y"), ("No", "No"),
        ("12:30", "12:30"), ("1:30:00", "1:30:00"), ("2024-01-31", "2024-01-31"),
        ("+12025550100", "+12025550100"), ("+1", "+1"), ("007", "007"), ("00", "00"), ("-01", "-01"), ("01.5", "01.5"),
        ("1_000", "1_000"), ("0x1F", "0x1F"), ("0o17", "0o17"), (".5", ".5"), ("5.", "5."), (".inf", ".inf"),
        ("1e999", "1e999"),
        ("=", "="), ("１２", "１２"),
        ("true", True), ("false", False), ("True", True), ("null", None), ("~", None), ("", None),
        ("0", 0), ("-7", -7), ("42", 42), ("999999999999999", 999999999999999),
        ("4111111111111111", "4111111111111111"),
        ("1.5", 1.5), ("-0.25", -0.25), ("1e3", 1000.0), ("2.5E-1", 0.25),
        ("'12'", "12"), ('"true"', "true"), ("!!str 12", "12"), ("! 12", "12"),
        ("|\n  1\n  2", "1\n2"), (">\n  a\n  b", "a b"),
        ("请按一", "请按一"),
    ],
)  # fmt: skip
def test_a_written_word_means(written: str, value: object, events: Events) -> None:
    document = read(f"a: {written}", events)
    assert not document.faults
    found = document.data["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("name", ["1", "on", "true", "null", "~", "1.0", "0x1", "12:30", "+1", "007"])
def test_names_are_text(name: str) -> None:
    assert read(f"{name}: x").data == {name: "x"}


def test_every_value_and_name_has_its_place() -> None:
    document = read(STEP)
    assert str(document.where(("flow",))) == "main.yaml:1:7"
    assert str(document.where(("steps", "need", "keys", "0"))) == "main.yaml:5:27"
    assert str(document.where_key(("steps", "need", "keys", "0"))) == "main.yaml:5:24"
    assert str(document.where_key(("steps", "need", "on"))) == "main.yaml:6:5"
    assert str(document.where(())) == "main.yaml:1:1"


def test_list_items_have_places_and_no_names() -> None:
    document = read("numbers:\n  - one\n  - [two, three]\n")
    assert str(document.where(("numbers", 1, 1))) == "main.yaml:3:11"
    assert str(document.where_key(("numbers", 1, 1))) == "main.yaml:3:11"
    assert ("numbers", 0) not in document.key_marks


def test_a_path_that_is_not_written_has_the_place_of_the_nearest_that_is() -> None:
    document = read(STEP)
    assert str(document.where(("steps", "need", "on", "yes", 3))) == "main.yaml:7:7"
    assert str(document.where_key(("steps", "need", "on", "yes"))) == "main.yaml:6:5"
    assert str(document.where(("nowhere",))) == "main.yaml:1:1"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_columns_count_characters_and_every_editors_line_ends(line_end: str) -> None:
    document = read(line_end.join(["\ufeff问: {好: 您好, 🙂: 再见}", "next: b"]))
    assert str(document.where(("问", "🙂"))) == "main.yaml:1:15"
    assert str(document.where(("next",))) == "main.yaml:2:7"


def test_an_alias_is_the_value_again_placed_where_it_is_used() -> None:
    document = read("a: &x {b: 1}\nc: *x\n")
    assert document.data == {"a": {"b": 1}, "c": {"b": 1}}
    assert str(document.where_key(("c",))) == "main.yaml:2:1"
    assert str(document.where(("c", "b"))) == "main.yaml:1:11"


def test_an_alias_can_be_a_name() -> None:
    assert read("- &x one\n- *x : 1\n").data == ["one", {"one": 1}]


def test_a_file_is_read_under_the_name_shown(tmp_path: Path) -> None:
    (tmp_path / "main.yaml").write_bytes(b"a: 1\na: 2\n")
    document = read_file(tmp_path / "main.yaml", "telecom/main.yaml")
    assert str(document.faults[0].where) == "telecom/main.yaml:2:1"


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "none.yaml", "none.yaml")


def test_a_thousand_steps_load_at_once() -> None:
    steps = "".join(
        f"  step_{i}:\n    ask: help\n    on:\n      a: step_{i + 1}\n      b: step_0\n    tries: 3\n\n"
        for i in range(1000)
    )

    def cpu_s() -> float:
        started = time.process_time()
        assert len(read("steps:\n" + steps).data["steps"]) == 1000
        return time.process_time() - started

    assert any(cpu_s() < 0.5 for _ in range(5))  # on some machines a process pays for what others stole from it


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"), max_size=20
)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)


@given(data=st.dictionaries(WORDS, DATA, min_size=1, max_size=5))
def test_json_is_read_as_itself(data: dict[str, object]) -> None:
    document = read(json.dumps(data, ensure_ascii=False))
    assert document.data == data
    assert not document.faults


def test_a_fault_reads_as_one_line() -> None:
    fault = Fault(Where("main.yaml", 3, 5), "No step is called 'balence'", close("balence", ["balance", "person"]))
    assert str(fault) == "main.yaml:3:5: No step is called 'balence'. Did you mean 'balance'?"
    assert str(Fault(Where("a.yaml"), "Odd.", severity="warning")) == "a.yaml:1:1: warning: Odd."


@pytest.mark.parametrize(
    ("name", "hint"), [("Balance", "Did you mean 'balance'?"), ("xyz", ""), ("", ""), ("balance" * 1000, "")]
)
def test_a_near_name_is_offered(name: str, hint: str) -> None:
    assert close(name, ["balance", "person"]) == hint


def test_faults_sort_as_a_file_is_read() -> None:
    places = [Where("a", 10, 1), Where("a", 2, 9), Where("a", 2, 1)]
    assert [f.where for f in sorted(Fault(w, "x") for w in places)] == sorted(places)
