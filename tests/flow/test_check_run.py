"""One run over a whole folder: everything is told, whatever the files hold."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hotlines import COMPANY, KIT, flow, loaded, small, write
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.flow.load import BadHotline, examine, load
from ivr.flow.yaml import read_text

SAMPLE = Path(__file__).parents[2] / "flows" / "telecom"


def test_ten_faults_are_told_in_one_run(tmp_path: Path) -> None:
    files = small(
        main="""
            need: {ask: q, expect: intent, on: {balance: look, complaint: person, nothing: bye}}
            look: {lookup: company.balanc, with: {account: "1"}, on: {ok: tell, failed: again}}
            tell: {say: balance_is, next: by}
            again: {say: sorry, next: round}
            round: {sms: link, on: {sent: again, impossible: again}}
            person: {queue: generl, on: {done: bye, full: bye, closed: bye}}
            lost: {say: hello, next: bye}
            bye: {hangup: goodbye}
        """,
        hotline=COMPANY + "timezone: Mars\n",
        words="balance_is: 'You owe {{ balance.amount | mony }}, {{ caller.nam }}.'",
        intents="balance: {type: query, label: {en: b}, examples: {en: [x]}}\n"
        "complaint: {type: complaint, label: {en: c}, examples: {en: [y]}}\n",
        handoff="line:\n  - {id: rest, queue: general, wen: x}\n",
        other=flow("other", "a: {say: hello, next: bye}\nbye: {hangup: goodbye, becaus: x}"),
    )
    found = examine(write(tmp_path, files), KIT)
    assert found.hotline is None
    told = [str(fault).removeprefix(f"{tmp_path}/") for fault in found.faults]
    assert told == [
        "handoff.yaml:2:32: `wen:` is not known here. Did you mean 'when'?",
        "hotline.yaml:24:11: no time zone called 'Mars'. Write it as Europe/Berlin.",
        "main.yaml:4:65: a complaint is moved to a person without the caller's yes: need → person. "
        "Put an `offer` step before, and move the caller only on its `yes`.",
        "main.yaml:5:18: connector 'company' has no operation 'balanc'. Did you mean 'balance'?",
        "main.yaml:6:33: no step called 'by'. Did you mean 'bye'?",
        "main.yaml:7:10: the call goes round without hearing the caller: again → round → again. "
        "Put a question into the circle, or lead one of its ways out.",
        "main.yaml:9:19: no queue called 'generl'. Did you mean 'general'?",
        "main.yaml:10:3: step 'lost' is never reached. Lead a way of another step to it, or delete it.",
        "other.yaml:1:7: warning: flow 'other' is never used. "
        "A `do:` step, `start:` and `always:` of hotline.yaml or a `request:` rule begin a flow.",
        "other.yaml:5:26: `becaus:` is not known here. Did you mean 'because'?",
        "words/en.yaml:1:13: 'You owe {{ balance.amount | mony }}, {{ caller.nam }}.' cannot be read: "
        "nothing is called `| mony`. Did you mean 'money'?",
    ]


def test_a_good_folder_loads_and_a_bad_one_says_why(tmp_path: Path) -> None:
    write(tmp_path, small())
    assert load(tmp_path, KIT).name == "small"
    (tmp_path / "main.yaml").write_text("flow: main\nstart: a\nsteps:\n  a: {hangup: goodby}\n")
    with pytest.raises(BadHotline, match="no words called 'goodby'"):
        load(tmp_path, KIT)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (fault,) = examine(tmp_path / "nowhere", KIT).faults
    assert fault.sentence == "there is no such folder"


def test_an_empty_folder_lacks_a_hotline(tmp_path: Path) -> None:
    assert [fault.sentence for fault in examine(tmp_path, KIT).faults] == ["this file is missing"]


@pytest.mark.parametrize(
    "path", ["hotline.yaml", "main.yaml", "person.yaml", "queues.yaml", "handoff.yaml", "words/en.yaml"]
)
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This file is empty"),
        (b"\xff\xfeh\x00", "saved as UTF-16"),
        (b"a: caf\xe9\n", "not UTF-8"),
        (b"a: [1, 2\n", "is not closed"),
        (b"- a\n- b\n", "`name: value` lines are expected here, not a list"),
        (b"#" * 1_000_001, "larger than 1,000,000 bytes"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_fault(tmp_path: Path, path: str, content: bytes, says: str) -> None:
    found = examine(write(tmp_path, {**small(), path: content}), KIT)
    assert found.hotline is None
    (fault,) = found.faults
    assert says in fault.sentence
    assert fault.where.file == str(tmp_path / path)


def test_an_alias_of_itself_is_told(tmp_path: Path) -> None:
    found = examine(write(tmp_path, {**small(), "words/en.yaml": "hello: &a [*a]\n"}), KIT)
    assert f"{tmp_path}/words/en.yaml:1:12: *a stands inside &a, so it would never end." in map(str, found.faults)


def test_aliases_inside_each_other_cost_nothing(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    found = examine(write(tmp_path, {**small(), "words/en.yaml": bomb}), KIT)
    assert len(found.faults) == 1


def test_warnings_do_not_stand_in_the_way(tmp_path: Path) -> None:
    found = examine(write(tmp_path, small(words="old: Old")), KIT)
    assert [fault.severity for fault in found.faults] == ["warning"]
    assert found.hotline is not None


def test_the_sample_hotline_is_good() -> None:
    assert [*map(str, examine(SAMPLE, KIT).faults)] == []


# --- whatever a designer may have done to a good hotline --------------------------------------------------------------

RICH = small(
    main="""
        need:
          ask: q
          expect: intent
          keys: {1: balance, 2: complaint, 0: person}
          on: {balance: look, complaint: offer, person: person, nothing: person}
        look: {lookup: company.balance, with: {account: "{{ caller.account }}"}, on: {ok: tell, failed: sorry}}
        tell: {say: balance_is, sms: link, answers: balance, next: which}
        which: {ask: which_one, expect: choice, on: {more: verify, less: bye, nothing: bye}}
        verify: {do: verify, with: {bill: "{{ balance }}"}, on: {verified: count, done: bye}}
        count: {set: {n: "{{ code }}", m: 1}, next: choice}
        choice: {choose: [{when: "n == 1 and caller.tier == 'gold'", next: sorry}], otherwise: need}
        offer: {offer: may_i, queue: general, on: {yes: person, no: bye, nothing: bye}}
        sorry: {say: sorry, next: bye}
        person: {do: person, on: {}}
        bye: {hangup: goodbye}
    """,
    hotline=COMPANY
    + "profile: {lookup: company.caller, with: {number: '{{ caller.number }}'}}\n"
    + "hours: {open: {mon-fri: '08:00-18:00'}}\npredict: {balance: 3}\neasy: caller.age and caller.age > 64\n"
    + "constants: {company: Northwind}\n",
    words="which_one: {say: Which?, nothing: [a, b], choices: {more: [more], less: [less]}}\n"
    "balance_is: {say: 'It is {{ balance.amount | money }}.', audio: hold.wav, sms: 'x {{ balance.due }}'}\n",
    intents="balance: {type: query, label: {en: b}, examples: {en: [x]}}\n"
    "complaint: {type: complaint, label: {en: c}, keywords: {en: [y]}}\n",
    handoff="request: [{id: first, when: \"caller.expects == 'balance'\", first: answer}]\n"
    "line: [{id: gold, when: \"caller.tier == 'gold'\", queue: vip}, {id: rest, queue: general}]\n",
    queues="queues: {general: {}, vip: {skills: [gold], waiting: in_line}}\n"
    "agents: {ann: {phone: '+12025550102', queues: [general, vip], skills: [gold]}}\n"
    "head_starts: [{id: gold, when: \"caller.tier == 'gold'\", seconds: 60}]\n",
    verify="flow: verify\nstart: ask\ntakes: [bill]\ngives: [code]\nsteps:\n"
    "  ask: {ask: pin, expect: digits, as: code, secret: true, on: {ok: return verified, nothing: return}}\n",
    answer=flow("answer", "tell: {say: hello, next: return}"),
)
JUNK: list[Any] = [
    None, True, 0, -1, 1.5, "", " ", "x", "return", "return x", "person", "by_rules", "{{", "{{ x", "{{ x.y }}",
    "{% if %}",
    "a.b.c", ".", "hotline", [], {}, [[]], {"a": {}}, {"say": "x"}, ["a", {"b": None}], "\u202e", "9" * 400, {"": ""},
    {"when": "true"}, "company.balance", "company.", "verify", "main.need", "main.", "{{ caller.account }}",
]  # fmt: skip


def test_the_hotline_that_is_broken_below_is_good() -> None:
    assert [*map(str, loaded(RICH).faults)] == []


@settings(max_examples=250)
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_no_change_of_values_makes_the_check_raise(chance: random.Random, changes: int) -> None:
    data = {path: copy.deepcopy(read_text(text.encode(), path).data) for path, text in RICH.items()}
    for _ in range(changes):
        change(data, chance)
    found = loaded({path: yaml.safe_dump(value, allow_unicode=True) for path, value in data.items()})
    assert found.hotline is not None or any(fault.severity == "error" for fault in found.faults)


def change(data: dict[str, Any], chance: random.Random) -> None:
    """Delete, rename, replace or double something somewhere."""
    places = [(data, path) for path in data] + [place for value in data.values() for place in parts(value)]
    around, at = chance.choice(places)
    match chance.randrange(4):
        case 0 if len(data) > 1 or around is not data:
            del around[at]
        case 1 if isinstance(around, dict) and around is not data:
            around[chance.choice(["x", "next", "on", "say", "when", "", "a b", str(at) + "x"])] = around.pop(at)
        case 2:
            other, there = chance.choice(places)
            around[at] = copy.deepcopy(other[there])
        case _:
            around[at] = chance.choice(JUNK)


def parts(value: Any) -> list[tuple[Any, Any]]:
    """Every place inside, as the mapping or list and the name or position in it."""
    named = list(value.items()) if isinstance(value, dict) else []
    inner = list(enumerate(value)) if isinstance(value, list) else named
    return [(value, at) for at, _ in inner] + [place for _, one in inner for place in parts(one)]


@settings(max_examples=150)
@given(st.sampled_from(sorted(RICH)), st.integers(0, 10_000), st.text(max_size=8), st.integers(0, 12))
def test_no_slip_of_the_keyboard_makes_the_check_raise(path: str, at: int, typed: str, lost: int) -> None:
    text = RICH[path]
    at %= len(text) + 1
    broken = text[:at] + typed + text[at + lost :]
    loaded({**RICH, path: broken.encode("utf-8", "surrogatepass")})
