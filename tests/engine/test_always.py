"""What works at every prompt: a person, once more, back, slower; by key and by phrase."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from engine_player import PERSON, Player, small_hotline

from ivr.call.events import DigitsPressed, MeaningFound, NothingHeard, Placed, SpeechHeard
from ivr.call.tasks import Understand
from ivr.call.verbs import Listen, Record, Say
from ivr.flow.hotline import Hotline

STEPS = {
    "first": {"ask": "first_question", "expect": "yes_no", "on": {"yes": "second", "no": "third", "nothing": "bye"}},
    "second": {
        "ask": "second_question",
        "expect": "intent",
        "keys": {"1": "fault", "9": "fault"},
        "on": {"fault": "third", "nothing": "bye"},
    },
    "third": {"ask": "third_question", "expect": "text", "as": "said", "on": {"ok": "bye", "nothing": "bye"}},
    "bye": {"hangup": "good_bye"},
}
INTENTS = {
    "fault": {"type": "fault", "examples": {"en": ["it is broken"]}},
    "person": {"type": "consult", "examples": {"en": ["a person"]}},
}


EXAMPLES = {"zh": {"fault": "坏了", "person": "人工"}, "ko": {"fault": "고장", "person": "상담원"}}
SPOKEN = {
    language: {name: {**INTENTS[name], "examples": {language: [said]}} for name, said in examples.items()}
    for language, examples in EXAMPLES.items()
}


def hotline(**more: Any) -> Hotline:
    return small_hotline({"steps": STEPS, "intents": INTENTS, **more})


def patience_s(player: Player) -> float:
    listen = player.verbs[-1]
    assert isinstance(listen, Listen)
    return listen.patience_s


def rates(player: Player) -> set[float]:
    listen = player.verbs[-1]
    assert isinstance(listen, Listen)
    return {prompt.rate for prompt in listen.prompts if isinstance(prompt, Say)}


@pytest.mark.parametrize("words", ["agent", "A human, please!", "can I speak to someone", "operator", "  HUMAN  "])
def test_a_person_by_voice(words: str) -> None:  # R42
    player = Player(hotline())
    player.hear(SpeechHeard(words))
    assert player.place == "person.ring"
    assert player.recorded("heard")[-1]["always"] == "person"
    assert player.recorded("heard")[-1]["text"] == words
    assert player.state.summary.mode == "smart"


def test_a_person_by_key() -> None:  # R42 R55
    player = Player(hotline())
    player.hear(DigitsPressed("0"))
    assert player.place == "person.ring"
    assert player.state.summary.mode == "self_service"


@pytest.mark.parametrize("words", ["the agentic age", "inhuman", "cooperators"])
def test_a_phrase_counts_as_whole_words_only(words: str) -> None:
    player = Player(hotline())
    player.hear(SpeechHeard(words))
    assert player.place == "main.first"


@pytest.mark.parametrize("words", ["人工", "快帮我转人工吧", "我要人工服务"])
def test_a_phrase_in_mandarin_counts_wherever_it_stands(words: str) -> None:  # R42
    written = {"steps": STEPS, "intents": INTENTS, "top": {"languages": ["zh"]}}
    written["intents"] = {name: {**one, "examples": {"zh": ["坏了"]}} for name, one in INTENTS.items()}
    player = Player(small_hotline(written))
    player.hear(SpeechHeard(words))
    assert player.place == "person.ring"


def test_where_an_intent_is_asked_for_the_recogniser_decides_what_a_sentence_wants() -> None:  # R31 R42
    player = Player(hotline())
    player.hear(DigitsPressed("1"))
    player.hear(SpeechHeard("your agent broke it"))
    assert isinstance(player.question, Understand)
    player.hear(MeaningFound("fault", 0.9))
    assert player.place == "main.third"


def test_there_a_person_is_understood_inside_a_sentence() -> None:  # R42
    player = Player(hotline())
    player.hear(DigitsPressed("1"))
    player.hear(SpeechHeard("well I would rather have an agent for that"))
    player.hear(MeaningFound("person", 0.9))
    assert player.place == "person.ring"
    assert player.state.summary.mode == "smart"


def test_there_the_phrase_alone_needs_no_recogniser() -> None:  # R42
    player = Player(hotline())
    player.hear(DigitsPressed("1"))
    player.hear(SpeechHeard("Agent!"))
    assert player.place == "person.ring"


def test_repeat_says_the_same_words_again() -> None:
    player = Player(hotline())
    for event in (DigitsPressed("*"), SpeechHeard("repeat that"), SpeechHeard("Pardon?")):
        player.hear(event)
        assert player.said == ["first question"]


@pytest.mark.parametrize(("language", "words"), [("zh", "再 说 一 遍"), ("ko", "다시듣기"), ("ko", "다시 듣 기")])
def test_spaces_do_not_matter_where_recognisers_put_them_as_they_like(language: str, words: str) -> None:
    player = Player(small_hotline({"steps": STEPS, "top": {"languages": [language]}, "intents": SPOKEN[language]}))
    player.hear(SpeechHeard(words))
    assert player.recorded("heard")[-1]["always"] == "repeat"


@pytest.mark.parametrize("words", ["my dog will repeat that", "I came back late", "this is slower than before"])
def test_other_phrases_must_be_the_whole_answer(words: str) -> None:
    player = Player(hotline())
    player.hear(DigitsPressed("2"))
    player.hear(SpeechHeard(words))
    assert player.over, "the words are the answer"


def test_slower_says_it_again_and_all_the_rest_more_slowly() -> None:  # R55
    player = Player(hotline())
    assert rates(player) == {1.0}
    player.hear(SpeechHeard("slower"))
    assert rates(player) == {0.85}
    player.hear(DigitsPressed("2"))
    assert rates(player) == {0.85}
    player.hear(NothingHeard())
    assert rates(player) == {0.85}


def test_a_flow_knows_who_is_spoken_to_slowly() -> None:  # R55
    steps = {**STEPS, "bye": {"say": "good_bye_now", "next": "end"}, "end": {"hangup": "end"}}
    words = {"good_bye_now": "{{ 'slowly' if call.slowly else 'as ever' }}", "end": "Bye."}
    player = Player(hotline(steps=steps, words=words))
    assert player.state.rate == 1
    player.hear(SpeechHeard("slower"))
    player.hear(DigitsPressed("2"))
    player.hear(SpeechHeard("that is all"))
    assert player.said[0] == "slowly"


def test_slower_gives_more_time_to_answer_from_that_question_on() -> None:  # R55
    player = Player(hotline())
    player.hear(SpeechHeard("slower"))
    assert patience_s(player) == 8.0
    player.hear(SpeechHeard("slower"))
    assert patience_s(player) == 8.0
    player.hear(DigitsPressed("2"))
    assert patience_s(player) == 8.0


LINE = {"queue": "general", "on": {"done": "bye", "full": "bye", "closed": "bye"}}
ASKING = {
    "ask": {"ask": "a_question", "expect": "digits", "as": "it", "on": {"ok": "bye", "nothing": "bye"}},
    "rate": {"rate": "a_question", "on": {"good": "bye", "bad": "bye", "nothing": "bye"}},
    "offer": {"offer": "a_question", "queue": "general", "on": {"yes": "line", "no": "bye", "nothing": "bye"}},
    "ask_recording": {"ask_recording": "a_question", "on": {"yes": "bye", "no": "bye", "nothing": "bye"}},
}


@pytest.mark.parametrize("kind", ASKING)
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "slower please"), ("zh", "说慢一点"), ("zh", "请说慢一点。"), ("ko", "조금 천천히 말해 주세요.")],
)
def test_slower_works_at_every_question_in_every_language(kind: str, language: str, words: str) -> None:  # R55
    steps = {"asked": ASKING[kind], **({"line": LINE} if kind == "offer" else {}), "bye": {"hangup": "good_bye"}}
    player = Player(small_hotline({"steps": steps, "queues": {"general": {}}, "top": {"languages": [language]}}))
    assert patience_s(player) == 5.0
    player.hear(SpeechHeard(words))
    assert (player.place, rates(player), patience_s(player)) == ("main.asked", {0.85}, 8.0)
    player.hear(SpeechHeard("zzz"))
    assert player.over or rates(player) == {0.85}


@pytest.mark.parametrize(("confidence", "sure", "rate"), [(0.6, False, 1.0), (0.3, True, 1.0), (0.9, True, 0.85)])
def test_slower_that_was_hardly_heard_in_line_changes_nothing(confidence: float, sure: bool, rate: float) -> None:
    steps = {"line": LINE, "bye": {"hangup": "good_bye"}}
    player = Player(small_hotline({"steps": steps, "queues": {"general": {}}}))
    player.hear(Placed("general", 1, 1, 0.0))
    player.hear(SpeechHeard("slower", confidence, sure))
    assert (player.place, player.state.rate) == ("main.line", rate)


def test_in_line_slower_works_by_key_and_the_music_comes_no_later() -> None:  # R55
    steps = {"line": LINE, "bye": {"hangup": "good_bye"}}
    top = {"always": {"person": {"key": "0", "go": "person"}, "slower": {"key": "8"}}}
    player = Player(small_hotline({"steps": steps, "queues": {"general": {}}, "top": top}))
    player.hear(Placed("general", 1, 1, 0.0))
    player.hear(DigitsPressed("8"))
    assert (rates(player), patience_s(player)) == ({0.85}, 1.0)


def test_after_slower_a_message_may_have_longer_pauses() -> None:  # R55
    steps = {
        "first": {"ask": "first", "expect": "yes_no", "on": {"yes": "tape", "no": "bye", "nothing": "bye"}},
        "tape": {"record": "speak_now", "queue": "general", "on": {"recorded": "bye", "nothing": "bye"}},
        "bye": {"hangup": "good_bye"},
    }
    player = Player(small_hotline({"steps": steps, "queues": {"general": {}}, "words": {"first": "Well?"}}))
    player.hear(SpeechHeard("slower"))
    player.hear(DigitsPressed("1"))
    say, tape = player.verbs
    assert isinstance(say, Say)
    assert isinstance(tape, Record)
    assert (say.rate, tape.silence_s) == (0.85, 8)


def test_slower_again_and_again_comes_to_an_end() -> None:
    player = Player(hotline())
    for _ in range(9):
        player.hear(SpeechHeard("slower please"))
    assert rates(player) == {0.7}


def test_back_leads_to_the_question_before() -> None:
    player = Player(hotline())
    player.hear(DigitsPressed("1"))
    player.hear(SpeechHeard("go back"))
    assert player.place == "main.first"
    player.hear(SpeechHeard("back"))
    assert player.place == "main.first"


def test_back_from_a_person_leads_to_where_one_was_asked_for_with_all_that_was_known_there() -> None:
    main = {"to_sub": {"do": "sub", "with": {"pin": "{{ pin }}"}, "on": {"done": "bye"}}, "bye": {"hangup": "good_bye"}}
    pin = {"ask": "your_pin", "expect": "digits", "secret": True, "as": "pin", "on": {"ok": "to_sub", "nothing": "bye"}}
    well = {"ask": "well", "expect": "yes_no", "on": {"yes": "tell", "no": "return", "nothing": "return"}}
    sub = {"well": well, "tell": {"say": "your_pin_is", "next": "return"}}
    really = {"ask": "really", "expect": "yes_no", "on": {"yes": "ring", "no": "ring", "nothing": "ring"}}
    written = {
        "steps": {"pin": pin, **main},
        "flows": {
            "sub": {"start": "well", "takes": ["pin"], "steps": sub},
            "person": {"start": "really", "steps": {"really": really, **PERSON["steps"]}},
        },
        "words": {"well": "Well?", "really": "Really?", "your_pin_is": "It is {{ pin }}."},
    }
    player = Player(small_hotline(written))
    player.hear(DigitsPressed("4711"))
    for _ in range(2):
        player.hear(DigitsPressed("0"))
        assert (player.place, player.state.names, player.said) == ("person.really", {}, ["Really?"])
        player.hear(DigitsPressed("0"))
        player.hear(DigitsPressed("9"))
        assert (player.place, player.said) == ("sub.well", ["Well?"])
    player.hear(DigitsPressed("1"))
    assert player.said[0] == "It is 4711."
    assert "4711" not in player.traces


def test_keys_for_yes_and_no_come_before_what_always_works_while_asking_back() -> None:
    top = {"always": {"person": {"key": "0", "go": "person"}, "back": {"key": "2"}, "slower": {"key": "1"}}}
    player = Player(hotline(top=top))
    player.hear(DigitsPressed("2"))
    player.hear(SpeechHeard("bananas", sure=False))
    player.hear(DigitsPressed("1"))
    assert player.over


def test_a_key_of_the_step_comes_before_what_always_works() -> None:
    player = Player(hotline())
    player.hear(DigitsPressed("1"))
    player.hear(DigitsPressed("9"))
    assert player.place == "main.third"


def test_a_hotline_may_do_without() -> None:
    top = {"always": {"person": {"go": "person"}}}
    for key in "0*9":
        player = Player(hotline(top=top))
        player.hear(DigitsPressed(key))
        assert player.place == "main.first"
        assert "always" not in player.recorded("heard")[-1]


def test_a_wish_for_a_person_that_leads_nowhere_repeats_the_question() -> None:
    written = hotline()
    nowhere = replace(written, file=replace(written.file, always={}))
    player = Player(nowhere)
    player.hear(DigitsPressed("1"))
    player.hear(SpeechHeard("a real person"))
    player.hear(MeaningFound("person", 0.9))
    assert player.said == ["second question"]


def test_ten_thousand_letters_are_heard_as_two_thousand() -> None:
    player = Player(hotline())
    player.hear(DigitsPressed("2"))
    player.hear(SpeechHeard("la " * 3500))
    assert len(player.recorded("heard")[-1]["text"]) == 2000
