"""Lua scripts are found, sent once, and say of themselves what they take."""

import re
from pathlib import Path

import pytest
import redis

from ivr.store.scripts import LUA, Script, script

SCRIPTS = sorted(path for path in LUA.glob("*.lua"))


@pytest.mark.redis
def test_a_server_that_never_met_a_script_learns_it_on_the_way(client: redis.Redis) -> None:
    echo = Script("echo", "return {KEYS[1], ARGV[1]}")
    client.script_flush()
    assert echo(client, ["k"], ["余额"]) == [b"k", "余额".encode()]
    assert client.script_exists(echo.sha) == [True]
    assert echo(client, ["k"], [1.5]) == [b"k", b"1.5"]


@pytest.mark.redis
def test_a_mistake_in_a_script_is_heard_of(client: redis.Redis) -> None:
    with pytest.raises(redis.ResponseError):
        Script("broken", "return nonsense(").__call__(client, [])


def test_a_script_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no_such\.lua"):
        script("no_such")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_names_what_it_takes_and_makes_up_no_key(path: Path) -> None:
    """A key built inside a script would be invisible to a cluster."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    if not path.stem.endswith("_common"):
        head = re.match(r"(?:--.*\n)+", text)
        assert head
        assert "returns" in head[0].lower()
    assert "'ivr:" not in text
    assert '"ivr:' not in text
