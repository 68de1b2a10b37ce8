"""Every step is reached and leads on, and no way goes round without the caller."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from hotlines import COMPANY, KIT, SOUNDS, flow, small, told

from ivr.engine.draft import Draft
from ivr.engine.kind import Step
from ivr.engine.moves import Move
from ivr.flow.kinds import Way
from ivr.flow.load import assemble

BYE = "bye: {hangup: goodbye}"


# --- reached -----------------------------------------------------------------------------------------------


def test_a_step_that_no_way_leads_to_is_told() -> None:
    assert told(main=f"a: {{say: hello, next: bye}}\nb: {{say: hello, next: bye}}\n{BYE}") == [
        "main.yaml:5:3: step 'b' is never reached. Lead a way of another step to it, or delete it."
    ]


def test_of_a_lost_group_the_first_step_is_told() -> None:
    main = f"""
        a: {{say: hello, next: bye}}
        b: {{say: hello, next: c}}
        c: {{say: hello, next: bye}}
        d: {{say: hello, next: e}}
        e: {{ask: q, expect: yes_no, on: {{yes: d, no: bye, nothing: bye}}}}
        {BYE}
    """
    assert told(main=main) == [
        "main.yaml:5:3: step 'b' is never reached. Lead a way of another step to it, or delete it.",
        "main.yaml:7:3: step 'd' is never reached. Lead a way of another step to it, or delete it.",
    ]


def test_where_a_request_leads_is_reached() -> None:
    line = "b: {queue: general, on: {done: bye, full: bye, closed: bye}}"
    files = small(main=f"a: {{say: hello, next: bye}}\n{BYE}\n{line}")
    files["hotline.yaml"] = files["hotline.yaml"].replace("go: person", "go: main.b")
    del files["person.yaml"], files["words/en.yaml"]
    files["words/en.yaml"] = "hello: Hi\ngoodbye: Bye\n"
    assert assembled(files) == []


def test_a_flow_that_nothing_begins_is_a_warning() -> None:
    assert told(other=flow("other", "a: {hangup: goodbye}")) == [
        "other.yaml:1:7: warning: flow 'other' is never used. "
        "A `do:` step, `start:` and `always:` of hotline.yaml or a `request:` rule begin a flow."
    ]


def test_a_flow_that_only_an_unused_flow_runs_is_unused_too() -> None:
    one = flow("one", f"a: {{do: two, on: {{done: bye}}}}\n{BYE}")
    faults = told(one=one, two=flow("two", "a: {say: hello, next: return}"))
    assert [fault.partition(" A ")[0] for fault in faults] == [
        "one.yaml:1:7: warning: flow 'one' is never used.",
        "two.yaml:1:7: warning: flow 'two' is never used.",
    ]


def test_a_step_that_cannot_be_read_may_lead_to_those_it_names() -> None:
    assert told(main=f"a: {{say: hello, net: b}}\nb: {{say: hello, next: bye}}\n{BYE}") == [
        "main.yaml:4:6: `next:` is missing.",
        "main.yaml:4:19: `net:` is not known here. Did you mean 'next'?",
    ]


def test_a_step_that_cannot_be_read_and_names_none_may_lead_anywhere() -> None:
    assert told(main=f"a: {{say: hello}}\nb: {{say: hello, next: bye}}\n{BYE}") == [
        "main.yaml:4:6: `next:` is missing."
    ]


@dataclass(frozen=True, slots=True)
class Wave(Step):
    """A kind of somebody's own that leads nowhere."""

    kind: ClassVar[str] = "wave"
    wave: str

    def ways(self) -> Iterable[Way]:
        return ()

    def enter(self, draft: Draft) -> Move:
        return draft.listen_again()


def test_a_step_without_a_way_out_is_told() -> None:
    kit = replace(KIT, kinds={**KIT.kinds, "wave": Wave})
    files = {path: text.encode() for path, text in small(main="a: {say: hello, next: b}\nb: {wave: hello}").items()}
    assert [*map(str, assemble(files, SOUNDS, kit).faults)] == [
        "main.yaml:5:6: step 'b' leads nowhere. Only a `hangup` ends a call; every other step needs a way out."
    ]


# --- flows that run flows ------------------------------------------------------------------------------------

VERIFY = """\
flow: verify
start: ask
takes: [account]
gives: [pin]
steps:
  ask: {ask: your_pin, expect: digits, as: pin, on: {ok: return verified, nothing: return}}
"""


def test_a_flow_comes_back_in_ways_its_caller_knows() -> None:
    main = f"a: {{do: verify, with: {{account: '1'}}, on: {{verified: bye, done: bye}}}}\n{BYE}"
    assert told(main=main, verify=VERIFY) == []


def test_an_outcome_without_a_way_is_told() -> None:
    main = f"a: {{do: verify, with: {{account: '1'}}, on: {{verified: bye}}}}\n{BYE}"
    assert told(main=main, verify=VERIFY) == [
        "main.yaml:4:45: flow 'verify' can come back with 'done', and this step has no such way. "
        "Add `done: <step>` to its `on:`."
    ]


def test_a_misspelt_outcome_is_told_once() -> None:
    main = f"a: {{do: verify, with: {{account: '1'}}, on: {{verfied: bye, done: bye}}}}\n{BYE}"
    assert told(main=main, verify=VERIFY) == [
        "main.yaml:4:45: flow 'verify' can come back with 'verified', and this step has no such way. "
        "Did you mean 'verfied'?"
    ]


def test_a_way_that_is_never_taken_is_told() -> None:
    main = f"a: {{do: verify, with: {{account: '1'}}, on: {{verified: bye, done: bye, locked: bye}}}}\n{BYE}"
    assert told(main=main, verify=VERIFY) == [
        "main.yaml:4:72: flow 'verify' never comes back with 'locked'. It comes back with verified and done."
    ]


def test_a_flow_that_never_comes_back_needs_no_way() -> None:
    assert told(main="a: {do: person, on: {}}") == []
    assert told(main=f"a: {{do: person, on: {{done: bye}}}}\n{BYE}") == [
        "main.yaml:4:24: warning: flow 'person' never comes back, so this way is never taken. Write `on: {}`."
    ]


def test_what_a_flow_takes_is_handed_in_by_its_name() -> None:
    main = f"a: {{do: verify, with: {{acount: '1', pin: '2'}}, on: {{verified: bye, done: bye}}}}\n{BYE}"
    assert told(main=main, verify=VERIFY) == [
        "main.yaml:4:26: flow 'verify' takes no 'acount'. Did you mean 'account'?",
        "main.yaml:4:39: flow 'verify' takes no 'pin'. It takes account.",
    ]


def test_what_a_flow_takes_must_be_handed_in() -> None:
    main = f"a: {{do: verify, on: {{verified: bye, done: bye}}}}\n{BYE}"
    assert told(main=main, verify=VERIFY) == [
        "main.yaml:4:6: flow 'verify' takes 'account', and `with:` does not hand it in."
    ]


def test_a_call_hands_nothing_to_the_flow_it_starts_in() -> None:
    main = "flow: main\nstart: a\ntakes: [account]\nsteps:\n  a: {hangup: goodbye}\n"
    assert told(main=main) == ["hotline.yaml:2:8: flow 'main' takes 'account', and only a `do:` step can hand that in."]


def test_return_needs_something_to_come_back_to() -> None:
    assert told(main="a: {say: hello, next: return}") == [
        "main.yaml:4:25: `return` has nothing to come back to: no `do:` step runs flow 'main'. "
        "Name a step, or end the call by a `hangup`."
    ]


def test_a_flow_that_calls_start_in_cannot_return_even_if_it_is_run_too() -> None:
    other = flow("other", f"a: {{do: main, on: {{done: bye}}}}\n{BYE}")
    faults = told(main="a: {say: hello, next: return}", other=other, handoff="request: [{id: x, first: other}]\n")
    assert (
        "main.yaml:4:25: `return` has nothing to come back to: a call begins in flow 'main'. "
        "Name a step, or end the call by a `hangup`."
    ) in faults


# --- circles -------------------------------------------------------------------------------------------------


def test_a_circle_without_the_caller_is_told() -> None:
    main = f"a: {{say: hello, next: b}}\nb: {{sms: text, on: {{sent: bye, impossible: a}}}}\n{BYE}"
    assert told(main=main) == [
        "main.yaml:4:6: the call goes round without hearing the caller: a → b → a. "
        "Put a question into the circle, or lead one of its ways out."
    ]


def test_a_lookup_that_is_tried_again_for_ever_is_told() -> None:
    main = f"a: {{lookup: company.balance, with: {{account: x}}, on: {{ok: bye, failed: a}}}}\n{BYE}"
    assert told(main=main, hotline=COMPANY) == [
        "main.yaml:4:6: the call goes round without hearing the caller: a → a. "
        "Put a question into the circle, or lead one of its ways out."
    ]


def test_a_circle_that_counts_and_leaves_is_fine() -> None:
    main = f"""
        a: {{set: {{n: 0}}, next: b}}
        b: {{set: {{n: "{{{{ n + 1 }}}}"}}, next: c}}
        c: {{choose: [{{when: n < 3, next: b}}], otherwise: bye}}
        {BYE}
    """
    assert told(main=main) == []


def test_a_choice_that_nothing_in_the_circle_changes_is_no_way_out() -> None:
    main = f"""
        a: {{set: {{n: 0}}, next: b}}
        b: {{say: hello, next: c}}
        c: {{choose: [{{when: n < 3, next: b}}], otherwise: bye}}
        {BYE}
    """
    assert told(main=main) == [
        "main.yaml:5:6: the call goes round without hearing the caller: b → c → b. "
        "Put a question into the circle, or lead one of its ways out."
    ]


def test_a_circle_through_another_flow_is_told_when_that_hears_nobody() -> None:
    main = "a: {do: sub, on: {done: a}}"
    assert told(main=main, sub=flow("sub", "x: {say: hello, next: return}")) == [
        "main.yaml:4:6: the call goes round without hearing the caller: a → a. "
        "Put a question into the circle, or lead one of its ways out."
    ]
    asks = flow("sub", "x: {ask: q, expect: yes_no, on: {yes: return, no: return, nothing: return}}")
    assert told(main=main, sub=asks) == []


def test_full_queues_that_send_callers_to_each_other_are_told() -> None:
    main = f"""
        a: {{queue: general, on: {{done: bye, full: b, closed: bye}}}}
        b: {{queue: general, on: {{done: bye, full: a, closed: bye}}}}
        {BYE}
    """
    assert told(main=main) == [
        "main.yaml:4:6: the call goes round without hearing the caller: a → b → a. "
        "Put a question into the circle, or lead one of its ways out."
    ]


def test_a_line_that_stays_silent_for_ever_is_a_warning() -> None:
    main = f"a: {{ask: q, expect: yes_no, on: {{yes: bye, no: bye, nothing: b}}}}\nb: {{say: hello, next: a}}\n{BYE}"
    assert told(main=main) == [
        "main.yaml:4:6: warning: a caller who says nothing is asked for ever: a → b → a. "
        "Let `nothing:` lead to an end at last: a person, a message or a `hangup`."
    ]


def test_flows_that_run_each_other_are_told() -> None:
    main = f"a: {{do: sub, on: {{done: bye}}}}\n{BYE}"
    sub = flow("sub", "x: {ask: q, expect: yes_no, on: {yes: y, no: return, nothing: return}}\ny: {do: main, on: {}}")
    assert told(main=main, sub=sub) == [
        "main.yaml:4:11: flows run each other in a circle: main → sub → main. "
        "Come back by `return` instead of running the flow again."
    ]


# --- what a step's own kind says ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        (
            "{ask: q, expect: yes_no, on: {yes: bye, no: bye}}",
            "4:6: `on:` says nothing of silence; add `nothing: <step>`.",
        ),
        ("{say: hello, next: bye, sy: x}", "4:30: `sy:` is not known here. Did you mean 'say'?"),
        ("{sy: hello, next: bye}", "4:7: 'sy' is no kind of step. Did you mean 'say'?"),
        (
            "{ask: q, expect: yes_no, keys: {1: yes, 1: no}, on: {yes: bye, no: bye, nothing: bye}}",
            "4:46: '1' is written twice here; the first is at main.yaml:4:38. Keep one of them.",
        ),
        (
            "{sms: text, on: {sent: bye, imposible: bye}}",
            "4:34: 'imposible' is not one of 'sent' or 'impossible'. Did you mean 'impossible'?",
        ),
        (
            "{record: leave, queue: general, max_s: 4, on: {recorded: bye, nothing: bye}}",
            "4:45: 4 is too small; at least 5.",
        ),
        (
            "{choose: [{when: 'caller.tier =', next: bye}], otherwise: bye}",
            "4:23: 'caller.tier =' cannot be read: two equal signs are needed to compare.",
        ),
    ],
)
def test_a_step_is_read_by_its_kind(step: str, fault: str) -> None:
    assert told(main=f"a: {step}\n{BYE}") == [f"main.yaml:{fault}"]


def assembled(files: dict[str, str]) -> list[str]:
    return [*map(str, assemble({path: text.encode() for path, text in files.items()}, SOUNDS, KIT).faults)]
