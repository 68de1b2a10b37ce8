"""What it costs to prove a large hotline: `python bench/proof.py [STEPS]`. Needs some seconds and no server.

The hotline is made up, in memory: menus, flows of 25 steps with questions, lookups, choices by data and offers, two
queues with rules and hours. To reach: 1,000 steps in under 10 CPU s, and the sample hotline in under 4.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from ivr.flow.hotline import Hotline
from ivr.flow.load import assemble, load
from ivr.kit import standard_kit
from ivr.proof.prove import Report, prove

SAMPLE = Path(__file__).parents[1] / "flows" / "telecom"
STEPS_A_FLOW = 25
PART = 5
"""Steps of each part of a flow."""
SOUNDS = {"hold.wav": 10.0}

HOTLINE = """
hotline: large
start: main
languages: [en]
numbers: ["+12025550100"]
fallback_number: "+12025550101"
timezone: America/New_York
hours: {open: {mon-fri: "08:00-18:00"}}
connectors:
  company:
    kind: sql
    url: "sqlite:///company.sqlite"
    operations:
      caller:
        query: "select tier from callers where number = :number"
        takes: [number]
        gives: {tier: text}
      balance:
        query: "select amount, due from balances where number = :number"
        takes: [number]
        gives: {amount: money, due: date}
profile: {lookup: company.caller, with: {number: "{{ call.caller }}"}}
always:
  person: {key: 0, go: person}
  repeat: {key: "*"}
  back: {key: 9}
"""
PERSON = """
flow: person
start: line
steps:
  line:
    queue: by_rules
    keys: {1: call_back, 2: message}
    on: {done: bye, full: call_back, closed: message, call_back: call_back, message: message}
  call_back: {callback: general, on: {booked: bye, impossible: message}}
  message: {record: leave_word, queue: general, on: {recorded: bye, nothing: bye}}
  bye: {hangup: goodbye}
"""
QUEUES = """
queues: {general: {}, vip: {hours: {open: {daily: "00:00-24:00"}}}}
agents: {ann: {phone: "+12025550102", queues: [general, vip]}}
"""
HANDOFF = """
request: [{id: balance_first, when: "caller.expects == 'balance'", first: balance_first}]
line:
  - {id: gold, when: "caller.tier == 'gold'", queue: vip}
  - {id: rest, queue: general}
"""
FIRST = """
flow: balance_first
start: look
steps:
  look: {lookup: company.balance, with: {number: "{{ caller.number }}"}, on: {ok: tell, failed: return}}
  tell: {say: told_first, next: return}
"""
PARTS = """  need{n}:
    ask: need
    expect: choice
    keys: {{1: look, 2: other, 3: help}}
    on: {{look: look{n}, other: {next}, help: offer{n}, nothing: return lost}}
  look{n}:
    lookup: company.balance
    with: {{number: "{{{{ caller.number }}}}"}}
    on: {{ok: which{n}, failed: tell{n}}}
  which{n}: {{choose: [{{when: "balance.amount > {n}", next: offer{n}}}], otherwise: tell{n}}}
  tell{n}: {{say: told, next: {next}}}
  offer{n}: {{offer: may_we, queue: general, on: {{yes: return person, no: {next}, nothing: {next}}}}}
"""
WORDS = """
need: {say: "Balance, other or help?", choices: {look: [balance], other: [other], help: [help]}}
which_part: {say: "Which part?", choices: {CHOICES}}
told: "Told."
told_first: "Your balance first."
may_we: "May we connect you?"
goodbye: "Goodbye."
leave_word: "Leave a word."
"""


def hotline(steps: int) -> Hotline:
    """Menus of nine flows each, one below the other."""
    flows = max(1, steps // STEPS_A_FLOW)
    files = {"hotline.yaml": HOTLINE, "person.yaml": PERSON, "queues.yaml": QUEUES, "handoff.yaml": HANDOFF}
    files |= {"balance_first.yaml": FIRST, "main.yaml": _main(flows)}
    files |= {f"part{n}.yaml": _part(n) for n in range(flows)}
    choices = ", ".join(
        [*(f"part{n}: [part {n}]" for n in range(flows)), *(f"menu{m}: [more {m}]" for m in range(1, flows))]
    )
    files["words/en.yaml"] = WORDS.replace("CHOICES", choices)
    found = assemble({path: text.encode() for path, text in files.items()}, SOUNDS, standard_kit())
    if found.hotline is None:
        raise SystemExit("\n".join(map(str, found.faults)))
    return found.hotline


def _part(n: int) -> str:
    last = STEPS_A_FLOW // PART - 1
    steps = "".join(PARTS.format(n=m, next=f"need{m + 1}" if m < last else "return") for m in range(last + 1))
    return f"flow: part{n}\nstart: need0\nsteps:\n{steps}"


A_MENU = 7
"""Flows that one menu leads to; key 8 leads to the next menu, 9 goes back."""


def _main(flows: int) -> str:
    lines = ["flow: main", "start: menu0", "steps:"]
    menus = range(0, flows, A_MENU)
    for m, first in enumerate(menus):
        parts = range(first, min(first + A_MENU, flows))
        keys = {str(n - first + 1): f"part{n}" for n in parts}
        if m + 1 < len(menus):
            keys["8"] = f"menu{m + 1}"
        on = ", ".join(f"{way}: {way}" for way in keys.values())
        shown = ", ".join(f"{key}: {way}" for key, way in keys.items())
        lines.append(
            f"  menu{m}: {{ask: which_part, expect: choice, keys: {{{shown}}}, on: {{{on}, nothing: person}}}}"
        )
    lines += [f"  part{n}: {{do: part{n}, on: {{done: menu0, lost: person, person: person}}}}" for n in range(flows)]
    return "\n".join([*lines, "  person: {do: person, on: {}}"]) + "\n"


def told(name: str, made: Hotline) -> Report:
    began, spent = time.perf_counter(), time.process_time()
    report = prove(made)
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    steps = sum(len(flow.steps) for flow in made.flows.values())
    open_ = [one.name for one in report.findings if not one.is_proved]
    print(
        f"{name}: {steps} steps: {report.states} states, {report.turns} steps of the engine, {seconds:.1f} s "
        f"({cpu:.1f} CPU s); not proved: {', '.join(open_) or 'none'}"
    )
    return report


def main() -> None:
    told("sample", load(SAMPLE, standard_kit()))
    for steps in map(int, sys.argv[1:] or ["250", "1000"]):
        told("made up", hotline(steps))


if __name__ == "__main__":
    main()
