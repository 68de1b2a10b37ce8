"""What the API says while the store or the database is away, and when we made a mistake."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from desk_house import NOW, DeskHouse
from flask import Flask

from ivr.desk.api.pages import blueprint
from ivr.store.agents import RedisAgents
from ivr.store.connect import connect
from ivr.store.records.database import create_engine_for


def told(house: DeskHouse, **changes: object) -> tuple[int, str, str | None]:
    """Status, detail and Retry-After of a request to a house with other parts."""
    app = Flask("ivr", static_folder=None)
    app.register_blueprint(blueprint(replace(house.desk, **changes)))  # type: ignore[arg-type]
    headers = {"Authorization": f"Bearer {house.token('board')}"}
    answer = app.test_client().get("/api/v1/agents", headers=headers)
    return answer.status_code, answer.json["detail"], answer.headers.get("Retry-After")


def test_without_the_store_a_sentence_says_when_to_ask_again(house: DeskHouse, tmp_path: Path) -> None:
    nobody = connect(f"unix://{tmp_path}/nobody.sock", timeout_s=0.1)
    assert told(house, agents=RedisAgents(nobody)) == (
        503,
        "the store of calls does not answer just now; ask again in 5 s",
        "5",
    )


def test_without_the_database_too_and_its_place_is_told_to_nobody(house: DeskHouse, tmp_path: Path) -> None:
    (tmp_path / "no").mkdir()
    broken: sa.Engine = create_engine_for(f"sqlite:///{tmp_path / 'no'}")
    status, detail, again = told(house, engine=broken)
    assert (status, again) == (503, "5")
    assert detail == "the database of records does not answer just now; ask again in 5 s"


def test_a_mistake_of_ours_is_logged_and_told_without_its_inside(
    house: DeskHouse, caplog: pytest.LogCaptureFixture
) -> None:
    calls = iter([NOW])

    def hotline(name: str) -> object:
        return next(calls)  # the second time it is asked it breaks

    app = Flask("ivr", static_folder=None)
    app.register_blueprint(blueprint(replace(house.desk, hotline=hotline)))  # type: ignore[arg-type]
    answer = app.test_client().get("/api/v1/queues", headers={"Authorization": f"Bearer {house.token('board')}"})
    assert (answer.status_code, answer.json["detail"]) == (500, "a mistake of ours; the server's log tells more")
    assert "StopIteration" in caplog.text
