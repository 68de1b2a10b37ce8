"""Whatever is wrong in a file becomes faults with a place and a sentence; nothing raises."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.flow.written.nodes import MOST_FAULTS
from ivr.flow.written.parser import Events, fastest, python_events
from ivr.flow.yaml import LARGEST_BYTES, Document, read_text

PARSERS = [pytest.param(fastest, id="fastest"), pytest.param(python_events, id="python")]


def read(text: str | bytes, events: Events = fastest) -> Document:
    return read_text(text if isinstance(text, bytes) else text.encode(), "f", events)


def one_fault(document: Document) -> str:
    assert len(document.faults) == 1
    return str(document.faults[0])


@pytest.mark.parametrize("events", PARSERS)
@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("a:\n\tb: 1", "2:1", "tab"),
        ("\ta: 1", "1:1", "tab"),
        ("a: |\n\tb", "2:1", "tab"),
        ("a: 'x\nb: 1", "1:4", "quote ' that opens here is not closed"),
        ('b: 1\na: "x', "2:4", 'quote " that opens here is not closed'),
        ('a: "x\nb: "y"\n', "1:4", 'quote " that opens here is not closed before line 2'),
        ("- a\n- b: 'x\n- c: 'y'\n", "2:6", "quote ' that opens here is not closed before line 3"),
        ("a: 'it's'", "1:8", "other kind of quotes"),
        ("say hello\nnext: b", "1:1", "no colon after its name"),
        ("steps:\n  a:\n    say hello\n    next: b", "3:5", "no colon after its name"),
        ("a: 1\nb\n", "2:1", "no colon after its name"),
        ("a: b: c", "1:5", "second colon"),
        ("say: Dear caller: welcome", "1:17", "second colon"),
        ("a: 1\n b: 2", "2:2", "belonged to line 1"),
        ("a:\n- b\n c: d", "3:2", "belonged to line 2"),
        ("a:\n  b: 1\n c: 2", "3:2", "does not stand under the lines it belongs to"),
        ("  a: 1\nb: 2", "2:1", "does not stand under the lines it belongs to"),
        ("- a\nb: 1", "2:1", "goes on with - in the same column"),
        ("a: [1,2\nb: 3", "1:4", "[ that opens here is not closed before line 2"),
        ("a: {b: 1\n", "1:4", "{ that opens here is not closed before the file ends"),
        ("a: [b c: d: e]", "1:11", "comma"),
        ("a: @x", "1:4", "cannot begin with '@'"),
        ("a: %x", "1:4", "cannot begin with '%'"),
        ("a: `x", "1:4", "cannot begin with '`'"),
        ("a: ]", "1:4", "cannot begin with ']'"),
        ("a: , b", "1:4", "cannot begin with ','"),
        ("key: - a", "1:6", "list with - cannot start here"),
        ("a: & b", "1:5", "begins with & or *"),
        ("a: >5x\n b", "1:6", "text must start on the next line"),
        ("%YAML 2.0\n---\na: 1", "1:1", "%"),
        (": 1", "1:1", "Nothing is written before this colon"),
        ("[[[[", "1:5", "missing"),
    ],
)  # fmt: skip
def test_a_slip_is_told_in_words_at_the_place_to_look(text: str, place: str, says: str, events: Events) -> None:
    document = read(text, events)
    assert document.data is None
    fault = one_fault(document)
    assert fault.startswith(f"f:{place}: ")
    assert says in fault


@pytest.mark.parametrize("events", PARSERS)
@pytest.mark.parametrize("escape", [r"\q", r"\uZZZZ", r"\UFFFFFFFF", r"\x"])
def test_a_bad_escape_is_told(escape: str, events: Events) -> None:
    document = read(f'a: "{escape}"', events)
    assert document.data is None
    assert one_fault(document)


@pytest.mark.parametrize(
    ("text", "place", "says", "data"),
    [
        ("a: {{ b }}", "1:5", 'needs quotes, for example "{{', {"a": {}}),
        ("? [a]\n: 1", "1:3", "not a list", {}),
        ("a: *x", "1:4", "Nothing above is marked &x", {"a": None}),
        ("a: &x [1, *x]", "1:11", "would never end", {"a": [1, None]}),
        ("a: &x {b: {c: *x}}", "1:15", "would never end", {"a": {"b": {"c": None}}}),
        ("a: !foo b", "1:4", "Tags such as !foo", {"a": "b"}),
        ("a: !!python/object/apply:os.system ['true']", "1:4", "!!python/object", {"a": ["true"]}),
        ("!!python/name:os.system\na: 1", "1:1", "!!python/name", {"a": 1}),
        ("a: !!int '3'", "1:4", "!!int", {"a": "3"}),
        ("a: 1\n---\nb: 2", "2:1", "second document", {"a": 1}),
        ("base: &b {x: 1}\nc:\n  <<: *b\n  y: 2", "3:3", "Merging with <<", {"base": {"x": 1}, "c": {"y": 2}}),
        ("?\n: 1", "1:2", "Nothing is written before this colon", {}),
    ],
)
def test_what_the_rest_can_be_read_after(text: str, place: str, says: str, data: object) -> None:
    document = read(text)
    assert document.data == data
    fault = one_fault(document)
    assert fault.startswith(f"f:{place}: ")
    assert says in fault


def test_a_name_written_twice_is_told_with_both_places_and_the_first_holds() -> None:
    document = read("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert document.data == {"a": 1, "b": {"c": 1}}
    assert [str(fault) for fault in document.faults] == [
        "f:4:3: 'c' is written twice here; the first is at f:3:3. Keep one of them.",
        "f:5:1: 'a' is written twice here; the first is at f:1:1. Keep one of them.",
    ]


def test_a_keypad_key_as_number_and_as_text_is_the_same_name() -> None:
    assert "'1' is written twice" in one_fault(read("keys: {1: a, '1': b}"))


def test_a_fault_in_what_aliases_repeat_is_told_once() -> None:
    assert "twice" in one_fault(read("a: &x {b: 1, b: 2}\nc: [*x, *x]\n"))


def test_faults_before_the_end_of_reading_are_told_too() -> None:
    document = read("a: 1\na: 2\nb: [\nc: 3\n")
    assert [str(fault.where) for fault in document.faults] == ["f:2:1", "f:3:4"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "~", "null", "\ufeff"])
def test_an_empty_file_is_told(text: str) -> None:
    document = read(text)
    assert document.data is None
    assert "This file is empty" in str(document.faults[0])


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("a: Press # to go on", True),
        ("a: 请按 # 键", True),
        ("a: Press 1  # two blanks: a comment", False),
        ("when: age >= 65 # elder", False),
        ("a: 'Press # to go on'", False),
        ("a: Press 1#", False),
    ],
)
def test_text_lost_after_a_hash_is_warned_of(text: str, warned: bool) -> None:
    faults = read(text).faults
    assert [fault.severity for fault in faults] == (["warning"] if warned else [])


def test_text_that_is_not_utf_8_is_told_at_its_line_and_column() -> None:
    document = read("a: 1\n问: caf".encode() + b"\xe9 x")
    assert document.data is None
    assert one_fault(document) == "f:2:7: Byte 0xe9 is not UTF-8. Save the file as UTF-8."


def test_a_file_saved_as_utf_16_is_told() -> None:
    assert "UTF-16" in one_fault(read("a: 1".encode("utf-16")))


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe"])
def test_an_unseen_sign_is_told(sign: str) -> None:
    document = read(f"a: 1\nb: x{sign}y")
    assert document.data is None
    assert one_fault(document).startswith(f"f:2:5: There is an unseen sign here (U+{ord(sign):04X})")


def test_a_file_over_a_megabyte_is_not_read() -> None:
    assert "larger than 1,000,000 bytes" in one_fault(read(b"a" * (LARGEST_BYTES + 1)))
    assert read(b"a" * LARGEST_BYTES).data


@pytest.mark.parametrize("events", PARSERS)
@pytest.mark.parametrize("text", ["[" * 900_000, "- " * 400_000, "? " * 400_000, "[{" * 400_000], ids=repr)
def test_endless_nesting_is_refused(text: str, events: Events) -> None:
    assert "more than 50 deep" in one_fault(read(text, events))


def test_nesting_by_aliases_is_counted_too() -> None:
    lines = ["a0: &a0 [1]"] + [f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 60)]
    assert "more than 50 deep" in one_fault(read("\n".join(lines)))


def test_a_billion_laughs_are_not_laughed() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    document = read("\n".join(lines))
    assert document.data is None
    assert "over 100,000 values" in one_fault(document)


def test_a_thousand_slips_are_not_all_told() -> None:
    document = read("a: 1\n" * 50_000)
    assert len(document.faults) == MOST_FAULTS + 1
    assert "Over 100 faults" in str(document.faults[-1])


PIECES = st.sampled_from(
    [
        *"abx01 \n\t:-?[]{},#&*!|>'\"%@`~<\\",
        *("\n  ", ": ", "- ", "<<: ", "--- ", "*a", "&a ", "!!", "{{ ", "\\x", "\r", "\u2028", "é"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(written=st.lists(PIECES, max_size=40).map(lambda parts: "".join(parts).encode()) | st.binary(max_size=60))
def test_no_bytes_raise_and_nothing_is_lost_silently(written: bytes) -> None:
    for events in (fastest, python_events):
        document = read_text(written, "f", events)
        assert document.data is not None or any(fault.severity == "error" for fault in document.faults)
        lines = re.split(b"\r\n|\r|\n", written)
        for fault in document.faults:
            assert fault.where.line <= len(lines)
            assert fault.where.column <= len(lines[fault.where.line - 1]) + 1
