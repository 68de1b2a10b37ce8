"""How the cloud asks a server for its next document: parameters, signature, one retry, redirects, then the fallback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import uuid4

from ivr.sim.cloud.document import Document, read
from ivr.sim.cloud.errors import NOT_RETRIEVED, TOO_MANY_REDIRECTS, WRONG_CONTENT_TYPE, Failed, Notice
from ivr.sim.cloud.hostile import Hostile
from ivr.sim.cloud.signing import sign
from ivr.sim.cloud.timing import sounding_s
from ivr.sim.cloud.web import Browser, ConnectionFailed, Exchange, Form, Reply

MAX_REDIRECTS = 10
AUDIO_TYPES = frozenset(
    f"audio/{kind}"
    for kind in ("mpeg", "wav", "wave", "x-wav", "aiff", "x-aifc", "x-aiff", "x-gsm", "gsm", "ulaw", "basic")
)
CONFIDENCE = "Confidence"


@dataclass(frozen=True, slots=True)
class Goto:
    """Where the next document is, and what is told to whoever has it."""

    url: str
    method: str = "POST"
    told: Mapping[str, str] = field(default_factory=dict)
    """Parameters of this request alone: Digits, SpeechResult …"""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an address says behind its `#`: how often a request is made again, and after what."""

    retries: int = 1
    after: frozenset[str] = frozenset({"ct"})

    @classmethod
    def of(cls, url: str) -> Wishes:
        said = dict(parse_qsl(url.partition("#")[2]))
        return cls(min(int(said.get("rc", 1)), 5), frozenset(said.get("rp", "ct").split(",")))

    def tries_again(self, what: Failed | int) -> bool:
        """After a failure, or an answer with this status."""
        kind = "ct" if isinstance(what, ConnectionFailed) else "rt" if isinstance(what, Failed) else f"{what // 100}xx"
        return kind in self.after or ("all" in self.after and kind in ("4xx", "5xx", "ct", "rt"))


@dataclass(slots=True)
class Asker:
    """The requests of one call. Everything asked is kept in `exchanges`, whatever is wrong with it in `notices`."""

    browser: Browser
    token: str
    hostile: Callable[[], Hostile]
    exchanges: list[Exchange] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    _asked: int = 0
    """Documents so far."""
    _last: tuple[str, str, Form] | None = None

    def document(self, goto: Goto, standard: Mapping[str, str]) -> Document:
        """The document at an address. Raises Failed."""
        hostile = self.hostile()
        method, url = goto.method, _with_query(goto.url, hostile.query_on_documents)
        form = _form({**standard, **goto.told}, hostile)
        before, self._last = self._last, (method, url, form)
        reply = self._fetch(method, url, form, hostile)
        if hostile.late and before is not None:
            self._quietly(*before, hostile)
        self._asked += 1
        if self._asked - 1 in hostile.loses:
            raise Failed(NOT_RETRIEVED, url, "the connection broke before the answer was here")
        return read(reply, url, self.notices.append)

    def audio(self, url: str) -> float:
        """Fetch a sound; how long it plays, in seconds. Raises Failed."""
        reply = self._fetch("GET", url, {}, self.hostile())
        if reply.content_type not in AUDIO_TYPES:
            raise Failed(WRONG_CONTENT_TYPE, url, f"Play got {reply.content_type!r}, which is no sound")
        return sounding_s(reply.body, reply.content_type)

    def callback(self, url: str, told: Mapping[str, str]) -> None:
        """Tell news; nobody minds the answer."""
        hostile = self.hostile()
        for _ in range(2 if hostile.callbacks_twice else 1):
            self._quietly("POST", url, _form(told, hostile), hostile)

    def _quietly(self, method: str, url: str, form: Form, hostile: Hostile) -> None:
        """As often as the address asks for, until it is taken."""
        token, wishes = str(uuid4()), Wishes.of(url)
        for left in reversed(range(wishes.retries + 1)):
            try:
                reply = self._once(method, url, form, token, hostile)
            except Failed as error:
                if not left or not wishes.tries_again(error):
                    self.notices.append(error.notice)
                    return
            else:
                if not wishes.tries_again(reply.status):
                    return

    def _fetch(self, method: str, url: str, form: Form, hostile: Hostile) -> Reply:
        for _ in range(MAX_REDIRECTS + 1):
            reply = self._twice(method, url, form, hostile)
            if not 300 <= reply.status < 400:
                break
            # The redirected request is a bare one: what the caller pressed is lost with the form.
            method, url, form = "GET", reply.location, {}
        else:
            raise Failed(TOO_MANY_REDIRECTS, url, f"more than {MAX_REDIRECTS} redirects")
        if not 200 <= reply.status < 300:
            raise Failed(NOT_RETRIEVED, url, f"HTTP {reply.status}: {reply.text[:200]}")
        return reply

    def _twice(self, method: str, url: str, form: Form, hostile: Hostile) -> Reply:
        token = str(uuid4())
        reply = self._patiently(method, url, form, token, hostile)
        if hostile.twice != "no":
            again = token if hostile.twice == "same token" else str(uuid4())
            reply = self._patiently(method, url, form, again, hostile)
        return reply

    def _patiently(self, method: str, url: str, form: Form, token: str, hostile: Hostile) -> Reply:
        try:
            return self._once(method, url, form, token, hostile)
        except ConnectionFailed:
            return self._once(method, url, form, token, hostile)

    def _once(self, method: str, url: str, form: Form, token: str, hostile: Hostile) -> Reply:
        url = url.partition("#")[0]  # it is for the cloud, and neither sent nor signed
        asked = url if method == "POST" else _with_query(url, urlencode(form, doseq=True))
        sent = form if method == "POST" else {}
        headers = {"I-Twilio-Idempotency-Token": token}
        if not hostile.unsigned:
            headers["X-Twilio-Signature"] = sign("forged" if hostile.forged else self.token, asked, sent)
        reply: Reply | None = None
        try:
            reply = self.browser.ask(method, asked, sent, headers)
        finally:
            self.exchanges.append(Exchange(method, asked, form, token, reply))
        return reply


def _with_query(url: str, more: str) -> str:
    if not more:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=f"{parts.query}&{more}" if parts.query else more))


def _form(told: Mapping[str, str], hostile: Hostile) -> Form:
    form: Form = {name: [value] for name, value in {**told, **hostile.extra}.items()}
    if hostile.only_legacy_names:
        form = {{"From": "Caller", "To": "Called"}.get(name, name): value for name, value in form.items()}
    if hostile.no_confidence:
        form.pop(CONFIDENCE, None)
    for name, value in hostile.instead.items():
        form[name] = [value] if isinstance(value, str) else list(value)
    return {name: values for name, values in form.items() if name not in hostile.without}
