"""What a caller does at a question: says what he wants, presses its key, says yes or no, rates, or keeps silent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

from ivr.call.state import CallState
from ivr.call.verbs import Listen
from ivr.engine.nodes.ask import AskStep
from ivr.engine.nodes.offer import Offer
from ivr.engine.nodes.queue import QueueStep
from ivr.engine.nodes.rate import Rate
from ivr.engine.nodes.resume import Resume
from ivr.flow.hotline import Hotline
from ivr.sim.day.arrivals import Caller
from ivr.sim.day.chance import Chance, pick

YES_NO = {"en": ("yes please", "no thank you"), "zh": ("好的", "不用了"), "ko": ("네", "아니요")}
YES_NO_KEYS = {"yes": "1", "no": "2"}
MEANT = "meant"
"""Where the notes of a step hold the guess that it asks about."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a caller does once he has heard a question."""

    does: str
    """presses, says, nothing or hangs_up."""
    what: str = ""


SILENT = Act("nothing")
GOES = Act("hangs_up")


@dataclass(frozen=True, slots=True)
class Leave:
    """When and how somebody in line stops waiting."""

    after_s: float
    act: Act


class Mind:
    """One call of one caller. What he draws hangs on his number in the day, on which call of his it is and on the
    question, and on nothing else."""

    def __init__(self, caller: Caller, attempt: int, hotline: Hotline, chance: Chance) -> None:
        self.caller, self.hotline = caller, hotline
        self._attempt, self._chance = attempt, chance
        self._asked: Counter[str] = Counter()
        self.wants = caller.wants

    def draw(self, *what: object) -> Random:
        return self._chance.of("caller", self.caller.n, self._attempt, *what)

    def answer(self, listen: Listen, state: CallState) -> Act:
        """To a question that holds the line."""
        step = self.step_of(state)
        words = _words_of(step)
        self._asked[words] += 1
        draw = self.draw(words, self._asked[words])
        if listen.expect == "yes_no" and MEANT in state.scratch:
            return self._yes_no("yes" if state.scratch[MEANT].get("value") == self.wants else "no", listen)
        match step:
            case Rate():
                score = pick(self.caller.who.ratings, draw)
                return Act("presses", score) if score else GOES
            case Offer() | Resume():
                return self._yes_no(self._offered(words, draw), listen)
            case AskStep(expect="intent"):
                return self._wish(step, listen, draw)
            case AskStep():
                return self._chosen(step, words, listen, draw)
            case _:
                return SILENT

    def leaves_line(self, state: CallState) -> Leave:
        """How he ends his wait, where nobody comes before. Only ways that this step has count."""
        step = self.step_of(state)
        keys = {way: key for key, way in step.keys.items()} if isinstance(step, QueueStep) else {}
        found = Leave(self.caller.patience_s, GOES)
        for way, leaving in self.caller.who.leaves.items():
            draw = self.draw("leaves", way)
            if draw.random() >= leaving.share or way not in keys:
                continue
            after_s = leaving.after_s.drawn(draw)
            if after_s < found.after_s:
                found = Leave(after_s, Act("presses", keys[way]))
        return found

    def step_of(self, state: CallState) -> Any:
        """The step that holds the line; of a rule of handoff.yaml its question."""
        if state.offering is not None:
            return self.hotline.offers[state.offering.key]
        flow = self.hotline.flows.get(state.flow)
        return flow.steps.get(state.step) if flow else None

    # --- one question each ---------------------------------------------------------------------------------

    def _offered(self, words: str, draw: Random) -> str:
        weights = self.caller.who.answers.get(words)
        if weights is not None:
            return pick(weights, draw) or "nothing"
        return "yes" if draw.random() < self.caller.who.takes_offers else "no"

    def _yes_no(self, answer: str, listen: Listen) -> Act:
        if answer not in YES_NO_KEYS:
            return SILENT
        said = YES_NO.get(self.caller.language)
        if self.caller.by_keys or said is None or not listen.speech:
            return Act("presses", YES_NO_KEYS[answer])
        return Act("says", said[0 if answer == "yes" else 1])

    def _wish(self, step: AskStep, listen: Listen, draw: Random) -> Act:
        """The key of what he wants, or words for it; who finds neither asks for a person."""
        keys = {intent: key for key, intent in step.keys.items()}
        person = self.hotline.file.always.get("person")
        if (self.caller.by_keys or not listen.speech) and self.wants in keys:
            return Act("presses", keys[self.wants])
        said = self._phrases(self.wants)
        if said and listen.speech and not (self.caller.by_keys and self.wants in self.hotline.for_people()):
            return Act("says", draw.choice(said))
        return Act("presses", person.key) if person and person.key else SILENT

    def _phrases(self, intent: str) -> tuple[str, ...]:
        own = self.caller.who.says.get(intent)
        return own or tuple(self.hotline.intents[intent].examples.get(self.caller.language, ()))

    def _chosen(self, step: AskStep, words: str, listen: Listen, draw: Random) -> Act:
        """A choice by its key or name, a value as it is written in the day."""
        answer = pick(self.caller.who.answers.get(words, {}), draw)
        if answer is None or answer == "nothing":
            return SILENT
        if answer == "more":
            self.wants = pick(self.caller.who.wants, self.draw("wants more", self._asked[words])) or self.wants
        keys = {way: key for key, way in step.keys.items()}
        if step.expect == "yes_no":
            return self._yes_no(answer, listen)
        return Act("presses" if answer in keys or answer.isdigit() else "says", keys.get(answer, answer))


def _words_of(step: Any) -> str:
    for field in ("ask", "offer", "rate", "resume"):
        if hasattr(step, field):
            return str(getattr(step, field))
    return ""
