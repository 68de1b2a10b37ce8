"""When the ears fall behind, new calls are heard by the carrier; whoever is heard by us goes on being so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ivr.app.house import House
from ivr.call.verbs import Listen, Say
from ivr.channels.twilio.streams import Streams
from ivr.speech.decoding import LATE_S, LOOKS_BACK_S, Decoding
from ivr.store.call_ears import RedisCallEars
from ivr.wiring.hearing import Hearing, Places

ASKED = (Listen(prompts=(Say("Which one?", "en", audio="en/which.wav"),), speech=False, hints=(), language="en"),)
"""A recorded question that is answered by keys: no model and no voice has to be there for it."""


class Ears:
    """Our ears with a clock of this test's, and the choice that is made by them."""

    def __init__(self, house: House) -> None:
        self.now = 100.0
        self.decoding = Decoding(0, clock=lambda: self.now)
        self.hearing = Hearing(Places.below(house.settings.data), house.folders, decoding=self.decoding)
        self.streams = Streams(RedisCallEars(house.works.client), self.hearing, lambda hotline: True)

    def hear(self, call: str) -> bool:
        """Whether this call's sound is asked for now."""
        return self.streams.pass_for("telecom", call, ASKED) is not None

    def fall_behind(self) -> None:
        self.decoding.submit(lambda: None, urgent=False)
        self.now += LATE_S + 0.1

    def catch_up(self) -> None:
        self.decoding.work_off()
        self.now += LOOKS_BACK_S + 0.1


@pytest.fixture
def ears(house: House) -> Iterator[Ears]:
    made = Ears(house)
    yield made
    made.hearing.close()


def test_a_new_call_gets_the_carriers_ears_and_a_running_one_keeps_ours(ears: Ears) -> None:
    assert ears.hear("CA1")
    ears.fall_behind()
    assert not ears.hear("CA2")
    assert ears.hear("CA1")
    assert ears.hearing.load().refused == 1


def test_whom_the_carrier_hears_it_goes_on_hearing_when_we_have_time_again(ears: Ears) -> None:
    ears.fall_behind()
    assert not ears.hear("CA1")
    ears.catch_up()
    assert ears.hear("CA2")
    assert not ears.hear("CA1")
