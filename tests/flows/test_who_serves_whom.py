"""Rules of the sample's queues.yaml that take several callers and agents to show."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivr.sim.call import SimCall
from ivr.sim.rehearsal import Rehearsal
from ivr.testing.stage import Stage

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"
ALICE, BRUNO, CARLA, ERIK = "+12025550101", "+12025550102", "+12025550103", "+12025550105"
FAY, GUS, HARBOR, LENA, MONA = "+12025550107", "+12025550108", "+12025550109", "+12025550123", "+12025550124"
NEWCOMERS = [f"+1202555{n}" for n in range(1000, 1010)]
Caller = Callable[..., SimCall]


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="ivr-") as directory, Stage(Path(directory)) as stage:
        yield stage


@pytest.fixture
def house(stage: Stage) -> Iterator[Rehearsal]:
    with stage.rehearse([TELECOM]) as house:
        yield house


@pytest.fixture
def caller(house: Rehearsal) -> Caller:
    """Somebody calls and presses these keys, one prompt after another."""

    def calls(number: str, *keys: int) -> SimCall:
        call = SimCall(house, caller=number)
        call.dials()
        for key in keys:
            call.presses(key)
        return call

    return calls


def over(call: SimCall, after_s: float = 10) -> None:
    call.agent_leaves(after_s)
    call.hangs_up()


def test_a_key_accounts_outage_comes_before_all_who_wait_for_a_technician(caller: Caller) -> None:  # R65
    early = [caller(NEWCOMERS[0], 1, 2, 1), caller(FAY, 4, 1)]
    early[0].waits(600)
    outage = caller(HARBOR, 1)
    outage.is_in_queue("technical", 1)
    outage.agent_signs_in("hugo")
    outage.agent_takes("hugo")
    over(outage)
    early[0].waits(20)
    early[0].agent_takes("hugo")


def test_a_key_account_waits_a_minute_for_a_senior_and_then_for_nobody(caller: Caller) -> None:  # R65
    busy = caller(FAY, 4, 1)
    busy.agent_signs_in("hugo")
    busy.agent_takes("hugo")
    outage = caller(HARBOR, 1)
    outage.agent_signs_in("ben")
    outage.waits(50)
    outage.agent_is_not_rung("ben")
    outage.waits(15)
    outage.agent_takes("ben")


def test_an_old_customers_fault_waits_half_a_minute_for_who_is_experienced(caller: Caller) -> None:  # R56
    busy = caller(FAY, 4, 1)
    busy.agent_signs_in("hugo")
    busy.agent_takes("hugo")
    old = caller(BRUNO, 4, 1)
    old.agent_signs_in("ben")
    old.waits(20)
    old.agent_is_not_rung("ben")
    old.waits(15)
    old.agent_takes("ben")
    old.recorded("offered", agent="ben", why={"group": "queue"})


def test_sales_calls_are_shared_out_evenly(caller: Caller) -> None:  # R67
    def wants_plans(n: int, agent: str) -> SimCall:
        call = caller(NEWCOMERS[n], 1, 1, 1)
        call.is_in_queue("sales")
        call.agent_takes(agent)
        return call

    bystander = caller(ALICE)
    for agent in ("gita", "olga"):
        bystander.agent_signs_in(agent)
        bystander.passes(1)
    long = wants_plans(0, "gita")
    for n in (1, 2):
        over(wants_plans(n, "olga"))
        bystander.passes(20)
    over(long)
    bystander.passes(20)
    wants_plans(3, "gita")  # olga has been free for longer, and has had more


def test_a_company_is_helped_by_others_after_a_minute_with_its_own_people_busy(caller: Caller) -> None:  # R71
    busy = caller(BRUNO, 0)
    busy.agent_signs_in("chen")
    busy.agent_takes("chen")
    company = caller(CARLA, 0)
    company.is_in_queue("business", 1)
    company.agent_signs_in("dina")
    company.agent_signs_in("mara")
    company.waits(50)
    company.agent_is_not_rung("dina")
    company.waits(15)
    company.agent_takes("dina")
    company.recorded("offered", agent="dina", why={"group": "overflow"})


def test_a_gold_caller_waits_for_his_adviser_for_a_while(caller: Caller) -> None:  # R54
    busy = caller(CARLA, 0)
    busy.agent_signs_in("chen")
    busy.agent_takes("chen")
    gold = caller(BRUNO, 0)
    gold.agent_signs_in("dina")
    gold.agent_signs_in("mara")
    gold.waits(12)
    gold.agent_is_not_rung("dina")
    gold.waits(12)
    gold.agent_takes("dina")


def test_who_was_complained_about_never_gets_the_caller_in_any_line(caller: Caller) -> None:
    call = caller(MONA, 2, 0)
    call.is_in_queue("general", 1)
    call.agent_signs_in("mara")
    call.agent_signs_in("dina")
    call.agent_is_not_rung("mara")
    call.agent_signs_in("amy")
    call.agent_takes("amy")


@pytest.mark.parametrize(("after_s", "first"), [(60, ALICE), (240, NEWCOMERS[0])])
def test_a_newcomers_waiting_counts_for_a_little_more(caller: Caller, after_s: float, first: str) -> None:  # R61 R64
    known = caller(ALICE, 0)
    known.waits(15)
    newcomer = caller(NEWCOMERS[0], 1, 0)
    newcomer.rehearsal.pass_time(after_s)
    known.agent_signs_in("amy")
    {ALICE: known, NEWCOMERS[0]: newcomer}[first].agent_takes("amy")
    {ALICE: known, NEWCOMERS[0]: newcomer}[first].is_with("amy")


def test_a_value_customer_passes_who_came_a_little_before(caller: Caller) -> None:  # R53
    early = caller(ALICE, 0)
    early.waits(20)
    value = caller(LENA, 0)
    value.is_in_queue("general", 1)
    early.is_in_queue("general", 2)


def test_head_starts_rise_with_each_call_of_the_day_and_end_somewhere(caller: Caller) -> None:  # R62 R63
    for again in range(6):
        call = caller(ERIK, 1 if again else 0)
        call.is_in_queue("general", 1)
        call.hangs_up()
    call = caller(ERIK, 1)
    call.recorded("queued", head_starts={"elder": 60.0, "gave_up_today": 300.0, "calls_again": 300.0})
    call.agent_signs_in("amy")
    call.agent_takes("amy")
    call.recorded("offered", agent="amy", why={"head_start_s": 600})


def test_in_a_surge_nobody_is_lost_when_the_line_is_full(caller: Caller) -> None:  # R58
    last = caller(NEWCOMERS[0], 1, 2)
    for _ in range(60):
        last.another_joins("technical")
    last.presses(1)
    last.hears("We will call you back")
    last.is_promised_callback("technical")
    last.promise_is("waiting")


@pytest.mark.parametrize(
    ("number", "keys", "queue", "helper", "after_s"),
    [
        (NEWCOMERS[0], (1, 0), "newcomers", "chen", 120),
        (BRUNO, (0,), "vip", "amy", 90),
        (GUS, (1,), "orders", "gita", 45),
        (GUS, (1,), "orders", "amy", 0),
    ],
)
def test_other_lines_help_out_after_their_time(  # R71
    caller: Caller, number: str, keys: tuple[int, ...], queue: str, helper: str, after_s: float
) -> None:
    call = caller(number, *keys)
    call.is_in_queue(queue, 1)
    call.agent_signs_in(helper)
    if after_s:
        call.waits(after_s - 15)
        call.agent_is_not_rung(helper)
        call.waits(20)
    call.agent_takes(helper)


def test_newcomers_people_help_sales_out_after_a_minute(caller: Caller) -> None:  # R71
    call = caller(ALICE)
    call.agent_signs_in("gita")
    buyer = caller(NEWCOMERS[0], 1, 1, 1)
    buyer.agent_declines("gita")
    buyer.agent_signs_out("gita")
    buyer.agent_signs_in("amy")
    buyer.agent_is_not_rung("amy")
    buyer.waits(65)
    buyer.agent_takes("amy")
