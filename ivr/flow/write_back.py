"""Writing into a words file what a command has found out: only the lines that it is about, all others stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ivr.errors import FlowError
from ivr.flow.yaml import decoded, read_text

NEEDS_NO_QUOTES = re.compile(r"[A-Za-z][\w./-]*")


@dataclass(frozen=True, slots=True)
class Recording:
    """Of the words of one key."""

    text: str
    """What is said in it; written down where the key comes from the house's own words."""
    path: str
    """Below `audio/`."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What stands from `start` to `end` becomes `new`."""

    start: int
    end: int
    new: str


def with_recordings(written: bytes, file: str, recordings: Mapping[str, Recording]) -> bytes:
    """The words file with `audio:` at each of those keys.

    FlowError where the file cannot be read, or is written in a way in which that would give it another meaning.
    """
    before = _meaning(written, file)
    text = decoded(written, file)
    top = yaml.compose(text, Loader=yaml.SafeLoader)
    line_end = "\r\n" if "\r\n" in text else "\n"
    edits = sorted(edit for key, recording in recordings.items() for edit in _edits(text, top, key, recording))
    added = "".join(_entry(key, recording) for key, recording in recordings.items() if key not in before)
    for edit in reversed(edits):
        text = text[: edit.start] + edit.new.replace("\n", line_end) + text[edit.end :]
    text += (line_end if added and not text.endswith("\n") else "") + added.replace("\n", line_end)
    result = text.encode()
    if _meaning(result, file) != _expected(before, recordings):
        by_hand = "; ".join(f"{key}: audio: {recording.path}" for key, recording in recordings.items())
        raise FlowError(f"{file} is written in a way that is left alone. Write into it by hand: {by_hand}")
    return result


def _edits(text: str, top: Any, key: str, recording: Recording) -> Iterator[Edit]:
    for name, value in top.value if isinstance(top, yaml.MappingNode) and not top.flow_style else ():
        if name.value != key or value.start_mark.index < name.end_mark.index:  # of an alias, elsewhere
            continue
        if isinstance(value, yaml.MappingNode):
            yield from _into_entry(text, value, recording)
        elif isinstance(value, yaml.ScalarNode):
            yield from _to_entry(text, name, value, recording)


def _to_entry(text: str, name: Any, value: Any, recording: Recording) -> Iterator[Edit]:
    """`key: text` becomes an entry of two lines."""
    start, end = value.start_mark.index, _end(text, value)
    indent = " " * (name.start_mark.column + 2)
    yield Edit(name.end_mark.index, start, f":\n{indent}say: ")
    yield from (
        Edit(start + one.end(), start + one.end(), "  ") for one in re.finditer(r"\n(?=[^\r\n])", text[start:end])
    )
    yield _line_after(text, end, f"{indent}audio: {_scalar(recording.path)}")


def _into_entry(text: str, entry: Any, recording: Recording) -> Iterator[Edit]:
    parts = {name.value: (name, value) for name, value in entry.value}
    if "audio" in parts:
        old = parts["audio"][1]
        yield Edit(old.start_mark.index, _end(text, old), _scalar(recording.path))
    elif "say" in parts:
        name, said = parts["say"]
        end = _end(text, said)
        if entry.flow_style:
            yield Edit(end, end, f", audio: {_scalar(recording.path)}")
        else:
            yield _line_after(text, end, f"{' ' * name.start_mark.column}audio: {_scalar(recording.path)}")


def _line_after(text: str, at: int, line: str) -> Edit:
    """After the whole line in which `at` is: a comment at its end stays with it."""
    end = re.compile(r"\r?\n|\Z").search(text, at)
    assert end is not None
    return Edit(end.start(), end.start(), f"\n{line}")


def _end(text: str, node: Any) -> int:
    """Where the last sign of a value stands; a block's own mark lies behind the empty lines that follow it."""
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip())


def _entry(key: str, recording: Recording) -> str:
    said = json.dumps(recording.text, ensure_ascii=False)
    return f"{_scalar(key)}:\n  say: {said}\n  audio: {_scalar(recording.path)}\n"


def _scalar(text: str) -> str:
    return text if NEEDS_NO_QUOTES.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _expected(words: Mapping[str, Any], recordings: Mapping[str, Recording]) -> dict[str, Any]:
    found = dict(words)
    for key, recording in recordings.items():
        entry = found.get(key, recording.text)
        found[key] = {**(entry if isinstance(entry, dict) else {"say": entry}), "audio": recording.path}
    return found


def _meaning(written: bytes, file: str) -> dict[str, Any]:
    document = read_text(written, file)
    if not isinstance(document.data, dict):
        raise FlowError(str(document.faults[0]) if document.faults else f"{file} holds no words")
    return document.data
