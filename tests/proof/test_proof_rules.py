"""Who is moved to a person without being asked has a tag, or an age that not everybody can have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import COMPANY
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

PERSON = """
flow: person
start: line
steps:
  line: {queue: by_rules, keys: {1: callback}, on: {done: bye, full: callback, closed: callback, callback: callback}}
  callback: {callback: general, on: {booked: bye, impossible: message}}
  message: {record: speak_now, queue: general, on: {recorded: bye, nothing: bye}}
  bye: {hangup: goodbye}
"""
PROFILE = (
    COMPANY.replace("    operations", "    seed: company.sql\n    operations").replace(
        "gives: {account: text, tier: text,", 'gives: {account: text, tier: text, "tags?": [text], "age?": count,'
    )
    + "profile: {lookup: company.caller, with: {number: '{{ call.caller }}'}}\nconstants: {old: 75, of_age: 18}\n"
)
UNKNOWN = "the rule 'now' moves a caller without asking him who has no tag and whose age nobody knows"
ANY_AGE = "the rule 'now' moves a caller without asking him who has no tag, whatever his age is"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def direct(when: str, profile: str = PROFILE, only_if: str = "idle") -> dict[str, str]:
    rule = f'{{id: now, when: "{when}", move: direct, queue: general, only_if: {only_if}}}'
    handoff = f"entry: [{rule}]\nline: [{{id: rest, queue: general}}]\n"
    return {"handoff": handoff, "person": PERSON, "hotline": profile}


@pytest.mark.parametrize(
    "when",
    [
        "'sale' in caller.tags",
        "caller.age and caller.age >= 75",
        "caller.age and caller.age >= old and caller.tier == 'gold'",
        "caller.age and caller.age < of_age or 'sale' in caller.tags",
        "caller.tier == 'gold' and (caller.tags or caller.age and 70 < caller.age)",
        "caller.age and caller.age >= 75 if caller.known else false",
    ],
)
def test_a_rule_that_hangs_on_a_tag_or_on_a_certain_age_is_proved(when: str) -> None:  # R14
    assert verdicts(**direct(when))["rules"] == "proved"


@pytest.mark.parametrize(
    "when",
    [
        "caller.tags == [] or true",
        "caller.tags == []",
        "'sale' not in caller.tags",
        "caller.tier == 'gold' or 'sale' in caller.tags",
        "caller.tier == 'gold' or caller.age and caller.age >= 75",
        "not caller.age",
        "(caller.age or 80) >= 75",
    ],
)
def test_a_rule_that_a_caller_without_tag_and_age_passes_is_shown(
    stage: Stage, tmp_path: Path, when: str
) -> None:  # R14 R31
    files = direct(when)
    (fault,) = faults_of("rules", **files)
    assert fault.sentence == UNKNOWN
    plays(stage, tmp_path, fault, **files)


@pytest.mark.parametrize("when", ["caller.age and caller.age > 0", "caller.age and caller.age >= of_age"])
def test_a_rule_that_every_grown_up_passes_whose_age_is_known_is_shown(
    stage: Stage, tmp_path: Path, when: str
) -> None:  # R14 R31
    files = direct(when)
    (fault,) = faults_of("rules", **files)
    assert fault.sentence == ANY_AGE
    plays(stage, tmp_path, fault, **files)


def test_a_rule_without_business_data_is_shown_by_an_unknown_caller(stage: Stage, tmp_path: Path) -> None:  # R14
    files = direct("not caller.tags", profile="", only_if="always")
    (fault,) = faults_of("rules", **files)
    assert fault.sentence == UNKNOWN
    plays(stage, tmp_path, fault, **files)


def test_a_rule_that_nobody_can_see_through_is_not_proved() -> None:
    when = "caller.age and call.called == '+12025550199'"
    assert "could not be made on paper" in verdicts(**direct(when))["rules"]


def test_a_rule_that_is_switched_off_moves_nobody() -> None:
    files = direct("caller.tags == []")
    files["handoff"] = files["handoff"].replace("id: now,", "id: now, off: true,")
    assert verdicts(**files)["rules"] == "proved"


def test_a_rule_that_waits_for_somebody_free_is_shown_with_somebody_free(stage: Stage, tmp_path: Path) -> None:
    (fault,) = faults_of("rules", **direct("caller.age or caller.known"))
    assert "agents: [" in fault.call
    assert "result: direct" in fault.call
    plays(stage, tmp_path, fault, **direct("caller.age or caller.known"))
