"""Business data that a condition cannot be worked out with break the call, and a proof sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import COMPANY, QUEUES, flow
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

PERSON = """
line: {queue: by_rules, keys: {1: callback}, on: {done: bye, full: callback, closed: callback, callback: callback}}
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: speak_now, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: goodbye}
"""
LOOK = """
look: {lookup: company.balance, with: {account: "1"}, on: {ok: late, failed: bye}}
late: {choose: [{when: "WHEN", next: bye}], otherwise: bye}
bye: {hangup: goodbye}
"""
SEEDED = COMPANY.replace("    operations", "    seed: company.sql\n    operations")
PROFILE = "profile: {lookup: company.caller, with: {number: '{{ call.caller }}'}}\n"
OPTIONAL = SEEDED.replace("{account: text, tier: text,", '{account: text, tier: text, "bills?": count,') + PROFILE
REQUIRED = SEEDED.replace("{account: text, tier: text,", "{account: text, tier: text, bills: count,") + PROFILE
BREAKS = "the call breaks and ends in an apology"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def at_entry(when: str, data: str = OPTIONAL) -> dict[str, str]:
    rule = f'entry: [{{id: now, when: "{when}", move: ask, offer: may_i, queue: general}}]\n'
    return {"person": flow("person", PERSON), "hotline": data, "handoff": rule + "line: [{id: rest, queue: general}]\n"}


def looked_up(when: str) -> dict[str, str]:
    data = SEEDED.replace("gives: {amount: money, due: date}", 'gives: {amount: money, "days?": count}')
    main = flow("main", LOOK.replace("WHEN", when))
    return {"main": main, "person": flow("person", PERSON), "hotline": data}


def test_a_value_that_is_asked_for_before_it_is_compared_is_proved() -> None:
    assert verdicts(**at_entry("caller.bills and caller.bills > 3"))["sound"] == "proved"
    assert verdicts(**looked_up("balance.days is not none and balance.days > 3"))["sound"] == "proved"


@pytest.mark.parametrize("data", [OPTIONAL, REQUIRED])
def test_a_number_that_not_every_caller_has_breaks_the_call(stage: Stage, tmp_path: Path, data: str) -> None:
    files = at_entry("caller.bills > 3", data)
    (fault,) = faults_of("sound", **files)
    assert fault.sentence == f"{BREAKS}: 'caller.bills > 3' cannot be worked out with the data of this call"
    assert str(fault.place) == "handoff.yaml: entry.0.when"
    plays(stage, tmp_path, fault, **files)


FIELDS = [f"part_{n}" for n in range(6)]
PARTS = OPTIONAL.replace('"bills?": count,', "".join(f'"{name}?": count, ' for name in FIELDS))
KNOWN = [f"(caller.part_{n} or 0) == {n + 10}" for n in range(5)]


def test_a_number_is_missed_however_much_has_to_be_so_before_it_is_compared(stage: Stage, tmp_path: Path) -> None:
    files = at_entry(" and ".join([*KNOWN[:3], "caller.part_5 > 3"]), PARTS)
    (fault,) = faults_of("sound", **files)
    plays(stage, tmp_path, fault, **files)


def test_a_condition_of_more_data_than_can_be_tried_is_not_proved() -> None:
    found = verdicts(**at_entry(" and ".join([*KNOWN, "caller.part_5 > 3"]), PARTS))
    assert found["sound"] == "a call against it that ends at handoff.yaml: entry.0.when could not be made on paper"


def test_a_field_that_may_be_missing_in_an_answer_breaks_a_call_that_ends_alike_without_it(
    stage: Stage, tmp_path: Path
) -> None:
    files = looked_up("balance.days > 3")
    (fault,) = faults_of("sound", **files)
    assert fault.place == ("main", "late")
    plays(stage, tmp_path, fault, **files)


def test_a_head_start_that_cannot_be_worked_out_breaks_the_call(stage: Stage, tmp_path: Path) -> None:
    start = 'head_starts: [{id: many, when: "caller.bills > 3", seconds: 60}]\n'
    main = flow("main", "need: {ask: how, expect: yes_no, on: {yes: need, no: bye, nothing: bye}}\nbye: {hangup: bye}")
    files = {**at_entry("false"), "main": main, "queues": QUEUES + start}
    fault, *_ = faults_of("sound", **files)
    assert str(fault.place) == "queues.yaml: head_starts.0.when"
    plays(stage, tmp_path, fault, **files)


def test_a_hint_that_cannot_be_worked_out_is_not_told_and_breaks_nothing() -> None:
    hints = 'bills: {at: welcome, when: "caller.bills > 3", say: many_bills, every_days: 1}\n'
    main = flow("main", "tell: {hint: welcome, next: bye}\nbye: {hangup: goodbye}")
    assert verdicts(**{**at_entry("false"), "main": main, "hints": hints})["sound"] == "proved"


def test_a_fault_that_only_who_hides_the_number_meets_is_shown_with_what_is_asked_of_him(
    stage: Stage, tmp_path: Path
) -> None:
    """Nobody looks for earlier calls of a hidden number."""
    files = looked_up("balance.days > 3")
    text = "need: {ask: how, expect: yes_no, on: {yes: text, no: bye, nothing: bye}}\n"
    text += "text: {sms: news, on: {sent: bye, impossible: look}}\n"
    files |= {
        "main": flow("main", text + LOOK.replace("WHEN", "balance.days > 3")),
        "hotline": files["hotline"] + PROFILE,
    }
    files["hotline"] += "preferences: {}\n"
    (fault,) = faults_of("sound", **files)
    assert "from: anonymous" in fault.call
    assert "no script can say that" not in fault.call
    plays(stage, tmp_path, fault, **files)
