"""Small hotlines for tests: a good one, and what is told when something in it is changed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

from ivr.flow.load import Loaded, assemble
from ivr.kit import standard_kit

KIT = standard_kit()
SOUNDS = {"hold.wav": 10.0}

HOTLINE = """\
hotline: small
start: main
languages: [en]
fallback_number: "+12025550101"
always: {person: {key: 0, go: person}}
"""
"""Five lines; what a test adds begins in line 6."""
MAIN = """
welcome: {say: hello, next: bye}
bye: {hangup: goodbye}
"""
PERSON = """\
flow: person
start: line
steps:
  line: {queue: by_rules, on: {done: thanks, full: thanks, closed: thanks}}
  thanks: {hangup: thank_you}
"""
QUEUES = """\
queues: {general: {}}
agents: {ann: {phone: "+12025550102", queues: [general]}}
"""
HANDOFF = """\
line: [{id: rest, queue: general}]
"""
COMPANY = """\
connectors:
  company:
    kind: sql
    url: "sqlite:///company.sqlite"
    operations:
      balance:
        query: "select amount, due from balances where account = :account"
        takes: [account]
        gives: {amount: money, due: date}
      bills:
        query: "select amount, due from bills where account = :account"
        takes: [account]
        many: true
        gives: [{amount: money, due: date}]
      caller:
        query: "select account, tier, plan from people where number = :number or note = :note"
        takes: [number, "note?"]
        gives: {account: text, tier: text, "plan?": text}
"""
"""Eighteen lines for `hotline=`; what comes after them begins in line 24."""
SAID = re.compile(r"\b(?:say|ask|hangup|offer|record|rate|sms|waiting): ?([a-z_]+)")


def flow(name: str, steps: str) -> str:
    """A flow file that starts at its first step; the first line of `steps` is line 4 of the file."""
    body = textwrap.dedent(steps).strip("\n")
    start = body.split(":", 1)[0].strip()
    return f"flow: {name}\nstart: {start}\nsteps:\n{textwrap.indent(body, '  ')}\n"


def small(*, main: str = MAIN, hotline: str = "", words: str = "", **files: str) -> dict[str, str]:
    """The files of a hotline: the good one with these parts.

    `main` is the steps of main.yaml, `hotline` more lines for hotline.yaml, `words` the first lines of words/en.yaml.
    Others go by name: `intents=` is intents.yaml, `words_zh=` is words/zh.yaml. English words that no test has written
    are made up.
    """
    made = {
        "hotline.yaml": HOTLINE + textwrap.dedent(hotline).lstrip("\n"),
        "main.yaml": main if main.startswith("flow:") else flow("main", main),
        "person.yaml": PERSON,
        "queues.yaml": QUEUES,
        "handoff.yaml": HANDOFF,
    }
    for name, text in files.items():
        path = f"words/{name.removeprefix('words_')}.yaml" if name.startswith("words_") else f"{name}.yaml"
        made[path] = textwrap.dedent(text).lstrip("\n")
    written = textwrap.dedent(words).lstrip("\n")
    said = dict.fromkeys(key for path, text in made.items() if "/" not in path for key in SAID.findall(text))
    made_up = "".join(f'{key}: "{key}."\n' for key in said if not re.search(rf"^{key}:", written, re.M))
    made["words/en.yaml"] = (written if written.endswith("\n") or not written else written + "\n") + made_up
    return made


def loaded(files: Mapping[str, str | bytes], sounds: Mapping[str, float] | None = None) -> Loaded:
    """Read and checked in memory; places show paths below the hotline's folder."""
    content = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    return assemble(content, SOUNDS if sounds is None else sounds, KIT)


def told(*, sounds: Mapping[str, float] | None = None, **parts: str) -> list[str]:
    """What `ivr check` says of a small hotline with these parts, line by line."""
    return [str(fault) for fault in loaded(small(**parts), sounds).faults]


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The files on disk, with a silent audio/hold.wav."""
    for path, text in {**files, "audio/hold.wav": bytes(8058)}.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder
