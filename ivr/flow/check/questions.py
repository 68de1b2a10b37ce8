"""Questions can be answered: by an intent that there is, or by a choice with phrases in every language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ivr.flow.check.plan import listed, strings
from ivr.flow.check.words import file_of
from ivr.flow.hotline import Hotline
from ivr.flow.kinds import MISSES
from ivr.flow.source import Source
from ivr.flow.where import Fault, close, nearest

PERSON = "person"
"""A way that needs no intent: the phrases under `always` lead to it too."""


def questions(hotline: Hotline, source: Source) -> Iterator[Fault]:
    led_to: set[str] = {PERSON}
    choices: dict[str, dict[str, str]] = {}
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            expect = getattr(step, "expect", None)
            if step.kind == "ask" and expect == "intent":
                led_to.update(getattr(step, "on", ()))
                led_to.update(nearest(way, hotline.intents) or way for way in getattr(step, "on", ()))
                yield from _intents(hotline, source, flow.name, name, step)
            elif step.kind == "ask" and expect == "choice":
                ways: Any = step
                wanted = choices.setdefault(ways.ask, {})
                wanted.update({way: f"{flow.name}.{name}" for way in ways.on if way not in MISSES})
    for key, options in choices.items():
        yield from _choices(hotline, source, key, options)
    yield from _no_question(hotline, source, led_to)
    yield from _unspoken(hotline, source, led_to - {PERSON})


def _intents(hotline: Hotline, source: Source, flow: str, name: str, step: Any) -> Iterator[Fault]:
    known = {*hotline.intents, *source.names("intents.yaml")}
    if not source.is_readable("intents.yaml"):
        return
    for way in step.on:
        if way in known or way in MISSES or way == PERSON:
            continue
        where = source.where_key(source.flow_file(flow), ("steps", name, "on", way))
        if way in step.keys.values():
            sentence = f"{way!r} can be reached by its key only: intents.yaml has no such intent"
            yield Fault(where, sentence, close(way, known), "warning")
        else:
            yield Fault(where, f"no intent called {way!r}", close(way, known) or "Write it into intents.yaml")


def _choices(hotline: Hotline, source: Source, key: str, options: dict[str, str]) -> Iterator[Fault]:
    for language in hotline.words:
        file = file_of(language)
        if key not in hotline.words[language]:
            continue
        spoken = hotline.words[language][key].choices
        if set(spoken) != set(source.names(file, key, "choices")):
            continue  # some could not be read
        missing = [option for option in options if option not in spoken]
        unlike = [option for option in missing if not close(option, set(spoken) - set(options))]
        for option in missing:
            if option not in unlike:
                sentence = f"nothing a caller can say stands for {option!r}, a way of step {options[option]}"
                like = close(option, set(spoken) - set(options))
                yield Fault(source.where(file, (key, "choices")), sentence, like)
        if unlike:
            ways = listed(map(repr, unlike))
            sentence = f"nothing a caller can say stands for {ways} of step {options[unlike[0]]}"
            hint = f"Write `choices: {{{unlike[0]}: [what callers say]}}`, with a phrase or more for each way"
            yield Fault(source.where(file, (key, "choices")), sentence, hint)
        for option, phrases in spoken.items():
            if any(not phrase.strip() for phrase in phrases):
                yield Fault(source.where(file, (key, "choices", option)), f"a phrase for {option!r} is empty")
            if option not in options and not close(option, missing):
                where = source.where_key(file, (key, "choices", option))
                hint = close(option, options) or f"The ways are {listed(options)}"
                yield Fault(where, f"no question has the way {option!r}", hint, "warning")


def _no_question(hotline: Hotline, source: Source, led_to: set[str]) -> Iterator[Fault]:
    if not all(map(source.is_readable, source.documents)):
        return
    guessed = {
        word
        for flow in hotline.flows
        for step in source.names(source.flow_file(flow), "steps")
        if step not in hotline.flows[flow].steps
        for word in strings(list(source.names(source.flow_file(flow), "steps", step, "on")))
    }
    anywhere = hotline.for_people()
    for intent in hotline.intents:
        if intent not in led_to and intent not in guessed and intent not in anywhere:
            where = source.where_key("intents.yaml", (intent,))
            yield Fault(where, f"no question leads to the intent {intent!r}", "Name it in the `on:` of one", "warning")


def _unspoken(hotline: Hotline, source: Source, used: set[str]) -> Iterator[Fault]:
    """An intent with no sentence in a language can never be heard there, and one without a label is misnamed."""
    for name, intent in hotline.intents.items():
        for language in hotline.words if name in used else ():
            if not intent.examples.get(language) and not intent.keywords.get(language):
                where = source.where_key("intents.yaml", (name, "examples"))
                sentence = f"no caller who speaks {language!r} can say {name!r}"
                yield Fault(where, sentence, f"Add examples in {language!r}", "warning")
            elif not intent.label.get(language):
                where = source.where_key("intents.yaml", (name, "label"))
                hint = f'It is said in "Did you mean …?"; without it the caller hears {name!r}'
                yield Fault(where, f"the intent {name!r} has no label in {language!r}", hint, "warning")
        for part in ("label", "examples", "keywords"):
            for language in getattr(intent, part):
                if language not in hotline.words:
                    where = source.where_key("intents.yaml", (name, part, language))
                    hint = close(language, hotline.words) or f"They are {listed(hotline.words)}"
                    yield Fault(where, f"{language!r} is not among the hotline's languages", hint)
