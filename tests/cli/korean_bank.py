"""A hotline in Korean, with two words that no Korean model can hear."""

from __future__ import annotations

from pathlib import Path

HOTLINE = {
    "hotline.yaml": """
hotline: bank
start: main
languages: [ko]
fallback_number: "+12025550101"
always: {person: {key: 0, go: person}}
ears: {ears}
""",
    "person.yaml": """
flow: person
start: call
steps:
  call: {dial: "+12025550102", on: {completed: bye, failed: bye, busy: bye, no_answer: bye}}
  bye: {hangup: bye}
""",
    "main.yaml": """
flow: main
start: which
steps:
  which:
    ask: which
    expect: choice
    keys: {1: balance, 2: transfer}
    on: {balance: bye, transfer: bye, nothing: bye}
  bye: {hangup: bye}
""",
    "intents.yaml": """
transfer:
  type: handle
  examples:
    ko: [계좌 이체를 하고 싶어요,
         wifi 요금 이체]
  keywords: {ko: [이체]}
""",
    "words/ko.yaml": """
which:
  say: "잔액 조회는 일 번, 계좌 이체는 이 번입니다."
  choices:
    balance: [잔액 조회]
    transfer: [계좌 이체, broadband 이체]
bye: "안녕히 계세요."
always: {say: "", choices: {person: [상담원 연결]}}
apology: "죄송합니다."
did_you_mean: "{{ guess }} 맞습니까?"
not_understood: "다시 말씀해 주세요."
nothing_heard: "다시 말씀해 주세요."
one_moment: "잠시만 기다려 주세요."
technical_break: "잠시 후 다시 걸어 주세요."
you_are_in_line: "기다려 주세요."
""",
}


def korean_bank(folder: Path, ears: str = "carrier") -> Path:
    for name, text in HOTLINE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.replace("{ears}", ears), encoding="utf-8")
    return folder
