"""The sample hotline on a virtual clock, for tests of what simulated calls are made of."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ivr.testing.stage import Stage

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"
SANGDAM = Path(__file__).parents[1] / "hotlines" / "sangdam"
ALICE, BRUNO, DORA, FAY = "+12025550101", "+12025550102", "+12025550104", "+12025550107"


@contextmanager
def a_stage() -> Iterator[Stage]:
    """One embedded server for the tests of a module."""
    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        yield stage
