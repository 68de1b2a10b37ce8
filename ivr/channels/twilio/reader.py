"""Twilio's forms into events. A pure reading: every form makes an event, however absurd its parameters are."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from msgspec.structs import replace

from ivr.call.events import (
    AgentLeft,
    CallStarted,
    DialEnded,
    DigitsPressed,
    Event,
    HungUp,
    NothingHeard,
    Polled,
    Recorded,
    SpeechHeard,
)
from ivr.channels.twilio.urls import After

Form = Mapping[str, Sequence[str]]
"""Parameter -> every value it came with."""

ENDED = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
"""The values of CallStatus that mean: this call is over."""

DIAL_STATUSES = ENDED | {"answered"}
LONGEST_SPEECH = 2000
"""Letters. Twilio hears 60 seconds at most; nobody speaks as many letters in them."""
LONGEST_DIGITS = 64
LONGEST_NAME = 200
CALL_ID = re.compile(r"[A-Za-z0-9_-]{2,64}")
RECORDING_SID = re.compile(r"RE[0-9a-fA-F]{32}")
WITHHELD = re.compile(
    r"anonymous|restricted|blocked|private|unknown|unavailable|withheld|sips?:(anonymous@.*|.*@anonymous\.invalid)"
    # Twilio puts the same words as they are typed on a telephone's keys.
    r"|\+(266696687|7378742833|2562533|8656696|86282452253)",
    re.IGNORECASE,
)
"""What stands for a hidden number: many callers share it, so it is nobody's."""
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


def one(form: Form, name: str) -> str:
    """The parameter's value, stripped; empty when it is missing or came with values that contradict each other."""
    values = {value.strip() for value in form.get(name, ())}
    return values.pop() if len(values) == 1 else ""


def call_of(form: Form) -> str:
    """The call's id, or empty when there is none that could be one."""
    call = one(form, "CallSid")
    return call if CALL_ID.fullmatch(call) else ""


def called(form: Form) -> str:
    return _name(one(form, "To") or one(form, "Called"))


def is_over(form: Form) -> bool:
    return one(form, "CallStatus") in ENDED


def read_start(form: Form) -> CallStarted:
    """Somebody dialled us. Whoever hides the number is `anonymous`, by whichever of Twilio's words."""
    caller = _name(one(form, "From") or one(form, "Caller"))
    hidden = not caller or WITHHELD.fullmatch(caller)
    return CallStarted("anonymous" if hidden else caller, called(form), channel="twilio")


def read_turn(after: After, form: Form, agent: str = "") -> Event:
    """What the caller did, or what happened to the caller, since our last document."""
    match after:
        case "record":
            # Before the look at CallStatus: a message is also ended by hanging up, and is kept all the same.
            return _recorded(form)
        case "dial" if is_over(form):
            # The usual end of a talk outside: that there was one must not be lost, though nobody is left to go on with.
            ended = _dialled(form)
            talked = ended.status == "completed" and (ended.duration_s > 0 or one(form, "DialBridged") == "true")
            return replace(ended, hung_up=True) if talked else HungUp()
        case _ if is_over(form):
            return HungUp()
        case "listen":
            return _heard(form)
        case "wait":
            return Polled()
        case "dial":
            return _dialled(form)
        case "join":
            return AgentLeft(_name(agent), sure=False)
        case "unmet":
            return AgentLeft(_name(agent), met=False)
        case _:
            assert_never(after)


def recording_of(form: Form) -> str:
    """The recording's own id, from its address if need be: only the id is ever used to fetch the file."""
    for name in ("RecordingSid", "RecordingUrl"):
        if found := RECORDING_SID.search(one(form, name)):
            return found.group()
    return ""


def seconds_recorded(form: Form) -> float:
    return _seconds(one(form, "RecordingDuration"))


def seconds_of_call(form: Form) -> float:
    return _seconds(one(form, "CallDuration"))


def _heard(form: Form) -> Event:
    digits = one(form, "Digits")
    if digits and len(digits) <= LONGEST_DIGITS and re.fullmatch(r"[0-9*#]+", digits):
        return DigitsPressed(digits)
    words = _plain(one(form, "SpeechResult"))[:LONGEST_SPEECH].strip()
    return SpeechHeard(words, _confidence(one(form, "Confidence"))) if words else NothingHeard()


def _recorded(form: Form) -> Event:
    recording = recording_of(form)
    if not recording:
        return HungUp() if is_over(form) else Recorded("", 0.0)
    key = one(form, "Digits")
    return Recorded(recording, seconds_recorded(form), key if re.fullmatch(r"[0-9*#]|hangup", key) else "")


def _dialled(form: Form) -> DialEnded:
    status = one(form, "DialCallStatus")
    if status not in DIAL_STATUSES:
        status = "failed"
    return DialEnded("completed" if status == "answered" else status, _seconds(one(form, "DialCallDuration")))


def _confidence(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0.0 <= value <= 1.0 else None


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) and 0.0 <= value <= 86_400 else 0.0


def _name(text: str) -> str:
    return _plain(text)[:LONGEST_NAME].strip()


def _plain(text: str) -> str:
    return UNPRINTABLE.sub(" ", text)
