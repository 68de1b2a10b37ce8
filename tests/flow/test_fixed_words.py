"""Which words are the same in every call."""

from pathlib import Path

from ivr.flow.fixed_words import FixedWords, fixed_words
from ivr.flow.load import load
from ivr.kit import standard_kit

HOTLINE = """\
hotline: bakery
start: main
languages: [en, zh]
constants: {company: Main Street Bakery}
fallback_number: "+12025550101"
always: {person: {key: 0, go: person}}
"""
EN = """\
welcome: "Welcome to {{ company }}."
need: {say: "How many?", nothing: ["Pardon?", "{{ caller.name }}?"], unclear: [Again?]}
named: "Hello {{ caller.name }}."
bye: {say: Goodbye, audio: farewell.wav}
link: "See bakery.example."
"""
MAIN = """\
flow: main
start: hello
steps:
  hello: {say: welcome, sms: link, next: end}
  end: {hangup: bye}
"""


PERSON = """\
flow: person
start: ring
steps:
  ring: {dial: "+12025550102", on: {completed: end, failed: end}}
  end: {hangup: bye}
"""


def test_constants_are_put_in_and_what_differs_from_call_to_call_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "audio").mkdir()
    (tmp_path / "audio" / "farewell.wav").write_bytes(bytes(8058))
    for name, text in {
        "hotline.yaml": HOTLINE,
        "main.yaml": MAIN,
        "person.yaml": PERSON,
        "words/en.yaml": EN,
        "words/zh.yaml": "welcome: 欢迎\nneed: 几个？\nnamed: 您好\nbye: 再见\nlink: 请看\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = list(fixed_words(load(tmp_path, standard_kit())))
    own = [one for one in found if one.key in ("welcome", "need", "named", "bye", "link")]
    assert own == [
        FixedWords("welcome", "en", "Welcome to Main Street Bakery."),
        FixedWords("need", "en", "How many?"),
        FixedWords("need", "en", "Pardon?", records=False),
        FixedWords("need", "en", "Again?", records=False),
        FixedWords("bye", "en", "Goodbye", audio="farewell.wav"),
        FixedWords("welcome", "zh", "欢迎"),
        FixedWords("need", "zh", "几个？"),
        FixedWords("named", "zh", "您好"),
        FixedWords("bye", "zh", "再见"),
    ]
    assert [one.sound for one in own][:5:4] == ["en/welcome.wav", "farewell.wav"]
    house = {one.key for one in found} - {one.key for one in own}
    assert {"apology", "one_moment"} <= house
    assert "you_are_in_line" not in house
