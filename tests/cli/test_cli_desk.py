"""`ivr queues`, `ivr rules` and `ivr tokens`, on the store of a server that serves a small hotline."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from kept import Kept, connected, queued

from ivr.cli.main import group
from ivr.flow.load import load
from ivr.kit import standard_kit
from ivr.runtime.shelf import Shelf
from ivr.store import embedded
from ivr.store.connect import connect
from ivr.store.records.database import create_engine_for, create_tables
from ivr.store.records.tokens import TokenBook
from ivr.store.versions import RedisVersions

FILES = {
    "hotline.yaml": """
hotline: small
start: main
languages: [en]
timezone: America/New_York
fallback_number: "+12025550101"
always: {person: {key: "0", go: person}}
""",
    "main.yaml": "flow: main\nstart: bye\nsteps:\n  bye: {hangup: bye}\n",
    "person.yaml": """
flow: person
start: line
steps:
  line: {queue: by_rules, on: {done: bye, full: bye, closed: bye}}
  bye: {hangup: bye}
""",
    "handoff.yaml": "line: [{id: rest, queue: general}]\n",
    "queues.yaml": """
queues: {general: {}}
agents: {amy: {phone: "+12025550111", queues: [general]}}
""",
    "words/en.yaml": "bye: Goodbye.\n",
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory with a running store."""
    data, folder = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("small")
    for name, written in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(written)
    (folder / "audio").mkdir()
    (folder / "audio" / "hold.wav").touch()
    server = embedded.start(data / "redis")
    client = connect(server.url, timeout_s=60)
    Shelf([load(folder, standard_kit())], RedisVersions(client), lambda files, sounds: pytest.fail("not asked"))
    engine = create_engine_for(f"sqlite:///{data / 'records.db'}")
    create_tables(engine)
    kept = Kept(engine, "small")
    decided = (1.0, "decided", {"point": "request", "rule": "no_rule", "line_rule": "rest", "queue": "general"})
    now = time.time() - 60
    kept.call(
        "a",
        decided,
        queued("general"),
        connected("general", "amy"),
        at=now,
        outcome="connected",
        agent="amy",
        rating_human=4,
    )
    yield data
    engine.dispose()
    client.close()
    server.stop()


@pytest.fixture
def records(data: Path) -> Iterator[sa.Engine]:
    engine = create_engine_for(f"sqlite:///{data / 'records.db'}")
    yield engine
    engine.dispose()


def ivr(data: Path, *arguments: str) -> Result:
    """Of the only hotline that is served, so that it need not be named."""
    return CliRunner().invoke(group, [*arguments, "--data", str(data)])


def test_the_live_table_shows_each_queue_with_counts_and_rates(data: Path) -> None:  # R94
    shown = ivr(data, "queues", "--hour").output
    assert "0 waiting; the last hour 1 calls, of them 1 to people (100%)" in shown
    assert "general 0 0 0 0 1 1 (100%) 0 (0%) 0 (0%)" in " ".join(shown.split())


def test_who_waits_too_long_stands_below_the_live_table(data: Path, records: sa.Engine) -> None:  # R73
    kept = Kept(records, "small", first=100)
    alarm = (7200.0, "alarm", {"queue": "general", "waited_s": 299.0, "position": 2})
    kept.call("late", queued("general"), alarm, at=time.time() - 7212, caller="+12025550177")
    shown = ivr(data, "queues", "--hour").output
    assert "Too long in line:\n  general: +12025550177 since " in shown
    assert re.search(r", 5:[1-5]\d minutes, call late", shown), "five minutes at the alarm, and some seconds since"
    assert [one["call"] for one in json.loads(ivr(data, "queues", "--json").output)["alarms"]] == ["late"]


def test_the_live_table_as_json(data: Path) -> None:
    told = json.loads(ivr(data, "queues", "--hour", "--json").output)
    assert told["queues"][0]["answered_rate"] == 1.0
    assert told["period"] == "hour"


def test_rules_are_shown_with_how_their_calls_ended(data: Path) -> None:  # R97
    shown = ivr(data, "rules").output
    (line,) = [line for line in shown.splitlines() if line.startswith("line") and " v1 " in line]
    assert " ".join(line.split()) == "line rest v1 1 1 1 of 1, 100% (21-100%) 4.0 of 1 connected 1"
    told = json.loads(ivr(data, "rules", "--since", "24h", "--json").output)
    assert {one["rule"] for one in told["rules"]} == {"no_rule", "rest"}


def test_rules_can_be_added_up_over_all_versions(data: Path) -> None:  # R108
    told = json.loads(ivr(data, "rules", "--by", "rule", "--json").output)
    assert [one["version"] for one in told["versions"]] == ["v1"]
    assert [(one["version"], one["fitted"]) for one in told["rules"] if one["rule"] == "rest"] == [(None, 1)]


def test_goals_are_told_with_what_is_counted_as_what(data: Path) -> None:  # R98
    shown = " ".join(ivr(data, "goals", "--since", "24h").output.split())
    assert "kept by the machine 0 of 1, 0% (0-79%)" in shown
    assert "met a person 1 of 1, 100% (21-100%)" in shown
    assert "ratings of people 4.0; good 1 of 1, 100% (21-100%)" in shown
    assert "hotline.yaml names no `costs: {person_minute: …}`, so nothing is said of money" in shown
    told = json.loads(ivr(data, "goals", "--json").output)
    assert (told["now"]["ended"], told["earlier"]["ended"], told["now"]["saved"]["amount"]) == (1, 0, None)


def test_a_period_that_ends_before_it_begins_is_told(data: Path) -> None:
    shown = ivr(data, "goals", "--since", "1d", "--until", "2d")
    assert shown.exit_code == 2
    assert "--until 2d is not after --since 1d" in shown.output


@pytest.mark.parametrize("since", ["yesterday", "7", "2026-13-01", "-1d", "99999d"])
def test_a_time_that_is_none_is_told_with_a_good_one(data: Path, since: str) -> None:
    shown = ivr(data, "rules", "--since", since)
    assert shown.exit_code == 2
    assert "is no time; for example 24h, 7d or 2026-11-01" in shown.output


def test_a_hotline_nobody_serves_is_told_so(data: Path) -> None:
    shown = CliRunner().invoke(group, ["queues", "--hotline", "large", "--data", str(data)])
    assert shown.exit_code == 1
    assert "no server has served a hotline 'large' in the last week" in shown.output


def test_of_several_hotlines_one_must_be_named(tmp_path: Path) -> None:
    server = embedded.start(tmp_path / "redis")
    client = connect(server.url, timeout_s=60)
    for name in ("small", "large"):
        RedisVersions(client).keep(name, "1", {})
    shown = ivr(tmp_path, "agents", "list")
    client.close()
    server.stop()
    assert shown.exit_code == 1
    assert "which one: --hotline large or small?" in shown.output


def test_where_no_hotline_was_served_that_is_said(tmp_path: Path) -> None:
    shown = ivr(tmp_path, "agents", "list")
    assert shown.exit_code == 1
    assert "no server has served a hotline in the last week" in shown.output


@pytest.mark.parametrize("command", ["queues", "rules", "goals"])
def test_where_nothing_was_ever_kept_a_sentence_says_so(tmp_path: Path, command: str) -> None:
    shown = ivr(tmp_path / "none", command)
    assert shown.exit_code == 1
    assert "holds no records yet" in shown.output
    assert not (tmp_path / "none").exists()


def test_a_token_is_made_told_once_listed_and_ended(data: Path, records: sa.Engine) -> None:
    made = ivr(data, "tokens", "add", "amy", "--role", "agent", "--days", "2")
    secret = made.stdout.strip()
    assert "It lets agent amy of small in, until 20" in made.stderr
    book = TokenBook(records)
    found = book.find(secret, now=time.time())
    assert found is not None
    assert (found.agent, found.role) == ("amy", "agent")
    listed = ivr(data, "tokens", "list").output
    assert "amy" in listed
    assert secret not in listed
    assert "end it first: ivr tokens end amy" in ivr(data, "tokens", "add", "amy", "--role", "admin").output
    assert ivr(data, "tokens", "end", "amy").output == "amy is ended\n"
    assert book.find(secret, now=time.time()) is None
    assert "has no token 'amy'" in ivr(data, "tokens", "end", "amy").output
    assert "make one: ivr tokens add NAME" in ivr(data, "tokens", "list").output


def test_an_agents_token_needs_an_agent(data: Path) -> None:
    made = ivr(data, "tokens", "add", "amyy", "--role", "agent")
    assert "small has no agent 'amyy'; did you mean 'amy'?" in str(made.exception)
