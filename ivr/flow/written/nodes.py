"""Parser events to a tree of nodes: names are text, written once, and every node knows its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from ivr.flow.where import Fault, Where
from ivr.flow.written.values import Plain, plain_value

DEEPEST = 50
"""Lists and mappings inside each other; more is a mistake or an attack."""

TEXT_TAGS = ("!", "tag:yaml.org,2002:str")


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


class Mark(Protocol):
    """A place as the parser counts it: from 0."""

    line: int
    column: int


class UnreadableError(Exception):
    """The rest of the file cannot be read; carries the fault that says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def compose(events: Iterator[yaml.Event], file: str, faults: list[Fault]) -> Node | None:
    """The file's one document, or None when nothing is written; faults that leave the rest readable are added.

    Raises UnreadableError for what no reading can go past, and whatever the parser raises."""
    return Composer(events, file, faults).document()


@dataclass(slots=True)
class Composer:
    """Walks the events of one file once."""

    events: Iterator[yaml.Event]
    file: str
    faults: list[Fault]
    anchors: dict[str, Node] = field(default_factory=dict)
    open_anchors: set[str] = field(default_factory=set)

    def document(self) -> Node | None:
        first: Node | None = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.fault(
                        event.start_mark, "A second document starts here; one file holds one",
                        "Delete this line, or move what follows into a file of its own",
                    )  # fmt: skip
                    break
            elif isinstance(event, yaml.NodeEvent):
                first = self.node(event, 1)
        return first

    def node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.word(event)
        if depth > DEEPEST:
            raise UnreadableError(
                Fault(self.where(event.start_mark), f"Lists and blocks are more than {DEEPEST} deep inside each other")
            )
        if not isinstance(event, yaml.CollectionStartEvent):
            raise UnreadableError(Fault(self.where(event.start_mark), "The file ends in the middle of something"))
        self.no_tag(event)
        found: Items | Pairs
        found = (Items if isinstance(event, yaml.SequenceStartEvent) else Pairs)(self.where(event.start_mark))
        if event.anchor is not None:
            self.anchors[event.anchor] = found
            self.open_anchors.add(event.anchor)
        if isinstance(found, Items):
            self.fill_items(found, depth)
        else:
            self.fill_pairs(found, depth)
        self.open_anchors.discard(event.anchor)
        return found

    def word(self, event: yaml.ScalarEvent) -> Word:
        tagged = event.tag is not None
        if tagged and event.tag not in TEXT_TAGS:
            self.no_tag(event)
        plain = not tagged and bool(event.implicit[0])
        word = Word(self.where(event.start_mark), event.value, plain_value(event.value) if plain else event.value)
        if event.anchor is not None:
            self.anchors[event.anchor] = word
        return word

    def alias(self, event: yaml.AliasEvent) -> Node:
        where = self.where(event.start_mark)
        target = self.anchors.get(event.anchor or "")
        if target is not None and event.anchor not in self.open_anchors:
            return target
        if target is None:
            self.faults.append(
                Fault(where, f"Nothing above is marked &{event.anchor}", "A text that begins with * needs quotes")
            )
        else:
            self.faults.append(Fault(where, f"*{event.anchor} stands inside &{event.anchor}, so it would never end"))
        return Word(where, "", None)

    def fill_items(self, found: Items, depth: int) -> None:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            found.items.append(self.node(event, depth + 1))

    def fill_pairs(self, found: Pairs, depth: int) -> None:
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            name = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            where = self.where(event.start_mark)
            if not isinstance(name, Word):
                self.bad_name(where, name)
            elif isinstance(event, yaml.ScalarEvent) and event.implicit[0] and name.text in ("", "<<"):
                self.no_name(where, name.text)
            elif name.text in found.pairs:
                first = found.pairs[name.text][0]
                self.faults.append(
                    Fault(where, f"{name.text!r} is written twice here; the first is at {first}", "Keep one of them")
                )
            else:
                found.pairs[name.text] = (where, value)

    def bad_name(self, where: Where, name: Node) -> None:
        if isinstance(name, Pairs):
            self.faults.append(
                Fault(
                    where, "Here { starts a list of names, not a text",
                    "A text that begins with { needs quotes, for example \"{{ caller.name }}\"",
                )
            )  # fmt: skip
        else:
            self.faults.append(Fault(where, "What stands before a colon must be one word or a text, not a list"))

    def no_name(self, where: Where, text: str) -> None:
        if text:
            sentence, hint = "Merging with << is not read here: nothing is implied", "Write the lines out in this place"
        else:
            sentence, hint = "Nothing is written before this colon", "Write a name, or delete the line"
        self.faults.append(Fault(where, sentence, hint))

    def no_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self.fault(
                event.start_mark, f"Tags such as {shown(event.tag)} are not read here",
                "A text that begins with ! needs quotes",
            )  # fmt: skip

    def fault(self, mark: Mark | None, sentence: str, hint: str = "") -> None:
        self.faults.append(Fault(self.where(mark), sentence, hint))

    def where(self, mark: Mark | None) -> Where:
        """The place; the library types a mark as optional though both parsers always give one."""
        return Where(self.file, mark.line + 1, mark.column + 1) if mark else Where(self.file)


def shown(tag: str) -> str:
    """A tag as a person writes it, cut to a length that fits a line."""
    short = tag.replace("tag:yaml.org,2002:", "!!", 1)
    return short if len(short) <= 40 else f"{short[:40]}…"
