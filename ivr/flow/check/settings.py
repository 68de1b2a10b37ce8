"""The plain values of hotline.yaml: numbers, languages, limits, the time zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

from ivr.call.shape import Shape
from ivr.flow.check.plan import listed
from ivr.flow.hotline import Hotline
from ivr.flow.known import lookup_shape, operation
from ivr.flow.source import Source
from ivr.flow.spoken.place import Place
from ivr.flow.where import Fault, Where, close
from ivr.flow.zones import is_zone

E164 = re.compile(r"\+[1-9]\d{6,14}")
ADDRESS = re.compile(r"(client|sip|sips):\S+")
SENDER = re.compile(r"\d{3,8}|(?=[^+]*[A-Za-z])[A-Za-z0-9 ]{1,11}")
"""What a text message can also come from: a short code, or a name of letters where the carrier allows it."""
ANONYMOUS = "anonymous"
"""A caller who hides their number, as carriers name one."""
FILE = "hotline.yaml"


def settings(hotline: Hotline, source: Source) -> Iterator[Fault]:
    file = hotline.file
    for n, number in enumerate(file.numbers):
        yield from not_a_number(number, source.where(FILE, ("numbers", n)), client=True)
    if file.fallback_number is not None:
        yield from not_a_number(file.fallback_number, source.where(FILE, ("fallback_number",)), client=True)
    elif isinstance(source.data(FILE), dict) and source.data(FILE, "fallback_number") is None:
        hint = "Where nothing else works, callers are sent to it"
        yield Fault(source.where(FILE), "`fallback_number:` is missing", hint, "warning")
    if file.sms_from is not None and not SENDER.fullmatch(file.sms_from):
        yield from not_a_number(file.sms_from, source.where(FILE, ("sms_from",)), client=False)
    yield from _place(hotline, source)
    if file.limits.sure <= file.limits.unsure:
        sentence = f"`sure` ({file.limits.sure:g}) must be greater than `unsure` ({file.limits.unsure:g})"
        hint = 'Between the two, callers are asked "did you mean …?"'
        yield Fault(source.where(FILE, ("limits", "sure")), sentence, hint)
    for n, language in enumerate(file.languages):
        if language in file.languages[:n]:
            yield Fault(source.where(FILE, ("languages", n)), f"the language {language!r} is written twice")
    for number in file.try_as:
        if number != ANONYMOUS:
            yield from not_a_number(number, source.where_key(FILE, ("try_as", number)), client=True)
    yield from _intents_named(hotline, source)
    yield from _languages_named(hotline, source)
    yield from _profile(hotline, source)


def _place(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """Where and in which languages the hotline speaks."""
    file = hotline.file
    if not is_zone(file.timezone):
        hint = close(file.timezone, available_timezones()) or "Write it as Europe/Berlin"
        yield Fault(source.where(FILE, ("timezone",)), f"no time zone called {file.timezone!r}", hint)
    if not _speaks(currency=file.currency):
        yield Fault(source.where(FILE, ("currency",)), f"no currency called {file.currency!r}", "Write it as USD")
    if not _speaks(region=file.region):
        yield Fault(source.where(FILE, ("region",)), f"no country called {file.region!r}", "Write it as US")
    for n, language in enumerate(file.languages):
        if not _speaks(language=language):
            where = source.where(FILE, ("languages", n))
            yield Fault(where, f"no language called {language!r}", "Write it as en or zh")


def _speaks(*, language: str = "en", currency: str = "USD", region: str = "US") -> bool:
    try:
        Place.of(language, currency=currency, region=region, timezone="UTC")
    except ValueError:
        return False
    return True


def not_a_number(number: str, where: Where, *, client: bool) -> Iterator[Fault]:
    """A fault where this is no number in E.164; with `client`, addresses of apps and SIP phones are right too."""
    if E164.fullmatch(number) or (client and ADDRESS.fullmatch(number)):
        return
    digits = re.sub(r"\D", "", number)
    whole = f"+{digits.removeprefix('00')}"
    # With ten digits or less the country is missing, and nobody can tell which.
    meant = E164.fullmatch(whole) and (len(digits) > 10 or "+" in number)
    hint = f"Did you mean {whole!r}?" if meant else "Write it with + and the country, as +12025550100"
    yield Fault(where, f"{number!r} is no telephone number", hint)


def _intents_named(hotline: Hotline, source: Source) -> Iterator[Fault]:
    known = {*hotline.intents, *source.names("intents.yaml")}
    for intent in hotline.file.predict if source.is_readable("intents.yaml") else ():
        if intent not in known:
            yield Fault(
                source.where_key(FILE, ("predict", intent)), f"no intent called {intent!r}", close(intent, known)
            )


def _languages_named(hotline: Hotline, source: Source) -> Iterator[Fault]:
    places: list[tuple[Any, Where]] = []
    for flow in hotline.flows.values():
        for name, step in flow.steps.items():
            places.append((getattr(step, "language", None), source.step(flow.name, name, "language")))
            for n, language in enumerate(getattr(step, "in_languages", ())):
                places.append((language, source.step(flow.name, name, "in_languages", n)))
    for name, agent in hotline.queues.agents.items():
        for n, language in enumerate(agent.languages):
            places.append((language, source.where("queues.yaml", ("agents", name, "languages", n))))
    for language, where in places:
        if language is not None and language not in hotline.file.languages:
            hint = close(language, hotline.file.languages) or f"They are {listed(hotline.words)}"
            yield Fault(where, f"{language!r} is not among the hotline's languages", hint)


def _profile(hotline: Hotline, source: Source) -> Iterator[Fault]:
    """The profile is a mapping of names, the history a list of contacts."""
    profile = hotline.file.profile
    if profile is None:
        return
    shape = lookup_shape(hotline, profile.lookup)
    if operation(hotline, profile.lookup) is not None and (shape is None or shape.kind not in ("mapping", "any")):
        hint = "As in `gives: {name: text, tier: text}`"
        yield Fault(source.where(FILE, ("profile", "lookup")), "a profile lookup must give names and values", hint)
    history = lookup_shape(hotline, profile.history) if profile.history is not None else None
    if history is not None and not _is_history(history):
        hint = "As in `gives: [{at: date, intent: text}]`"
        yield Fault(source.where(FILE, ("profile", "history")), "a history must give a list of `at` and `intent`", hint)


def _is_history(shape: Shape) -> bool:
    item = shape.item
    return shape.kind == "any" or (
        item is not None and item.child("at") is not None and item.child("intent") is not None
    )
