"""The verbs, performed: each is a generator that says what it waits for and is sent what happened.

A verb comes back with the address of the next document, with END, or with None: then the next verb follows.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from ivr.sim.cloud.asking import Goto
from ivr.sim.cloud.conference import conference
from ivr.sim.cloud.connect import connect
from ivr.sim.cloud.document import Document, check_gather
from ivr.sim.cloud.hearing import loops, play_once, say_once
from ivr.sim.cloud.waiting import (
    CallerGone,
    LeftMessage,
    LegAnswered,
    LegEnded,
    Pressed,
    RoomEnded,
    Signal,
    Spoke,
    TimeUp,
    Waiting,
)

if TYPE_CHECKING:
    from ivr.sim.cloud.life import Life

PATIENCE_S = 15.0
"""A sound up to this long is a prompt and is listened to; a longer one is music, and time is let go by on purpose."""


class End:
    """The call is over, or goes on in no document."""


END: Final = End()
Outcome = Goto | End | None
Performance = Generator[Waiting, Signal, Outcome]


def perform(call: Life, document: Document) -> Generator[Waiting, Signal, Goto | None]:
    """A whole document; None: it has ended, and the call with it."""
    if call.status == "ringing" and document.verbs:
        if document.verbs[0].tag == "Reject":
            call.finish("busy" if document.verbs[0].get("reason") == "busy" else "no-answer")
            return None
        call.answered()
    for verb in document.verbs:
        outcome = yield from VERBS[verb.tag](call, verb, document.url)
        if isinstance(outcome, Goto):
            return outcome
        if outcome is END:
            return None
    return None


def say(call: Life, verb: ET.Element, url: str) -> Performance:
    times = loops(verb)
    seconds = say_once(call, verb, url)
    for _ in range(times if seconds else 0):
        yield from _let_pass(Waiting("speaking", call.now() + seconds, passes=times == 1))
    return None


def play(call: Life, verb: ET.Element, url: str) -> Performance:
    times = loops(verb)
    seconds = play_once(call, verb, url)
    for _ in range(times):
        yield from _let_pass(Waiting("playing", call.now() + seconds, passes=times == 1 and seconds <= PATIENCE_S))
    return None


def pause(call: Life, verb: ET.Element, url: str) -> Performance:
    yield from _let_pass(Waiting("waiting", call.now() + int(verb.get("length", "1"))))
    return None


def gather(call: Life, verb: ET.Element, url: str) -> Performance:
    check_gather(verb, url)
    inputs = verb.get("input", "dtmf").split()
    prompts_end = call.now() + sum(_prompt_s(call, prompt, url) for prompt in verb)
    timeout = int(verb.get("timeout", "5").replace("auto", "5"))
    waiting = Waiting("listening", prompts_end + timeout, prompts_end=prompts_end)
    digits, finished_on = "", ""
    while not isinstance(signal := (yield waiting), TimeUp):
        if isinstance(signal, Spoke) and "speech" in inputs and not digits:
            heard = {"SpeechResult": signal.text, "Language": verb.get("language", "en-US")}
            if signal.confidence is not None:
                heard["Confidence"] = str(signal.confidence)
            return _action(verb, url, heard)
        if isinstance(signal, Pressed) and "dtmf" in inputs:
            digits, finished_on, done = _typed(verb, digits, signal.keys)
            if done:
                break
            waiting = Waiting("listening", call.now() + timeout, passes=True)
        elif isinstance(signal, Pressed | Spoke):  # nobody hears it; the prompt's time runs on
            waiting = replace(waiting, passes=True)
    if digits or verb.get("actionOnEmptyResult") == "true":
        key = {"FinishedOnKey": finished_on} if finished_on else {}
        return _action(verb, url, {"Digits": digits, "msg": "Gather End", **key})
    return None


def record(call: Life, verb: ET.Element, url: str) -> Performance:
    began, most = call.now(), int(verb.get("maxLength", "3600"))
    silence = int(verb.get("timeout", "5")) or most
    try:
        signal: Signal = RoomEnded()
        while not isinstance(signal, LeftMessage | TimeUp):
            signal = yield Waiting("recording", began + min(silence, most))
    except CallerGone:
        call.ask_in_passing(_recorded(call, verb, url, LeftMessage(call.now() - began, "hangup")))
        raise
    left = signal if isinstance(signal, LeftMessage) else LeftMessage(0, "")
    if left.key and left.key not in verb.get("finishOnKey", "1234567890*#"):
        left = LeftMessage(left.seconds, "")  # the key is on the tape, silence ends the message
    return _recorded(call, verb, url, LeftMessage(min(left.seconds, most), left.key))


def start(call: Life, verb: ET.Element, url: str) -> Performance:
    yield from ()
    for recording in verb.findall("Recording"):
        call.tapes.start(call, recording, url)
    return None


def stop(call: Life, verb: ET.Element, url: str) -> Performance:
    yield from ()
    for recording in verb.findall("Recording"):
        call.tapes.stop(call, recording, url)
    return None


def dial(call: Life, verb: ET.Element, url: str) -> Performance:
    room = verb.find("Conference")
    told = {"DialCallStatus": "completed"}
    try:
        if room is not None:
            told = yield from conference(call, room, url, star=verb.get("hangupOnStar") == "true")
        else:
            numbers = [(noun.text or "").strip() for noun in verb.findall("Number")] or [(verb.text or "").strip()]
            yield from _ring(call, verb, numbers, told)
    except CallerGone:
        if verb.get("action"):  # it is asked all the same, and its answer goes nowhere
            call.ask_in_passing(_action(verb, url, told))
        raise
    return _action(verb, url, told) if verb.get("action") else None


def redirect(call: Life, verb: ET.Element, url: str) -> Performance:
    yield from ()
    return Goto(urljoin(url, (verb.text or "").strip()), verb.get("method", "POST"))


def hangup(call: Life, verb: ET.Element, url: str) -> Performance:
    yield from ()
    return END


VERBS: Mapping[str, Callable[[Life, ET.Element, str], Performance]] = {
    "Say": say,
    "Play": play,
    "Pause": pause,
    "Gather": gather,
    "Record": record,
    "Start": start,
    "Stop": stop,
    "Dial": dial,
    "Connect": connect,
    "Redirect": redirect,
    "Hangup": hangup,
    "Reject": hangup,
}


def _let_pass(waiting: Waiting) -> Generator[Waiting, Signal, None]:
    """Nothing but time ends it."""
    while not isinstance((yield waiting), TimeUp):
        pass


def _ring(
    call: Life, verb: ET.Element, numbers: list[str], told: dict[str, str]
) -> Generator[Waiting, Signal, None]:
    """`told` is what the Dial's action is to hear, however it ends."""
    legs = [call.cloud.new_leg(number, verb.get("callerId") or call.from_, parent=call) for number in numbers]
    ringing = {leg.sid for leg in legs}
    until = call.now() + int(verb.get("timeout", "30"))
    told |= {"DialCallStatus": "no-answer", "DialCallSid": legs[-1].sid, "DialBridged": "false"}
    waiting = Waiting("dialling", until)
    try:
        while ringing:
            match (yield waiting):
                case LegAnswered(leg):
                    for other in ringing - {leg}:
                        call.cloud.calls[other].finish("canceled")
                    ringing = {leg}
                    waiting = Waiting("talking", call.now() + int(verb.get("timeLimit", "14400")))
                    told |= {"DialCallSid": leg, "DialBridged": "true"}
                case LegEnded(leg, status, seconds) if leg in ringing:
                    ringing.discard(leg)
                    told |= {"DialCallStatus": status, "DialCallSid": leg}
                    if status == "completed":
                        told["DialCallDuration"] = str(round(seconds))
                case TimeUp():
                    break
    finally:
        for leg in ringing:
            child = call.cloud.calls[leg]
            if child.status == "in-progress":
                told |= {"DialCallStatus": "completed", "DialCallDuration": str(round(child.seconds()))}
            child.finish("completed" if child.status == "in-progress" else "no-answer")


def _recorded(call: Life, verb: ET.Element, url: str, left: LeftMessage) -> Goto:
    told = call.cloud.keep_recording(left.seconds)
    if news := verb.get("recordingStatusCallback"):
        status = {**told, "AccountSid": call.cloud.account, "CallSid": call.sid, "RecordingStatus": "completed"}
        call.cloud.tell_later(
            call, urljoin(url, news), {**status, "RecordingChannels": "1", "RecordingSource": "RecordVerb"}
        )
    return _action(verb, url, {**told, "Digits": left.key} if left.key else told)


def _typed(verb: ET.Element, digits: str, keys: str) -> tuple[str, str, bool]:
    """Digits so far, the key that finished them, and whether they are complete."""
    most = int(verb.get("numDigits", "0"))
    for key in keys:
        if key == verb.get("finishOnKey", "#"):
            return digits, key, True
        digits += key
        if len(digits) == most:
            return digits, "", True
    return digits, "", False


def _prompt_s(call: Life, prompt: ET.Element, url: str) -> float:
    match prompt.tag:
        case "Say":
            return say_once(call, prompt, url) * loops(prompt)
        case "Play":
            return play_once(call, prompt, url) * loops(prompt)
        case "Pause":
            return float(prompt.get("length", "1"))
        case _:
            return 0.0  # told as a schema warning already


def _action(verb: ET.Element, url: str, told: Mapping[str, str]) -> Goto:
    return Goto(urljoin(url, verb.get("action") or url), verb.get("method", "POST"), told)
