"""Real requests to the server under test and to nowhere else."""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from ivr.sim.cloud.errors import BAD_URL, CONNECTION_FAILED, NOT_RETRIEVED, UNREACHABLE_HOST, Failed

Form = dict[str, list[str]]
AGENT = "TwilioProxy/1.1"


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    content_type: str
    """Without its parameters, in small letters."""
    body: bytes
    location: str = ""

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request the cloud has made, for tests to look at."""

    method: str
    url: str
    form: Mapping[str, Sequence[str]]
    token: str
    reply: Reply | None
    """None: there was no answer."""


class ConnectionFailed(Failed):
    """Nobody answered the door: the only failure that is tried again by default."""


@dataclass(slots=True)
class Browser:
    """The carrier's HTTP side: one per call, because it keeps cookies and a connection as a browser does.

    `public_url` is where the server is said to be, `server` where it is: an address below the first is asked at the
    second, with the first one's host name, as a proxy would.
    """

    public_url: str
    server: str
    ceiling_s: float
    """No request takes longer, in real seconds."""
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, url: str, form: Form, headers: Mapping[str, str]) -> Reply:
        """One request, redirects not followed. Raises Failed or ConnectionFailed."""
        host = urlsplit(url).hostname or ""
        if not host or "_" in host:
            raise Failed(BAD_URL, url, "an address needs a valid host name, and an underscore is not")
        if not (f"{url}/".startswith(f"{self.public_url}/") or url.startswith(f"{self.public_url}?")):
            raise Failed(UNREACHABLE_HOST, url, f"not below {self.public_url}: this cloud reaches no other server")
        target = self.server + url[len(self.public_url) :].split("#")[0]
        body = urlencode(form, doseq=True).encode() if method == "POST" else None
        sent = {
            "Host": urlsplit(url).netloc,
            "User-Agent": AGENT,
            "Accept": "*/*",
            **({"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}),
            **(
                {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
            ),
            **headers,
        }
        return self._send(method, url, target, body, sent)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(self, method: str, url: str, target: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        place = urlsplit(target)
        path = place.path + (f"?{place.query}" if place.query else "")
        fresh = self._connection is None
        try:
            connection = self._connected(place.hostname or "", place.port)
        except OSError as error:
            self.close()
            raise ConnectionFailed(CONNECTION_FAILED, url, f"no connection: {error}") from error
        try:
            connection.request(method, path or "/", body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError) as error:
            self.close()
            if not fresh and isinstance(error, http.client.RemoteDisconnected | ConnectionError):
                # A kept connection that the server had closed meanwhile says nothing about this request.
                return self._send(method, url, target, body, headers)
            raise Failed(NOT_RETRIEVED, url, f"no answer: {type(error).__name__} {error}") from error
        if answer.will_close:
            self.close()
        self._keep(answer.headers.get_all("Set-Cookie") or [])
        kind = (answer.headers.get("Content-Type") or "").split(";")[0].strip().lower()
        return Reply(answer.status, kind, content, urljoin(url, answer.headers.get("Location") or ""))

    def _connected(self, host: str, port: int | None) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(host, port or 80, timeout=self.ceiling_s)
            self._connection.connect()
        return self._connection

    def _keep(self, cookies: Sequence[str]) -> None:
        for line in cookies:
            try:
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            except CookieError:
                continue  # a browser ignores what it cannot read
