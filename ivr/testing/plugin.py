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
from typing import TYPE_CHECKING, Any

import pytest

from ivr.errors import FlowError
from ivr.testing.days import day
from ivr.testing.scripts import ScriptFile, is_script
from ivr.testing.shared import close_stage, stage_of

if TYPE_CHECKING:
    from ivr.sim.call import SimCall
    from ivr.sim.rehearsal import Rehearsal

__all__ = ["call", "day", "rehearsal"]
HAS_FAILED = pytest.StashKey[bool]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "hotline(*paths, at='2026-11-23T10:00'): the hotlines a test calls, and the local time at which it begins",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """`calls/*.yaml` beside a hotline.yaml are tests."""
    return ScriptFile.from_parent(parent, path=file_path) if is_script(file_path) else None


def pytest_unconfigure(config: pytest.Config) -> None:
    close_stage(config)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Any:
    """Remember that a test has failed: then nobody needs to be told that its call was left in the middle."""
    report = yield
    if report.failed:
        item.stash[HAS_FAILED] = True
    return report


@pytest.fixture
def rehearsal(request: pytest.FixtureRequest) -> Iterator[Rehearsal]:
    """The hotlines of the test's `hotline` mark, on a virtual clock."""
    mark = request.node.get_closest_marker("hotline")
    if mark is None or not mark.args:
        pytest.fail("say which hotline is called: @pytest.mark.hotline('flows/telecom')", pytrace=False)
    folders = [Path(request.config.rootpath, path) for path in mark.args]
    at = mark.kwargs.get("at")
    stage = stage_of(request.config)
    try:
        for folder in folders:
            stage.hotline(folder)
    except FlowError as error:
        pytest.fail(f"the hotline does not check:\n{error}", pytrace=False)
    with stage.rehearse(folders, at=datetime.fromisoformat(at) if at else None) as house:
        yield house


@pytest.fixture
def call(request: pytest.FixtureRequest, rehearsal: Rehearsal) -> Iterator[SimCall]:
    """A simulated caller. A call that is left standing in the middle of the flow fails its test."""
    from ivr.sim.call import SimCall

    simulated = SimCall(rehearsal)
    yield simulated
    if HAS_FAILED in request.node.stash or not simulated.dialled or simulated.line.state in ("over", "idle"):
        return
    shown = simulated.line.transcript.shown()
    pytest.fail(f"the test ends in mid-call; end it with call.hangs_up() or call.is_over()\n\n{shown}", pytrace=False)
