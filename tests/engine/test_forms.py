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


CROWDED = {"general": QueueSeen(busy=1, waiting=5, wait_s=900.0)}


def asking(caller: str = "+12025550101") -> Player:
    """Somebody who has asked for a person at a busy time, and has a place."""
    player = Player(HOTLINE, caller=caller)
    player.hear(DigitsPressed("0"))
    player.hear(PeopleSeen(CROWDED))
    player.hear(Placed("general", 1, 1, 0.0))
    return player


def test_who_hides_the_number_is_offered_what_can_be_done_for_him() -> None:  # R19
    player = asking("anonymous")
    assert player.said == ["Will you leave a message?"]
    assert player.recorded("decided")[-1]["passed"] == {"crowded": "no_number"}


def test_who_hides_the_number_is_offered_no_call_later() -> None:  # R32
    player = Player(HOTLINE, caller="anonymous")
    player.hear(DigitsPressed("1"))
    player.hear(PeopleSeen({"sales": QueueSeen(busy=1)}))
    assert player.said == ["here are the plans", "what can I do"]
    assert player.recorded("decided")[-1]["result"] == "no_number"


def test_an_agent_who_answers_while_another_form_is_offered_has_the_caller() -> None:  # R21
    player = asking()
    player.hear(AgentTook("amy", "room-1"))
    assert player.state.agent == "amy"
    assert player.state.offering is None
    assert player.state.frames == []


def test_going_back_from_the_offer_leads_into_the_line() -> None:  # R21
    player = asking()
    player.hear(DigitsPressed("9"))
    player.hear(Placed("general", 1, 1, 0.0))
    assert player.state.offering is None
    assert player.place == "person.line"
    assert len(player.recorded("decided")) == 1


LANDLINE = "+442079460100"


def test_who_calls_from_a_landline_is_offered_a_call_back() -> None:  # R19
    player = asking(LANDLINE)
    assert player.said == ["Shall we call you back?"]


def test_who_calls_from_a_landline_is_offered_no_link() -> None:  # R7 R19
    for caller, offered in (("+12025550101", True), (LANDLINE, False)):
        player = Player(HOTLINE, caller=caller)
        player.hear(DigitsPressed("2"))
        assert ("Shall we look at it by video?" in player.said) is offered
