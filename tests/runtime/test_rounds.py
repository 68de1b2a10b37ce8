"""Jobs beside the calls go on whatever happens to them, and end when they are told to."""

from __future__ import annotations

import logging
from threading import Event

import pytest

from ivr.errors import StoreDown
from ivr.runtime.rounds import Round

LONG_S = 60.0


def test_a_job_that_did_something_is_run_again_at_once() -> None:
    done, runs = Event(), []

    def job() -> bool:
        runs.append(1)
        if len(runs) == 5:
            done.set()
        return len(runs) < 5

    round_ = Round("job", job, every_s=60.0)
    round_.start()
    assert done.wait(LONG_S)
    round_.stop()
    assert len(runs) == 5


@pytest.mark.parametrize("error", [StoreDown("Redis does not answer"), KeyError("a bug")], ids=["ours", "a bug"])
def test_a_failure_is_logged_and_the_job_runs_again(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    again, failures = Event(), [error]

    def job() -> None:
        if failures:
            raise failures.pop()
        again.set()

    round_ = Round("job", job, every_s=0.01)
    with caplog.at_level(logging.WARNING):
        round_.start()
        assert again.wait(LONG_S)
    round_.stop()
    assert "job" in caplog.text


def test_a_round_that_was_told_to_stop_stops() -> None:
    running = Event()
    round_ = Round("job", running.set, every_s=60.0)
    round_.start()
    assert running.wait(LONG_S)
    round_.stop(wait_s=LONG_S)
    assert round_._thread is not None
    assert not round_._thread.is_alive()
