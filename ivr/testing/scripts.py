"""Scripted calls as pytest items: one file, one test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ivr.errors import FlowError
from ivr.testing.shared import stage_of


def is_script(path: Path) -> bool:
    """`calls/*.yaml` of a folder that holds a hotline.yaml."""
    return path.suffix == ".yaml" and path.parent.name == "calls" and (path.parent.parent / "hotline.yaml").is_file()


class ScriptFile(pytest.File):
    """One scripted call."""

    def collect(self) -> Iterator[ScriptItem]:
        yield ScriptItem.from_parent(self, name=self.path.stem)


class ScriptItem(pytest.Item):
    """Plays the script when run."""

    def runtest(self) -> None:
        stage_of(self.config).play_file(self.path)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What is wrong with the call, script or hotline, in its own words; a bug of ours with its traceback."""
        if isinstance(excinfo.value, AssertionError | FlowError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"call {self.path.parent.parent.name}/{self.path.stem}"
