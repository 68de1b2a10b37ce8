"""Connectors as hotline.yaml declares them, and a company for them to ask."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from web_company import Company

from ivr import connectors
from ivr.connectors import CONNECTORS, OpenConnector


@pytest.fixture
def company() -> Iterator[Company]:
    company = Company()
    yield company
    company.close()


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Callable[..., OpenConnector]]:
    """Open a connector from what hotline.yaml would hold."""
    opened: list[OpenConnector] = []

    def opens(written: dict[str, Any], **env: str) -> OpenConnector:
        declared = TypeAdapter(CONNECTORS[written["kind"]]).validate_python(written)
        opened.append(connectors.open(declared, home=tmp_path, env=env, name="crm"))
        return opened[-1]

    yield opens
    for one in opened:
        one.close()
