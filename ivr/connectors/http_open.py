"""A live web service: one client with its pool of connections, safe in every thread."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import quote

import httpx
import tenacity
from jmespath.exceptions import JMESPathError

from ivr.call.events import LookupEmpty
from ivr.connectors.guard import Guard
from ivr.connectors.http_operation import HttpOperation
from ivr.connectors.operation import ONCE, Found
from ivr.connectors.registry import Answer
from ivr.connectors.trouble import LARGEST_BYTES, Trouble
from ivr.errors import SettingsError

MOST_HOPS = 3
GONE = (404, 410)
WORTH_ANOTHER_TRY = (502, 503, 504)
CONNECTIONS = httpx.Limits(max_connections=32, max_keepalive_connections=8, keepalive_expiry=30)

# Its INFO lines hold whole addresses, and those hold what callers said.
logging.getLogger("httpx").setLevel(logging.WARNING)


class TimeLeft(Mapping[str, float]):
    """The transport asks before each phase how long it may take: always what is left until the deadline.

    Only a server that answers in drips can take longer, at most twice as long.
    """

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline

    def __getitem__(self, phase: str) -> float:
        return max(0.001, self._deadline - time.monotonic())

    def __iter__(self) -> Iterator[str]:
        return iter(("connect", "read", "write", "pool"))

    def __len__(self) -> int:
        return 4


class OpenHttp:
    """Redirects are followed on the same host only, cookies are not kept: callers share this client."""

    def __init__(self, guard: Guard[HttpOperation], address: httpx.URL, headers: httpx.Headers) -> None:
        self._guard = guard
        self._base = str(address).rstrip("/")
        self._client = httpx.Client(
            headers=headers,
            verify=trusted() if address.scheme == "https" else False,
            limits=CONNECTIONS,
            follow_redirects=False,
            trust_env=False,  # settings come in by `env`, not by the back door
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    def look_up(self, operation: str, arguments: Mapping[str, Any], once: str) -> Answer:
        return self._guard.ask(operation, arguments, once, self._ask)

    def close(self) -> None:
        self._client.close()

    def _ask(self, operation: HttpOperation, values: dict[str, Any]) -> Found:
        deadline = time.monotonic() + operation.timeout_s
        request = self._request(operation, values)
        again = tenacity.Retrying(
            retry=tenacity.retry_if_exception(lambda error: isinstance(error, Trouble) and error.again),
            stop=tenacity.stop_after_attempt(operation.tries) | tenacity.stop_before_delay(operation.timeout_s),
            wait=tenacity.wait_random(0.02, 0.15),
            reraise=True,
        )
        return again(self._try, operation, request, deadline)

    def _request(self, operation: HttpOperation, values: dict[str, Any]) -> httpx.Request:
        body = None if operation.body is None else operation.filled_body(values)
        try:
            headers = {} if operation.method == "GET" else {"Idempotency-Key": quote(values[ONCE], safe=":.-_~/")}
            return self._client.build_request(
                operation.method, self._base + operation.address.filled(values), json=body, headers=headers
            )
        except (ValueError, TypeError, httpx.InvalidURL) as error:  # NaN, half a sign, an address of a megabyte
            raise Trouble("arguments", f"cannot be sent: {type(error).__name__}") from None

    def _try(self, operation: HttpOperation, request: httpx.Request, deadline: float) -> Found:
        place = f"{operation.method} {operation.address.written}"
        try:
            response = self._send(request, deadline, place)
            try:
                return _read(operation, response, deadline, place)
            finally:
                response.close()
        except httpx.PoolTimeout:
            raise Trouble("busy", f"{place}: every connection is in use") from None
        except httpx.TimeoutException as error:
            raise Trouble("timeout", f"{place}: {type(error).__name__}") from None
        except httpx.ConnectError as error:
            raise Trouble("refused", f"{place}: {error}", again=True) from None
        except httpx.TransportError as error:
            raise Trouble("refused", f"{place}: {type(error).__name__}", again=True) from None

    def _send(self, request: httpx.Request, deadline: float, place: str) -> httpx.Response:
        """The answer's head, after as many hops on the same host as are allowed."""
        for _ in range(MOST_HOPS + 1):
            request.extensions = {**request.extensions, "timeout": TimeLeft(deadline)}
            response = self._client.send(request, stream=True)
            onward = response.next_request
            if onward is None:
                return response
            response.close()
            if request.method != "GET" or _host(onward.url) != _host(request.url):
                raise Trouble("redirect", f"{place}: status {response.status_code}, sent on elsewhere")
            request = onward
        raise Trouble("redirect", f"{place}: sent on more than {MOST_HOPS} times")


def _host(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _read(operation: HttpOperation, response: httpx.Response, deadline: float, place: str) -> Found:
    status = response.status_code
    if status >= 500:
        raise Trouble(f"status {status}", f"{place}: status {status}", again=status in WORTH_ANOTHER_TRY)
    body = _body(response, deadline, place)
    if status in GONE:
        return LookupEmpty()
    if not 200 <= status < 300:
        raise Trouble(f"status {status}", f"{place}: status {status}")
    if operation.shape is None or not body.strip():
        return operation.answer(None)
    try:
        found = json.loads(body)
        picked = found if operation.picker is None else operation.picker.search(found)
    except JMESPathError:
        raise Trouble("shape", f"{place}: {operation.pick!r} cannot be picked from the answer") from None
    except (ValueError, RecursionError):
        raise Trouble("shape", f"{place}: the answer is no JSON") from None
    return operation.answer(picked)


def _body(response: httpx.Response, deadline: float, place: str) -> bytes:
    if response.headers.get("Content-Encoding", "identity") != "identity":  # a small one may unpack to gigabytes
        raise Trouble("shape", f"{place}: the answer is compressed, which was not asked for")
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > LARGEST_BYTES:
            raise Trouble("size", f"{place}: the answer is over {LARGEST_BYTES:,} bytes")
        if time.monotonic() > deadline:
            raise Trouble("timeout", f"{place}: the answer comes too slowly")
    return bytes(body)


def address_of(text: str, where: str) -> httpx.URL:
    """The service's address. Raises SettingsError, which does not show it: it may hold a password."""
    try:
        address = httpx.URL(text)
    except httpx.InvalidURL:
        address = httpx.URL()
    if address.scheme not in ("http", "https") or not address.host or address.query or address.fragment:
        raise SettingsError(f"{where} is no address of a web service; it looks like https://crm.example.com/api")
    return address


def headers_of(headers: Mapping[str, str], where: str) -> httpx.Headers:
    """The declared headers and ours. Raises SettingsError, which does not show the value: it is often a key."""
    for name, text in headers.items():
        if not text.isascii() or not text.isprintable():
            raise SettingsError(f"{where}.headers: {name} holds a line break or a sign that is not ASCII")
    return httpx.Headers({"Accept": "application/json", "User-Agent": "ivr", **headers, "Accept-Encoding": "identity"})


def trusted() -> Any:
    """The authorities of the world and those that this machine trusts, such as a company's own."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context
