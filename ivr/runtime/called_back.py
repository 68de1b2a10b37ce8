"""What is said to a caller who is called back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from ivr.call.verbs import Say
from ivr.flow.hotline import Hotline
from ivr.flow.queues import spoken


class Promised(Protocol):
    """Whose call it is."""

    @property
    def queue(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def since(self) -> float: ...
    @property
    def context(self) -> dict[str, Any]: ...


def words(hotline: Hotline, one: Promised | None, key: str) -> Say:
    """Words of that key, in the language the caller spoke. FlowError where they cannot be said."""
    context: Mapping[str, Any] = one.context if one else {}
    spoken_then = str(context.get("language"))
    language = spoken_then if spoken_then in hotline.words else hotline.language
    wording = hotline.words[language][key]
    wish = hotline.intents.get(str(context.get("intent")))
    names = {
        **hotline.file.constants,
        "caller": {
            "number": one.number if one else None,
            "name": context.get("name"),
            "tier": context.get("tier"),
            "language": language,
        },
        "callback": {
            "about": wish.label.get(language) if wish else None,
            "queue": spoken(hotline.queues.queues, one.queue, language) if one else None,
            "since": datetime.fromtimestamp(one.since, UTC).isoformat() if one else None,
        },
    }
    return Say(text=wording.say.render(names), language=language, audio=wording.audio)
