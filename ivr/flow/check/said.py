"""Words are checked where they are said: what they may name depends on the step."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.check.explain import explained
from ivr.flow.check.facts import Facts, Survey
from ivr.flow.check.plan import Plan, listed
from ivr.flow.check.scope import Problem, problem
from ivr.flow.expressions import Text
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault, Where
from ivr.flow.words import Spoken
from ivr.flow.yaml import Trail

MOST_STEPS = 3
"""Steps that a fault in words names."""


class Said:
    """Faults in words, told once for each place however many steps say them."""

    def __init__(self, hotline: Hotline, source: Source) -> None:
        self._hotline = hotline
        self._source = source
        self._wrong: dict[tuple[Where, str], tuple[Problem, list[str]]] = {}

    def by(self, found: Survey, plan: Plan, step: str, key: str, as_sms: bool, known: Facts) -> None:
        """A step says these words, knowing this."""
        for language, words in self._hotline.words.items():
            if key in words:
                for trail, text in texts(words[key], as_sms):
                    for path in sorted(text.reads):
                        if wrong := problem(path, known):
                            where = self._source.where(f"words/{language}.yaml", (key, *trail))
                            _, steps = self._wrong.setdefault(
                                (where, wrong.sentence), (explained(found, plan, step, wrong), [])
                            )
                            steps.append(f"{plan.name}.{step}")

    def faults(self) -> Iterator[Fault]:
        for (where, _), (told, steps) in self._wrong.items():
            shown = [*steps[:MOST_STEPS], *([f"{len(steps) - MOST_STEPS} more"] if len(steps) > MOST_STEPS else [])]
            says = f"step {shown[0]} says" if len(shown) == 1 else f"steps {listed(shown)} say"
            yield Fault(where, f"{says} this, but {told.sentence}", told.hint)


def texts(spoken: Spoken, as_sms: bool) -> Iterator[tuple[Trail, Text]]:
    """What is said of an entry, with its place below it."""
    if as_sms:
        yield (("sms",), spoken.sms)
        return
    yield (("say",), spoken.say)
    for name, rungs in (("nothing", spoken.nothing), ("unclear", spoken.unclear)):
        for n, text in enumerate(rungs):
            yield ((name, n), text)
