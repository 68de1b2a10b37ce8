"""A words file that a command has written into is still the designer's own."""

import pytest

from ivr.errors import FlowError
from ivr.flow.write_back import Recording, with_recordings

BEFORE = """\
# What callers hear.
hello: "Hi."  # short, please

# The main question.
need:
  say: >-
    How can I help you?
    Or press 1.
  nothing:
    - 'I did not hear you.'   # first time
    - "Press 1."
  choices: {on: [on, yes], off: [no]}
long: >-
  One line
  and another.

bye: {say: Goodbye, sms: "Bye"}   # in one line
old:
  say: Once more.
  audio: old.wav
"""

AFTER = """\
# What callers hear.
hello:
  say: "Hi."  # short, please
  audio: en/hello.wav

# The main question.
need:
  say: >-
    How can I help you?
    Or press 1.
  audio: en/need.wav
  nothing:
    - 'I did not hear you.'   # first time
    - "Press 1."
  choices: {on: [on, yes], off: [no]}
long:
  say: >-
    One line
    and another.
  audio: en/long.wav

bye: {say: Goodbye, audio: en/bye.wav, sms: "Bye"}   # in one line
old:
  say: Once more.
  audio: en/old.wav
apology:
  say: "I am sorry."
  audio: en/apology.wav
"""


def recorded(*keys):
    return {key: Recording("I am sorry.", f"en/{key}.wav") for key in keys}


def test_recordings_are_written_and_all_else_stays() -> None:
    written = with_recordings(BEFORE.encode(), "en.yaml", recorded("hello", "need", "long", "bye", "old", "apology"))
    assert written.decode() == AFTER


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("hello: x", "hello:\n  say: x\n  audio: a.wav"),
        ("a: 1\r\nhello: x\r\nneed: y\r\n", "a: 1\r\nhello:\r\n  say: x\r\n  audio: a.wav\r\nneed: y\r\n"),
        (
            "hello: 'it''s 08:00,\n  1_000 and off'\n",
            "hello:\n  say: 'it''s 08:00,\n    1_000 and off'\n  audio: a.wav\n",
        ),
        (
            "hello: |2\n    x\n\n   y\n\n\nneed: y\n",
            "hello:\n  say: |2\n      x\n\n     y\n  audio: a.wav\n\n\nneed: y\n",
        ),
        ("hello: &n Hi\nother: *n\n", "hello:\n  say: &n Hi\n  audio: a.wav\nother: *n\n"),
        ("hello:\n    sms: y\n    say: x\n", "hello:\n    sms: y\n    say: x\n    audio: a.wav\n"),
        ("hello:\n  audio: 'b.wav'   # old\n  say: x\n", "hello:\n  audio: a.wav   # old\n  say: x\n"),
        ('hello: {"say": "x"}\n', 'hello: {"say": "x", audio: a.wav}\n'),
        ("other: x", 'other: x\nhello:\n  say: "It is \\"so\\"."\n  audio: a.wav\n'),
    ],
)
def test_only_the_lines_of_the_key_change(before: str, after: str) -> None:
    recording = {"hello": Recording('It is "so".', "a.wav")}
    assert with_recordings(before.encode(), "en.yaml", recording).decode() == after


def test_a_path_that_needs_quotes_gets_them() -> None:
    written = with_recordings(b"hello: x\n", "en.yaml", {"hello": Recording("", "0 hello: it.wav")})
    assert written == b'hello:\n  say: x\n  audio: "0 hello: it.wav"\n'


@pytest.mark.parametrize("written", [b"{hello: x}", b"need: &n Hi\nhello: *n\n", b"hello: [a]\n"])
def test_what_cannot_be_written_into_is_left_alone(written: bytes) -> None:
    with pytest.raises(FlowError, match=r"Write into it by hand: hello: audio: en/hello\.wav"):
        with_recordings(written, "en.yaml", recorded("hello"))


@pytest.mark.parametrize(
    ("written", "told"),
    [(b"", "This file is empty"), (b"a: [", r"en\.yaml:1"), (b"- a", "holds no words"), (b"\xff", "not UTF-8")],
)
def test_a_file_that_cannot_be_read_is_told(written: bytes, told: str) -> None:
    with pytest.raises(FlowError, match=told):
        with_recordings(written, "en.yaml", recorded("hello"))
