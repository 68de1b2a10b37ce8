"""Fixtures and collection. Loaded by pytest through its entry point wherever `ivr` is installed.

pytestmark = pytest.mark.hotline("flows/telecom")

def test_balance_by_key(call):
    call.dials(caller="+12025550101")
    call.hears("how can I help")
    call.presses(1)
    call.hears("your balance is")
    call.hangs_up()
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivr.testing.scripts import ScriptFile, is_script
from ivr.testing.shared import close_stage, stage_of

if TYPE_CHECKING:
    from ivr.sim.call import SimCall
    from ivr.sim.rehearsal import Rehearsal


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "hotline(path, at='2026-11-23T10:00'): the hotline a test calls, and the local time at which it begins",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """`calls/*.yaml` beside a hotline.yaml are tests."""
    return ScriptFile.from_parent(parent, path=file_path) if is_script(file_path) else None


def pytest_unconfigure(config: pytest.Config) -> None:
    close_stage(config)


@pytest.fixture
def rehearsal(request: pytest.FixtureRequest) -> Iterator[Rehearsal]:
    """The hotline of the test's `hotline` mark, on a virtual clock."""
    mark = request.node.get_closest_marker("hotline")
    if mark is None:
        pytest.fail("say which hotline is called: @pytest.mark.hotline('flows/telecom')", pytrace=False)
    path = Path(request.config.rootpath, *mark.args[:1])
    at = mark.kwargs.get("at")
    with stage_of(request.config).rehearse([path], at=datetime.fromisoformat(at) if at else None) as house:
        yield house


@pytest.fixture
def call(rehearsal: Rehearsal) -> Iterator[SimCall]:
    """A simulated caller. A call that is left standing in the middle of the flow fails its test."""
    from ivr.sim.call import SimCall

    simulated = SimCall(rehearsal)
    yield simulated
    if simulated.dialled and simulated.line.state not in ("over", "idle"):
        shown = simulated.line.transcript.shown()
        pytest.fail(f"the test ends in mid-call; end it with call.hangs_up() or call.is_over()\n\n{shown}", False)
