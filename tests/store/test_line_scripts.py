"""What holds for every script of the line: its keys come from outside, so that it runs in a cluster."""

import re

import pytest
from redis.cluster import key_slot

from ivr.store import line_keys
from ivr.store.line_scripts import FIRST, SCRIPTS, SHARED, line_library
from ivr.store.scripts import LUA

FILES = [
    file
    for file in sorted(LUA.glob("*.lua"))
    if re.match("line_|agent_|offer_|callback_|record_|choice_|reserve_", file.name)
]


def test_all_keys_of_a_hotline_share_one_slot() -> None:
    keys = [key("telecom") for key in line_keys.KEYS.values()]
    assert len(set(keys)) == len(keys) == 17
    assert len({key_slot(key.encode()) for key in keys}) == 1


def test_every_file_is_a_script_or_shared_by_them() -> None:
    assert sorted([*SCRIPTS, *SHARED, FIRST]) == [file.stem for file in FILES]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_in_the_library_by_its_name(name: str) -> None:
    assert line_library().source.count(f"redis.register_function('{name}' .. VERSION") == 1


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
    if file.stem in SCRIPTS:
        assert "-- Returns" in head[0]
