"""Everything that can happen to a call is tried: to the question `which`, which no key answers, leads one way only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hotlines import COMPANY, flow
from proof_stage import a_stage, explored, faults_of, plays, verdicts

from ivr.call.events import LookupDone, LookupEmpty, LookupFailed
from ivr.call.verbs import Join, Wait
from ivr.testing.stage import Stage

WHICH = "which: {ask: phone_or_bill, expect: choice, KEYS on: {phone: bye, nothing: callback}}\n"
TOLD = WHICH.replace("bye", "return").replace("callback", "return")
NEWS = f"flow: news\nstart: tell\nsteps:\n  tell: {{say: news, next: which}}\n  {TOLD}"
ENDS = """
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: speak_now, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: goodbye}
"""
LINE = """
line: {queue: general, keys: {1: callback}, on: {done: bye, full: callback, closed: callback, callback: callback}}
"""
WORDS = 'phone_or_bill: {say: "Phone or bill?", choices: {phone: [phone]}}\n'
LINKED = WORDS + "video_by_text: 'https://video.example'\n"
BALANCE = "balance: {type: query, label: {en: a bill}, keywords: {en: [bill]}}\n"
CHANCE = BALANCE.replace("type: query", "type: query, opportunity: true")
SEEDED = COMPANY.replace("    operations", "    seed: company.sql\n    operations")
KNOWN = (
    SEEDED.replace("gives: {account: text, tier: text,", 'gives: {account: text, tier: text, "tags?": [text],')
    + "profile: {lookup: company.caller, with: {number: '{{ call.caller }}'}}\n"
)
BY_RULES = """
line:
  queue: by_rules
  keys: {1: callback}
  on: {done: bye, full: callback, closed: callback, callback: callback, message: message, elsewhere: bye}
"""
VIDEO = "elsewhere: {video: {way: human_video, words: video_by_text}}\n"
REST = "line: [{id: rest, queue: general}]\n"
LIMITED = 'queues: {general: {limit: 2}}\nagents: {ann: {phone: "+12025550102", queues: [general]}}\n'
DAY = 'queues: {general: {}, sales: {hours: {open: {daily: "08:00-18:00"}}}}\n'
SALES = DAY + 'agents: {ann: {phone: "+12025550102", queues: [general, sales]}}\n'
ASK = "{move: ask, offer: may_i, queue: sales, only_if: always"
NEED = "need: {ask: how, expect: intent, keys: {1: balance}, on: {balance: bye, nothing: callback}}\n"
LOOK = 'look: {lookup: company.balance, with: {account: "1"}, on: {ok: OK, none: NONE, failed: FAILED}}\n'
DIAL = "shop: {dial: '+12025550123', on: {completed: COMPLETED, busy: BUSY, no_answer: NO_ANSWER, failed: FAILED}}\n"


@dataclass(frozen=True)
class Way:
    """What leads to `which`. Steps that ask for it stand in `main`, or in the flow `person`."""

    main: str = "need: {ask: how, expect: yes_no, on: {yes: bye, no: bye, nothing: callback}}\n"
    person: str = LINE
    more: dict[str, str] = field(default_factory=dict)

    def parts(self, keys: str) -> dict[str, str]:
        which = WHICH.replace("KEYS", keys)

        def made(name: str, steps: str) -> str:
            return flow(name, steps.strip("\n") + "\n" + (which if ": which" in steps else "") + ENDS)

        files = {"words": WORDS, **self.more}
        files = {name: text.replace("KEYS", keys) for name, text in files.items()}
        return {"main": made("main", self.main), "person": made("person", self.person), **files}


def one(steps: str, way: str, rest: str = "bye") -> str:
    """The steps with one of their ways to `which`, the others elsewhere."""
    made = steps.replace(way, "which")
    for other in ("NO_ANSWER", "NONE", "OK", "COMPLETED", "BUSY", "FAILED"):
        made = made.replace(f": {other}", f": {rest}")
    return made


def handed(rules: str, **more: str) -> Way:
    """Only a rule leads to a line that is closed at night."""
    person = BY_RULES.replace("closed: callback", "closed: which")
    return Way(main=NEED, person=person, more={"handoff": rules + REST, "queues": SALES, "intents": BALANCE, **more})


def formed(form: str, way: str) -> Way:
    """Only a yes to another form than the line leads there."""
    person = BY_RULES.replace(f"{way}: {'bye' if way == 'elsewhere' else way}", f"{way}: which")
    person = person if way != "callback" else person.replace("keys: {1: callback}", "keys: {1: message}")
    rule = f"request: [{{id: crowded, form: {form}, offer: shall_we}}]\n"
    return Way(person=person, more={"handoff": VIDEO + rule + REST, "words": LINKED})


REMEMBER = {"hotline": "remember: same_day\n", "intents": BALANCE, "words": WORDS + "shall_we_go_on: 'Shall we?'\n"}
AGAIN = "again: {resume: shall_we_go_on, on: {no: need, nothing: which}}\n" + NEED
WAYS = {
    "a lookup that finds nothing": Way(main=one(LOOK, "NONE"), more={"hotline": SEEDED}),
    "a lookup that fails": Way(main=one(LOOK, "FAILED"), more={"hotline": SEEDED}),
    "a full line": Way(
        person=LINE.replace("full: callback", "full: which, failed: callback"), more={"queues": LIMITED}
    ),
    "a line that is closed": Way(
        person=LINE.replace("closed: callback", "closed: which"),
        more={"hotline": 'hours: {open: {mon-fri: "08:00-18:00"}}\n'},
    ),
    "an agent who hangs up": Way(person=LINE.replace("done: bye", "done: which")),
    "a talk outside": Way(main=one(DIAL, "COMPLETED")),
    "a number that is busy": Way(main=one(DIAL, "BUSY")),
    "a number that nobody answers": Way(main=one(DIAL, "NO_ANSWER")),
    "a number that cannot be rung": Way(main=one(DIAL, "FAILED")),
    "a message": Way(person=LINE.replace("callback: callback", "callback: tape") + "tape: "
                     "{record: speak_now, queue: general, on: {recorded: which, nothing: bye}}\n"),
    "a message without a word": Way(person=LINE.replace("callback: callback", "callback: tape") + "tape: "
                                    "{record: speak_now, queue: general, on: {recorded: bye, nothing: which}}\n"),
    "a caller who hides the number": Way(person=LINE.replace("callback: callback", "callback: call") + "call: "
                                         "{callback: general, on: {booked: bye, impossible: which}}\n"),
    "a form: a call back": formed("callback", "callback"),
    "a form: a message": formed("message", "message"),
    "a form: a link": formed("video", "elsewhere"),
    "an earlier call of the day": Way(main=AGAIN, more=REMEMBER),
    "a rule at entry that asks": handed(
        f"entry: [{{id: gold, when: \"caller.tier == 'gold'\", {ASK[1:]}}}]\n", hotline=KNOWN
    ),
    "a rule at entry that moves at once": handed(
        "entry: [{id: sale, when: \"'sale' in caller.tags\", move: direct, queue: sales, only_if: always}]\n",
        hotline=KNOWN,
    ),
    "a rule of what the caller wants": handed(f"intent: {{balance: {ASK}, because: opportunity}}}}\n", intents=CHANCE),
    "a rule of a mood": handed(f"mood: {{upset: {ASK}}}}}\n"),
    "what is told before the line": Way(
        person=BY_RULES.replace("message: message, ", ""),
        more={
            "handoff": "request: [{id: news, first: news}]\n" + REST,
            "news": NEWS,
        },
    ),
    "a menu in line": Way(
        person=LINE.replace("keys: {1: callback}", "keys: {1: callback}, menu: {3: news}"),
        more={
            "news": NEWS,
        },
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_question_behind_it_that_a_key_answers_is_proved(way: Way) -> None:  # R55
    assert verdicts(**way.parts("keys: {1: phone},"))["keys"] == "proved"


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_question_behind_it_that_no_key_answers_is_shown(stage: Stage, tmp_path: Path, way: Way) -> None:  # R55
    files = way.parts("")
    (fault,) = faults_of("keys", **files)
    assert fault.place[1] == "which"
    plays(stage, tmp_path, fault, **files)


def test_an_answer_that_takes_long_is_waited_for_and_comes_or_fails_at_last() -> None:
    ways = LOOK.replace("OK", "bye").replace("NONE", "which").replace("FAILED", "message")
    graph = explored(**Way(main=ways, more={"hotline": SEEDED}).parts(""))
    waits = [edge for edge in graph.edges() if isinstance(edge.source.holding, Wait)]
    assert waits
    answers = {type(asked.answer) for edge in waits for asked in edge.outcome.asked}
    assert answers == {LookupDone, LookupEmpty, LookupFailed}


def test_an_agent_who_never_comes_or_sends_the_caller_on_is_thought_of() -> None:  # R74
    graph = explored(**Way().parts(""))
    talks = [node for node in graph.nodes if isinstance(node.holding, Join)]
    assert talks
    for node in talks:
        back_in_line = {edge.deed.name for edge in node.edges if edge.target is not None and edge.target.is_hold}
        assert back_in_line == {"agent never came", "agent sends on"}


def test_a_line_that_breaks_down_is_thought_of_while_callers_wait_and_when_they_are_sent_on() -> None:
    graph = explored(**Way(person=LINE.replace("full: callback", "full: callback, failed: message")).parts(""))
    broken = [edge for edge in graph.edges() if edge.target is not None and edge.target.place == ("person", "message")]
    assert {"silence", "agent sends on"} <= {edge.deed.sort for edge in broken} | {edge.deed.name for edge in broken}


def test_an_earlier_call_of_the_day_is_gone_on_with_in_each_line_and_at_each_wish() -> None:  # R62 R63
    marks = {
        mark for edge in explored(**WAYS["an earlier call of the day"].parts("")).edges() for mark in edge.outcome.marks
    }
    assert {"resumed ", "resumed balance"} <= marks


FOR_EVER = "hold: {ask: really, expect: yes_no, on: {yes: hold, no: hold, nothing: return}}"


def test_who_is_held_back_before_the_line_is_let_in_by_the_second_request() -> None:  # R21
    rule = "request: [{id: news, first: news}]\n"
    way = Way(
        person=BY_RULES.replace("message: message, ", ""), more={"handoff": rule + REST, "news": flow("news", FOR_EVER)}
    )
    assert verdicts(**way.parts("keys: {1: phone},"))["request"] == "proved"
