"""What holds for every script of the line: its keys come from outside, so that it runs in a cluster."""

import re

import pytest
from redis.cluster import key_slot

from ivr.store import line_keys
from ivr.store.line_scripts import SHARED, SHARED_BY_CALLBACKS, line_script, with_what_it_uses
from ivr.store.scripts import LUA

FILES = [file for file in sorted(LUA.glob("*.lua")) if re.match("line_|agent_|offer_|callback_", file.name)]
BOUND = set(re.findall(r"\b[A-Z_]{3,}\b", (LUA / "line_common.lua").read_text().partition("local now")[0])) - {"KEYS"}


def test_all_keys_of_a_hotline_share_one_slot() -> None:
    keys = line_keys.all_keys("telecom")
    assert len(set(keys)) == len(keys) == 21
    assert len({key_slot(key.encode()) for key in keys}) == 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_script_touches_only_keys_it_was_given(file) -> None:
    touched = re.findall(r"redis\.call\('\w+', ([^,)]+)", file.read_text())
    assert set(touched) <= BOUND | {"key"}, "`key` is the argument of read, write and a loop over two of them"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_script_says_what_it_takes_and_returns(file) -> None:
    head = re.match(r"(--.*\n)+", file.read_text())
    assert head
    if file.stem not in (*SHARED, SHARED_BY_CALLBACKS):
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
