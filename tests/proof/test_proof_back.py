"""Going back: from every question to every one that can have come before it.

In each hotline a complaint can come to the question `sale` by going back alone, and its key 1 leads to the line: a
fault, unless the caller is asked first or called back instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import flow
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

MOVED = "a complaint is moved to a person without the caller's yes"
UNREAL = "could not be made on paper"
ALWAYS = "{person: {key: 0, go: person}, back: {key: 9}}"
INTENTS = "complaint: {type: complaint, label: {en: a complaint}, keywords: {en: [complain]}}\n"
BILLS = "balance: {type: query, label: {en: a bill}, keywords: {en: [bill]}}\n"
WORDS = """
how: "What is it?"
buy: {say: "Shall we sell you something?", choices: {sell: [sell], mend: [mend]}}
about: {say: "Is it about our staff or a bill?", choices: {bill: [bill]}}
"""
LINE = """
line: {queue: general, keys: {1: callback}, on: {done: bye, full: callback, closed: callback, callback: callback}}
"""
ENDS = """
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: speak_now, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: goodbye}
"""
WISH = "why: {ask: how, expect: intent, keys: {1: complaint}, on: {complaint: return complaint, nothing: return}}\n"
"""A question of a sub-flow, which nobody can go back to when the flow is through."""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def parts(main: str, person: str = LINE, **more: str) -> dict[str, str]:
    return {
        "main": flow("main", main + ENDS),
        "person": flow("person", person + ENDS),
        "intents": INTENTS,
        "words": WORDS if "mend:" in main else WORDS.replace(", mend: [mend]", ""),
        "always": ALWAYS,
        **more,
    }


ONCE = """
sale: {ask: buy, expect: choice, keys: {1: sell, 2: mend}, on: {sell: SELL, mend: wish, nothing: callback}}
wish: {do: wish, on: {complaint: which, done: callback}}
which: {ask: about, expect: choice, keys: {1: bill}, on: {bill: offer, nothing: callback}}
offer: {offer: may_we, queue: general, on: {yes: line, no: bye, nothing: bye}}
"""


def once(sell: str) -> dict[str, str]:
    return parts(ONCE.replace("SELL", sell) + LINE, wish=flow("wish", WISH))


def test_a_way_back_to_an_offer_is_proved() -> None:  # R31
    assert verdicts(**once("offer"))["complaint"] == "proved"


def test_a_complaint_that_goes_back_to_where_it_may_queue_is_shown(stage: Stage, tmp_path: Path) -> None:  # R31
    (fault,) = faults_of("complaint", **once("line"))
    assert fault.sentence == MOVED
    assert '- presses: "9"' in fault.call
    plays(stage, tmp_path, fault, **once("line"))


TWICE = """
need:
  ask: how
  expect: intent
  keys: {1: complaint, 2: balance}
  on: {complaint: which, balance: sale, nothing: callback}
""" + ONCE.lstrip("\n")
"""The shortest way to `which` leads by `need` alone, where everybody says anew what he wants."""


def twice(sell: str) -> dict[str, str]:
    return parts(TWICE.replace("SELL", sell) + LINE, wish=flow("wish", WISH), intents=INTENTS + BILLS)


def test_a_longer_way_back_to_an_offer_is_proved() -> None:  # R31
    assert verdicts(**twice("offer"))["complaint"] == "proved"


def test_a_question_that_only_a_longer_call_can_go_back_to_is_found(stage: Stage, tmp_path: Path) -> None:  # R31
    (fault,) = faults_of("complaint", **twice("line"))
    assert fault.sentence == MOVED
    plays(stage, tmp_path, fault, **twice("line"))


CALLED = """
sale: {ask: buy, expect: choice, keys: {1: sell}, on: {sell: callback, nothing: callback}}
"""
LINED = CALLED.replace("sell: callback", "sell: line") + LINE
WHY_FIRST = """
wish: {do: wish, on: {complaint: which, done: callback}}
which: {ask: about, expect: choice, keys: {1: bill}, on: {bill: callback, nothing: callback}}
"""


def left(main: str) -> dict[str, str]:
    return parts(main, WHY_FIRST, wish=flow("wish", WISH))


def test_a_way_back_out_of_the_flow_for_a_person_is_proved() -> None:  # R31
    assert verdicts(**left(CALLED))["complaint"] == "proved"


def test_the_question_at_which_a_person_was_asked_for_is_gone_back_to(stage: Stage, tmp_path: Path) -> None:  # R31
    (fault,) = faults_of("complaint", **left(LINED))
    assert fault.sentence == MOVED
    assert 'presses: "0"' in fault.call
    plays(stage, tmp_path, fault, **left(LINED))


ROUND = """
wish: {ask: how, expect: intent, keys: {1: complaint}, on: {complaint: which, nothing: callback}}
which: {ask: about, expect: choice, keys: {1: bill}, on: {bill: other, nothing: callback}}
other: {ask: about, expect: choice, keys: {1: bill}, on: {bill: which, nothing: callback}}
"""
"""Who has gone round so often that the list of his questions has lost `wish` comes back to `sale` past it."""


def round_(main: str) -> dict[str, str]:
    return parts(main, ROUND)


def test_a_list_that_has_lost_its_oldest_question_is_proved_to_do_no_harm() -> None:  # R31
    assert verdicts(**round_(CALLED))["complaint"] == "proved"


def test_a_list_that_has_lost_its_oldest_question_is_thought_of() -> None:  # R31
    assert UNREAL in verdicts(**round_(LINED))["complaint"]


TOLD = """
need: {ask: how, expect: intent, keys: {1: complaint, 2: balance}, on: {complaint: offer, balance: line, nothing: line}}
offer: {offer: may_we, queue: general, on: {yes: line, no: bye, nothing: bye}}
line:
  queue: by_rules
  keys: {1: callback}
  on: {done: how_was_it, full: callback, closed: callback, callback: callback}
how_was_it: {rate: rate_us, on: {good: bye, bad: bye, nothing: bye}}
"""


def test_lines_are_no_questions_that_a_complaint_could_go_back_to() -> None:  # R31
    more = {"words": 'how: "What is it?"\n', "always": "{person: {key: 0, go: main.line}, back: {key: 9}}"}
    handoff = "request: [{id: crowded, form: callback, offer: may_we_call}]"
    found = verdicts(**parts(TOLD, intents=INTENTS + BILLS, handoff=handoff, **more))
    assert found["complaint"] == "proved"
    assert found["sound"] == "proved"


HELPED = """
need:
  ask: how
  expect: intent
  keys: {1: complaint, 2: balance}
  on: {complaint: offer, balance: helped, nothing: line}
offer: {offer: may_we, queue: general, on: {yes: line, no: bye, nothing: bye}}
helped: {ask: about, expect: choice, keys: {1: bill, 2: staff}, on: {bill: bye, staff: line, nothing: bye}}
line:
  queue: general
  keys: {1: callback}
  on: {done: how_was_it, full: callback, closed: callback, callback: callback}
how_was_it: {rate: rate_us, on: {good: bye, bad: bye, nothing: bye}}
"""
HELPED_WORDS = WORDS.replace("choices: {bill: [bill]}", "choices: {bill: [bill], staff: [staff]}")


def test_who_has_just_come_from_one_question_to_the_next_goes_back_to_that_one() -> None:  # R31
    """Who has said so often what he wants that the first of it is forgotten comes back to `helped`, where he has asked
    for a person before; but not with a complaint, which he has said only just now."""
    more = {"words": HELPED_WORDS[: HELPED_WORDS.index("buy:")] + HELPED_WORDS[HELPED_WORDS.index("about:") :]}
    more["always"] = "{person: {key: 0, go: main.line}, back: {key: 9}}"
    assert verdicts(**parts(HELPED, intents=INTENTS + BILLS, **more))["complaint"] == "proved"
