"""The reader of our YAML files: bytes in, plain data with the place of every value out.

YAML 1.2 core in our narrower form (written/values.py): names are always text, numbers are what JSON calls numbers,
and `on`, `yes`, `no`, `off` are words. Bad input never raises: whatever is wrong becomes a Fault with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ivr.flow.where import Fault, Where
from ivr.flow.written.compose import Composer
from ivr.flow.written.nodes import DEEPEST, MOST_VALUES, TOO_DEEP, TOO_MANY, Items, Node, Pairs, UnreadableError, Word
from ivr.flow.written.parser import Events, fastest
from ivr.flow.written.sentences import syntax_fault

Data = str | int | float | bool | list["Data"] | dict[str, "Data"] | None
"""What a file can hold."""
Trail = tuple[str | int, ...]
"""Names and list positions from the top of the file down to a value; () is the whole file."""

LARGEST_BYTES = 1_000_000

UTF16 = (b"\xff\xfe", b"\xfe\xff")
UNSEEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Signs that are no text, and the line ends that only some editors count."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was read. `data` is None only when an error among the faults says why."""

    file: str
    data: Any
    """dict (names are str), list, str, int, float, bool or None; shared by aliases, so not to be changed."""
    marks: dict[Trail, Where] = field(default_factory=dict)
    """Where each value begins."""
    key_marks: dict[Trail, Where] = field(default_factory=dict)
    """Where the name of each value stands; list items have none."""
    faults: tuple[Fault, ...] = ()

    def where(self, path: Trail = ()) -> Where:
        """The place of the value, or of the nearest one around it that is written."""
        for end in range(len(path), -1, -1):
            if found := self.marks.get(path[:end]):
                return found
        return Where(self.file)

    def where_key(self, path: Trail = ()) -> Where:
        """The place of the value's name; of the value where it has no name, or of the nearest one around it."""
        for end in range(len(path), -1, -1):
            if found := self.key_marks.get(path[:end]) or self.marks.get(path[:end]):
                return found
        return Where(self.file)


def read_file(path: Path, shown_as: str) -> Document:
    """Read a file; `shown_as` is its name in messages. Raises OSError when it cannot be opened."""
    with path.open("rb") as file:
        return read_text(file.read(LARGEST_BYTES + 1), shown_as)


def read_text(written: bytes, file: str, events: Events = fastest) -> Document:
    """Read one YAML document; never raises, whatever the bytes."""
    faults: list[Fault] = []
    try:
        text = decoded(written, file)
        top = read_nodes(text, file, faults, events)
        if top is None or (isinstance(top, Word) and top.value is None):
            raise UnreadableError(Fault(Where(file), "This file is empty", "Write something into it, or delete it"))
        marks: dict[Trail, Where] = {}
        key_marks: dict[Trail, Where] = {}
        data = Expander(marks, key_marks).value(top, top.where, ())
    except UnreadableError as error:
        return Document(file, None, {(): Where(file)}, faults=tuple(sorted([*faults, error.fault])))
    return Document(file, data, marks, key_marks, tuple(sorted(faults)))


def decoded(written: bytes, file: str) -> str:
    """The text, without its byte order mark."""
    if len(written) > LARGEST_BYTES:
        raise UnreadableError(
            Fault(Where(file), f"This file is larger than {LARGEST_BYTES:,} bytes", "Split it into several files")
        )
    if written.startswith(UTF16):
        raise UnreadableError(Fault(Where(file), "This file is saved as UTF-16", "Save it as UTF-8"))
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = error.object[: error.start].decode("utf-8", "ignore")
        raise UnreadableError(
            Fault(end_of(good, file), f"Byte 0x{error.object[error.start]:02x} is not UTF-8", "Save the file as UTF-8")
        ) from None
    if odd := UNSEEN.search(text):
        raise UnreadableError(
            Fault(
                end_of(text[: odd.start()], file), f"There is an unseen sign here (U+{ord(odd[0]):04X})",
                "It often comes with pasted text: delete it and type the place again",
            )
        )  # fmt: skip
    return text


def end_of(text: str, file: str) -> Where:
    """The place right after `text`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Where(file, len(lines), len(lines[-1]) + 1)


def read_nodes(text: str, file: str, faults: list[Fault], events: Events) -> Node | None:
    """The tree as written. ValueError: the parser in Python raises it bare for escapes and versions out of range."""
    composer = Composer(events(text), file, text, faults)
    try:
        return composer.document()
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise UnreadableError(syntax_fault(error, file, text, composer.last)) from None


@dataclass(slots=True)
class Expander:
    """Nodes to plain data, with aliases written out for the marks."""

    marks: dict[Trail, Where]
    key_marks: dict[Trail, Where]

    def value(self, node: Node, where: Where, path: Trail) -> Data:
        if len(self.marks) >= MOST_VALUES:
            raise UnreadableError(Fault(where, TOO_MANY))
        if len(path) > DEEPEST:
            raise UnreadableError(Fault(where, TOO_DEEP))
        self.marks[path] = where
        if isinstance(node, Word):
            return node.value
        if isinstance(node, Items):
            return [self.value(item, item.where, (*path, at)) for at, item in enumerate(node.items)]
        return self.mapping(node, path)

    def mapping(self, node: Pairs, path: Trail) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for name, (where, value) in node.pairs.items():
            inner = (*path, name)
            self.key_marks[inner] = where
            found[name] = self.value(value, value.where, inner)
        return found
