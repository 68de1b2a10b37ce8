"""Look-ups beside the turn: waited for, left behind, too many, broken, and closed under way."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from ivr.call.events import Event, LookupDone, LookupFailed
from ivr.call.tasks import Lookup
from ivr.connectors.runner import Late, Runner
from ivr.runtime.ports import Lookups

TELECOM = SimpleNamespace(name="telecom")
BALANCE = Lookup("billing.balance", {"account": "A1"}, "CA1:3")
LONG_S = 60.0
"""For what is sure to come; the machine may stand still for a while."""


@dataclass(eq=False)
class Company:
    """A back end that answers when the test lets it."""

    slow: bool = False
    broken: bool = False
    go: threading.Event = field(default_factory=threading.Event)
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    closed: threading.Event = field(default_factory=threading.Event)

    def look_up(self, operation: str, arguments: Mapping[str, Any], once: str) -> LookupDone:
        self.begun.release()
        assert not self.slow or self.go.wait(LONG_S)
        if self.broken:
            raise RuntimeError("a bug of ours")
        return LookupDone([operation, dict(arguments), once])

    def close(self) -> None:
        self.closed.set()


DONE = LookupDone(["balance", {"account": "A1"}, "CA1:3"])


class Kept:
    """What came when nobody waited."""

    def __init__(self) -> None:
        self.answers: list[tuple[str, str, str, Event]] = []
        self.came = threading.Semaphore(0)

    def late(self, hotline: str, call: str, once: str, answer: Event) -> None:
        self.answers.append((hotline, call, once, answer))
        self.came.release()


@contextmanager
def running(company: Company, late: Late | None = None, **size: int) -> Iterator[Runner]:
    runner = Runner({"telecom": {"billing": company}}, late=late or Kept().late, **size)
    try:
        yield runner
    finally:
        company.go.set()
        runner.close()


def test_a_quick_answer_is_there_within_the_turn():
    kept = Kept()
    with running(Company(), kept.late) as runner:
        lookups: Lookups = runner
        assert lookups.start(TELECOM, "CA1", BALANCE).wait(LONG_S) == DONE
    assert kept.answers == []


def test_a_slow_answer_is_not_waited_for_and_then_kept():
    company, kept = Company(slow=True), Kept()
    with running(company, kept.late) as runner:
        pending = runner.start(TELECOM, "CA1", BALANCE)
        assert pending.wait(0.01) is None
        company.go.set()
        assert kept.came.acquire(timeout=LONG_S)
        assert kept.answers == [("telecom", "CA1", "CA1:3", DONE)]
        assert pending.wait(0) == DONE


def test_an_answer_between_start_and_wait_is_not_lost():
    kept = Kept()
    with running(Company(), kept.late) as runner:
        pending = runner.start(TELECOM, "CA1", BALANCE)
        runner.close()
        assert pending.wait(0) == DONE
    assert kept.answers == []


def test_when_too_many_hang_the_next_one_is_told_at_once():
    company = Company(slow=True)
    with running(company, threads=2, queue=1) as runner:
        hanging = [runner.start(TELECOM, f"CA{n}", BALANCE) for n in range(3)]
        assert runner.start(TELECOM, "CA9", BALANCE).wait(0) == LookupFailed("busy")
        company.go.set()
        assert [pending.wait(LONG_S) for pending in hanging] == [DONE] * 3


def test_room_is_given_back_after_each_look_up():
    company = Company()
    with running(company, threads=1, queue=1) as runner:
        assert [runner.start(TELECOM, "CA1", BALANCE).wait(LONG_S) for _ in range(20)] == [DONE] * 20


@pytest.mark.parametrize(
    ("hotline", "lookup"), [("bank", "billing.balance"), ("telecom", "crm.caller"), ("telecom", "balance")]
)
def test_a_connector_nobody_has_fails_at_once(hotline: str, lookup: str):
    with running(Company()) as runner:
        pending = runner.start(SimpleNamespace(name=hotline), "CA1", Lookup(lookup, {}, "CA1:3"))
        assert pending.wait(0) == LookupFailed("unknown")


def test_a_bug_becomes_a_failed_look_up_and_is_told_in_full(caplog: pytest.LogCaptureFixture):
    with running(Company(broken=True)) as runner:
        assert runner.start(TELECOM, "CA1", BALANCE).wait(LONG_S) == LookupFailed("error")
    assert "a bug of ours" in caplog.text


def test_an_answer_that_cannot_be_kept_is_told_and_harms_nobody(caplog: pytest.LogCaptureFixture):
    company = Company(slow=True)

    def late(hotline: str, call: str, once: str, answer: Event) -> None:
        raise OSError("the store is down")

    with running(company, late, threads=1, queue=0) as runner:
        assert runner.start(TELECOM, "CA1", BALANCE).wait(0) is None
        company.go.set()
        runner.close()
    assert "the answer of billing.balance is lost" in caplog.text


def test_after_a_reload_the_new_connectors_are_asked_and_the_old_closed_once_idle():
    old, new = Company(slow=True), Company()
    with running(old) as runner:
        under_way = runner.start(TELECOM, "CA1", BALANCE)
        assert old.begun.acquire(timeout=LONG_S)
        runner.replace({"telecom": {"billing": new}})
        assert not old.closed.is_set()
        assert runner.start(TELECOM, "CA2", BALANCE).wait(LONG_S) == DONE
        old.go.set()
        assert under_way.wait(LONG_S) == DONE
        assert old.closed.wait(LONG_S)
        assert not new.closed.is_set()
    assert new.closed.is_set()


def test_a_connector_that_stays_is_not_closed():
    company = Company()
    with running(company) as runner:
        runner.replace({"telecom": {"billing": company}, "bank": {}})
        assert not company.closed.is_set()


def test_on_closing_what_runs_ends_and_what_waits_is_told():
    company = Company(slow=True)
    with running(company, threads=1, queue=2) as runner:
        runs, waits = runner.start(TELECOM, "CA1", BALANCE), runner.start(TELECOM, "CA2", BALANCE)
        assert company.begun.acquire(timeout=LONG_S)
        closing = threading.Thread(target=runner.close)
        closing.start()
        while runner.start(TELECOM, "CA3", BALANCE).wait(0) != LookupFailed("unknown"):
            pass  # until the close is under way
        company.go.set()
        closing.join()
        assert (runs.wait(0), waits.wait(0)) == (DONE, LookupFailed("busy"))


def test_many_callers_at_once_each_get_their_own_answer():
    with running(Company(), threads=4, queue=100) as runner:
        pendings = [runner.start(TELECOM, f"CA{n}", Lookup("billing.x", {"n": n}, f"{n}")) for n in range(100)]
        answers = [pending.wait(LONG_S) for pending in pendings]
        assert answers == [LookupDone(["x", {"n": n}, f"{n}"]) for n in range(100)]
