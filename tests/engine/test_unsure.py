"""What was heard badly is asked about: `unsure.yaml`, in the form of the node cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from engine_player import Player, small_hotline
from hypothesis import given
from hypothesis import strategies as st
from node_cases import play

from ivr.call.events import DigitsPressed, Event, NothingHeard, SpeechHeard
from ivr.call.verbs import Listen
from ivr.flow.yaml import read_file

WRITTEN: dict[str, Any] = read_file(Path(__file__).parent / "unsure.yaml", "unsure.yaml").data
HOTLINE = small_hotline(WRITTEN["hotline"])


@pytest.mark.parametrize("case", WRITTEN["cases"], ids=lambda case: case.replace(" ", "-"))
def test_unsure(case: str) -> None:
    player = Player(HOTLINE)
    for n, turn in enumerate(WRITTEN["cases"][case], start=1):
        try:
            play(player, turn)
        except AssertionError as error:
            raise AssertionError(f"turn {n} ({turn}): {error}") from error


SAID = ["yes", "yes please", "no", "agent", "back", "repeat", "bananas", "", "one"]


@given(st.lists(st.one_of(st.builds(SpeechHeard, st.sampled_from(SAID), sure=st.booleans()), st.just(NothingHeard()))))
def test_no_consent_comes_from_words_that_were_heard_badly(said: list[Event]) -> None:  # R30 R31
    player = Player(HOTLINE)
    player.hear(DigitsPressed("5"))
    for event in said:
        player.hear(event)
        if consents := player.recorded("consent"):
            assert consents[0]["answer"] != "yes" or getattr(event, "sure", False)
            return
        if player.over or player.place != "main.offer":
            return


def listening(player: Player) -> Listen:
    listen = player.verbs[-1]
    assert isinstance(listen, Listen)
    return listen


def test_what_works_everywhere_is_listened_for_at_every_prompt() -> None:  # R42
    player = Player(HOTLINE)
    assert {"my balance", "agent", "slower"} <= set(listening(player).hints)
    player.hear(DigitsPressed("3"))
    assert {"agent", "slower"} <= set(listening(player).hints)


def test_another_answer_is_listened_for_while_asking_back() -> None:
    player = Player(HOTLINE)
    player.hear(DigitsPressed("2"))
    player.hear(SpeechHeard("wifi", sure=False))
    assert {"the internet", "phone", "agent"} <= set(listening(player).hints)


def test_nothing_is_listened_for_where_a_secret_is_pressed() -> None:
    pin = {"ask": "your_pin", "expect": "digits", "as": "pin", "secret": True, "on": {"ok": "bye", "nothing": "bye"}}
    player = Player(small_hotline({"steps": {"pin": pin, "bye": {"hangup": "good_bye"}}}))
    assert listening(player).hints == ()
