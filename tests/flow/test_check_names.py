"""Placeholders and conditions name only what is known on every way to them."""

from __future__ import annotations

import pytest
from hotlines import COMPANY, QUEUES, flow, loaded, small, told

from ivr.call.events import CallStarted
from ivr.engine.names import names
from ivr.engine.opening import begin
from ivr.flow.expressions import Condition
from ivr.flow.known import CALL, CALLER, CALLER_FIELDS, RESERVED, caller_fields

BYE = "bye: {hangup: goodbye}"
SET = "A step before must set it."
RULES = "Only the caller, the call, the hours and the constants are known here."
CALLER_HAS = (
    "It has number, known, name, tier, value, kind, age, tags, language, expects, last_agent, "
    "calls_today, gave_up_today, broke_off, last_wish, no_hints and prefers."
)
LIST = "Go through it by {% for %}, or take its `| first`."
LINE = "That is in the `waiting:` words of a queue and in flows of `request:` rules."
LOOK = """
look: {lookup: company.balance, with: {account: "1"}, on: {ok: tell, failed: %s}}
tell: {say: balance_is, next: bye}
bye: {hangup: goodbye}
"""


def test_a_result_is_known_where_the_lookup_went_well() -> None:
    words = "balance_is: 'You owe {{ balance.amount | money }}, due on {{ balance.due | date }}.'"
    assert told(main=LOOK % "bye", hotline=COMPANY, words=words) == []


@pytest.mark.parametrize(
    ("failed", "reads", "fault"),
    [
        ("bye", "balance.amont", "'balance' has no 'amont'. Did you mean 'amount'?"),
        ("bye", "balance.colour", "'balance' has no 'colour'. It has amount and due."),
        ("bye", "balance.due.year", "'balance.due' is a single value and has no 'year' in it."),
        ("bye", "balanc.amount", "nothing called 'balanc' is known here. Did you mean 'balance'?"),
        ("bye", "topic", f"nothing called 'topic' is known here. {SET}"),
        ("tell", "balance.amount", "'balance' is not set on every way here: not on look → tell."),
        ("bye", "caller.acount", f"'caller' has no 'acount'. {CALLER_HAS}"),
        ("bye", "caller.tags.first", f"'caller.tags' is a list, so it has no 'first'. {LIST}"),
        ("bye", "call.reqests", "'call' has no 'reqests'. Did you mean 'requests'?"),
        ("bye", "hours.opns", "'hours' has no 'opns'. Did you mean 'opens'?"),
        ("bye", "today.year", "'today' is a single value and has no 'year' in it."),
        ("bye", "guess", "`guess` is known only in the words 'did_you_mean' and 'is_that_right'."),
        ("bye", "place.position", f"`place` is known only while the caller stands in line. {LINE}"),
    ],
)  # fmt: skip
def test_what_words_read_must_be_known_where_they_are_said(failed: str, reads: str, fault: str) -> None:
    words = f"balance_is: 'It is {{{{ {reads} }}}}.'"
    assert told(main=LOOK % failed, hotline=COMPANY, words=words) == [
        f"words/en.yaml:1:13: step main.tell says this, but {fault}"
    ]


def test_second_wordings_and_text_messages_are_words_too() -> None:
    main = f"""
        a: {{ask: q, expect: yes_no, on: {{yes: b, no: b, nothing: bye}}}}
        b: {{say: hello, sms: link, next: bye}}
        {BYE}
    """
    words = """
        q: {say: Q, nothing: ["{{ one }}"], unclear: [fine, "{{ two }}"]}
        link: {say: "{{ not_said }}", sms: "{{ three }}"}
    """
    assert told(main=main, words=words) == [
        f"words/en.yaml:1:23: step main.a says this, but nothing called 'one' is known here. {SET}",
        f"words/en.yaml:1:53: step main.a says this, but nothing called 'two' is known here. {SET}",
        f"words/en.yaml:2:36: step main.b says this, but nothing called 'three' is known here. {SET}",
    ]


def test_words_said_by_several_steps_are_told_once_for_each_language() -> None:
    steps = "".join(f"s{n}: {{say: hello, next: s{n + 1}}}\n" for n in range(5))
    assert told(main=f"{steps}s5: {{hangup: goodbye}}", words="hello: 'Hi {{ nam }}'") == [
        "words/en.yaml:1:8: steps main.s0, main.s1, main.s2 and 2 more say this, "
        f"but nothing called 'nam' is known here. {SET}"
    ]


def test_what_may_be_missing_is_asked_for_by_is_defined() -> None:
    words = "balance_is: '{% if balance is defined %}{{ balance.amount }}{% endif %}{{ name | default(1) }}'"
    assert told(main=LOOK % "tell", hotline=COMPANY, words=words) == []


def test_what_stands_in_a_list_is_checked_in_its_loop() -> None:
    main = f"""
        a: {{lookup: company.bills, with: {{account: "1"}}, on: {{ok: tell, failed: bye}}}}
        tell: {{say: bills, next: bye}}
        {BYE}
    """
    loop = "{% for bill in bills %}{{ bill.amont }}, due {{ bill.due }} {{ loop.index }}{% endfor %}"
    words = f"bills: '{loop}{{{{ bills[0].du }}}}'"
    assert told(main=main, hotline=COMPANY, words=words) == [
        "words/en.yaml:1:8: step main.tell says this, but 'bills[]' has no 'amont'. Did you mean 'amount'?",
        "words/en.yaml:1:8: step main.tell says this, but 'bills[]' has no 'du'. Did you mean 'due'?",
    ]


def test_conditions_and_values_are_checked_where_they_stand() -> None:
    main = f"""
        a: {{choose: [{{when: "caller.tear == 'gold'", next: b}}], otherwise: b}}
        b: {{set: {{one: 1, two: "{{{{ onne }}}}"}}, next: c}}
        c: {{set: {{three: "{{{{ one }}}}"}}, next: bye}}
        {BYE}
    """
    assert told(main=main) == [
        "main.yaml:4:23: 'caller' has no 'tear'. Did you mean 'tier'?",
        "main.yaml:5:26: nothing called 'onne' is known here. A step before must set it.",
    ]


def test_an_answer_is_known_where_there_was_one() -> None:
    main = f"a: {{ask: q, expect: digits, as: code, on: {{ok: b, nothing: b}}}}\nb: {{say: hello, next: bye}}\n{BYE}"
    assert told(main=main, words="hello: 'You said {{ code | digits }}'") == [
        "words/en.yaml:1:8: step main.b says this, but 'code' is not set on every way here: not on a → b."
    ]


def test_a_request_for_a_person_knows_nothing_of_what_was_set_before() -> None:
    main = "a: {set: {topic: x}, next: b}\nb: {say: hello, next: c}\nc: {do: person, on: {}}"
    steps = "line: {queue: general, on: {done: bye, full: sorry, closed: sorry}}\nsorry: {say: hello, next: bye}"
    person = flow("person", f"{steps}\n{BYE}")
    assert told(main=main, person=person, handoff="line: []\n", words="hello: 'About {{ topic }}'") == [
        "words/en.yaml:1:8: step person.sorry says this, but nothing called 'topic' is known here. "
        "What other flows have set is not known here."
    ]


# --- across flows --------------------------------------------------------------------------------------------------

SUB = """\
flow: sub
start: ask
takes: [bill]
gives: [code]
steps:
  ask: {ask: q, expect: digits, as: code, on: {ok: return, nothing: return failed}}
"""
RUN = """
a: {lookup: company.balance, with: {account: "1"}, on: {ok: b, failed: bye}}
b: {do: sub, with: {bill: "{{ balance }}"}, on: {done: c, failed: %s}}
c: {say: hello, next: bye}
bye: {hangup: goodbye}
"""


def test_a_flow_brings_what_it_gives() -> None:
    assert told(main=RUN % "bye", sub=SUB, hotline=COMPANY, words="hello: '{{ code }}'") == []


def test_a_name_that_a_flow_gives_with_one_outcome_is_not_known_after_another() -> None:
    assert told(main=RUN % "c", sub=SUB, hotline=COMPANY, words="hello: '{{ code }}'") == [
        "words/en.yaml:1:8: step main.c says this, but 'code' is not set on every way here: not on a → b → c."
    ]


def test_a_flow_knows_only_what_it_takes() -> None:
    sub = SUB.replace("ask: q", "ask: q_now")
    words = "q_now: 'For {{ bill.amont }} of {{ balance.amount }}?'\n"
    assert told(main=RUN % "bye", sub=sub, hotline=COMPANY, words=words) == [
        "words/en.yaml:1:8: step sub.ask says this, but 'bill' has no 'amont'. Did you mean 'amount'?",
        "words/en.yaml:1:8: step sub.ask says this, but nothing called 'balance' is known here. "
        "Flow 'main' sets it: hand it in by `with:` and `takes:`.",
    ]


def test_a_flow_that_does_not_give_a_name_keeps_it() -> None:
    sub = SUB.replace("gives: [code]\n", "")
    assert told(main=RUN % "bye", sub=sub, hotline=COMPANY, words="hello: '{{ code }}'") == [
        "words/en.yaml:1:8: step main.c says this, but nothing called 'code' is known here. "
        "Flow 'sub' sets it: name it under its `gives:`."
    ]


def test_an_outcome_brings_a_name_always_or_never() -> None:
    sub = SUB.replace("return failed", "return").replace("gives: [code]", "gives: [code, cod]")
    main = RUN.replace(", failed: %s", "")
    assert told(main=main, sub=sub, hotline=COMPANY, words="hello: '{{ code }}'") == [
        "sub.yaml:4:9: 'code' is not set on every way back with 'done': not on ask → return done.",
        "sub.yaml:4:15: flow 'sub' gives 'cod', and nothing in it sets that. Did you mean 'code'?",
    ]


# --- names that are taken ------------------------------------------------------------------------------------------


def test_names_of_the_house_and_constants_stay_what_they_are() -> None:
    main = f"""
        a: {{set: {{caller: x, company: y}}, next: b}}
        b: {{lookup: company.caller, with: {{number: "1"}}, on: {{ok: c, failed: c}}}}
        c: {{ask: q, expect: digits, as: now, on: {{ok: bye, nothing: bye}}}}
        {BYE}
    """
    assert told(main=main, hotline=COMPANY + "constants: {company: Northwind, call: x}\n") == [
        "hotline.yaml:24:33: 'call' is a name of the house itself. Take another name.",
        "main.yaml:4:13: 'caller' is a name of the house itself. Take another name.",
        "main.yaml:4:24: 'company' is a constant of hotline.yaml. Take another name.",
        "main.yaml:5:6: what this step finds would be kept under 'caller', which is a name of the house itself. "
        "Add `as:`.",
        "main.yaml:6:35: 'now' is a name of the house itself. Take another name.",
    ]


def test_constants_are_known_with_what_is_in_them() -> None:
    hotline = "constants: {shop: {street: Main Street, floors: [1, 2]}}\n"
    assert told(hotline=hotline, words="hello: '{{ shop.stret }} {{ shop.street }} {{ shop.floors.first }}'") == [
        "words/en.yaml:1:8: step main.welcome says this, but 'shop' has no 'stret'. Did you mean 'street'?",
        "words/en.yaml:1:8: step main.welcome says this, but 'shop.floors' is a list, so it has no 'first'. "
        "Go through it by {% for %}, or take its `| first`.",
    ]


# --- the caller ----------------------------------------------------------------------------------------------------

PROFILE = COMPANY + "profile: {lookup: company.caller, with: {number: '{{ %s }}'}}\n"


def test_the_caller_has_what_the_profile_gives() -> None:
    words = "hello: '{{ caller.account }} {{ caller.tier }} {{ caller.plan }} {{ caller.acount }}'"
    assert told(hotline=PROFILE % "caller.number", words=words) == [
        "words/en.yaml:1:8: step main.welcome says this, but 'caller' has no 'acount'. Did you mean 'account'?"
    ]


def test_an_unknown_caller_has_the_names_of_the_profile_without_values() -> None:
    hotline = loaded(small(hotline=PROFILE % "caller.number")).hotline
    assert hotline is not None
    known = caller_fields(hotline)
    assert known["account"] is None
    assert known["tier"] == "standard"
    assert set(known) == {*CALLER_FIELDS, "account", "plan"}


def test_what_is_checked_is_what_a_call_sees() -> None:
    hotline = loaded(small()).hotline
    assert hotline is not None
    state = begin(hotline, "call", CallStarted(caller="+12025550100", called="+12025550199", channel="console"), now=0)
    seen = names(hotline, state, 0)
    assert set(seen) | {"guess", "callback", "talk"} == RESERVED
    assert set(seen["call"]) == set(CALL.names())
    assert set(CALLER_FIELDS) == set(CALLER.names())


def test_the_profile_is_asked_for_before_anything_of_it_is_known() -> None:
    assert told(hotline=PROFILE % "account") == [
        "hotline.yaml:24:50: nothing called 'account' is known here. "
        "Only the caller, the call, the hours and the constants are known here."
    ]


def test_a_profile_gives_names_and_a_history_a_list_of_contacts() -> None:
    history = "history: company.balance, history_with: {account: '1'}"
    hotline = f"{COMPANY}profile: {{lookup: company.bills, with: {{account: '1'}}, {history}}}\n"
    assert told(hotline=hotline) == [
        "hotline.yaml:24:19: a profile lookup must give names and values. As in `gives: {name: text, tier: text}`.",
        "hotline.yaml:24:65: a history must give a list of `at` and `intent`. "
        "As in `gives: [{at: date, intent: text}]`.",
    ]


# --- rules and the house's own words -------------------------------------------------------------------------------


def test_rules_know_nothing_of_what_a_flow_has_set() -> None:
    handoff = """
        line:
          - {id: gold, when: "caller.tear == 'gold'", queue: general}
          - {id: rest, when: topic, queue: general}
    """
    queues = QUEUES + "head_starts: [{id: busy, when: queue.busy, seconds: 60}]\n"
    main = "a: {set: {topic: x}, next: b}\nb: {do: person, on: {}}"
    assert told(main=main, handoff=handoff, queues=queues, hotline="easy: caller.agee > 64\n") == [
        "handoff.yaml:2:22: 'caller' has no 'tear'. Did you mean 'tier'?",
        f"handoff.yaml:3:22: nothing called 'topic' is known here. {RULES}",
        "hotline.yaml:6:7: 'caller' has no 'agee'. Did you mean 'age'?",
        f"queues.yaml:3:32: nothing called 'queue' is known here. {RULES}",
    ]


def test_callers_in_line_know_their_place() -> None:
    queues = "queues: {general: {waiting: in_line}}\nagents: {ann: {phone: '+12025550102', queues: [general]}}\n"
    assert told(queues=queues, words="in_line: 'You are number {{ place.position }} of {{ place.sise }}.'") == [
        "words/en.yaml:1:10: these words are said to callers in line, and 'place' has no 'sise'. Did you mean 'size'?"
    ]
    handoff = "request: [{id: first, first: sub}]\nline: [{id: rest, queue: general}]\n"
    sub = flow("sub", "a: {say: in_line, next: return}")
    assert told(handoff=handoff, sub=sub, words="in_line: 'You are number {{ place.position }}.'") == []


def test_the_house_s_own_words_know_only_what_is_always_known() -> None:
    words = """
        apology: "Sorry, {{ caller.name }}, {{ topic }}"
        did_you_mean: "{{ guess }} {{ gues }}"
        technical_break: "{{ company }} is down"
    """
    assert told(words=words, hotline="constants: {company: Northwind}\n") == [
        "words/en.yaml:1:10: these words are said at any time, and nothing called 'topic' is known here.",
        "words/en.yaml:2:15: these words are said at any time, and nothing called 'gues' is known here. "
        "Did you mean 'guess'?",
        "words/en.yaml:3:18: these words are said when nothing else works, so they can have no placeholder.",
    ]


# --- templates that cannot be read ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{ caller name }}", "inside {{ }} a sign is missing before 'name'."),
        ("{{ caller.name }", "something is missing before it closes."),
        ("{{ caller.name", "a {{ or {% that opens is not closed."),
        ("{% if caller.name %}Hi", "{% endif %} is missing."),
        ("{% iff caller.name %}Hi", "{% iff %} is not known."),
        ("{{ }}", "something is missing at its end."),
        ("{{ caller.age | mony }}", "nothing is called `| mony`. Did you mean 'money'?"),
        ("{% if caller.age %}{{ caller.age | mony }}{% endif %}", "nothing is called `| mony`. Did you mean 'money'?"),
        ("{{ caller.age is ood }}", "nothing is called `is ood`. Did you mean 'odd'?"),
        ("{% include 'x' %}", "other templates cannot be included."),
        ("{{ range(9) }}", "nothing can be called with ( ) here; filters are written after |."),
    ],
)
def test_words_that_cannot_be_read_are_told_in_words(text: str, why: str) -> None:
    (fault,) = told(words=f'hello: "{text}"')
    assert fault.startswith("words/en.yaml:1:8: ")
    assert fault.endswith(f" cannot be read: {why}")


def test_brackets_without_an_end_are_a_fault_and_no_crash() -> None:
    deep = "(" * 3000
    assert told(words=f"hello: '{{{{ {deep}a }}}}'")[0].endswith(
        "cannot be read: too many brackets are inside each other."
    )
    with pytest.raises(ValueError, match="too many brackets"):
        Condition._compile(f"{deep}a")
