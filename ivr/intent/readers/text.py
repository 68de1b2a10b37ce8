"""`expect: text`: the words themselves."""

from __future__ import annotations

from datetime import date

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent.readers.registry import NOTHING, reader
from ivr.intent.text import MAX_CHARACTERS


@reader("text")
def read_text(task: Understand, today: date, region: str) -> ValueRead:
    """What was said or pressed, as it came, without the edges and what is beyond a minute of speech."""
    words = " ".join(task.text[:MAX_CHARACTERS].split())
    return ValueRead(words) if words else NOTHING
