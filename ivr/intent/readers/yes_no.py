"""`expect: yes_no`. A no taken for a yes is the worst mistake here, so any doubt is neither, and asked again."""

from __future__ import annotations

from datetime import date

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent.assent import doubts, judge, votes
from ivr.intent.ordinals import ordinal
from ivr.intent.readers.registry import NOTHING, reader
from ivr.intent.text import plain, primary

_KEYS = {"1": True, "2": False}


@reader("yes_no")
def read_yes_no(task: Understand, today: date, region: str) -> ValueRead:
    """True for yes. Keys: 1 yes, 2 no. `among` may add phrases under `yes` and `no`."""
    if task.by == "keys":
        return _answer(_KEYS.get(task.text))
    if (place := ordinal(plain(task.text), primary(task.language), 0)) is not None:  # "press or say one"
        return _answer(_KEYS.get(str(place)))
    said = votes(task.text, task.language, task.among.get("yes", ()), task.among.get("no", ()))
    yes = judge(said)
    return ValueRead(None, 0.0, doubts=True) if yes is None and doubts(said) else _answer(yes)


def _answer(yes: bool | None) -> ValueRead:
    return NOTHING if yes is None else ValueRead(yes)
