"""How a reader is made known: `@reader("digits")` on its function, one expectation a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.errors import IvrError
from ivr.intent.assent import puzzled, votes

Reader = Callable[[Understand, date, str], ValueRead]
"""The task, today where the hotline is, and its region (`US`; empty for unknown)."""
READERS: dict[str, Reader] = {}
NOTHING = ValueRead(None, 0.0)
"""The answer fits nothing: ask again."""


class DuplicateReader(IvrError):
    """Two functions want to read the same expectation."""


class UnknownExpectation(IvrError):
    """Nobody reads this `expect:`; the flow's check lets none through."""


def reader(expect: str) -> Callable[[Reader], Reader]:
    """Make a function the reader of `expect:` in flow files."""

    def register(function: Reader) -> Reader:
        if expect in READERS:
            homes = f"{READERS[expect].__module__} and {function.__module__}"
            raise DuplicateReader(f"answers of {expect!r} are read in both {homes}")
        READERS[expect] = function
        return function

    return register


def read(task: Understand, *, today: date, region: str) -> ValueRead:
    """What the caller's answer means; the value is None where it fits nothing. Raises UnknownExpectation.

    `today` is the date where the hotline is, `region` its country (`US`), for dates by keys and national phone numbers.
    """
    if task.expect not in READERS:
        raise UnknownExpectation(f"nobody reads {task.expect!r}; known are {', '.join(sorted(READERS))}")
    found = READERS[task.expect](task, today, region.upper())
    if found.value is None and task.by == "speech" and task.expect != "yes_no":
        return ValueRead(None, found.confidence, doubts=puzzled(votes(task.text, task.language)))
    return found
