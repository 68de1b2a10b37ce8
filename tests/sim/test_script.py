"""Scripted calls: read with their faults told in place, played word by word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from sim_stage import ALICE, DORA, FAY, TELECOM, a_stage

from ivr.sim.acts import ACTS
from ivr.sim.call import SimCall
from ivr.sim.script import BadScript, Script, WrittenStub, play, read_script
from ivr.sim.transcript import Transcript, script_text
from ivr.testing.stage import Stage

WHOLE = """
about: everything a head can say
from: "+12025550101"
to: "+12025550199"
at: 2026-11-23T23:30
shows: [37, 38]
agents: [amy]
by: engine
stubs:
  company.balance: {answers: {amount: 7, due: 2026-12-01}, delay_s: 1.5}
  company.bill: {fails: timeout}
turns:
  - hears: Welcome
"""


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


def write(folder: Path, text: str) -> Path:
    path = folder / "call.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_script_is_read_with_all_it_says(tmp_path: Path) -> None:
    script = read_script(write(tmp_path, WHOLE))
    assert (script.from_, script.to, script.at, script.by) == (ALICE, "+12025550199", "2026-11-23T23:30", "engine")
    assert script.shows == (37, 38)
    assert script.stubs["company.balance"].delay_s == 1.5
    assert script.stubs["company.bill"].fails == "timeout"
    assert script.starts("America/New_York") == 1_795_494_600.0


def test_a_script_may_say_almost_nothing(tmp_path: Path) -> None:
    script = read_script(write(tmp_path, "about: a call\nturns: [{hangs_up: true}]\n"))
    assert (script.from_, script.to, script.agents, script.by) == ("+12025550100", "", (), "any")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("about: x\nturns: [{preses: 1}]\n", "'preses' is nothing a call can do. Did you mean 'presses'?"),
        ("about: x\nturns: [{dances: 1}]\n", "'dances' is nothing a call can do. The words are: presses, says"),
        ("about: x\nturns: [{hears: a, presses: 1}]\n", "turn 1: one word and its value stand in a turn, not 2"),
        ("about: x\nturns: [{hears: a}, {waits: long}]\n", "turn 2: waits needs a number of seconds"),
        ("about: x\nturns: [{waits: -1}]\n", "waits needs a number of seconds"),
        ("about: x\nturns: [{entry: consent}]\n", "entry needs a mapping with `kind:` in it"),
        ("about: x\nturns: [{stub: {fails: timeout}}]\n", "stub needs a mapping with `lookup:` in it"),
        ("about: x\nturns: [{record: answered}]\n", "record needs a mapping"),
        ("about: x\nturns: []\n", ":2:8: this list is empty"),
        ("turns: [{hears: a}]\n", "about"),
        ("about: x\nat: noon\nturns: [{hears: a}]\n", "noon"),
        ("about: x\nagent: [amy]\nturns: [{hears: a}]\n", "Did you mean 'agents'?"),
        ("about: x\nby: pigeon\nturns: [{hears: a}]\n", "'pigeon' is not one of 'any' or 'engine'"),
        ("about: x\nabout: y\nturns: [{hears: a}]\n", "about"),
        ("- a list\n", "call.yaml:1:1"),
        ("", "call.yaml"),
        ("about: [\n", "call.yaml:"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadScript) as error:
        read_script(write(tmp_path, text))
    assert told in str(error.value)
    assert str(error.value).startswith(str(tmp_path / "call.yaml"))


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "call.yaml"
    path.write_bytes(b"\xff\xfe\x00turns")
    with pytest.raises(BadScript):
        read_script(path)


PLAYED = {
    "in line": f"""
about: words of the line
from: "{DORA}"
agents: [amy]
told: {{bill_due: [2, 40], contract_ends: 0.5}}
turns:
  - hears: [Welcome back, Dora Novak]
  - hears_not: bananas
  - language: en
  - no_sms: true
  - no_queue: true
  - presses: 0
  - looked_up: [company.subscriber, company.contacts, company.balance]
  - sms: [balance, "34.50"]
  - another: general
  - queue: general 1
  - queue: general
  - waits: 20
  - silence: 20
  - agent_declines: amy
  - signs_out: amy
  - signs_in: ben
  - agent: ben
  - agent_leaves: 60
  - presses: 5
  - over: done
  - over: true
  - record: {{outcome: connected, agent: ben}}
  - entry: {{kind: rated, score: 5}}
  - no_entry: {{kind: consent}}
""",
    "calls again": f"""
about: words of the rest
from: "{FAY}"
stubs:
  company.balance: {{delay_s: 1}}
turns:
  - presses: 5
  - says: no thanks
  - message: 9
  - voicemail: complaints
  - hangs_up: true
  - calls_again: true
  - stub: {{lookup: company.balance, none: true}}
  - presses: 2
  - says: slower
  - slowly: true
  - mumbles: my balance
  - hears: Did you mean your balance
  - mumbles: ""
  - hears: [I did not understand that, Did you mean your balance]
  - presses: 2
  - hears: I did not get that
  - presses: 1
  - hears: cannot find an account
  - waits: 5
  - presses: 1
  - callback: general
""",
}


@pytest.mark.parametrize("name", PLAYED)
def test_a_script_is_played_word_by_word(stage: Stage, tmp_path: Path, name: str) -> None:
    stage.play(TELECOM, read_script(write(tmp_path, PLAYED[name])))


def test_between_them_the_scripts_use_every_word() -> None:
    texts = [*PLAYED.values(), *(path.read_text(encoding="utf-8") for path in (TELECOM / "calls").glob("*.yaml"))]
    used = {word for text in texts for turn in yaml.safe_load(text)["turns"] for word in turn}
    assert set(ACTS) - used == {"dial_ends"}, "words nobody plays are words nobody knows to work"


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        ({"hears": "bananas"}, "should hear 'bananas'"),
        ({"record": {"outcome": "answered"}}, "the record should have ended with {'outcome': 'answered'}"),
        ({"agent": "amy"}, "the phone of agent amy does not ring"),
        ({"queue": "general 2"}, "waits nowhere"),
        ({"stub": {"lookup": "company.x"}}, "there is no lookup 'company.x'"),
    ],
)
def test_what_is_not_so_shows_the_call(stage: Stage, turn: dict[str, object], told: str) -> None:
    with pytest.raises(AssertionError) as error:
        stage.play(TELECOM, Script(about="x", turns=({"presses": 1}, turn), from_=ALICE))
    assert told in str(error.value)
    assert "presses: 1" in str(error.value)


def test_stubs_of_unknown_lookups_fail_before_the_call(stage: Stage) -> None:
    script = Script(about="x", turns=({"hangs_up": True},), stubs={"company.nothing": WrittenStub(none=True)})
    with stage.rehearse([TELECOM]) as house, pytest.raises(AssertionError, match=r"no lookup 'company\.nothing'"):
        play(script, SimCall(house))


def test_hints_of_earlier_calls_must_be_hints_of_the_hotline(stage: Stage) -> None:
    script = Script(about="x", told={"bill_duo": 3.0}, turns=({"hears": "Welcome"},))
    with pytest.raises(AssertionError, match="there is no hint 'bill_duo'; there is bill_due, "):
        stage.play(TELECOM, script)


def test_what_was_written_down_can_be_read_again(tmp_path: Path) -> None:
    turns = [{"hears": "您好, “Alice” & Bob: 1#"}, {"presses": "0"}, {"waits": 5.0}, {"over": True}]
    text = script_text(turns, {"about": "no: yes", "from": "anonymous", "to": "", "at": "2026-11-23T10:00:00"})
    script = read_script(write(tmp_path, text))
    assert [dict(turn) for turn in script.turns] == turns
    assert (script.about, script.from_, script.at) == ("no: yes", "anonymous", "2026-11-23T10:00:00")


def test_a_transcript_uses_the_words_of_scripts() -> None:
    transcript = Transcript("a", "")
    transcript.add(0.0, dialled="+1")
    transcript.add(1.0, dial="busy")
    transcript.add(2.0, records=9.0)
    assert [next(iter(turn)) for _, turn in transcript.turns] == ["transferred", "dial_ends", "message"]
    assert {word for _, turn in transcript.turns for word in turn} <= set(ACTS)
