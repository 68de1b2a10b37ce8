"""A Connect: the call's sound goes to a server and comes from it, until one of them ends that."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Generator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ivr.sim.cloud.asking import Goto
from ivr.sim.cloud.errors import SCHEMA, STREAM_HANDSHAKE, Impossible, Notice
from ivr.sim.cloud.signing import sign
from ivr.sim.cloud.stream import Address, MediaStream
from ivr.sim.cloud.stream_writing import Writer
from ivr.sim.cloud.waiting import CallerGone, Pressed, Redirected, Signal, SoundOver, Spoke, Waiting

if TYPE_CHECKING:
    from ivr.sim.cloud.life import Life

PARAMETER_LETTERS = 500
ENDS_WITHIN_S = 90.0
"""In real seconds; its socket may still be opening."""


def connect(call: Life, verb: ET.Element, url: str) -> Generator[Waiting, Signal, Goto | None]:
    noun = verb.find("Stream")
    if noun is None:
        call.note(Notice(SCHEMA, url, "this cloud connects Streams and nothing else"))
        return None
    stream = _opened(call, noun, url)
    call.streams.append(stream)
    try:
        signal: Signal | None = None
        while signal != SoundOver(stream.sid):
            signal = yield Waiting("streaming")
            if isinstance(signal, Pressed):
                call.cloud.ether.do(stream.press, signal.keys)
            elif isinstance(signal, Spoke):
                raise Impossible("a call that streams is spoken to by sound: use `speak`")
    except (CallerGone, Redirected):
        call.cloud.ether.begin(stream.end()).result(ENDS_WITHIN_S)
        raise
    if not verb.get("action") or call.cloud.hostile.stream.no_action:
        return None
    return Goto(urljoin(url, verb.get("action", "")), verb.get("method", "POST"))


def _opened(call: Life, noun: ET.Element, url: str) -> MediaStream:
    cloud = call.cloud
    parameters = {one.get("name", ""): one.get("value", "") for one in noun.findall("Parameter")}
    if any(len(name) + len(value) >= PARAMETER_LETTERS for name, value in parameters.items()):
        call.note(Notice(SCHEMA, url, f"a Parameter has {PARAMETER_LETTERS} letters or more", warning=True))
    stream_sid = cloud.new_sid("MZ")
    news = _News(call, noun, url, stream_sid)
    address = _address(call, urljoin(url, noun.get("url", "")))
    writer = Writer(stream_sid, cloud.account, call.sid, cloud.hostile.stream)
    stream = MediaStream(writer, address or NOWHERE, parameters, news.tell)
    stream.pace = cloud.pace
    cloud.ether.begin(stream.run())
    return stream


NOWHERE = Address("ws://127.0.0.1/", "127.0.0.1", 9, {})
"""Where no server of a test is: the discard port."""


def _address(call: Life, url: str) -> Address | None:
    """Where it is really opened; None, and a notice, where this cloud would not."""
    cloud = call.cloud
    host = urlsplit(url).hostname or ""
    scheme, _, rest = url.partition("?")[0].partition("://")
    public = cloud.public_url.partition("://")[2]
    if (scheme != "wss" and not _is_here(host)) or not f"{rest}/".startswith(f"{public}/"):
        call.note(Notice(STREAM_HANDSHAKE, url, f"not wss://, or not below {cloud.public_url}"))
        return None
    server = urlsplit(cloud.server)
    signed = f"https://{rest}" if cloud.hostile.stream.signs_https else f"{scheme}://{rest}"
    secret = "forged" if cloud.hostile.forged else cloud.token
    headers = {} if cloud.hostile.unsigned else {"X-Twilio-Signature": sign(secret, signed, {})}
    return Address(f"ws://{rest}", server.hostname or "", server.port or 80, headers)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(slots=True)
class _News:
    """A stream's status callbacks; called in the ether, done by who drives the cloud."""

    call: Life
    noun: ET.Element
    url: str
    stream: str

    def tell(self, event: str, why: str) -> None:
        if event == "stream-error":
            self.call.note(Notice(STREAM_HANDSHAKE, self.url, why))
        if address := self.noun.get("statusCallback"):
            told = {
                "AccountSid": self.call.cloud.account,
                "CallSid": self.call.sid,
                "StreamSid": self.stream,
                "StreamName": self.noun.get("name", self.stream),
                "StreamEvent": event,
                **({"StreamError": why} if why else {}),
            }
            self.call.cloud.tell_later(self.call, urljoin(self.url, address), told)
        if event == "stream-stopped":
            self.call.cloud.post(self.call, SoundOver(self.stream))
