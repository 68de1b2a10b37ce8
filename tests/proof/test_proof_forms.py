"""Other forms than the line: the second request reaches a person all the same; a yes leads to what was agreed to."""

from __future__ import annotations

from hotlines import flow, told
from proof_stage import hotline, verdicts

from ivr.call.tasks import TakePlace
from ivr.proof.explore import explore
from ivr.proof.law import Law

MAIN = """\
need: {ask: how, expect: intent, keys: {1: balance}, on: {balance: tell, person: person, nothing: person}}
tell: {say: balance, next: need}
person: {do: person, on: {}}
"""
PERSON = """\
line:
  queue: by_rules
  keys: {1: message}
  on: {done: bye, full: call, closed: message, callback: call, message: message, elsewhere: bye}
call: {callback: general, on: {booked: bye, impossible: message}}
message: {record: speak, queue: general, on: {recorded: bye, nothing: bye}}
bye: {hangup: goodbye}
"""
HANDOFF = """\
elsewhere: {video: {way: human_video, words: video_by_text}}
request:
  - {id: crowded, when: "people.general.wait_s > 600", form: callback, offer: shall_we_call}
  - {id: show_it, when: "call.intent == 'balance'", form: video, offer: shall_we_look}
  - {id: write_it, form: message, offer: shall_you_write}
line:
  - {id: now, when: "caller.tier == 'gold'", queue: seniors, form: connect}
  - {id: rest, queue: general}
"""
PARTS = {
    "main": MAIN,
    "person": flow("person", PERSON),
    "handoff": HANDOFF,
    "queues": "queues: {general: {}, seniors: {}}\n"
    "agents: {ann: {phone: '+12025550102', queues: [general, seniors]}}\n",
    "intents": "balance: {type: query, label: {en: it}, keywords: {en: [balance]}}\nperson: {type: consult}\n",
    "words": "video_by_text: 'https://video.example'\n",
}


def test_every_property_is_proved_of_a_hotline_with_forms() -> None:  # R19 R21
    assert set(verdicts(**PARTS).values()) == {"proved"}


def test_the_proofs_come_to_every_form() -> None:  # R19
    graph = explore(Law(hotline(**PARTS)))
    assert {node.state.offering.form for node in graph.nodes if node.state.offering} == {"callback", "video", "message"}


def test_the_proofs_come_to_every_line() -> None:  # R19
    asked = [one.question for edge in explore(Law(hotline(**PARTS))).edges() for one in edge.outcome.asked]
    assert {one.queue for one in asked if isinstance(one, TakePlace)} == {"general", "seniors"}


def test_a_yes_to_a_call_back_that_leads_to_none_is_a_fault() -> None:  # R19
    parts = {**PARTS, "person": PARTS["person"].replace("callback: call,", "callback: bye,")}
    assert any("somebody who asked for a person reaches none: bye" in fault for fault in told(**parts))
