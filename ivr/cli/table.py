"""Tables as plain lines: columns wide enough for what is in them, nothing cut, fit for a pipe as for a terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

from ivr.store.records.show import one_line, padded, width

GAP = "  "
LEAST_LAST = 12
"""Columns of the last cell below which wrapping helps nobody."""


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], columns: int | None = None) -> str:
    """`columns` wraps the last cell of each row to that width; where not even the others fit, each row becomes a block
    of lines, one for each cell that holds something. None leaves each row on one line."""
    lines = [tuple(headings), *(tuple(one_line(cell) for cell in row) for row in rows)]
    widths = [max(width(line[n]) for line in lines) for n in range(len(headings) - 1)]
    indent = sum(widths) + len(GAP) * len(widths)
    last = max(width(line[-1]) for line in lines)
    if columns is not None and columns - indent < min(last, LEAST_LAST):
        return "\n\n".join(_block(lines[0], line, columns) for line in lines[1:])
    room = None if columns is None else columns - indent
    return "\n".join(text for line in lines for text in _lines(line, widths, indent, room))


def _block(headings: Sequence[str], line: Sequence[str], columns: int) -> str:
    """The first cell, and below it the others by their headings."""
    parts = [line[0]]
    for heading, cell in zip(headings[1:], line[1:], strict=True):
        if cell:
            parts += textwrap.wrap(f"  {heading}: {cell}", max(columns, LEAST_LAST), subsequent_indent="    ")
    return "\n".join(parts)


def terminal_columns() -> int | None:
    """None where the output is no terminal: then whoever reads on wants whole lines."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _lines(line: Sequence[str], widths: Sequence[int], indent: int, room: int | None) -> list[str]:
    *cells, last = line
    head = "".join(padded(cell, to) + GAP for cell, to in zip(cells, widths, strict=True))
    parts = [last] if room is None or width(last) <= room else textwrap.wrap(last, room) or [last]
    return [(head + parts[0]).rstrip(), *(" " * indent + part for part in parts[1:])]
