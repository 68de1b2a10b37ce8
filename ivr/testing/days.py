"""The `day` fixture: a whole day of a hotline in a test.

pytestmark = pytest.mark.hotline("flows/telecom")

def test_a_busy_monday(day):
    day.plays("monday")
    assert day.abandoned < 0.05
    assert day.queue("vip").service_level > 0.9
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ivr.errors import FlowError
from ivr.testing.shared import stage_of

if TYPE_CHECKING:
    from ivr.sim.day.figures import LineFigures
    from ivr.sim.day.result import Result
    from ivr.testing.stage import Stage


class PlayedDay:
    """A day of the hotline of the test's mark. Times are seconds, shares are 0-1."""

    def __init__(self, folder: Path, stage: Stage) -> None:
        self.folder, self._stage = folder, stage
        self._result: Result | None = None

    def plays(self, name: str, *, seed: int | None = None, callers: int | None = None) -> Result:
        """Play `days/NAME.yaml`, with another seed or only so many callers where that is said. Fails, with the whole
        calls, where a caller was lost; and where the day is as it was written, also by its `expect:`."""
        __tracebackhide__ = True
        from ivr.sim.day.told import told_broken, wrong

        try:
            day = self._stage.day(self.folder, name, seed=seed, callers=callers)
            result = self._result = self._stage.play_day(self.folder, day)
        except FlowError as error:
            pytest.fail(f"the day cannot be played:\n{error}", pytrace=False)
        fault = wrong(result) if seed is None and callers is None else told_broken(result)
        if fault:
            pytest.fail(f"day {name!r}:\n{fault}", pytrace=False)
        return result

    @property
    def result(self) -> Result:
        assert self._result is not None, "play a day first: day.plays('monday')"
        return self._result

    @property
    def abandoned(self) -> float:
        """Of those who came into a line and did not leave it for a callback, how many hung up."""
        return self.result.line.abandoned_share

    @property
    def service_level(self) -> float:
        return self.result.line.service_level

    @property
    def by_machine(self) -> float:
        return self.result.by_machine

    @property
    def occupancy(self) -> float:
        return self.result.occupancy

    @property
    def wait_95_s(self) -> float:
        return self.result.line.wait_95_s

    @property
    def callbacks_kept(self) -> int:
        return self.result.kept

    def queue(self, name: str) -> LineFigures:
        return self.result.queue(name)


@pytest.fixture
def day(request: pytest.FixtureRequest) -> PlayedDay:
    """Days of the hotline of the test's `hotline` mark."""
    mark = request.node.get_closest_marker("hotline")
    if mark is None or not mark.args:
        pytest.fail("say whose day it is: @pytest.mark.hotline('flows/telecom')", pytrace=False)
    return PlayedDay(Path(request.config.rootpath, mark.args[0]), stage_of(request.config))
