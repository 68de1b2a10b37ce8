"""A wish in place of an answer, at every question of the house that is none for wishes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from engine_player import MONDAY, Player, small_hotline

from ivr.call.events import (
    AgentLeft,
    AgentTook,
    DigitsPressed,
    MeaningFound,
    NothingHeard,
    Placed,
    Recalled,
    SpeechHeard,
)
from ivr.call.past import PastCall
from ivr.call.tasks import TakePlace, Understand
from ivr.call.verbs import Listen
from ivr.flow.yaml import read_file

WRITTEN: dict[str, Any] = read_file(Path(__file__).parent / "wishing.yaml", "wishing.yaml").data
HOTLINE = small_hotline(WRITTEN["hotline"])
CUT_OFF = PastCall(MONDAY - 3600, "hung_up", "fault")


def calling(*earlier: PastCall) -> Player:
    player = Player(HOTLINE)
    player.hear(Recalled(earlier))
    return player


def wants(player: Player, text: str, intent: str, sure: float = 0.9) -> None:
    """Words that the recogniser of intents takes for that; it is asked only where they are no answer."""
    player.hear(SpeechHeard(text))
    assert isinstance(player.question, Understand), f"nobody looks for a wish in {text!r}: {player.said}"
    player.hear(MeaningFound(intent, sure))


def keys(player: Player, digits: str) -> Player:
    for key in digits:
        player.hear(DigitsPressed(key))
    return player


def at_need() -> Player:
    player = keys(calling(), "21")
    assert player.said == ["what is it"]
    return player


def at_more() -> Player:
    player = keys(at_need(), "1")
    assert player.said == ["here is your balance", "Anything else?"]
    return player


# --- before the question for wishes has been asked ----------------------------------------------------------------


def test_a_wish_at_the_question_whether_to_go_on_is_kept_for_the_question_for_wishes() -> None:  # R62
    player = calling(CUT_OFF)
    wants(player, "what is my balance", "balance")
    assert player.said == ["may we record"]
    assert not player.recorded("resumed")
    keys(player, "21")
    assert player.said == ["here is your balance", "Anything else?"]
    assert player.state.wish == "balance"


def test_a_wish_puts_nobody_back_in_the_line_that_was_left() -> None:  # R31 R62
    player = calling(PastCall(MONDAY - 3600, "abandoned", "fault", "complaints"))
    wants(player, "what is my balance", "balance")
    assert player.state.place is None
    assert not player.recorded("consent")


def test_a_no_with_a_wish_is_a_no_and_a_wish() -> None:
    player = calling()
    wants(player, "no, I want my balance", "balance")
    assert player.recorded("consent")[-1]["answer"] == "no"
    keys(player, "1")
    assert player.said == ["here is your balance", "Anything else?"]


def test_a_lone_no_is_looked_through_for_nothing() -> None:
    player = calling(CUT_OFF)
    player.hear(SpeechHeard("no thanks"))
    assert player.said == ["may we record"]


def test_a_wish_is_no_consent_to_a_recording() -> None:  # R31 R105
    player = calling()
    wants(player, "what is my balance", "balance")
    consent = player.recorded("consent")[-1]
    assert (consent["answer"], consent["heard"]) == ("nothing", "what is my balance")


def test_a_question_of_the_flow_is_asked_again_and_the_wish_is_not_forgotten() -> None:
    player = keys(calling(), "2")
    wants(player, "what is my balance", "balance")
    assert player.said[-1] == "is it you"
    keys(player, "1")
    assert player.said == ["here is your balance", "Anything else?"]


DOUBTS = [(True, 0.7), (False, 0.9)]
"""Whether it was heard well, and how sure the recogniser of intents is."""


def asked_back(player: Player) -> str:
    """What the caller is asked whether he meant it."""
    (said,) = player.said
    return said.removeprefix("Did you mean ").split("?")[0]


def doubted(well: bool, confidence: float) -> Player:
    """Asked whether the balance is wanted, at the question whether to go on."""
    player = calling(CUT_OFF)
    player.hear(SpeechHeard("and the balance thing", sure=well))
    player.hear(MeaningFound("balance", confidence))
    assert asked_back(player) == "your balance"
    assert not player.recorded("resumed")
    return player


@pytest.mark.parametrize(("well", "confidence"), DOUBTS)
def test_a_wish_in_doubt_is_asked_about(well: bool, confidence: float) -> None:  # R35
    player = doubted(well, confidence)
    player.hear(SpeechHeard("yes please"))
    assert player.said == ["may we record"]
    assert keys(player, "21").said == ["here is your balance", "Anything else?"]


def test_a_yes_to_a_wish_in_doubt_is_none_to_the_question() -> None:  # R31 R105
    player = calling()
    player.hear(SpeechHeard("and the balance thing"))
    player.hear(MeaningFound("balance", 0.5))
    keys(player, "1")
    assert [one["answer"] for one in player.recorded("consent")] == ["nothing"]


@pytest.mark.parametrize("answer", [SpeechHeard("no"), DigitsPressed("2"), NothingHeard()])
def test_no_yes_to_a_wish_in_doubt_is_a_miss_of_the_question(answer: Any) -> None:
    player = doubted(True, 0.5)
    player.hear(answer)
    assert player.said == ["may we record"]
    assert keys(player, "21").said == ["what is it"]


def test_the_right_wish_may_stand_behind_the_no() -> None:
    player = doubted(True, 0.5)
    wants(player, "no I want to complain about it", "complaint")
    assert keys(player, "21").said == ["may i connect you"]


def test_the_wrong_wish_once_more_behind_the_no_is_only_a_no() -> None:
    player = doubted(True, 0.5)
    wants(player, "no I do not want my balance", "balance")
    assert player.said == ["may we record"]


def test_a_question_asks_about_one_wish_only() -> None:
    player = keys(calling(), "2")
    wants(player, "it may be the balance", "balance", 0.5)
    assert asked_back(player) == "your balance"
    wants(player, "or something is broken", "fault", 0.5)
    assert player.said[-1] == "is it you"


def hints(player: Player) -> set[str]:
    listen = player.verbs[-1]
    assert isinstance(listen, Listen)
    return set(listen.hints)


def test_wishes_are_listened_for_where_they_are_taken_in_place_of_a_yes_or_no() -> None:  # R35
    assert hints(calling(CUT_OFF)) >= {"my balance", "it is broken", "I complain", "advise me"}
    assert hints(keys(at_need(), "3")) >= {"my balance"}
    assert hints(keys(at_need(), "3")).isdisjoint({"it is broken"}), "it is what the question is about"
    assert hints(keys(at_need(), "5")).isdisjoint({"my balance", "it is broken"}), "a complaint comes first"


def test_wishes_are_listened_for_at_a_goodbye_that_hears() -> None:  # R35
    player = Player(small_hotline({**WRITTEN["hotline"], "steps": {"need": {"hangup": "good_bye", "hears_s": 2}}}))
    player.hear(Recalled(()))
    assert hints(player) >= {"my balance", "it is broken", "I complain", "advise me"}


def test_no_wish_in_doubt_is_asked_about_beside_a_no() -> None:
    player = calling()
    wants(player, "no not that thing there", "balance", 0.5)
    assert player.recorded("consent")[-1]["answer"] == "no"


def test_what_is_only_about_the_question_is_looked_through_for_nothing() -> None:
    player = keys(calling(), "2")
    player.hear(SpeechHeard("what?"))
    assert player.question is None
    assert player.said[-1] == "is it you"


def test_what_is_hardly_a_wish_is_not_asked_about() -> None:
    player = keys(calling(), "2")
    wants(player, "the weather is nice", "balance", 0.2)
    assert player.said[-1] == "is it you"


def test_a_person_in_doubt_at_the_offer_of_one_is_asked_about_and_then_a_yes() -> None:  # R31 R42
    player = keys(at_need(), "5")
    wants(player, "with ears maybe", "person", 0.5)
    assert asked_back(player) == "person"
    assert not player.recorded("consent")[1:]
    player.hear(SpeechHeard("yes"))
    consent = player.recorded("consent")[-1]
    assert (consent["answer"], consent["heard"]) == ("yes", "with ears maybe")
    assert player.question.queue == "complaints"


def test_a_key_of_the_menu_to_come_is_pressed_ahead() -> None:
    before = WRITTEN["hotline"]["steps"]
    steps = {**before, "again": {**before["again"], "on": {"no": "record", "nothing": "need"}}}
    player = Player(small_hotline({**WRITTEN["hotline"], "steps": steps}))
    player.hear(Recalled((CUT_OFF,)))
    keys(player, "5")
    assert player.said == ["may i connect you"]


def test_a_key_means_something_at_the_very_next_question_only() -> None:
    player = keys(calling(CUT_OFF), "521")
    assert player.said == ["what is it"]


def test_a_wish_that_a_person_serves_is_a_request_at_once() -> None:  # R4 R42
    for intent in ("advice", "person"):
        player = calling(CUT_OFF)
        wants(player, "which one would suit us", intent)
        assert isinstance(player.question, TakePlace)
        assert player.question.queue == "general"


def test_who_goes_to_a_person_first_is_asked_anew_afterwards() -> None:
    player = calling(CUT_OFF)
    wants(player, "what is my balance", "balance")
    keys(player, "0")
    assert player.state.ahead is None


# --- after it ----------------------------------------------------------------------------------------------------


def test_a_wish_at_anything_else_is_led_to_at_once() -> None:
    player = at_more()
    wants(player, "I want to complain", "complaint")
    assert player.said == ["may i connect you"]


def test_an_option_of_a_choice_wins_over_a_wish() -> None:
    player = at_more()
    player.hear(SpeechHeard("more"))
    assert player.said == ["what is it"]


def test_what_was_wanted_before_can_be_wanted_again() -> None:
    player = at_more()
    wants(player, "my balance", "balance")
    assert player.said == ["here is your balance", "Anything else?"]


def test_what_a_yes_or_no_is_about_is_no_other_wish() -> None:
    player = keys(at_need(), "32")
    wants(player, "my line has gone dead", "fault")
    assert player.said[-1] == "may a technician come"


@pytest.mark.parametrize("said", ["no I want to complain", "yes more I want to complain"])
def test_a_wish_beside_a_word_for_an_option_is_what_is_meant(said: str) -> None:
    player = at_more()
    wants(player, said, "complaint")
    assert player.said == ["may i connect you"]


def test_a_word_for_an_option_among_others_is_that_option_where_no_wish_is_sure() -> None:
    player = at_more()
    wants(player, "well yes there is more", "complaint", 0.5)
    assert player.said == ["what is it"]


def test_a_wish_instead_of_a_rating_is_no_rating() -> None:
    player = keys(at_more(), "2")
    assert player.said == ["how was it"]
    wants(player, "I want to complain", "complaint")
    assert player.said == ["may i connect you"]
    assert not player.recorded("rated")


def test_a_wish_leads_out_of_another_flow_and_from_the_question_of_a_rule() -> None:  # R16
    player = keys(at_need(), "3")
    assert player.said == ["shall somebody mend it"]
    wants(player, "what is my balance", "balance")
    assert player.said == ["here is your balance", "Anything else?"]
    assert player.recorded("consent")[-1]["answer"] == "nothing"
    player = keys(at_need(), "32")
    assert player.said == ["may a technician come"]
    wants(player, "no, what is my balance", "balance")
    assert player.said == ["here is your balance", "Anything else?"]
    assert player.state.frames == []


def test_a_rule_for_the_wish_applies_as_if_it_was_said_at_the_question() -> None:  # R16
    player = at_more()
    wants(player, "it is broken", "fault")
    assert player.said == ["shall somebody mend it"]


# --- complaints, lines -------------------------------------------------------------------------------------------


def test_a_complaint_is_taken_first_and_moves_by_no_wish() -> None:  # R14 R30 R31
    player = keys(at_need(), "5")
    wants(player, "what is my balance", "balance")
    assert player.said[-1] == "may i connect you"
    wants(player, "what is my balance", "balance")
    assert player.said == ["we take it here", "how was it"]
    assert player.recorded("consent")[-1]["answer"] == "nothing"


def test_who_wants_a_person_at_the_offer_of_one_says_yes_in_other_words() -> None:  # R31 R42
    player = keys(at_need(), "5")
    wants(player, "is there somebody with ears", "person")
    consent = player.recorded("consent")[-1]
    assert (consent["answer"], consent["heard"]) == ("yes", "is there somebody with ears")
    assert player.question.queue == "complaints"


def test_advice_is_no_consent_to_move_a_complaint() -> None:  # R31
    player = keys(at_need(), "5")
    wants(player, "which one would suit us", "advice")
    assert player.recorded("consent")[-1]["answer"] == "nothing"
    assert player.question.queue == "general"


def test_after_a_talk_a_wish_instead_of_a_rating_is_lost_but_a_person_is_not() -> None:
    player = keys(at_need(), "0")
    player.hear(Placed("general", 1, 1, MONDAY))
    player.hear(AgentTook("amy", "room-1"))
    player.hear(AgentLeft("amy", 60.0))
    assert player.said == ["how was amy"]
    wants(player, "a person again", "person")
    assert isinstance(player.question, TakePlace)


@pytest.mark.parametrize("event", [NothingHeard(), SpeechHeard("", sure=False)])
def test_silence_and_mumbling_are_looked_through_for_nothing(event: Any) -> None:
    player = calling(CUT_OFF)
    player.hear(event)
    assert player.said == ["may we record"]
