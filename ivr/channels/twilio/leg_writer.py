"""Documents for the legs of agents and of who is called back, and for the ends of calls: words, a key, a room."""

from __future__ import annotations

from collections.abc import Sequence

from twilio.twiml import voice_response as twiml

from ivr.call.verbs import Say
from ivr.channels.twilio.writer import conference, say_text

MAX_AGENT_BYTES = 6_000
"""Of a text in a document that is not fitted: a whisper or an apology."""


def write_offer(words: Sequence[Say], key_url: str, patience_s: int) -> str:
    """Speak to an agent and take one key; without a key `key_url` is asked all the same."""
    response = twiml.VoiceResponse()
    gather = response.gather(
        input="dtmf",
        action=key_url,
        method="POST",
        timeout=patience_s,
        num_digits=1,
        finish_on_key="",
        action_on_empty_result=True,
    )
    for one in words:
        say_text(gather, one, MAX_AGENT_BYTES)
    response.redirect(key_url, method="POST")
    return str(response.to_xml())


def write_room(
    room: str, wait_url: str, *, left_url: str, ends: bool = True, star: bool = True, words: Sequence[Say] = ()
) -> str:
    """Put somebody into a room. `ends`: who leaves it ends it. `left_url` is asked who comes out and has not hung up,
    be it by the star; where that is no way out, no key is."""
    response = twiml.VoiceResponse()
    for one in words:
        say_text(response, one, MAX_AGENT_BYTES)
    out = {"hangup_on_star": True} if star else {}
    conference(response.dial(action=left_url, method="POST", **out), room, wait_url, ends=ends)
    response.hangup()
    return str(response.to_xml())


def write_alone(silent_s: int, words: Sequence[Say] = (), next_url: str = "") -> str:
    """What somebody alone in a room hears: silence, then words, then what `next_url` says. A room takes no Gather and
    no Hangup here."""
    response = twiml.VoiceResponse()
    response.pause(length=silent_s)
    for one in words:
        say_text(response, one, MAX_AGENT_BYTES)
    if next_url:
        response.redirect(next_url, method="POST")
    return str(response.to_xml())


def write_goodbye(words: Sequence[Say]) -> str:
    """Speak and hang up; nothing comes back."""
    response = twiml.VoiceResponse()
    for one in words:
        say_text(response, one, MAX_AGENT_BYTES)
    response.hangup()
    return str(response.to_xml())
