"""The stage that all tests of one process share, made when the first one needs it."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ivr.testing.stage import Stage

STAGE = pytest.StashKey["Stage"]()
OPEN = pytest.StashKey[ExitStack]()


def stage_of(config: pytest.Config) -> Stage:
    """Only tests that call pay for the imports and the server."""
    if STAGE not in config.stash:
        from ivr.testing.stage import Stage

        opened = config.stash[OPEN] = ExitStack()
        directory = opened.enter_context(tempfile.TemporaryDirectory(prefix="ivr-"))
        config.stash[STAGE] = opened.enter_context(Stage(Path(directory)))
    return config.stash[STAGE]


def close_stage(config: pytest.Config) -> None:
    if OPEN in config.stash:
        config.stash[OPEN].close()
