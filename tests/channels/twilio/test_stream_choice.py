"""Whether a call's sound comes to us is decided by its hotline, its words, our ears and what was decided before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from ivr.call.turns import CallEars, Left
from ivr.call.verbs import Dial, Hangup, Join, Listen, Play, Record, Say, Verb, Wait
from ivr.channels.twilio.streams import Streams, can_do
from ivr.errors import StoreDown

CALL = "CA" + "1" * 32
ASK = Listen((Say("Balance or fault?"),))


@dataclass
class Ears:
    heard: frozenset[str] = frozenset({"en"})
    spoken: frozenset[str] = frozenset({"en"})
    free: bool = True
    refused: int = 0

    def hears(self, language: str) -> bool:
        return language in self.heard

    def speaks(self, language: str) -> bool:
        return language in self.spoken

    def takes_calls(self) -> bool:
        self.refused += not self.free
        return self.free


@dataclass
class Book:
    chosen: dict[str, CallEars] = field(default_factory=dict)
    down: bool = False

    def ears(self, hotline: str, call: str) -> CallEars | None:
        if self.down:
            raise StoreDown("Redis does not answer")
        return self.chosen.get(call)

    def choose(self, hotline: str, call: str, ears: CallEars) -> None:
        self.chosen[call] = ears

    def give_pass(self, hotline: str, call: str) -> str:
        return f"pass of {call}"

    def take_pass(self, hotline: str, secret: str) -> str | None:
        raise AssertionError("nobody shows one here")

    def leave(self, hotline: str, call: str, left: Left) -> None:
        raise AssertionError("no sound ends here")

    def left(self, hotline: str, call: str) -> Left | None:
        raise AssertionError("no sound ends here")


@pytest.mark.parametrize(
    "verbs",
    [
        (ASK,),
        (Say("Welcome."), ASK),
        (Listen((Say("Press 1."),), language="zh", speech=False),),
        (Listen((Say("Your PIN?"),), language="zh", speech=True, secret=True),),
        (Listen((Say("余额", "zh", audio="balance.wav"),)),),
        (Say("One moment."), Wait(1)),
        (Play("hold.wav", 20.0), Wait(0)),
    ],
)
def test_questions_we_hear_and_words_before_a_wait_are_ours(verbs: Sequence[Verb]) -> None:
    assert can_do(verbs, Ears())


@pytest.mark.parametrize(
    "verbs",
    [
        (),
        (Wait(1),),
        (Say("Goodbye."), Hangup()),
        (Say("A message, please."), Record()),
        (Dial("+12025550111"),),
        (Join("room", "amy"),),
        (Listen((Say("Balance?"),), language="zh"),),
        (Listen((Say("余额？", "zh"),)),),
        (Say("余额", "zh"), ASK),
    ],
)
def test_what_sound_alone_cannot_do_and_languages_we_do_not_know_are_the_carriers(verbs: Sequence[Verb]) -> None:
    assert not can_do(verbs, Ears())


def streams(ears: Ears, book: Book, *, wanted: bool = True) -> Streams:
    return Streams(book, ears, lambda hotline: wanted)


def test_a_hotline_that_wants_the_carriers_ears_has_them() -> None:
    book = Book()
    assert streams(Ears(), book, wanted=False).pass_for("telecom", CALL, (ASK,)) is None
    assert not book.chosen


def test_a_call_taken_is_kept_however_busy_we_become() -> None:
    ears, book = Ears(), Book()
    assert streams(ears, book).pass_for("telecom", CALL, (ASK,))
    ears.free = False
    assert streams(ears, book).pass_for("telecom", CALL, (ASK,))
    assert ears.refused == 0


def test_a_call_that_comes_when_we_are_busy_stays_with_the_carrier() -> None:
    ears, book = Ears(free=False), Book()
    assert streams(ears, book).pass_for("telecom", CALL, (ASK,)) is None
    ears.free = True
    assert streams(ears, book).pass_for("telecom", CALL, (ASK,)) is None
    assert (ears.refused, book.chosen) == (1, {CALL: "carrier"})


def test_an_answer_we_cannot_do_decides_nothing_for_the_rest_of_the_call() -> None:
    ears, book = Ears(free=False), Book()
    assert streams(ears, book).pass_for("telecom", CALL, (Say("Hello."), Record())) is None
    assert (ears.refused, book.chosen) == (0, {})


def test_while_the_store_is_away_the_carrier_listens() -> None:
    assert streams(Ears(), Book(down=True)).pass_for("telecom", CALL, (ASK,)) is None
