"""The Korean hotline: it checks, and its scripted calls pass."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.flow.load import examine
from ivr.kit import standard_kit
from ivr.testing.stage import Stage

SANGDAM = Path(__file__).parent / "sangdam"
CALLS = sorted((SANGDAM / "calls").glob("*.yaml"))


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        yield stage


@pytest.mark.parametrize("path", CALLS, ids=lambda path: path.stem)
def test_scripted_call(stage: Stage, path: Path) -> None:
    stage.play_file(path)


def test_it_checks_without_a_warning() -> None:
    found = examine(SANGDAM, standard_kit())
    assert found.hotline is not None
    assert found.faults == ()
