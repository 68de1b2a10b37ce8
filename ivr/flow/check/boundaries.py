"""Rules of the dialogue stand at a boundary of the way that the caller has chosen (R27, R29)."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.flow.boundaries import STATED, Boundary, of_intent
from ivr.flow.handoff import ALWAYS, DialogueRule
from ivr.flow.hotline import Hotline
from ivr.flow.source import Source
from ivr.flow.where import Fault

FILE = "handoff.yaml"
SO_BY = {
    "complaint": "no complaint: its `type:` in intents.yaml says so",
    "best_way": "served best by the machine on this line",
    "opportunity": "no opportunity: write `opportunity: true` in intents.yaml where it is one",
    "mood": "a wish, and no mood: a rule for that stands under `mood:`",
}
"""Why an intent does not have a boundary that a rule claims."""
HINT = (
    "Say why it cannot serve them, by `because: abnormal` or `because: unsolved` and a `when:` that tests it; or give "
    "the intent another `way:` or `opportunity: true` in intents.yaml; or leave the rule out"
)


def boundaries(hotline: Hotline, source: Source) -> Iterator[Fault]:
    for name, rule in hotline.handoff.intent.items():
        intent = hotline.intents.get(name)
        if intent is None:
            continue  # a fault of its own
        best = hotline.best_way(name)
        own = of_intent(intent, best)
        if rule.because is None and not own:
            sentence = (
                f"who wants {name!r} has chosen the way that serves it best, {best}, and nothing permits to offer "
                "another unasked"
            )
            yield Fault(source.where_key(FILE, ("intent", name)), sentence, HINT)
        yield from _stated(source, ("intent", str(name)), rule, own)
    for mood, rule in hotline.handoff.mood.items():
        if rule.because not in (None, "mood"):
            sentence = f"a rule of `mood:` is for how the caller sounds, not for {rule.because!r}"
            yield Fault(source.where(FILE, ("mood", mood, "because")), sentence, "Leave `because:` out")


def _stated(source: Source, at: tuple[str, str], rule: DialogueRule, own: tuple[Boundary, ...]) -> Iterator[Fault]:
    """What a rule says of itself must be so, or be tested."""
    because = rule.because
    where = source.where(FILE, (*at, "because"))
    if because in STATED and rule.when == ALWAYS:
        tests = "'balance' in call.answered" if because == "unsolved" else "caller.bill_doubled"
        hint = f'Add `when:` with what the data say, such as "{tests}"'
        yield Fault(where, f"`because: {because}` is tested by nothing", hint)
    elif because is not None and because not in STATED and because not in own:
        yield Fault(where, f"{at[1]!r} is {SO_BY[because]}", "")
