"""`ivr agents`"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from kept import Kept, connected

from ivr.cli.agents import command
from ivr.flow.load import load
from ivr.kit import standard_kit
from ivr.store import embedded
from ivr.store.agents import RedisAgents
from ivr.store.connect import connect
from ivr.store.records.database import create_engine_for, create_tables
from ivr.wiring.opening import declare_agents

TELECOM = Path(__file__).parents[2] / "flows" / "telecom"


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data directory in which the agents of the sample hotline are known."""
    server = embedded.start(tmp_path / "redis")
    client = connect(server.url, timeout_s=60)
    declare_agents(RedisAgents(client), load(TELECOM, standard_kit()), now=time.time())
    client.close()
    yield tmp_path
    server.stop()


def agents(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments[:1], "--hotline", "telecom", *arguments[1:], "--data", str(data)])


def test_in_a_pipe_each_agent_is_one_whole_line(data: Path) -> None:
    heading, *lines = agents(data, "list").output.splitlines()
    assert heading.split() == ["agent", "state", "for", "phone", "calls", "missed", "queues"]
    assert len(lines) == 9
    assert lines[0].split()[0] == "amy"
    assert "+12025550111" in lines[0]
    assert lines[0].endswith("general newcomers")


def test_an_agent_signs_in_pauses_and_signs_out(data: Path) -> None:
    assert agents(data, "in", "amy", "ben").output == "amy: ready\nben: ready\n"
    assert agents(data, "pause", "amy", "lunch").output == "amy: paused\n"
    shown = agents(data, "list").output
    assert "paused (lunch)" in shown
    assert agents(data, "out", "amy").output == "amy: signed out\n"


def test_an_agent_nobody_knows_is_told_with_one_alike(data: Path) -> None:
    error = agents(data, "in", "ammy").exception
    assert "telecom has no agent 'ammy'; did you mean 'amy'?" in str(error)


def test_a_hotline_nobody_knows_has_no_agents(data: Path) -> None:
    assert "no agents are known of 'bank'" in agents(data, "list", "--hotline", "bank").output


def test_a_pause_ends_with_back(data: Path) -> None:
    agents(data, "in", "amy")
    agents(data, "pause", "amy", "lunch")
    assert agents(data, "back", "amy").output == "amy: ready\n"


def test_handing_on_needs_a_server(data: Path) -> None:
    nobody = CliRunner().invoke(command, ["transfer", "amy", "--to", "queue:vip", "--server", "http://127.0.0.1:9"])
    assert "no server answers" in str(nobody.exception)


def keep(data: Path, call: str, *events: Any, agent: str = "amy") -> None:
    engine = create_engine_for(f"sqlite:///{data / 'records.db'}")
    create_tables(engine)
    Kept(engine).call(call, *events, outcome="connected", agent=agent)
    engine.dispose()


def test_how_a_talk_ended_is_said_once(data: Path) -> None:  # R75
    keep(data, "c1", connected("general", "amy"))
    assert (
        agents(data, "close", "amy", "solved", "--call", "c1", "--note", "x").output == "amy: c1 is closed as solved\n"
    )
    assert (
        agents(data, "close", "ben", "solved", "--call", "c1").output
        == "ben: c1 is closed as solved, as amy has said\n"
    )
    other = agents(data, "close", "ben", "converted", "--call", "c1")
    assert (other.exit_code, "amy has closed c1 as solved, and that stands" in other.output) == (1, True)


def test_without_a_name_it_is_the_agents_last_call(data: Path) -> None:  # R75
    assert "has had no call" in agents(data, "close", "amy", "solved").output
    keep(data, "c7", connected("general", "amy"))
    assert agents(data, "close", "amy", "not_solved").output == "amy: c7 is closed as not_solved\n"
    assert "telecom has no agent 'amie'" in agents(data, "close", "amie", "solved").output


def test_what_the_store_has_forgotten_still_stands(data: Path) -> None:  # R75
    keep(data, "c8", (9.0, "closed", {"outcome": "solved", "by": "amy"}))
    other = agents(data, "close", "ben", "converted", "--call", "c8")
    assert (other.exit_code, "amy has closed c8 as solved, and that stands" in other.output) == (1, True)
    assert (
        agents(data, "close", "ben", "solved", "--call", "c8").output
        == "ben: c8 is closed as solved, as amy has said\n"
    )


@pytest.mark.parametrize("kept", [True, False])
def test_a_call_nobody_knows_is_not_closed(data: Path, kept: bool) -> None:
    if kept:
        keep(data, "c9")
    told = agents(data, "close", "amy", "solved", "--call", "c99")
    assert (told.exit_code, "telecom has had no call 'c99'" in told.output) == (1, True)
