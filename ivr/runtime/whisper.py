"""What an agent hears: who waits, why, what was already answered, and whether the caller agreed (R76)."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, Protocol

from ivr.call.verbs import Say
from ivr.errors import FlowError
from ivr.flow.hotline import Hotline
from ivr.flow.queues import spoken

log = logging.getLogger(__name__)

WHISPER, CALLBACK, GONE = "whisper", "whisper_callback", "whisper_gone"


class Offered(Protocol):
    """What of an offer is told."""

    @property
    def agent(self) -> str: ...
    @property
    def queue(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def context(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Anybody:
    """An agent who is told something that is about no caller."""

    agent: str
    queue: str = ""
    number: str = ""
    context: dict[str, Any] = field(default_factory=dict)


def language_of(hotline: Hotline, agent: str) -> str:
    """What an agent is spoken to in: the first of his languages that the hotline has words in."""
    spec = hotline.queues.agents.get(agent)
    able = [language for language in (spec.languages if spec else ()) if language in hotline.words]
    return able[0] if able else hotline.language


def words(hotline: Hotline, offer: Offered, key: str = WHISPER, **more: object) -> Say:
    """Words of that key, for that agent; `more` is known under `talk`. FlowError where they cannot be said."""
    language, context = language_of(hotline, offer.agent), offer.context

    def named(intent: object) -> str:
        wish = hotline.intents.get(str(intent))
        return wish.label.get(language, str(intent)) if wish else str(intent)

    names = {
        **hotline.file.constants,
        "caller": {
            "number": context.get("caller") or offer.number or None,
            "name": context.get("name"),
            "tier": context.get("tier"),
            "language": context.get("language"),
        },
        "talk": {
            "queue": spoken(hotline.queues.queues, offer.queue, language),
            "about": named(context["intent"]) if context.get("intent") else None,
            "answered": [named(one) for one in context.get("answered") or ()],
            "complaints": bool(context.get("complaints")),
            "consents": context.get("consents") or 0,
            "requests": context.get("requests") or 0,
            "sent_by": context.get("sent_by"),
            "note": context.get("note"),
            "expert": "room" in context,
            **more,
        },
    }
    wording = hotline.words[language][key]
    return Say(text=wording.say.render(names), language=language, audio=wording.audio)


def told(hotline: Hotline, offer: Offered, key: str, **more: object) -> tuple[Say, ...]:
    """The same; where a designer's own words cannot be said, nothing is."""
    try:
        return (words(hotline, offer, key, **more),)
    except FlowError as error:
        log.error("%s: %r cannot be said to %s: %s", hotline.name, key, offer.agent, error)
        return ()


def gone(hotline: Hotline | None) -> Say:
    """For who comes too late; a hotline that is gone speaks English."""
    if hotline is None:
        return Say(text="The caller is no longer waiting. Thank you.", language="en")
    wording = hotline.words[hotline.language][GONE]
    return Say(text=wording.say.source, language=hotline.language, audio=wording.audio)
