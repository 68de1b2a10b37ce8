"""What holds for every script of the line: its keys come from outside, so that it runs in a cluster."""

import re

import pytest
from redis.cluster import key_slot

from ivr.store import line_keys
from ivr.store.line_scripts import (
    FIRST,
    SHARED,
    SHARED_BY_CALLBACKS,
    keys_for,
    line_script,
    with_what_it_uses,
)
from ivr.store.scripts import LUA

FILES = [
    file for file in sorted(LUA.glob("*.lua")) if re.match("line_|agent_|offer_|callback_|record_|choice_", file.name)
]
COMMON = (FIRST, *SHARED, SHARED_BY_CALLBACKS)


def test_all_keys_of_a_hotline_share_one_slot() -> None:
    keys = [key("telecom") for key in line_keys.KEYS.values()]
    assert len(set(keys)) == len(keys) == 17
    assert len({key_slot(key.encode()) for key in keys}) == 1


@pytest.mark.parametrize("file", [file for file in FILES if file.stem not in COMMON], ids=lambda file: file.name)
def test_a_script_is_given_the_keys_it_speaks_of_in_their_order(file) -> None:
    bound, _, body = line_script(file.stem).source.partition("\n")
    names = bound.removeprefix("local ").partition(" = ")[0].split(", ")
    assert names == [name for name in line_keys.KEYS if re.search(rf"\b{name}\b", body)]
    assert keys_for(file.stem, "h") == tuple(line_keys.KEYS[name]("h") for name in names)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_script_touches_only_keys_it_was_given(file) -> None:
    touched = re.findall(r"redis\.call\('\w+', ([^,)]+)", file.read_text())
    assert set(touched) <= set(line_keys.KEYS) | {"key"}, (
        "`key` is the argument of a function, or of a loop over some of them"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_script_says_what_it_takes_and_returns(file) -> None:
    head = re.match(r"(--.*\n)+", file.read_text())
    assert head
    if file.stem not in COMMON:
        assert "-- Returns" in head[0]


def test_a_script_carries_what_it_uses_and_no_more() -> None:
    functions = "-- doubles\nlocal function f(x)\n  return x * A\nend\nlocal function g() end\n"
    shared = f"-- about\nlocal A, B = 1, 2\nlocal C = 3\n{functions}"
    carried = with_what_it_uses(shared, "return f(2)\n")
    assert carried.startswith("local A, B = 1, 2\n")
    assert "function f" in carried
    assert "function g" not in carried
    assert "local C" not in carried


def test_the_most_used_scripts_stay_small() -> None:
    assert len(line_script("offer_take").source) < len(line_script("offer_expire").source) / 2
