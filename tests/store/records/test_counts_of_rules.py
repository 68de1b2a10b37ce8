"""How each rule of handoff.yaml does."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from kept import AT, Kept, Told

from ivr.store.records.counts import Named, RuleCounts, RulesTold, Served
from ivr.store.records.rules import rules_told
from ivr.store.records.shares import share
from ivr.store.records.verdicts import DAY_S, Window


def decided(point: str, rule: str, result: str = "ask", **data: Any) -> Told:
    return 1, "decided", {"point": point, "rule": rule, "result": result, "queue": "vip", "inputs": {}, **data}


def said(answer: str, **data: Any) -> Told:
    return 2, "consent", {"offer": "may_i", "queue": "vip", "answer": answer, "heard": "key", **data}


NOTHING = Served()


def told(engine: sa.Engine, served: Served = NOTHING, days: float = 1) -> RulesTold:
    """Of the day from AT, or so many days, seen at their end."""
    return rules_told(engine, Window("telecom", AT - 1, AT + days * DAY_S, AT + days * DAY_S), served)


def row(engine: sa.Engine, point: str, rule: str, version: str = "v1", days: float = 1) -> RuleCounts:
    found = told(engine, days=days).rules
    (one,) = [one for one in found if (one.point, one.rule, one.version) == (point, rule, version)]
    return one


def test_a_rule_tells_how_often_it_fitted_was_applied_and_agreed_to(engine: sa.Engine) -> None:  # R97
    kept, gold = Kept(engine), {"point": "entry", "rule": "gold"}
    kept.call("a", decided("entry", "gold"), said("yes", **gold), outcome="connected", rating_human=5)
    kept.call("b", decided("entry", "gold"), said("no", **gold), outcome="answered", rating_machine=2)
    kept.call("c", decided("entry", "gold"), said("nothing", **gold))
    kept.call("d", decided("entry", "gold", "busy"), outcome="abandoned")
    one = row(engine, "entry", "gold")
    assert (one.fitted, one.applied, one.kept_back) == (4, 3, {"busy": 1})
    assert (one.yes, one.no, one.nothing) == (1, 1, 1)
    assert one.agreed == share(1, 3)
    assert one.outcomes == {"connected": 1, "answered": 1, "running": 1}
    assert (one.rated, one.rating) == (2, 3.5)


def test_a_request_counts_its_own_rule_and_that_of_the_line(engine: sa.Engine) -> None:
    request = {"first": "tell_balance", "line_rule": "rest", "request": 1}
    Kept(engine).call("a", decided("request", "answer_first", **request), outcome="connected")
    assert row(engine, "request", "answer_first").applied == 1
    assert row(engine, "line", "rest").outcomes == {"connected": 1}


def test_an_offer_of_a_flow_is_counted_under_its_words(engine: sa.Engine) -> None:
    Kept(engine).call("a", said("yes"), (3, "consent", {"recording": "may_we", "answer": "yes"}), outcome="connected")
    one = row(engine, "step", "may_i")
    assert (one.fitted, one.yes) == (1, 1)
    assert len(told(engine).rules) == 1


def test_each_version_of_the_hotline_has_a_row_the_present_one_first(engine: sa.Engine) -> None:  # R108
    kept = Kept(engine)
    kept.call("a", decided("entry", "gold", "direct"), version="v1", outcome="connected")
    kept.call("b", decided("entry", "gold", "direct"), version="v2", at=AT + 60, outcome="abandoned")
    found = told(engine, Served("v3", (Named("line", "rest"), Named("entry", "gold"))))
    assert [(one.point, one.version, one.fitted) for one in found.rules] == [
        ("entry", "v3", 0),
        ("entry", "v2", 1),
        ("entry", "v1", 1),
        ("line", "v3", 0),
    ]
    assert [(one.version, one.calls) for one in found.versions] == [("v2", 1), ("v1", 1)]


def test_a_rule_applied_twice_in_a_call_counts_the_call_once(engine: sa.Engine) -> None:
    Kept(engine).call("a", decided("intent", "upgrade"), decided("intent", "upgrade"), outcome="connected")
    one = row(engine, "intent", "upgrade")
    assert (one.applied, one.calls) == (2, 1)


def test_only_calls_since_then_and_of_this_hotline_count(engine: sa.Engine) -> None:
    Kept(engine).call("old", decided("entry", "gold"), at=AT - 86_400)
    Kept(engine, "bank").call("other", decided("entry", "gold"))
    assert told(engine).rules == []


def test_an_entry_that_says_nothing_breaks_nothing(engine: sa.Engine) -> None:
    Kept(engine).call("a", (1, "decided", {}), (2, "consent", {"answer": "maybe"}))
    assert sum(one.yes for one in told(engine).rules) == 0


def test_a_rule_that_is_switched_off_says_so(engine: sa.Engine) -> None:  # R97
    served = Served("v2", (Named("entry", "gold", off=True), Named("entry", "elder")))
    Kept(engine).call("a", decided("entry", "gold"), version="v1")
    found = [(one.rule, one.version, one.off, one.fitted) for one in told(engine, served).rules]
    assert found == [("gold", "v2", True, 0), ("gold", "v1", True, 1), ("elder", "v2", False, 0)]


def test_what_became_of_the_calls_is_told_of_each_rule(engine: sa.Engine) -> None:  # R97
    kept = Kept(engine)
    kept.call("a", decided("entry", "gold"), outcome="connected", agent="amy", rating_human=5)
    kept.call("b", decided("entry", "gold"), outcome="abandoned")
    kept.call("c", decided("entry", "gold"), outcome="hung_up")
    kept.call("d", decided("entry", "gold"), (9, "closed", {"outcome": "converted", "by": "amy"}), outcome="connected")
    one = row(engine, "entry", "gold")
    assert (one.solved, one.converted) == (share(2, 3), share(1, 4))


def test_what_was_sold_before_a_rule_applied_is_not_its_doing(engine: sa.Engine) -> None:  # R24
    sold = {"converted": ["plans"], "converted_at": AT + 30}
    Kept(engine).call("a", decided("entry", "gold"), (40, *decided("line", "rest")[1:]), outcome="done", **sold)
    assert row(engine, "entry", "gold").converted == share(1, 1)
    assert row(engine, "line", "rest").converted == share(0, 1)


def test_a_change_of_a_rule_is_held_against_the_version_before(engine: sa.Engine) -> None:  # R108
    kept = Kept(engine)
    for n in range(40):
        for version, at, helped in (("v1", AT, n < 10), ("v2", AT + 3600, n < 30)):
            is_solved = {"caller_says": "solved" if helped else "not_solved"}
            kept.call(f"{version}-{n}", decided("intent", "plans"), version=version, at=at, outcome="done", **is_solved)
    new, old = row(engine, "intent", "plans", "v2"), row(engine, "intent", "plans", "v1")
    assert old.solved_change is None
    assert new.solved_change is not None
    assert new.solved_change.by == 0.5
    assert new.solved_change.low > 0


def test_all_versions_can_be_added_up(engine: sa.Engine) -> None:
    kept = Kept(engine)
    kept.call("a", decided("entry", "gold"), version="v1", outcome="connected")
    kept.call("b", decided("entry", "gold"), version="v2", outcome="connected")
    window = Window("telecom", AT - 1, AT + DAY_S, AT + DAY_S)
    (one,) = rules_told(engine, window, Served("v2", (Named("entry", "gold"),)), by="rule").rules
    assert (one.version, one.fitted, one.calls) == (None, 2, 2)


def test_who_refuses_hints_after_one_has_said_no_to_it(engine: sa.Engine) -> None:  # R106
    kept = Kept(engine)
    kept.call("a", (1, "hinted", {"rule": "one_bill"}), (2, "hints_refused", {"rule": "one_bill"}), outcome="answered")
    kept.call("b", (1, "hints_refused", {"rule": None}), outcome="answered")
    one = row(engine, "hint", "one_bill")
    assert (one.applied, one.yes, one.no) == (1, 0, 1)


def test_a_hint_that_was_taken_counts_for_the_version_it_was_told_in(engine: sa.Engine) -> None:  # R97
    kept = Kept(engine)
    kept.call("a", (1, "hinted", {"rule": "bill_due", "kind": "notice"}), version="v1", outcome="answered")
    kept.call("b", (1, "not_hinted", {"rule": "bill_due", "why": "lately"}), version="v1", outcome="answered")
    kept.call("c", (1, "accepted", {"rule": "bill_due", "version": "v1"}), version="v2", outcome="answered")
    one = row(engine, "hint", "bill_due", "v1")
    assert (one.fitted, one.applied, one.kept_back, one.agreed) == (2, 1, {"lately": 1}, share(1, 1))


def test_a_rule_that_was_passed_over_was_kept_back(engine: sa.Engine) -> None:
    passed = {"passed": {"value_now": "busy", "crowded": "no_number"}}
    request = decided("request", "no_rule", first=None, line_rule="rest", **passed)
    Kept(engine).call("a", request, outcome="connected")
    assert row(engine, "line", "value_now").kept_back == {"busy": 1}
    assert row(engine, "request", "crowded").kept_back == {"no_number": 1}
    assert row(engine, "request", "no_rule").applied == 0
