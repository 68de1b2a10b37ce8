"""Parser events to a tree of nodes: names are text and written once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from ivr.flow.where import Fault, Where
from ivr.flow.written.nodes import (
    DEEPEST,
    MOST_FAULTS,
    MOST_VALUES,
    TOO_DEEP,
    TOO_MANY,
    Items,
    Node,
    Pairs,
    UnreadableError,
    Word,
)
from ivr.flow.written.values import plain_value

TEXT_TAGS = ("!", "tag:yaml.org,2002:str")


class Mark(Protocol):
    """A place as the parser counts it: from 0."""

    line: int
    column: int


@dataclass(slots=True)
class Composer:
    """Walks the events of one file once; faults that leave the rest readable are added to `faults`."""

    events: Iterator[yaml.Event]
    file: str
    text: str
    faults: list[Fault]
    last: yaml.ScalarEvent | None = None
    """The word read last: where a parser stops, it often says what went wrong before."""
    values: int = 0
    anchors: dict[str, Node] = field(default_factory=dict)
    open_anchors: set[str] = field(default_factory=set)

    def document(self) -> Node | None:
        """The file's one document, or None when nothing is written.

        Raises UnreadableError for what no reading can go past, and whatever the parser raises."""
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
        self.values += 1
        if self.values > MOST_VALUES:
            raise UnreadableError(Fault(self.where(event.start_mark), TOO_MANY))
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.word(event)
        if depth > DEEPEST:
            raise UnreadableError(Fault(self.where(event.start_mark), TOO_DEEP))
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
        self.last = event
        if event.tag not in TEXT_TAGS:
            self.no_tag(event)
        plain = event.tag is None and is_plain(event)
        if plain:
            self.lost_text(event)
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
            self.tell(
                Fault(where, f"Nothing above is marked &{event.anchor}", "A text that begins with * needs quotes")
            )
        else:
            self.tell(Fault(where, f"*{event.anchor} stands inside &{event.anchor}, so it would never end"))
        return Word(where, "", None)

    def lost_text(self, event: yaml.ScalarEvent) -> None:
        """Warn of `Press # to go on`, which YAML ends before the #. Comments are told by blanks or small letters."""
        if event.end_mark is None or not self.text.startswith(" #", event.end_mark.index):
            return
        first = event.value[:1]
        if first.isupper() or not first.isascii():
            where = self.where(event.end_mark)
            self.tell(
                Fault(
                    Where(where.file, where.line, where.column + 1), "From this # on the line is a comment",
                    "Put the text in quotes if callers should hear it; else write two blanks before the #", "warning",
                )
            )  # fmt: skip

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
            elif isinstance(event, yaml.ScalarEvent) and is_plain(event) and name.text in ("", "<<"):
                self.no_name(where, name.text)
            elif name.text in found.pairs:
                first = found.pairs[name.text][0]
                self.tell(
                    Fault(where, f"{name.text!r} is written twice here; the first is at {first}", "Keep one of them")
                )
            else:
                found.pairs[name.text] = (where, value)

    def bad_name(self, where: Where, name: Node) -> None:
        if isinstance(name, Pairs):
            self.tell(
                Fault(
                    where, "Here { starts a list of names, not a text",
                    "A text that begins with { needs quotes, for example \"{{ caller.name }}\"",
                )
            )  # fmt: skip
        else:
            self.tell(Fault(where, "What stands before a colon must be one word or a text, not a list"))

    def no_name(self, where: Where, text: str) -> None:
        if text:
            sentence, hint = "Merging with << is not read here: nothing is implied", "Write the lines out in this place"
        else:
            sentence, hint = "Nothing is written before this colon", "Write a name, or delete the line"
        self.tell(Fault(where, sentence, hint))

    def no_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            self.fault(
                event.start_mark, f"Tags such as {shown(event.tag)} are not read here",
                "A text that begins with ! needs quotes",
            )  # fmt: skip

    def fault(self, mark: Mark | None, sentence: str, hint: str = "") -> None:
        self.tell(Fault(self.where(mark), sentence, hint))

    def tell(self, fault: Fault) -> None:
        """Keep the fault; one slip in a large file can cause thousands, and nobody reads those."""
        if len(self.faults) >= MOST_FAULTS:
            raise UnreadableError(Fault(fault.where, f"Over {MOST_FAULTS} faults up to here", "Mend the first ones"))
        self.faults.append(fault)

    def where(self, mark: Mark | None) -> Where:
        """The place; the library types a mark as optional though both parsers always give one."""
        return Where(self.file, mark.line + 1, mark.column + 1) if mark else Where(self.file)


def is_plain(event: yaml.ScalarEvent) -> bool:
    """Written without quotes and not as a block of text."""
    return bool(event.implicit[0])


def shown(tag: str) -> str:
    """A tag as a person writes it, cut to a length that fits a line."""
    short = tag.replace("tag:yaml.org,2002:", "!!", 1)
    return short if len(short) <= 40 else f"{short[:40]}…"
