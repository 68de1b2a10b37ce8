"""What is said in a call back: to the caller, and to the agent who is to make it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from ivr.call.verbs import Say
from ivr.flow.hotline import Hotline


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
    spoken = hotline.words[language][key]
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
            "queue": one.queue if one else None,
            "since": datetime.fromtimestamp(one.since, UTC).isoformat() if one else None,
        },
    }
    return Say(text=spoken.say.render(names), language=language, audio=spoken.audio)


def whisper(one: Promised, *, now: float, by_hand: bool) -> str:
    """What the agent hears before making the call."""
    context = one.context
    who = context.get("name") or one.number
    about = str(context.get("intent") or "no subject").replace("_", " ")
    minutes = max(0, round((now - one.since) / 60))
    ago = "just now" if not minutes else "a minute ago" if minutes == 1 else f"{minutes} minutes ago"
    waited = f"asked {ago}"
    number = f" The number is {one.number}." if by_hand else ""
    takes = "1 takes it, and you call them yourself" if by_hand else "Press 1 and we ring them for you"
    return f"A call back for {one.queue}: {who}, about {about}, {waited}.{number} {takes}, 2 to decline."
