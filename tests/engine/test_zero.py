"""Key 0 that is said: at a menu that has it, for what always works, and never for a number."""

from __future__ import annotations

import pytest
from engine_player import Player, small_hotline

from ivr.call.events import SpeechHeard

BYE = {"hangup": "good_bye"}


WORDS = {"what_is_it": {"say": "Which?", "choices": {"other": ["other matters"]}}}
MORE = {"ask": "any_more", "expect": "yes_no", "on": {"yes": "bye", "no": "bye", "nothing": "bye"}}


def at(**step: object) -> Player:
    need = {"ask": "what_is_it", "on": {"nothing": "bye"}, **step}
    here = {"say": "here_it_is", "next": "more"}
    return Player(small_hotline({"steps": {"need": need, "here": here, "more": MORE, "bye": BYE}, "words": WORDS}))


@pytest.mark.parametrize("said", ["zero", "Press zero.", "0"])
def test_a_menu_that_has_key_0_takes_it_said(said: str) -> None:  # R35
    player = at(expect="choice", keys={0: "other"}, on={"other": "here", "nothing": "bye"})
    player.hear(SpeechHeard(said))
    assert player.said[0] == "here it is"


@pytest.mark.parametrize("said", ["zero point five", "oh", "oh no"])
def test_more_than_the_key_is_not_the_key(said: str) -> None:
    player = at(expect="choice", keys={0: "other"}, on={"other": "here", "nothing": "bye"})
    player.hear(SpeechHeard(said))
    assert player.place == "main.need"


def test_where_a_number_is_expected_zero_is_one() -> None:
    player = at(expect="digits", **{"as": "number"}, on={"ok": "here", "nothing": "bye"})
    player.hear(SpeechHeard("zero"))
    assert player.state.names["number"] == "0"
