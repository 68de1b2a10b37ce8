from collections.abc import Callable
from datetime import date

import pytest
from small_hotline import EXAMPLES, KEYWORDS, NAMES

from ivr.call.events import ValueRead
from ivr.call.tasks import Understand
from ivr.intent import Recogniser, read

Reads = Callable[..., ValueRead]
WEDNESDAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    """The small hotline, learnt once for all tests."""
    return Recogniser.train(EXAMPLES, KEYWORDS, NAMES)


@pytest.fixture
def reads() -> Reads:
    """What an answer means on Wednesday, 25 November 2026."""

    def one(expect, text, language="en", *, by="speech", region="US", among=None):
        task = Understand(text=text, language=language, expect=expect, by=by, among=among or {})
        return read(task, today=WEDNESDAY, region=region)

    return one
