"""PyYAML's event parsers. The C one is ten times faster; a few platforms only have the one in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

Events = Callable[[str], Iterator[yaml.Event]]
"""Text in, events out one by one; raises yaml.YAMLError, or ValueError for an absurd escape or version number."""


class Parsing(Protocol):
    """What both parsers offer of the library's event interface."""

    def check_event(self) -> bool: ...
    def get_event(self) -> yaml.Event | None: ...


def every(parser: Parsing) -> Iterator[yaml.Event]:
    """The events one by one, as far as they are asked for."""
    while parser.check_event():
        if event := parser.get_event():
            yield event


class PythonParser(Reader, Scanner, Parser):
    """The parser of the YAML library that needs no C."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def python_events(text: str) -> Iterator[yaml.Event]:
    """Events from the parser in Python."""
    return every(PythonParser(text))


def c_events(text: str) -> Iterator[yaml.Event]:
    """Events from the parser in C; only where the library was built with it."""
    return every(yaml.CBaseLoader(text))


fastest: Events = c_events if yaml.__with_libyaml__ else python_events
