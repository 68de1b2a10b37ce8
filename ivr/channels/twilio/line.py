"""One Twilio line: what its views work with, and the few things all of them do."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, request
from werkzeug.exceptions import HTTPException

from ivr.call.verbs import Verb
from ivr.channels.twilio import outage
from ivr.channels.twilio.agent_needs import AgentDesk
from ivr.channels.twilio.call_recording import begun_anew
from ivr.channels.twilio.callback_needs import CallbackLine
from ivr.channels.twilio.needs import Answer, CallRecordingReady, Conductor, Numbers, RecordingReady
from ivr.channels.twilio.reader import Form, called, one
from ivr.channels.twilio.signature import Gate
from ivr.channels.twilio.stream_document import write_stream
from ivr.channels.twilio.streams import Streams
from ivr.channels.twilio.urls import Turn, Urls
from ivr.channels.twilio.writer import write

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TwilioLine:
    """What `app` hands to the Twilio channel."""

    conductor: Conductor
    urls: Urls
    gate: Gate
    clock: Callable[[], float]
    """Seconds since 1970."""
    desk: AgentDesk | None = None
    """Without one there are no agent routes."""
    recording_ready: RecordingReady | None = None
    call_recording_ready: CallRecordingReady | None = None
    redirect: Callable[[str, str], None] | None = None
    """(call, address): Carrier.redirect. Fetches callers out of rooms where no agent is; without it they stay there."""
    talked_outside: Callable[[str], float | None] | None = None
    """(call): Carrier.talked_outside. For a talk that the caller hung up on, where the end is told first."""
    callbacks: CallbackLine | None = None
    """Without it nobody is called back."""
    numbers: Numbers = tuple
    """The numbers served, for the log line that tells of one that is not."""
    streams: Streams | None = None
    """Without them the carrier listens and speaks for us in every call."""

    def hotline(self, form: Form) -> str | None:
        return self.conductor.hotline_for(called(form))

    def written(self, answer: Answer, hotline: str, call: str, *, again: bool = False) -> str:
        """The document for an answer; it asks for the call's sound where we are to do the answer ourselves.

        `again`: the answer was performed before.
        """
        verbs, sound = begun_anew(answer.verbs) if again else answer.verbs, self.urls.sound()
        secret = self.streams.pass_for(hotline, call, verbs) if self.streams and sound else None
        if sound and secret:
            return write_stream(sound, secret, Turn(hotline, call, answer.turn), self.urls)
        return self.spelled_out(verbs, Turn(hotline, call, answer.turn))

    def spelled_out(self, verbs: Sequence[Verb], turn: Turn) -> str:
        """The document in which the carrier does all of this itself."""
        return write(verbs, turn, self.urls)


def twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")


def parameters() -> Form:
    """What Twilio sent: the form of a POST, the query of a GET."""
    sent = request.form if request.method == "POST" else request.args
    return sent.to_dict(flat=False)


def shown(error: BaseException) -> str:
    """Kind and place of an error for the log. Its message is left out: it may quote what the caller pressed."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"


def log_bug(error: Exception) -> None:
    """Tell of an error nobody foresaw, with the call it happened in."""
    log.error("call %s: %s failed: %s", one(parameters(), "CallSid")[:64], request.endpoint, shown(error))
    log.debug("%s", error)


def rescue(line: TwilioLine, error: Exception) -> Response | HTTPException:
    """The outer handler of every request a caller waits for: a bug of ours is heard as an apology and a transfer."""
    if isinstance(error, HTTPException):
        return error
    log_bug(error)
    try:
        return twiml(outage.hand_on(line.conductor, line.urls, line.hotline(parameters())))
    except Exception as worse:  # the last net: whatever is broken here, the caller hears a sentence
        log.error("the apology failed too: %s", shown(worse))
        return twiml(outage.last_words())
