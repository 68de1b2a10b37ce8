"""The desk of the browser phone's tests, over the store of the lines."""

from pathlib import Path

import pytest
from phone_stage import Desk
from runtime_house import House


@pytest.fixture
def desk(house: House, tmp_path: Path) -> Desk:
    return Desk(house, tmp_path)
