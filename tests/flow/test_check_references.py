"""Names that stand for something elsewhere."""

from __future__ import annotations

import pytest
from hotlines import COMPANY, loaded, small, told

BYE = "bye: {hangup: goodbye}"


def test_a_good_hotline_is_told_nothing() -> None:
    assert told() == []
    assert loaded(small()).hotline is not None


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ("{say: hello, next: by}", "main.yaml:4:25: no step called 'by'. Did you mean 'bye'?"),
        ("{do: persn, on: {done: bye}}", "main.yaml:4:11: no flow called 'persn'. Did you mean 'person'?"),
        (
            "{queue: genral, on: {done: bye, full: bye, closed: bye}}",
            "main.yaml:4:14: no queue called 'genral'. Did you mean 'general'?",
        ),
        (
            "{record: leave, queue: vip, on: {recorded: bye, nothing: bye}}",
            "main.yaml:4:29: no queue called 'vip'.",
        ),
        (
            "{lookup: company.balanc, with: {account: x}, on: {ok: bye, failed: bye}}",
            "main.yaml:4:15: connector 'company' has no operation 'balanc'. Did you mean 'balance'?",
        ),
        (
            "{lookup: compny.balance, with: {account: x}, on: {ok: bye, failed: bye}}",
            "main.yaml:4:15: no connector called 'compny'. Did you mean 'company'?",
        ),
        ("{say: hello, answers: balance, next: bye}", "main.yaml:4:28: no intent called 'balance'."),
    ],
)
def test_a_name_of_nothing_is_told_with_the_nearest_one(step: str, fault: str) -> None:
    assert told(main=f"a: {step}\n{BYE}", hotline=COMPANY) == [fault]


def test_the_start_of_a_flow_must_be_one_of_its_steps() -> None:
    faults = told(main="flow: main\nstart: welcom\nsteps:\n  welcome: {hangup: goodbye}\n")
    assert faults == ["main.yaml:2:8: no step called 'welcom'. Did you mean 'welcome'?"]


def test_a_call_must_start_in_a_flow() -> None:
    files = small()
    files["hotline.yaml"] = files["hotline.yaml"].replace("start: main", "start: mian")
    assert [*map(str, loaded(files).faults)] == ["hotline.yaml:2:8: no flow called 'mian'. Did you mean 'main'?"]


def test_what_works_always_leads_to_a_place_there_is() -> None:
    files = small()
    files["hotline.yaml"] = files["hotline.yaml"].replace("go: person", "go: person.lin")
    fault = "hotline.yaml:5:31: flow 'person' has no step 'lin'. Did you mean 'line'?"
    assert [*map(str, loaded(files).faults)] == [fault]


def test_agents_and_rules_name_queues_and_flows_there_are() -> None:
    faults = told(
        queues="queues: {general: {}}\nagents: {ann: {phone: '+12025550102', queues: [genral]}}\n",
        handoff="request: [{id: first, first: mian}]\nline: [{id: rest, queue: general}]\n",
    )
    assert faults == [
        "handoff.yaml:1:30: no flow called 'mian'. Did you mean 'main'?",
        "queues.yaml:2:48: no queue called 'genral'. Did you mean 'general'?",
    ]


def test_by_rules_needs_a_queue() -> None:
    assert told(queues="agents: {}\n", handoff="line: []\n") == [
        "person.yaml:4:17: there is no queue to wait in. Write one into queues.yaml, under `queues:`."
    ]


def test_a_recording_must_be_there() -> None:
    faults = told(words="hello: {say: Hi, audio: helo.wav}", sounds={"hold.wav": 1.0, "hello.wav": 1.0})
    assert faults == ["words/en.yaml:1:25: no sound called 'helo.wav'. Did you mean 'hello.wav'?"]


def test_waiting_callers_hear_something() -> None:
    assert told(sounds={}) == ["queues.yaml:1:19: no sound called 'hold.wav'. Put hold.wav into the folder audio/."]


def test_a_step_that_cannot_be_read_is_not_missing_too() -> None:
    faults = told(main="a: {say: hello, next: b}\nb: {say: hello, nxt: bye}\nbye: {hangup: goodbye}")
    assert faults == [
        "main.yaml:5:6: `next:` is missing.",
        "main.yaml:5:19: `nxt:` is not known here. Did you mean 'next'?",
    ]


def test_a_connector_that_cannot_be_read_is_not_missing_too() -> None:
    hotline = "connectors: {company: {kind: sqll}}\n"
    main = "a: {lookup: company.balance, on: {ok: bye, failed: bye}}\nbye: {hangup: goodbye}"
    assert told(main=main, hotline=hotline) == [
        "hotline.yaml:6:30: 'sqll' is no kind of connector. Did you mean 'sql'?"
    ]
