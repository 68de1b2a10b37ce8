"""Text messages that go out beside a call."""

from __future__ import annotations

from ivr.call.tasks import SendSms
from ivr.engine import taking
from ivr.engine.draft import Draft


def send(draft: Draft, words: str, to: str | None = None) -> bool:
    """Send those words in their written form; False where the number can get no text message."""
    number = to or str(draft.state.profile.get("number") or draft.state.caller)
    if not draft.can_text(number):
        draft.note("note", sms=words, why="this number can get no text message")
        return False
    text = draft.wording(words).sms
    secret = draft.is_secret(text)
    draft.chores.append(SendSms(to=number, text=draft.render(text), secret=secret))
    draft.note("sms", to=number, words=words)
    taking.did(draft, "sms", words)
    return True
