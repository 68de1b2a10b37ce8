"""Which rule of handoff.yaml is used, and what a rule that is switched off does: nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from ivr.routing.handoff import Decision, QueueNow, before_the_line, stands, which_line

NOW = QueueNow(open=True, idle=1)


@dataclass(frozen=True)
class Rule:
    """A rule of any list; who it is for is told by `when`, which holds where it is true."""

    id: str
    queue: str = "general"
    first: str = "tell_balance"
    move: str = "ask"
    only_if: str = "idle"
    when: bool = True
    at_most: int = 1
    off: bool = False


def test_the_first_rule_that_fits_is_used() -> None:
    rules = [Rule("gold", "vip", when=False), Rule("company", "business"), Rule("rest")]
    assert which_line(rules, "first", bool) == Decision("company", "business")
    assert before_the_line(rules, 1, [], bool) == Decision("company", "tell_balance")
    assert stands(rules[1], NOW, True, bool) == ""


@pytest.mark.parametrize("switched", [{"off": True}, {"at_most": 0}])
def test_a_request_rule_that_is_switched_off_holds_nobody_back(switched: dict[str, int]) -> None:  # R97
    assert before_the_line([Rule("retain", **switched)], 1, [], bool) == Decision("no_rule", None)  # type: ignore[arg-type]


def test_a_line_rule_that_is_switched_off_leaves_the_caller_to_the_next() -> None:  # R97
    assert which_line([Rule("gold", "vip", off=True), Rule("rest")], "first", bool) == Decision("rest", "general")


def test_a_rule_that_is_switched_off_offers_nothing() -> None:  # R97
    assert stands(Rule("gold", off=True), NOW, True, bool) == "when"


def test_the_second_request_passes_over_every_rule() -> None:  # R21
    assert before_the_line([Rule("retain")], 2, [], bool) == Decision("second_request", None)
    assert before_the_line([Rule("retain")], 1, ["retain"], bool) == Decision("second_request", None)
