"""Servers for tests: their parts in this process, or processes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from app_house import Line, client, opened
from flask.testing import FlaskClient

from ivr.app.house import House


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "processes: starts servers as processes of their own; takes seconds")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path / "data") as built:
        yield built


@pytest.fixture
def web(house: House) -> FlaskClient:
    return client(house)


@pytest.fixture
def line(web: FlaskClient) -> Line:
    return Line(web)
