"""Words made ready to be spoken: compiled per language, with the house's own words where the hotline has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import jinja2

from ivr.flow.expressions import Text
from ivr.flow.hotline import HotlineFile
from ivr.flow.sandbox import Sandbox, speaking
from ivr.flow.spoken import filters
from ivr.flow.template_faults import sentence
from ivr.flow.where import Fault
from ivr.flow.words import Spoken, Wording, Words
from ivr.flow.yaml import Document


def make_ready(
    entries: Mapping[str, str | Wording], language: str, file: HotlineFile, document: Document, faults: list[Fault]
) -> Words:
    """Compile every wording; what cannot be read becomes a fault at its place."""
    voice, text = _sandbox(language, "voice", file), _sandbox(language, "text", file)
    return {key: _spoken(key, entry, (voice, text), document, faults) for key, entry in entries.items()}


def _sandbox(language: str, medium: Literal["voice", "text"], file: HotlineFile) -> Sandbox:
    try:
        return speaking(filters(language, medium, currency=file.currency, region=file.region, timezone=file.timezone))
    except ValueError:  # one of them has a fault of its own, told by check/settings
        return speaking(filters("en", medium, currency="USD", region="US", timezone="UTC"))


def _spoken(
    key: str, entry: str | Wording, sandboxes: tuple[Sandbox, Sandbox], document: Document, faults: list[Fault]
) -> Spoken:
    wording = Wording(say=entry) if isinstance(entry, str) else entry
    voice, text = sandboxes

    def one(source: str, sandbox: Sandbox, *trail: str | int) -> Text:
        try:
            return Text(source, sandbox)
        except (jinja2.TemplateSyntaxError, RecursionError) as error:
            faults.append(Fault(document.where((key, *trail)), sentence(source, error)))
            return Text("", sandbox)

    say = one(wording.say, voice, "say")
    return Spoken(
        say=say,
        nothing=tuple(one(source, voice, "nothing", n) for n, source in enumerate(wording.nothing)),
        unclear=tuple(one(source, voice, "unclear", n) for n, source in enumerate(wording.unclear)),
        choices=wording.choices,
        audio=wording.audio,
        sms=one(wording.sms, text, "sms") if wording.sms else say.by(text),
    )
