"""The sample hotline for tests of the engine alone, with a world that answers as its company would."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from engine_player import KIT, Player

from ivr.call.events import Event, LookupDone, LookupEmpty, MeaningFound, PeopleSeen, Placed, Recalled
from ivr.call.tasks import AskPlace, Lookup, Question, Recall, SeePeople, TakePlace, Understand
from ivr.flow.hotline import Hotline
from ivr.flow.load import load

FOLDER = Path(__file__).parents[2] / "flows" / "telecom"
ALICE = {"name": "Alice Chen", "account": "100101", "tier": "standard", "kind": "person", "complaints": 0}
ANSWERS: dict[str, Any] = {
    "company.subscriber": ALICE,
    "company.contacts": [],
    "company.balance": {"amount": 42.5, "due": "2026-12-05"},
    "company.bill": {"month": "2026-10", "amount": 42.5, "issued": "2026-11-01", "usual": None},
    "company.plan": {"name": "Basic", "price": 19.9, "data_gb": 5},
    "company.all_plans": [{"name": "Basic", "price": 19.9, "data_gb": 5}],
    "company.check_line": {"service": "internet", "state": "down", "cause": None, "fixed_by": None},
    "company.open_ticket": {"ticket": 4001},
}
DORA = [{"at": f"2026-{month}-23", "intent": "balance"} for month in ("08", "09", "10")]
"""Contacts of somebody who asks for the balance on this day of every month."""


@cache
def telecom() -> Hotline:
    return load(FOLDER, KIT)


def answer(question: Question, answers: dict[str, Any] = ANSWERS) -> Event:
    """What the company, the line and the recogniser answer on a good day."""
    match question:
        case Lookup(name=name):
            found = answers.get(name)
            return LookupEmpty() if found is None else LookupDone(found)
        case TakePlace(queue=queue):
            return Placed(queue, 2, 3, 1_795_446_000.0)
        case AskPlace(queue=queue):
            return Placed(queue, 1, 2, 1_795_446_000.0)
        case Recall():
            return Recalled()
        case SeePeople():
            return PeopleSeen({})
        case Understand(text=text):
            return MeaningFound(text if text in telecom().intents else None, 0.95)


class Caller(Player):
    """A player whose world answers at once."""

    def __init__(self, caller: str = "+12025550101", *, answers: dict[str, Any] | None = None) -> None:
        self._answers = {**ANSWERS, **(answers or {})}
        super().__init__(telecom(), caller)

    def _step(self, event: Event) -> None:
        super()._step(event)
        if self.question is not None and not (
            isinstance(self.question, Understand) and self.question.expect != "intent"
        ):
            self._step(answer(self.question, self._answers))
