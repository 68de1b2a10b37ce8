"""Places in written files, and what is wrong there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

LONGEST_NAME = 80  # comparing two texts costs the product of their lengths; nobody mistypes a name this long


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a written file; line and column count from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing a designer should mend, for one line of `ivr check`. Faults sort by file, line and column."""

    where: Where
    sentence: str
    """What is wrong, in words that need no programmer."""
    hint: str = ""
    """A further sentence: what would be right."""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        """`file:line:column: sentence. Did you mean …?`; a warning says so before its sentence."""
        mark = "warning: " if self.severity == "warning" else ""
        said = " ".join(ended(part) for part in (self.sentence, self.hint) if part)
        return f"{self.where}: {mark}{said}"


def ended(sentence: str) -> str:
    """The sentence with its full stop."""
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def close(name: str, known: Iterable[str]) -> str:
    """`Did you mean 'balance'?` when one of the known names looks like `name`, else an empty text."""
    like = nearest(name, known)
    return f"Did you mean {like!r}?" if like is not None else ""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that looks most like `name`, if any does."""
    if len(name) > LONGEST_NAME:
        return None
    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(one.casefold(), one)
    like = difflib.get_close_matches(name.casefold(), folded, n=1)
    return folded[like[0]] if like else None
