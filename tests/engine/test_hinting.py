"""What is told unasked, where one case of a step does not show it: to whom nothing is advertised, whatever happens."""

from __future__ import annotations

import random
from typing import Any

import pytest
from engine_player import MONDAY, Player, small_hotline

from ivr.call.events import DigitsPressed, Event, LookupDone, MeaningFound, NothingHeard, Recalled, SpeechHeard
from ivr.call.past import PastCall, ToldHint
from ivr.call.tasks import KeepHint, Lookup, Recall, Understand

PROFILE = {
    "query": "select * from subscribers where number = :number",
    "takes": ["number"],
    "gives": {"name": "text", "complaints?": "any", "no_hints?": "flag"},
}
COMPANY = {"kind": "sql", "url": "sqlite:///c.sqlite", "operations": {"subscriber": PROFILE}}
HINTS: dict[str, dict[str, Any]] = {
    "due": {"say": "hint_due", "every_days": 1},
    "habit": {"say": "hint_habit", "kind": "habit", "tries": {"way": "speech"}, "every_days": 1, "at_most": 50},
    "offer": {"say": "hint_offer", "kind": "offer", "not_for": "false", "every_days": 1, "at_most": 50},
}
WISHES = {
    "plans": {"type": "query", "examples": {"en": ["plans"]}},
    "rude": {"type": "complaint", "examples": {"en": ["rude"]}},
}
HOTLINE = small_hotline(
    {
        "top": {
            "connectors": {"company": COMPANY},
            "profile": {"lookup": "company.subscriber", "with": {"number": "{{ call.caller }}"}},
            "remember": "same_day",
            "always": {"person": {"key": "0", "go": "person"}, "back": {"key": "9"}, "no_hints": {"key": "7"}},
        },
        "intents": WISHES,
        "hints": HINTS,
        "handoff": {
            "mood": {"upset": {"offer": "may_i_connect", "queue": "general", "phrases": {"en": ["ridiculous"]}}}
        },
        "words": {"may_i_connect": "May I?"},
        "queues": {"general": {}},
        "steps": {
            "one": {"hint": "one", "at_most": 3, "next": "need"},
            "need": {
                "ask": "what_is_it",
                "expect": "intent",
                "keys": {1: "plans", 2: "rude"},
                "on": {"plans": "two", "rude": "two", "nothing": "bye"},
            },
            "two": {"hint": "two", "at_most": 3, "next": "more"},
            "more": {"ask": "more_please", "expect": "yes_no", "on": {"yes": "one", "no": "bye", "nothing": "two"}},
            "bye": {"hangup": "good_bye"},
        },
    }
)


class Caller(Player):
    """A caller of whom the company and the memory know this."""

    def __init__(self, recalled: Recalled, *, number: str = "+12025550101", **profile: Any) -> None:
        self._recalled, self._profile = recalled, {"name": "Alice", **profile}
        super().__init__(HOTLINE, number)

    def _step(self, event: Event) -> None:
        super()._step(event)
        match self.question:
            case Recall():
                self._step(self._recalled)
            case Lookup():
                self._step(LookupDone(self._profile))
            case Understand(expect="intent", text=text):
                self._step(MeaningFound("rude" if "rude" in text else "plans", 0.95))

    @property
    def told(self) -> list[str]:
        return [data["rule"] for data in self.recorded("hinted")]


COMPLAINT_TODAY = Recalled((PastCall(MONDAY - 3600, "hung_up", "rude"),))
DOES = [
    *(DigitsPressed(key) for key in "12979"),
    SpeechHeard("plans please"),
    SpeechHeard("he was rude"),
    SpeechHeard("this is ridiculous"),
    SpeechHeard("do not tell me such things"),
    NothingHeard(),
]


@pytest.mark.parametrize(
    ("recalled", "profile"),
    [
        (COMPLAINT_TODAY, {}),
        (Recalled(), {"complaints": 1}),
        (Recalled(), {"complaints": ["T-3811"]}),
    ],
    ids=["in his last call of the day", "open, counted", "open, listed"],
)
def test_a_complaint_that_is_known_keeps_advertising_away(recalled: Recalled, profile: dict[str, Any]) -> None:  # R106
    caller = Caller(recalled, **profile)
    assert caller.told == ["due"]
    assert {data["why"] for data in caller.recorded("not_hinted")} == {"complaint"}


def test_a_complaint_of_yesterday_that_is_closed_does_not() -> None:
    yesterday = Recalled((PastCall(MONDAY - 86_400, "answered", "rude"),), {"due": ToldHint(1, MONDAY - 60)})
    assert Caller(yesterday, complaints=0).told == ["habit"]


def test_who_was_upset_hears_no_advertisement_after_it() -> None:  # R106
    caller = Caller(Recalled(hints=dict.fromkeys(HINTS, ToldHint(1, MONDAY))))
    caller.hear(SpeechHeard("this is ridiculous, what plans are there"), after_s=90_000)
    assert caller.recorded("mood")
    assert "offer" not in caller.told


@pytest.mark.parametrize("seed", range(40))
def test_whatever_happens_nobody_who_complains_or_refuses_is_urged(seed: int) -> None:  # R106
    """Random calls; after each step the record is held against what was known before it."""
    luck = random.Random(seed)
    caller = Caller(
        luck.choice([Recalled(), COMPLAINT_TODAY, Recalled(refuses_hints=True)]),
        complaints=luck.choice([None, 0, 2]),
        no_hints=luck.choice([None, True]),
    )
    for _ in range(30):
        if caller.over:
            break
        caller.hear(luck.choice(DOES), after_s=1)
    known = Caller(caller._recalled, **{**caller._profile, "name": "the same"})
    complains_at_first, silent = complains_of(known), known.state.refuses_hints
    for entry in caller.entries:
        complains_at_first |= entry.kind == "mood" or entry.data.get("type") == "complaint"
        silent |= entry.kind == "hints_refused"
        if entry.kind == "hinted":
            assert not silent
            assert entry.data["sort"] == "notice" or not complains_at_first
    assert sum(data["sort"] != "notice" for data in caller.recorded("hinted")) <= 1
    assert len(set(caller.told)) == len(caller.told)


def complains_of(caller: Caller) -> bool:
    return bool(caller._recalled.calls) or bool(caller._profile.get("complaints"))


@pytest.mark.parametrize("number", ["anonymous", "", "1234"])
def test_who_cannot_be_known_again_is_told_nothing(number: str) -> None:
    caller = Caller(Recalled(), number=number)
    assert caller.told == []
    assert {data["why"] for data in caller.recorded("not_hinted")} == {"unknown"}
    caller.hear(DigitsPressed("7"))
    assert "no_more_hints" in [data["words"] for data in caller.recorded("said")]
    assert not caller.chores


def test_what_the_profile_says_of_hints_counts_as_his_own_word() -> None:
    assert Caller(Recalled(), no_hints=True).told == []


def test_what_he_said_himself_counts_whatever_the_profile_says() -> None:
    assert Caller(Recalled(refuses_hints=True), no_hints=False).told == []


def test_nobody_is_asked_about_hints_where_there_are_none() -> None:
    steps = {"bye": {"hangup": "good_bye"}}
    assert Player(small_hotline({"steps": steps})).recorded("started")
    assert Player(small_hotline({"steps": steps})).over


def test_each_telling_is_kept_with_the_version_it_was_told_in() -> None:
    kept = [chore for chore in Caller(Recalled()).chores if isinstance(chore, KeepHint)]
    assert [(one.rule, one.version) for one in kept] == [("due", HOTLINE.version)]


def test_a_hint_whose_text_breaks_costs_nobody_the_call() -> None:  # R40
    words = {"hint_odd": "You owe {{ call.answered + 1 }}.", "hint_next": "You can pay by the web."}
    hints = {"odd": {"at": "start", "say": "hint_odd"}, "next": {"at": "start", "say": "hint_next"}}
    steps = {
        "first": {"hint": "start", "next": "need"},
        "need": {"ask": "what_is_it", "expect": "yes_no", "on": {"yes": "bye", "no": "bye", "nothing": "bye"}},
        "bye": {"hangup": "good_bye"},
    }
    player = Player(small_hotline({"words": words, "hints": hints, "steps": steps}))
    player.hear(Recalled())
    assert player.said == ["You can pay by the web.", "what is it"]
    assert "hint odd" in player.recorded("failed")[0]["why"]
    assert [one["rule"] for one in player.recorded("hinted")] == ["next"]
