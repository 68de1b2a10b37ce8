"""The threads that decode for all calls: order, bounds, lag, and when new calls are sent elsewhere."""

import threading

import pytest

from ivr.speech.decoding import LATE_S, LOOKS_BACK_S, WELL_S, Decoding


class Time:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def decoding(time):
    return Decoding(0, clock=time, most_waiting=3)


def test_calls_that_wait_for_their_answer_go_first(decoding):
    done = []
    for name, urgent in (("talking", False), ("ended", True), ("ended later", True)):
        decoding.submit(lambda name=name: done.append(name), urgent=urgent)
    assert decoding.work_off() == 3
    assert done == ["ended", "ended later", "talking"]


def test_the_queue_is_bounded(decoding):
    assert [decoding.submit(lambda: None, urgent=False) for _ in range(4)] == [True, True, True, False]
    decoding.work_off()
    assert decoding.submit(lambda: None, urgent=False)


def test_lag_is_how_long_work_waited_or_waits(decoding, time):
    assert decoding.load().lag_s == 0
    decoding.submit(lambda: None, urgent=False)
    time.now += 0.3
    assert decoding.load().lag_s == pytest.approx(0.3)
    decoding.work_off()
    assert decoding.load().lag_s == pytest.approx(0.3)
    time.now += LOOKS_BACK_S + 0.1
    assert decoding.load().lag_s == 0


def test_new_calls_are_sent_elsewhere_while_the_lag_is_long_and_not_before_it_is_short_again(decoding, time):
    assert decoding.takes_calls()
    decoding.submit(lambda: None, urgent=False)
    time.now += LATE_S + 0.1
    assert not decoding.takes_calls()
    decoding.work_off()
    time.now += LOOKS_BACK_S + 1
    decoding.submit(lambda: None, urgent=False)
    time.now += WELL_S + 0.1  # better, and not yet good
    assert not decoding.takes_calls()
    decoding.work_off()
    time.now += LOOKS_BACK_S + 1
    assert decoding.takes_calls()
    assert decoding.load().refused == 2


def test_threads_do_the_work_and_end():
    decoding = Decoding(2)
    done = threading.Semaphore(0)
    for _ in range(20):
        decoding.submit(done.release, urgent=False)
    assert all(done.acquire(timeout=60) for _ in range(20))
    decoding.close()
    assert not decoding.submit(done.release, urgent=True)
