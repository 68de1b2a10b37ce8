"""Forms of a handoff by `forms.yaml`; who hides the number, below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from engine_player import Player, small_hotline
from node_cases import play

from ivr.call.events import AgentTook, DigitsPressed, PeopleSeen, Placed, QueueSeen
from ivr.flow.yaml import read_file

WRITTEN: dict[str, Any] = read_file(Path(__file__).parent / "forms.yaml", "forms.yaml").data
HOTLINE = small_hotline(WRITTEN["hotline"])


@pytest.mark.parametrize("case", WRITTEN["cases"], ids=lambda case: case.replace(" ", "-"))
def test_forms(case: str) -> None:  # R9 R19 R21 R27 R32
    player = Player(HOTLINE)
    for n, turn in enumerate(WRITTEN["cases"][case], start=1):
        try:
            play(player, turn)
        except AssertionError as error:
            raise AssertionError(f"turn {n} ({turn}): {error}") from error
