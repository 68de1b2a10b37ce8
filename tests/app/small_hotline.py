"""The smallest hotline that says and asks something."""

from __future__ import annotations

from pathlib import Path

from ivr.flow.hotline import Hotline
from ivr.flow.load import load
from ivr.kit import standard_kit

HOTLINE = """
hotline: small
start: main
languages: [{language}]
fallback_number: "+12025550101"
ears: {ears}
always: {{person: {{key: "0", go: person}}}}
"""
PERSON = """
flow: person
start: call
steps:
  call: {dial: "+12025550102", on: {completed: bye, failed: bye, busy: bye, no_answer: bye}}
  bye: {hangup: bye}
"""
MAIN = """
flow: main
start: which
steps:
  which:
    ask: which
    expect: choice
    keys: {1: tea, 2: rice}
    on: {tea: bye, rice: bye, nothing: bye}
  bye: {hangup: bye}
"""
WORDS = {
    "zh": """
which: {say: 要茶请按一，要饭请按二。, choices: {tea: [茶], rice: [米饭]}}
bye: 再见。
""",
    "en": """
which: {say: "Tea is one, rice is two.", choices: {tea: [tea], rice: [some rice]}}
bye: Goodbye.
""",
}


def write(folder: Path, language: str, ears: str = "vosk") -> Path:
    (folder / "words").mkdir(parents=True, exist_ok=True)
    (folder / "hotline.yaml").write_text(HOTLINE.format(language=language, ears=ears))
    (folder / "person.yaml").write_text(PERSON)
    (folder / "main.yaml").write_text(MAIN)
    (folder / "words" / f"{language}.yaml").write_text(WORDS[language], encoding="utf-8")
    return folder


def small(folder: Path, language: str, ears: str = "vosk") -> Hotline:
    return load(write(folder, language, ears), standard_kit())
