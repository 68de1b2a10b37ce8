"""Rules, the profile and the house's own words know less than a step: nothing that a flow has set."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ivr.flow.agent_words import AGENT_WORDS, SAID_TO_CALLERS
from ivr.flow.callback_words import CALLBACK_WORDS
from ivr.flow.check.facts import Facts
from ivr.flow.check.said import texts
from ivr.flow.check.scope import base, called_back, for_agents, in_line, problem, with_guess, with_people
from ivr.flow.check.walk import walk
from ivr.flow.expressions import Condition, Value
from ivr.flow.hotline import Hotline
from ivr.flow.house_words import REQUIRED
from ivr.flow.line_words import LINE_WORDS
from ivr.flow.source import Source
from ivr.flow.where import Fault
from ivr.flow.yaml import Trail


def policy_names(hotline: Hotline, source: Source) -> Iterator[Fault]:
    known = base(hotline)
    parts: list[tuple[str, Trail, Any]] = [
        ("hotline.yaml", ("easy",), hotline.file.easy),
        ("hotline.yaml", ("profile",), hotline.file.profile),
        ("handoff.yaml", (), hotline.handoff),
        ("queues.yaml", (), hotline.queues),
        ("hints.yaml", (), hotline.hints),
    ]
    for file, at, part in parts:
        here = with_people(known, hotline.queues.queues) if file == "handoff.yaml" else known
        for trail, value in walk(part, at):
            for path in sorted(value.reads) if isinstance(value, Condition | Value) else ():
                if wrong := problem(path, here):
                    hint = wrong.hint or "Only the caller, the call, the hours and the constants are known here"
                    yield Fault(source.where(file, trail), wrong.sentence, hint)
    yield from _house_words(hotline, source, known)
    hints = {(str(hint.say), False) for hint in hotline.hints.values()}
    hints |= {(str(hint.sms), True) for hint in hotline.hints.values() if hint.sms is not None}
    yield from _said_anywhere(hotline, source, known, hints, "as a hint")
    at_entry = {(str(rule.say), False) for rule in hotline.handoff.entry if rule.say is not None}
    yield from _said_anywhere(hotline, source, known, at_entry, "before the first step")


def _said_anywhere(
    hotline: Hotline, source: Source, known: Facts, said: Collection[tuple[str, bool]], how: str
) -> Iterator[Fault]:
    """Words, and whether as a text message, that are said where flows have set other names or none."""
    for language, words in hotline.words.items():
        for key, as_sms in sorted(one for one in said if one[0] in words):
            for trail, text in texts(words[key], as_sms):
                for path in sorted(text.reads):
                    if wrong := problem(path, known):
                        where = source.where(f"words/{language}.yaml", (key, *trail))
                        hint = wrong.hint or "They know the caller, the call, the hours and the constants"
                        yield Fault(where, f"these words are said {how}, and {wrong.sentence}", hint)


def _house_words(hotline: Hotline, source: Source, base: Facts) -> Iterator[Fault]:
    """Words that the house says by itself, wherever the call stands."""
    known: Mapping[str, Facts] = {
        **dict.fromkeys(REQUIRED, base),
        **dict.fromkeys(LINE_WORDS["en"], in_line(base)),
        **{str(key): in_line(base) for one in hotline.queues.queues.values() for key in (one.waiting, *one.comfort)},
        **dict.fromkeys(("did_you_mean", "is_that_right"), with_guess(base)),
        **dict.fromkeys(CALLBACK_WORDS["en"], called_back(hotline)),
        **dict.fromkeys(AGENT_WORDS["en"].keys() - SAID_TO_CALLERS, for_agents(hotline)),
        "technical_break": {},
    }
    for language, words in hotline.words.items():
        file = f"words/{language}.yaml"
        for key in sorted(known):
            if key not in words or source.data(file, key) is None:
                continue
            for trail, text in texts(words[key], as_sms=False):
                for path in sorted(text.reads):
                    if wrong := problem(path, known[key]):
                        when = "at any time" if key in REQUIRED else "to callers in line"
                        when = "to callers in line" if key in LINE_WORDS["en"] else when
                        when = "when somebody is called back" if key in CALLBACK_WORDS["en"] else when
                        when = "to agents" if key in AGENT_WORDS["en"].keys() - SAID_TO_CALLERS else when
                        sentence = f"these words are said {when}, and {wrong.sentence}"
                        if key == "technical_break":
                            sentence = "these words are said when nothing else works, so they can have no placeholder"
                        yield Fault(source.where(file, (key, *trail)), sentence, wrong.hint if known[key] else "")
