"""The sample hotline and the Korean bank keep every property."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.flow.load import load
from ivr.kit import standard_kit
from ivr.proof.prove import PROPERTIES, prove

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", ["flows/telecom", "tests/hotlines/sangdam"])
def test_every_property_is_proved(folder: str) -> None:  # R21 R31 R42 R43 R55 R82
    report = prove(load(ROOT / folder, standard_kit()))
    assert {one.name: (one.faults, one.doubts) for one in report.findings} == {one.name: ((), ()) for one in PROPERTIES}
