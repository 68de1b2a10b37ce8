"""What it costs to load and check a large hotline: `python bench/check.py [STEPS]`. Needs some seconds and no server.

The hotline is made up, in memory: a flow that runs flows of 25 steps, two languages, words with placeholders for
every step that speaks, lookups, intents, queues. To reach: 1,000 steps under 2 s.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from ivr.flow.check import CHECKS
from ivr.flow.load import assemble
from ivr.flow.source import Source
from ivr.flow.yaml import read_text
from ivr.kit import standard_kit

T = TypeVar("T")
ROUNDS = 5
STEPS_A_FLOW = 25
TO_REACH_S = 2.0
SOUNDS = {"hold.wav": 10.0}

HOTLINE = """
hotline: large
start: main
languages: [en, zh]
numbers: ["+12025550100"]
fallback_number: "+12025550101"
timezone: America/New_York
hours: {open: {mon-fri: "08:00-18:00"}}
constants: {company: Northwind}
connectors:
  company:
    kind: sql
    url: "sqlite:///company.sqlite"
    operations:
      balance:
        query: "select amount, due from balances where number = :number"
        takes: [number]
        gives: {amount: money, due: date}
always:
  person: {key: 0, go: person}
  repeat: {key: "*"}
"""
PERSON = """
flow: person
start: line
steps:
  line:
    queue: by_rules
    on: {done: bye, full: bye, closed: bye}
  bye:
    hangup: goodbye
"""
QUEUES = """
queues: {general: {}, vip: {skills: [gold]}}
agents:
  ann: {phone: "+12025550102", queues: [general, vip], skills: [gold]}
"""
HANDOFF = """
line:
  - {id: gold, when: "caller.tier == 'gold'", queue: vip}
  - {id: rest, queue: general}
"""
FLOW = """  need{n}:
    ask: need_{flow}_{n}
    expect: intent
    keys: {{1: balance, 2: fault}}
    on: {{balance: look_up{n}, fault: which{n}, nothing: look_up{n}}}
  look_up{n}:
    lookup: company.balance
    with: {{number: "{{{{ caller.number }}}}"}}
    on: {{ok: tell{n}, failed: keep{n}}}
  tell{n}:
    say: tell_{flow}_{n}
    answers: balance
    next: keep{n}
  keep{n}:
    set: {{topic: balance, at: "{{{{ now }}}}"}}
    next: which{n}
  which{n}:
    choose:
      - {{when: "caller.tier == 'gold' and hours.open", next: {after}}}
      - {{when: "call.requests > {n}", next: {after}}}
    otherwise: {after}
"""
RUN = """  run{flow}:
    do: flow{flow}
    on: {{done: {after}}}
"""
WORDS = {
    "need": (
        "need_{flow}_{n}:\n  say: \"How can I help you, {{{{ caller.name or 'friend' }}}}?\"\n"
        '  nothing: ["I heard nothing. What can {{{{ company }}}} do for you?"]\n'
    ),
    "tell": 'tell_{flow}_{n}: "You owe {{{{ balance.amount | money }}}}, due on {{{{ balance.due | date }}}}."\n',
}
INTENTS = """
balance: {type: query, label: {en: balance, zh: 余额}, examples: {en: [my balance], zh: [查余额]}}
fault: {type: fault, label: {en: a fault, zh: 故障}, examples: {en: [it is broken], zh: [坏了]}}
"""


def large(steps: int) -> dict[str, bytes]:
    """The files of a hotline of about that many steps."""
    groups = STEPS_A_FLOW // 5
    flows = max(1, steps // STEPS_A_FLOW)
    files = {"hotline.yaml": HOTLINE, "person.yaml": PERSON, "queues.yaml": QUEUES, "handoff.yaml": HANDOFF}
    words = ['goodbye: "Goodbye."\n']
    runs = ""
    for flow in range(flows):
        body = "".join(
            FLOW.format(flow=flow, n=n, after=f"need{n + 1}" if n + 1 < groups else "return") for n in range(groups)
        )
        files[f"flow{flow}.yaml"] = f"flow: flow{flow}\nstart: need0\nsteps:\n{body}"
        runs += RUN.format(flow=flow, after=f"run{flow + 1}" if flow + 1 < flows else "bye")
        words += [text.format(flow=flow, n=n) for n in range(groups) for text in WORDS.values()]
    files["main.yaml"] = f"flow: main\nstart: run0\nsteps:\n{runs}  bye: {{hangup: goodbye}}\n"
    files |= {"words/en.yaml": "".join(words), "words/zh.yaml": "".join(words), "intents.yaml": INTENTS}
    return {path: text.encode() for path, text in files.items()}


def main(steps: int) -> None:
    files, kit = large(steps), standard_kit()
    cold_s, loaded = timed(lambda: assemble(files, SOUNDS, kit))
    for fault in loaded.faults[:5]:
        print(fault)
    hotline = loaded.hotline
    assert hotline is not None
    made = sum(len(flow.steps) for flow in hotline.flows.values())
    print(f"{made} steps in {len(files)} files of {sum(map(len, files.values())) / 1000:.0f} kB")
    warm_s = statistics.median(timed(lambda: assemble(files, SOUNDS, kit))[0] for _ in range(ROUNDS))
    print(f"loaded and checked in {cold_s:.2f} CPU s the first time, {warm_s:.2f} again (to reach: {TO_REACH_S:g})")
    source = Source({path: read_text(content, path) for path, content in files.items()})
    for check in CHECKS:
        taken_s, _ = timed(partial(check, hotline, source), list)
        print(f"  {check.__module__.rpartition('.')[2]:14} {taken_s * 1000:6.1f} ms")


def timed(work: Callable[[], T], use: Callable[[T], object] = id) -> tuple[float, T]:
    """CPU seconds, which other work on the machine hardly changes, and result.

    `use` is part of the work, for one that the call only begins."""
    start = time.process_time()
    result = work()
    use(result)
    return time.process_time() - start, result


if __name__ == "__main__":
    main(int(next((one for one in sys.argv[1:] if one.isdigit()), "1000")))
