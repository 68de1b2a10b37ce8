"""How a caller is heard: badly and asked back, in a mood, and with what works everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hotlines import flow
from proof_stage import a_stage, explored, faults_of, hotline, plays, verdicts

from ivr.engine import confirming
from ivr.proof.explore import explore
from ivr.proof.games import way_to
from ivr.proof.law import Law
from ivr.proof.replay import make
from ivr.proof.script import written
from ivr.testing.stage import Stage

INTENTS = "balance: {type: query, label: {en: a bill}, keywords: {en: [bill]}}\n"
MAIN = """
need: {ask: how, expect: intent, keys: {1: balance}, on: {balance: tell, nothing: callback}}
tell: {say: balance, next: need}
"""
LINE = """
line: {queue: general, keys: {1: callback}, on: {done: bye, full: callback, closed: callback, callback: callback}}
"""
ENDS = """
callback: {callback: general, on: {booked: bye, impossible: message}}
message: {record: speak_now, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: goodbye}
"""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def parts(main: str = MAIN, line: str = LINE, **more: str) -> dict[str, str]:
    return {"main": flow("main", main + ENDS), "person": flow("person", line + ENDS), "intents": INTENTS, **more}


# --- asked back -------------------------------------------------------------------------------------------------


def test_whoever_is_not_heard_well_is_asked_back_and_says_yes_or_no() -> None:
    asked_back = [edge for edge in explored(**parts()).edges() if confirming.NOTE in edge.source.state.scratch]
    assert {edge.deed.name for edge in asked_back} >= {"yes, balance", "yes, person", "no"}


def test_a_person_who_was_meant_by_words_that_were_heard_badly_is_a_request() -> None:  # R21
    meant = [edge for edge in explored(**parts()).edges() if edge.deed.name == "yes, person"]
    assert meant
    assert all(edge.seen.requested for edge in meant)


# --- once more and slower -----------------------------------------------------------------------------------------


def test_once_more_and_slower_are_asked_for_at_every_question_and_in_line() -> None:  # R55
    files = parts(always="{person: {key: 0, go: person}, repeat: {key: '*'}, slower: {key: 7}}")
    graph = explored(**files)
    held = [node for node in graph.nodes if node.is_question or node.is_hold]
    assert held
    assert all({"repeat", "slower"} <= {edge.deed.name for edge in node.edges} for node in held)


# --- moods ----------------------------------------------------------------------------------------------------------

WAYS = """
line:
  queue: by_rules
  keys: {1: callback}
  on: {done: bye, full: callback, closed: CLOSED, callback: callback}
"""
MOOD = """
mood: {upset: {move: ask, offer: may_i, queue: sales, only_if: always, phrases: {en: [fed up]}}}
line: [{id: rest, queue: general}]
"""
QUEUES = """
queues: {general: {}, sales: {hours: {open: {daily: "08:00-18:00"}}}}
agents: {ann: {phone: "+12025550102", queues: [general, sales]}}
"""


def moody(closed: str) -> dict[str, str]:
    """Nobody but an upset caller comes to a line that is closed at night."""
    return parts(
        line=WAYS.replace("CLOSED", closed), handoff=MOOD, queues=QUEUES, hotline="limits: {person_within: 1}\n"
    )


def test_an_upset_caller_whose_line_is_closed_and_who_may_leave_a_message_is_proved() -> None:  # R46 R82
    assert set(verdicts(**moody("message")).values()) == {"proved"}


def test_an_upset_caller_whose_line_is_closed_and_who_is_left_alone_is_shown(
    stage: Stage, tmp_path: Path
) -> None:  # R46 R82
    fault, *_ = faults_of("near", **moody("bye"))
    plays(stage, tmp_path, fault, **moody("bye"))


def test_words_that_answer_nothing_and_tell_a_mood_are_printed_by_a_phrase_of_it() -> None:  # R46
    law = Law(hotline(**moody("message")))
    upset = next(edge for edge in explore(law).edges() if edge.deed.name == "nothing, upset")
    call = written(law, make(law, (*way_to(upset.source), upset)), "upset", ())
    assert call.endswith("turns:\n  - says: fed up\n")
