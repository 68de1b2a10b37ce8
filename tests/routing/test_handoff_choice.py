"""Which rule of handoff.yaml is used and in which form, and what a rule that is switched off does: nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from ivr.routing.handoff import Asked, Decision, Now, Standing, before_the_line, standing, which_line

NOW = Now(open=True, idle=1)
FIRST = Asked(1, [])


@dataclass(frozen=True)
class Rule:
    """A rule of any list; who it is for is told by `when`, which holds where it is true."""

    id: str
    queue: str = "general"
    first: str | None = "tell_balance"
    form: str | None = None
    move: str = "ask"
    only_if: str = "idle"
    offer: str | None = "may_i"
    later: str | None = None
    elsewhere: str | None = None
    when: bool = True
    at_most: int = 1
    off: bool = False


def line(id: str, queue: str = "general", *, connect: bool = False, when: bool = True, off: bool = False) -> Rule:
    return Rule(id, queue, form="connect" if connect else "queue", when=when, off=off)


def form(id: str, form: str) -> Rule:
    return Rule(id, first=None, form=form)


def before(rules: list[Rule], asked: Asked = FIRST, *, impossible: str = "") -> Decision:
    return before_the_line(rules, asked, lambda form: form not in impossible.split(), bool)


def taken(rules: list[Rule], *, idle: int = 0) -> Decision:
    return which_line(rules, "first", lambda queue: idle, bool)  # type: ignore[arg-type]


def test_the_first_rule_that_fits_is_used() -> None:
    rules = [line("gold", "vip", when=False), line("company", "business"), line("rest")]
    assert taken(rules) == Decision("company", "business", "queue")
    assert before([Rule("gold", when=False), Rule("rest")]) == Decision("rest", "tell_balance")
    assert standing(rules[1], NOW, bool) == Standing("")


@pytest.mark.parametrize("switched", [{"off": True}, {"at_most": 0}])
def test_a_request_rule_that_is_switched_off_holds_nobody_back(switched: dict[str, int]) -> None:  # R97
    assert before([Rule("retain", **switched)]) == Decision("no_rule", None)  # type: ignore[arg-type]


def test_a_line_rule_that_is_switched_off_leaves_the_caller_to_the_next() -> None:  # R97
    assert taken([line("gold", "vip", off=True), line("rest")]) == Decision("rest", "general", "queue")


def test_a_rule_that_is_switched_off_offers_nothing() -> None:  # R97
    assert standing(Rule("gold", off=True), NOW, bool) == Standing("when")


def test_the_second_request_passes_over_every_rule() -> None:  # R21
    for rule in (Rule("retain"), form("crowded", "callback")):
        assert before([rule], Asked(2, [])) == Decision("second_request", None)
        assert before([rule], Asked(1, ["retain"])) == Decision("second_request", None)


def test_a_form_that_the_caller_cannot_have_is_left_to_the_next_rule() -> None:  # R19
    rules = [form("show_it", "video"), form("crowded", "callback"), form("write_it", "message")]
    assert before(rules) == Decision("show_it", None, "video")
    passed = {"show_it": "no_number", "crowded": "no_number"}
    assert before(rules, impossible="video callback") == Decision("write_it", None, "message", passed)


def test_connect_is_for_who_need_not_wait() -> None:  # R19
    rules = [line("gold_now", "vip", connect=True), line("rest")]
    assert taken(rules, idle=1) == Decision("gold_now", "vip", "connect")
    assert taken(rules, idle=0) == Decision("rest", "general", "queue", {"gold_now": "busy"})


BUSY, CLOSED, CROWDED = replace(NOW, idle=0), replace(NOW, open=False), replace(NOW, offers_made=False)


@pytest.mark.parametrize(("now", "why"), [(BUSY, "busy"), (CLOSED, "closed"), (CROWDED, "offers_when")])
def test_who_cannot_be_offered_a_person_now_is_offered_a_call_later(now: Now, why: str) -> None:  # R32
    assert standing(Rule("plans"), now, bool) == Standing(why)
    assert standing(Rule("plans", later="call_you"), now, bool) == Standing("", "callback")


def test_a_person_now_comes_before_a_call_later() -> None:  # R32
    assert standing(Rule("plans", later="call_you"), NOW, bool) == Standing("")
    assert standing(Rule("plans", offer=None, later="call_you"), NOW, bool) == Standing("", "callback")


@pytest.mark.parametrize("rule", [Rule("plans", offer=None, later="call_you"), Rule("plans", elsewhere="video")])
def test_who_hides_the_number_can_be_neither_rung_nor_texted(rule: Rule) -> None:
    assert standing(rule, replace(NOW, reachable=False), bool) == Standing("no_number")


def test_another_way_needs_nobody_who_is_free() -> None:  # R9 R22
    nobody = Now(open=False, idle=0, offers_made=False)
    assert standing(Rule("fault", elsewhere="video"), nobody, bool) == Standing("", "video")
