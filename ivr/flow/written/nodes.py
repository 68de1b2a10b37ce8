"""A file as a tree: every word, list and mapping knows its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from ivr.flow.where import Fault, Where
from ivr.flow.written.values import Plain

DEEPEST = 50
"""Lists and mappings inside each other; more is a mistake or an attack."""

MOST_VALUES = 100_000
"""Values in a file, also once its aliases are written out: a small file of aliases must not fill the memory."""
MOST_FAULTS = 100

TOO_DEEP = f"Lists and blocks are more than {DEEPEST} deep inside each other"
TOO_MANY = f"This file has over {MOST_VALUES:,} values, counting those that aliases stand for"


@dataclass(slots=True)
class Word:
    """One scalar: `text` as it was written, `value` what it means."""

    where: Where
    text: str
    value: Plain


@dataclass(slots=True)
class Items:
    """A list."""

    where: Where
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Pairs:
    """A mapping: each name with its own place and its value."""

    where: Where
    pairs: dict[str, tuple[Where, Node]] = field(default_factory=dict)


Node = Word | Items | Pairs


class UnreadableError(Exception):
    """The rest of the file cannot be read; carries the fault that says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault
