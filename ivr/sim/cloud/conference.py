"""A Dial into a conference: alone one hears what waitUrl says, together one talks until somebody ends it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Generator
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from ivr.sim.cloud.asking import Goto
from ivr.sim.cloud.document import Document
from ivr.sim.cloud.errors import SCHEMA, Failed, Notice
from ivr.sim.cloud.hearing import loops, play_once, say_once
from ivr.sim.cloud.waiting import Pressed, RoomEnded, RoomStarted, Signal, Waiting

if TYPE_CHECKING:
    from ivr.sim.cloud.life import Life

Told = dict[str, str]
InRoom = Generator[Waiting, Signal, Signal]


def conference(call: Life, noun: ET.Element, url: str, *, star: bool = False) -> Generator[Waiting, Signal, Told]:
    """What is told to the Dial's action, once the room has ended, or by the star where that leads out of it."""
    rooms, name = call.cloud.rooms, (noun.text or "").strip()
    rooms.join(name, call.sid, ends_on_exit=noun.get("endConferenceOnExit") == "true")
    try:
        signal: Signal = RoomStarted()
        if not rooms.with_(call.sid) and noun.get("waitUrl"):
            goto = Goto(urljoin(url, noun.get("waitUrl", "")), noun.get("waitMethod", "POST"))
            signal = yield from _alone(call, goto, star=star)
        while not _leads_out(signal, star=star):
            signal = yield Waiting("in room")
    finally:
        rooms.leave(name, call.sid)
    return {"DialCallStatus": "answered"}


def _leads_out(signal: Signal, *, star: bool) -> bool:
    return isinstance(signal, RoomEnded) or (star and isinstance(signal, Pressed) and "*" in signal.keys)


def _alone(call: Life, goto: Goto | None, *, star: bool) -> InRoom:
    """Perform waitUrl's documents until somebody comes; a document that ends leaves silence behind."""
    try:
        while goto is not None:
            call.guard()
            document = call.asker.document(goto, call.standard())
            goto = None
            for verb in document.verbs:
                if verb.tag == "Redirect":
                    goto = Goto(urljoin(document.url, (verb.text or "").strip()), verb.get("method", "POST"))
                    break
                signal = yield from _until(call, call.now() + _seconds(call, verb, document), star=star)
                if signal is not None:
                    return signal
    except Failed as error:
        call.note(error.notice)
    return (yield Waiting("in room"))


def _until(call: Life, when: float, *, star: bool) -> Generator[Waiting, Signal, Signal | None]:
    """The news that ended it, or None when the time was up."""
    while call.now() < when:
        signal = yield Waiting("in room", when)
        if isinstance(signal, RoomStarted) or _leads_out(signal, star=star):
            return signal
    return None


def _seconds(call: Life, verb: ET.Element, document: Document) -> float:
    match verb.tag:
        case "Say":
            return say_once(call, verb, document.url) * loops(verb)
        case "Play":
            return play_once(call, verb, document.url) * loops(verb)
        case "Pause":
            return float(verb.get("length", "1"))
        case _:
            call.note(Notice(SCHEMA, document.url, f"a room's waitUrl may not hold {verb.tag}", warning=True))
            return 0.0
