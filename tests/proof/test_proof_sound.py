"""No call breaks, goes round unheard, or keeps a caller for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import COMPANY, flow
from proof_stage import a_stage, faults_of, plays, verdicts

from ivr.testing.stage import Stage

HELD = """
line: {queue: general, KEYSon: {done: bye, full: callback, closed: callback, callback: callback}}
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: speak_now, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: thank_you}
"""
AGAIN = """
need: {ask: what_is_it, expect: yes_no, on: {yes: begin, no: bye, nothing: bye}}
begin: {set: {tries: 0}, next: look}
look: {lookup: company.balance, with: {account: "1"}, on: {ok: bye, failed: count}}
count: {set: {tries: COUNT}, next: enough}
enough: {choose: [{when: "tries >= 3", next: bye}], otherwise: OTHERWISE}
bye: {hangup: goodbye}
"""
WORDS = 'what_is_it: "What is it?"\n'


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def held(keys: str) -> dict[str, str]:
    main = flow(
        "main", "need: {ask: what_is_it, expect: yes_no, on: {yes: need, no: bye, nothing: bye}}\nbye: {hangup: bye}"
    )
    return {"main": main, "person": flow("person", HELD.replace("KEYS", keys)), "words": WORDS}


def test_a_key_out_of_the_line_is_enough() -> None:
    assert verdicts(**held("keys: {1: callback}, "))["sound"] == "proved"


def test_a_line_that_no_key_leaves_is_shown(stage: Stage, tmp_path: Path) -> None:
    files = held("")
    (fault,) = faults_of("sound", **files)
    assert (fault.place, fault.sentence) == (("person", "line"), "who waits in line can leave it by no key")
    plays(stage, tmp_path, fault, **files)


def looks(count: str, otherwise: str = "look") -> dict[str, str]:
    main = AGAIN.replace("COUNT", count).replace("OTHERWISE", otherwise)
    person = HELD.replace("KEYS", "keys: {1: callback}, ")
    return {
        "main": flow("main", main),
        "person": flow("person", person),
        "hotline": COMPANY.replace("    operations", "    seed: company.sql\n    operations"),
        "words": WORDS,
    }


def test_a_circle_in_which_the_caller_is_heard_is_proved() -> None:
    assert verdicts(**looks("1", otherwise="need"))["sound"] == "proved"


def test_a_count_that_does_not_grow_keeps_the_caller_unheard_and_is_shown(stage: Stage, tmp_path: Path) -> None:
    files = looks("1")
    (fault,) = faults_of("sound", **files)
    assert fault.sentence == "the call breaks and ends in an apology"
    plays(stage, tmp_path, fault, **files)


def test_a_count_that_grows_is_neither_shown_nor_proved() -> None:
    assert "could not be made on paper" in verdicts(**looks('"{{ tries + 1 }}"'))["sound"]


def test_of_two_lines_the_one_that_no_key_leaves_is_shown(stage: Stage, tmp_path: Path) -> None:
    """Who hides the number comes from the first to the second."""
    files = held("keys: {1: callback}, ")
    files["person"] = files["person"].replace("impossible: message", "impossible: other")
    files["person"] += "  other: {queue: sales, on: {done: bye, full: message, closed: message}}\n"
    files["queues"] = (
        'queues: {general: {}, sales: {}}\nagents: {ann: {phone: "+12025550102", queues: [general, sales]}}\n'
    )
    (fault,) = faults_of("sound", **files)
    assert fault.place == ("person", "other")
    plays(stage, tmp_path, fault, **files)


def test_news_told_in_line_are_no_way_out_of_it() -> None:
    news = "tell: {ask: more_news, expect: yes_no, on: {yes: tell, no: return, nothing: return}}"
    files = held("menu: {3: news}, ")
    words = WORDS + 'more_news: "No news. Once more?"\n'
    assert "can leave it by no key" in verdicts(**{**files, "news": flow("news", news), "words": words})["sound"]


def test_a_line_that_no_key_leaves_is_shown_beside_one_that_a_key_leaves_for_it(stage: Stage, tmp_path: Path) -> None:
    """The key of `sale` leads to a callback, and who hides the number to the other line; that one is at fault."""
    files = held("")
    files["person"] = (
        files["person"]
        .replace("impossible: message", "impossible: other")
        .replace("{queue: general, ", "{queue: general, keys: {1: callback}, menu: {3: news}, ")
    )
    files["person"] += "  other: {queue: sales, menu: {3: news}, on: {done: bye, full: message, closed: message}}\n"
    files["news"] = flow("news", "tell: {say: no_news, next: return}")
    files["queues"] = (
        'queues: {general: {}, sales: {}}\nagents: {ann: {phone: "+12025550102", queues: [general, sales]}}\n'
    )
    (fault,) = faults_of("sound", **files)
    assert fault.place == ("person", "other")
    plays(stage, tmp_path, fault, **files)


DIALS = """
shop: {dial: "+12025550123", on: {completed: bye, failed: count}}
count: {set: {tries: COUNT}, next: enough}
enough: {choose: [{when: "tries >= 3", next: bye}], otherwise: OTHERWISE}
bye: {hangup: goodbye}
"""


def dials(count: str, otherwise: str = "shop") -> dict[str, str]:
    first = AGAIN.split("look:")[0].replace("next: look", "next: shop")
    steps = first + DIALS.replace("COUNT", count).replace("OTHERWISE", otherwise)
    return {**looks("1", otherwise="need"), "main": flow("main", steps)}


def test_a_number_that_does_not_answer_and_then_a_question_is_proved() -> None:
    assert verdicts(**dials("1", otherwise="need"))["sound"] == "proved"


def test_a_number_that_is_dialled_again_and_again_is_shown(stage: Stage, tmp_path: Path) -> None:
    files = dials("1")
    (fault,) = faults_of("sound", **files)
    assert fault.place == ("main", "shop")
    assert fault.sentence == "the call can go round without end, and the caller is never heard"
    plays(stage, tmp_path, fault, **files)


def test_a_number_that_is_dialled_three_times_is_neither_shown_nor_proved() -> None:
    assert "could not be made on paper" in verdicts(**dials('"{{ tries + 1 }}"'))["sound"]
