"""The `day` fixture, as a designer's own tests use it."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

LOADED = () if any(point.name == "ivr" for point in entry_points(group="pytest11")) else ("-p", "ivr.testing.plugin")
TELECOM = Path(__file__).parents[2] / "flows" / "telecom"


@pytest.fixture(autouse=True)
def found_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


def run(pytester: pytest.Pytester, written: str) -> pytest.RunResult:
    pytester.makepyfile(f"import pytest\npytestmark = pytest.mark.hotline({str(TELECOM)!r})\n{written}")
    # A process of its own: who hears words imports numpy, and that can be imported only once in a process.
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:schemathesis", *LOADED)


def test_a_day_is_played_and_asked_about(pytester: pytest.Pytester) -> None:
    found = run(
        pytester,
        "def test_a_quiet_day(day):\n"
        "    day.plays('monday', callers=12)\n"
        "    assert day.abandoned < 0.5\n"
        "    assert day.queue('vip').service_level >= 0\n",
    )
    found.assert_outcomes(passed=1)


def test_a_day_that_does_not_come_out_fails_with_sentences(pytester: pytest.Pytester) -> None:
    found = run(pytester, "def test_a_day(day):\n    day.plays('mondey')\n")
    found.assert_outcomes(failed=1)
    found.stdout.fnmatch_lines(["*the day cannot be played:*", "*Did you mean 'monday'?*"])
