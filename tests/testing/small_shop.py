"""A small hotline on disk, for tests of what designers and testers use."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "hotline.yaml": """
hotline: shop
start: main
languages: [en]
timezone: America/New_York
hours: {open: {mon-fri: "08:00-18:00"}}
always: {person: {key: "0", go: person}}
connectors:
  company:
    kind: sql
    url: "sqlite:///company.sqlite"
    seed: company.sql
    operations:
      stock: {query: "select n from stock where what = :what", takes: [what], gives: {n: count}}
""",
    "main.yaml": """
flow: main
start: need
steps:
  need:
    ask: how_can_i_help
    expect: choice
    keys: {1: stock, 2: link}
    tries: 2
    on: {stock: look, link: link, nothing: bye}
  look: {lookup: company.stock, with: {what: shoes}, on: {ok: tell, none: not_now, failed: not_now}}
  tell: {say: so_many, next: need}
  not_now: {say: not_now, next: need}
  link: {sms: link, on: {sent: sent, impossible: need}}
  sent: {say: it_was_sent, next: pin}
  pin: {ask: your_pin, expect: digits, secret: true, tries: 1, as: pin, on: {ok: bye, nothing: bye}}
  bye: {hangup: bye}
""",
    "person.yaml": """
flow: person
start: line
steps:
  line: {queue: general, keys: {1: tape}, on: {done: bye, full: bye, closed: tape, tape: tape}}
  tape: {record: speak, queue: general, on: {recorded: kept, nothing: bye}}
  kept: {say: kept, next: bye}
  bye: {hangup: bye}
""",
    "queues.yaml": """
queues: {general: {}}
agents: {amy: {phone: "+12025550111", queues: [general]}}
""",
    "words/en.yaml": """
how_can_i_help: {say: "Press 1 for shoes, 2 for a link.", choices: {stock: [shoes], link: [link]}}
so_many: "We have {{ stock.n }} pairs."
not_now: I do not know just now.
link: "shop.example/shoes"
it_was_sent: The link is on its way.
your_pin: "Your pin, please."
speak: Speak after the tone.
kept: It is kept.
bye: Goodbye.
""",
    "company.sql": """
create table stock (what text, n integer);
insert into stock select 'shoes', 12 from today;
""",
}


def write_shop(folder: Path, **calls: str) -> Path:
    """Write the hotline, with a tone for its music, and these scripted calls; its folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sounds = Path(__file__).parents[2] / "flows" / "telecom" / "audio"
    (folder / "audio").mkdir(exist_ok=True)
    (folder / "audio" / "hold.wav").write_bytes((sounds / "hold.wav").read_bytes())
    for name, text in calls.items():
        path = folder / "calls" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


GOOD = """
about: shoes are counted
turns:
  - hears: Press 1 for shoes
  - presses: 1
  - hears: We have 12 pairs
  - hangs_up: true
"""
BAD = """
about: shoes are counted wrong
turns:
  - hears: Press 1 for shoes
  - presses: 1
  - hears: We have 13 pairs
"""
