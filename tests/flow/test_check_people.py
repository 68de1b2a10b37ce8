"""Who asks for a person reaches one; who complains is asked first."""

from __future__ import annotations

import pytest
from hotlines import HOTLINE, flow, loaded, small, told

BYE = "bye: {hangup: goodbye}"
LINE = "line: {queue: general, on: {done: bye, full: bye, closed: bye}}\nbye: {hangup: goodbye}"
STANDS = "A queue, callback, record or dial step must stand on every way."
OFFER = "Put an `offer` step before, and move the caller only on its `yes`."


def told_with(always: str, **parts: str) -> list[str]:
    """What is told of a hotline with this `always:` (its line 5)."""
    files = small(**parts)
    files["hotline.yaml"] = HOTLINE.rpartition("always:")[0] + always
    return [*map(str, loaded(files).faults)]


# --- a request for a person ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("always", "fault"),
    [
        ("", "1:1: no caller can ask for a person. Write `person: {key: 0, go: <flow>}` under `always:`."),
        (
            "always: {repeat: {key: 1}}",
            "5:9: no caller can ask for a person. Write `person: {key: 0, go: <flow>}` under `always:`.",
        ),
        (
            "always: {person: {key: 0}}",
            "5:18: a request for a person leads nowhere. Write `person: {key: 0, go: <flow>}` under `always:`.",
        ),
    ],
)
def test_every_hotline_lets_callers_ask_for_a_person(always: str, fault: str) -> None:  # R42
    assert told_with(always) == [f"hotline.yaml:{fault}"]


def test_a_request_that_ends_without_a_person_is_told_at_its_last_turn() -> None:  # R21
    person = flow(
        "person",
        f"c: {{choose: [{{when: hours.open, next: line}}], otherwise: s}}\ns: {{say: closed, next: bye}}\n{LINE}",
    )
    assert told(person=person, handoff="line: []\n") == [
        f"person.yaml:5:26: somebody who asked for a person reaches none: c → s → bye. {STANDS}"
    ]


def test_a_request_that_leads_straight_to_the_end_is_told_where_it_is_written() -> None:
    assert told(person=flow("person", BYE), handoff="line: []\n") == [
        f"hotline.yaml:5:31: somebody who asked for a person reaches none: bye. {STANDS}"
    ]


def test_a_message_or_a_callback_is_a_person_too() -> None:
    person = """
        c: {choose: [{when: hours.open, next: call}], otherwise: message}
        call: {callback: general, on: {booked: bye, impossible: bye}}
        message: {record: leave_message, queue: general, on: {recorded: bye, nothing: bye}}
        bye: {hangup: goodbye}
    """
    assert told(person=flow("person", person), handoff="line: []\n") == []


def test_a_question_on_the_way_may_be_answered_with_no() -> None:
    person = f"sure: {{ask: really, expect: yes_no, on: {{yes: line, no: bye, nothing: bye}}}}\n{LINE}"
    assert told(person=flow("person", person), handoff="line: []\n") == []


def test_a_way_called_person_reaches_one() -> None:  # R42
    need = "need: {ask: q, expect: intent, keys: {0: person}, on: {person: sorry, nothing: line}}"
    main = f"{need}\nsorry: {{say: sorry, next: bye}}\n{LINE}"
    assert told(main=main) == [f"main.yaml:5:29: somebody who asked for a person reaches none: sorry → bye. {STANDS}"]


def test_a_request_goes_through_the_flows_it_runs() -> None:
    need = "need: {ask: q, expect: intent, on: {person: ask, nothing: bye}}"
    main = f"{need}\nask: {{do: sub, on: {{done: bye, open: line}}}}\n{LINE}"
    sub = flow("sub", "c: {choose: [{when: hours.open, next: return open}], otherwise: return}")
    assert told(main=main, sub=sub) == [
        f"main.yaml:5:29: somebody who asked for a person reaches none: ask → bye. {STANDS}"
    ]
    assert told(main=main.replace("done: bye, open", "done: line, open"), sub=sub) == []


def test_a_request_inside_a_flow_may_be_met_by_the_flow_that_runs_it() -> None:
    sub = flow(
        "sub", "x: {ask: q, expect: intent, on: {person: s, nothing: return}}\ns: {say: sorry, next: return refused}"
    )
    main = f"a: {{do: sub, on: {{refused: %s, done: bye}}}}\n{LINE}"
    assert told(main=main % "line", sub=sub) == []
    assert told(main=main % "bye", sub=sub) == [
        "main.yaml:5:3: step 'line' is never reached. Lead a way of another step to it, or delete it.",
        f"sub.yaml:4:44: somebody who asked for a person reaches none: s → return refused. {STANDS}",
    ]


def test_whoever_says_yes_to_an_offer_reaches_a_person() -> None:  # R30
    offer = "offer: {offer: may_i, queue: general, on: {yes: sorry, no: bye, nothing: bye}}"
    main = f"{offer}\nsorry: {{say: sorry, next: bye}}\n{BYE}"
    assert told(main=main) == [f"main.yaml:5:29: somebody who asked for a person reaches none: sorry → bye. {STANDS}"]


# --- rules that come before the line -------------------------------------------------------------------------------


def test_a_flow_before_the_line_must_come_back_to_it() -> None:
    handoff = "request: [{id: first, first: sub}]\nline: [{id: rest, queue: general}]\n"
    assert told(handoff=handoff, sub=flow("sub", f"a: {{say: hello, next: bye}}\n{BYE}")) == [
        "handoff.yaml:1:30: warning: flow 'sub' never comes back, so the caller never gets in line."
    ]
    sub = flow("sub", f"a: {{ask: q, expect: yes_no, on: {{yes: return, no: bye, nothing: return}}}}\n{BYE}")
    assert told(handoff=handoff, sub=sub) == [
        "handoff.yaml:1:30: warning: flow 'sub' can end the call at its step 'bye', before the caller gets in line. "
        "End it by `return`."
    ]


def test_a_flow_before_the_line_is_handed_nothing() -> None:
    sub = "flow: sub\nstart: a\ntakes: [bill]\nsteps:\n  a: {say: hello, next: return}\n"
    handoff = "request: [{id: one, first: sub}, {id: two, first: sub}]\nline: [{id: rest, queue: general}]\n"
    assert "handoff.yaml:1:28: flow 'sub' takes 'bill', and only a `do:` step can hand that in." in told(
        handoff=handoff, sub=sub
    )


# --- complaints ----------------------------------------------------------------------------------------------------

COMPLAINT = "complaint: {type: complaint, label: {en: a complaint}, examples: {en: [I want to complain]}}\n"
NEED = "need: {ask: q, expect: intent, on: {complaint: %s, nothing: bye}}\n"


def test_a_complaint_is_offered_a_person_first() -> None:  # R30, R31
    offer = "offer: {offer: may_i, queue: general, on: {yes: line, no: bye, nothing: bye}}\n"
    assert told(main=NEED % "offer" + offer + LINE, intents=COMPLAINT) == []


def test_a_complaint_that_is_moved_at_once_is_told_with_its_way() -> None:
    assert told(main=NEED % "sorry" + "sorry: {say: sorry, next: line}\n" + LINE, intents=COMPLAINT) == [
        f"main.yaml:4:50: a complaint is moved to a person without the caller's yes: need → sorry → line. {OFFER}"
    ]


def test_silence_is_no_yes() -> None:
    offer = "offer: {offer: may_i, queue: general, on: {yes: line, no: bye, nothing: line}}\n"
    assert told(main=NEED % "offer" + offer + LINE, intents=COMPLAINT) == [
        f"main.yaml:4:50: a complaint is moved to a person without the caller's yes: need → offer → line. {OFFER}"
    ]


def test_a_complaint_may_not_be_moved_by_another_flow_either() -> None:
    sub = flow("sub", "a: {say: sorry, next: b}\nb: {queue: general, on: {done: return, full: return, closed: return}}")
    main = NEED % "take" + "take: {do: sub, on: {done: bye}}\nbye: {hangup: goodbye, hears_s: 2}"
    assert told(main=main, sub=sub, intents=COMPLAINT) == [
        "main.yaml:4:50: a complaint is moved to a person without the caller's yes: "
        f"need → take → sub.a → sub.b. {OFFER}"
    ]


@pytest.mark.parametrize(
    ("between", "is_heard"),
    [
        ("sorry: {say: sorry, next: bye}", False),
        ("sorry: {say: sorry, next: how}\nhow: {rate: how, on: {good: bye, bad: bye, nothing: bye}}", True),
    ],
)
def test_who_complained_is_heard_before_the_line_hangs_up(between: str, is_heard: bool) -> None:
    warned = [one for one in told(main=NEED % "sorry" + between + "\n" + BYE, intents=COMPLAINT) if "warning" in one]
    assert ["not heard here any more" in one for one in warned] == ([] if is_heard else [True])


def test_whoever_complains_and_then_asks_for_a_person_gets_one() -> None:
    more = "more: {ask: more, expect: intent, on: {complaint: bye, person: line, nothing: bye}}\n"
    line = LINE.replace("hangup: goodbye", "hangup: goodbye, hears_s: 2")
    assert told(main=NEED % "more" + more + line, intents=COMPLAINT) == []
