"""A call to the sample hotline as the panel sees it: the engine's side is played, the ears' side is written in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ivr.call.codec import Answer
from ivr.call.events import CallStarted, DigitsPressed, Event, NothingHeard, SpeechHeard
from ivr.channels.webphone.panel import PanelFeed
from ivr.sim.rehearsal import Rehearsal
from ivr.store.watch import RedisWatch

Notice = dict[str, Any]


class WatchedCall:
    """A call through the conductor, and what its feed tells after every turn."""

    def __init__(self, house: Rehearsal, hotline: str = "telecom", caller: str = "+12025550101") -> None:
        self.house, self.hotline, self.call = house, hotline, house.new_call()
        watch = RedisWatch(house.client)
        watch.begin(hotline, self.call)
        self.feed = PanelFeed(watch, hotline, self.call)
        self.told: list[Notice] = []
        self.answer = Answer((), 0)
        self.happens(CallStarted(caller, "", "phone"))

    def happens(self, event: Event) -> None:
        self.answer = self.house.conductor.hear(self.hotline, self.call, self.answer.turn, event)
        self.looks()

    def looks(self) -> list[Notice]:
        new = [{"what": what, **told} for what, told in self.feed.news()]
        self.told += new
        return new

    def says(self, words: str, confidence: float = 0.93) -> None:
        self.told += [{"what": "speech"}, {"what": "interrupted"}]
        self.told += [{"what": "heard", "text": words, "confidence": confidence, "sure": confidence > 0.8}]
        self.told += [{"what": "event", "event": "SpeechHeard", "turn": self.answer.turn}]
        self.happens(SpeechHeard(words, confidence))
        self._answered("speech", 412)

    def presses(self, keys: str) -> None:
        self.told += [{"what": "key", "key": key} for key in keys]
        self.happens(DigitsPressed(keys))
        self._answered("key", 86)

    def keeps_silent(self) -> None:
        self.happens(NothingHeard())

    def _answered(self, after: str, ms: int) -> None:
        verbs = [type(verb).__name__ for verb in self.answer.verbs]
        self.told += [{"what": "answered", "verbs": verbs, "turn": self.answer.turn, "took_ms": 14}]
        self.told += [{"what": "first_sound", "after": after, "ms": ms}]
        self.told += [{"what": "asked", "expect": "intent", "speech": True}]

    def entries(self, kind: str) -> Iterator[Notice]:
        return (one for one in self.told if one["what"] == "entry" and one["kind"] == kind)

    def stands(self) -> list[str]:
        return [f"{one['flow']}.{one['step']}" for one in self.told if one["what"] == "stands"]
