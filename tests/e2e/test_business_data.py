"""Business data that is odd, late, wrong or not there: the caller hears it as it is, or hears that it is not there."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_house import SMALL, Rehearse
from small_company import SmallCompany

from ivr.sim.carrier import CarrierCall, CarrierRehearsal

WRITTEN_URL = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("caller", "name", "note"),
    [
        ("+12025550101", 'R&D <Hangup/> "Ltd"', "</Say><Dial>+19005550100</Dial>"),
        ("+12025550102", "{{ company }} {% for x in range(9) %}", "]]> &amp; &#0; <!--"),
    ],
)
def test_markup_in_business_data_is_spoken_and_never_obeyed(
    by_carrier: Rehearse, caller: str, name: str, note: str
) -> None:
    call = CarrierCall(by_carrier(SMALL / "markup"), caller=caller)
    call.dials()
    call.hears(f"You are {name}: {note}.")
    call.hears("Goodbye.")
    call.is_over("done")
    call.got_sms(f"You are {name}: {note}.")
    assert not call.line.phone.errors
    assert [leg for leg in call.rehearsal.cloud.calls.values() if leg.direction != "inbound"] == []


def test_letters_that_no_document_may_hold_are_left_out(by_carrier: Rehearse) -> None:
    call = CarrierCall(by_carrier(SMALL / "markup"), caller="+12025550103")
    call.dials()
    call.hears("You are bell")
    call.hears("line two")
    call.is_over("done")
    assert not call.line.phone.errors


@pytest.fixture
def company() -> Iterator[SmallCompany]:
    with SmallCompany() as served:
        yield served


@pytest.fixture
def call(company: SmallCompany, by_carrier: Rehearse, tmp_path: Path) -> CarrierCall:
    """A caller of a hotline whose balances come from `company` by HTTP."""
    folder = shutil.copytree(SMALL / "company", tmp_path / "hotline")
    written = folder / "hotline.yaml"
    written.write_text(written.read_text().replace(WRITTEN_URL, company.base))
    return CarrierCall(by_carrier(folder))


def test_a_balance_comes_over_http(company: SmallCompany, call: CarrierCall) -> None:
    company.says('{"amount": 42.5}')
    call.dials()
    call.hears("Your balance is 42 dollars and 50 cents")
    call.recorded("looked_up", outcome="ok")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ('{"amount": "a lot"}', "shape"),
        ('["amount", 42]', "shape"),
        ("<html>503</html>", "shape"),
        ('{"amount": 1e400}', "shape"),
        ("[" * 200_000, "shape"),
    ],
    ids=["a text", "a list", "a page", "infinite", "deep"],
)
def test_an_answer_of_the_wrong_shape_is_a_failed_lookup(
    company: SmallCompany, call: CarrierCall, answer: str, why: str
) -> None:
    company.says(answer)
    call.dials()
    call.hears("I cannot look that up just now")
    call.is_over("done")
    call.recorded("looked_up", outcome="failed", why=why)


def test_a_company_that_answers_with_errors_is_a_failed_lookup(company: SmallCompany, call: CarrierCall) -> None:
    company.says("no", status=500)
    call.dials()
    call.hears("I cannot look that up just now")
    call.recorded("looked_up", outcome="failed", why="status 500")


def test_a_company_that_is_down_is_a_failed_lookup(company: SmallCompany, call: CarrierCall) -> None:
    company.close()
    call.dials()
    call.hears("I cannot look that up just now")
    call.recorded("looked_up", outcome="failed", why="refused")


class NoPatience:
    """A clock that stands still while real lookups are under way, and waits for none of them longer than a turn may."""

    def __init__(self) -> None:
        self.now = 1_795_446_000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def slow(company: SmallCompany, by_carrier: Rehearse, tmp_path: Path) -> CarrierCall:
    """The same, with nobody waiting for more than a tenth of a second."""
    folder = shutil.copytree(SMALL / "company", tmp_path / "slow")
    written = folder / "hotline.yaml"
    written.write_text(written.read_text().replace(WRITTEN_URL, company.base))
    return CarrierCall(by_carrier(folder, clock=NoPatience()))


def test_a_slow_company_is_waited_for_with_a_word(company: SmallCompany, slow: CarrierCall) -> None:
    answered = threading.Event()
    company.says('{"amount": 42.5}', after=answered)
    slow.dials()
    slow.hears("One moment")
    slow.waits(5)
    slow.does_not_hear("Your balance")
    answered.set()
    kept_soon(slow.rehearsal)
    slow.waits(5)
    slow.hears("Your balance is 42 dollars")
    slow.is_over("done")


def test_a_company_that_never_answers_is_given_up(company: SmallCompany, slow: CarrierCall) -> None:
    over = threading.Event()
    company.says('{"amount": 42.5}', after=over)
    slow.dials()
    slow.hears("One moment")
    slow.waits(25)
    slow.hears("I cannot look that up just now")
    slow.recorded("looked_up", outcome="failed", why="timeout")
    over.set()


def kept_soon(house: CarrierRehearsal) -> None:
    """Until the late answer is in the store."""
    deadline = time.monotonic() + 60
    while not list(house.client.scan_iter("*answer*", count=1000)):
        assert time.monotonic() < deadline, "the late answer never came"
