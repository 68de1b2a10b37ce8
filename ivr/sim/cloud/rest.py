"""The REST API of the cloud, on 127.0.0.1: what a server may order while calls run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from ivr.sim.cloud.asking import Goto

if TYPE_CHECKING:
    from ivr.sim.cloud.cloud import Cloud

Form = Mapping[str, list[str]]
E164 = re.compile(r"\+[1-9]\d{6,14}")
TO_ELSE = re.compile(r"client:[\w.@-]{1,121}|sips?:[^\s@]+@[^\s@]+")
"""Who can be rung besides a number."""
MAX_SMS_LETTERS = 1600
MAX_TWIML_LETTERS = 4000


class Refused(Exception):
    """The API's own error answer."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    body: bytes
    content_type: str = "application/json"


class Api:
    """The rules; the HTTP around them is below. Runs in the server's threads: orders to calls are only noted here."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud

    def answer(self, method: str, path: str, form: Form, authorization: str) -> Answered:
        try:
            return self._answer(method, path, form, authorization)
        except Refused as refused:
            told = {
                "code": refused.code,
                "message": refused.message,
                "more_info": f"https://www.twilio.com/docs/errors/{refused.code}",
                "status": refused.status,
            }
            return Answered(refused.status, json.dumps(told).encode())

    def _answer(self, method: str, path: str, form: Form, authorization: str) -> Answered:
        if self.cloud.rest_refuses is not None:
            raise Refused(*self.cloud.rest_refuses, "refused, as the test wants it")
        known = base64.b64encode(f"{self.cloud.account}:{self.cloud.token}".encode()).decode()
        if authorization != f"Basic {known}":
            raise Refused(401, 20003, "Authenticate")
        below = path.removeprefix(f"/2010-04-01/Accounts/{self.cloud.account}/")
        for wanted, pattern, handle in self._routes():
            if method == wanted and (found := re.fullmatch(pattern, below)):
                return handle(form, *found.groups())
        raise Refused(404, 20404, f"The requested resource {path} was not found")

    def _routes(self) -> list[tuple[str, str, Callable[..., Answered]]]:
        return [
            ("POST", r"Calls\.json", self._create_call),
            ("POST", r"Calls/(\w+)\.json", self._update_call),
            ("GET", r"Calls/(\w+)\.json", self._show_call),
            ("GET", r"Calls\.json", self._list_calls),
            ("POST", r"Messages\.json", self._create_message),
            ("GET", r"Conferences\.json", self._conferences),
            ("GET", r"Conferences/(\w+)/Participants\.json", self._participants),
            ("POST", r"Conferences/(\w+)/Participants/(\w+)\.json", self._update_participant),
            ("GET", r"Recordings/(\w+)(?:\.wav)?", self._recording),
        ]

    def _create_call(self, form: Form) -> Answered:
        to, from_, url = _needed(form, "To", 21201), _needed(form, "From", 21213), _needed(form, "Url", 21205)
        if not E164.fullmatch(to) and not TO_ELSE.fullmatch(to):
            raise Refused(400, 21211, f"{to} is no telephone number")
        if from_ not in self.cloud.numbers:
            raise Refused(400, 21210, f"{from_} is not a number of this account")
        for address in (url, _value(form, "StatusCallback")):
            _check_address(address)
        leg = self.cloud.ring(
            to,
            from_,
            float(_value(form, "Timeout") or 60),
            Goto(url, _value(form, "Method") or "POST"),
            _value(form, "StatusCallback"),
            set(form.get("StatusCallbackEvent", ["completed"])),
        )
        return self._shown(leg.sid, 201, status="queued")

    def _update_call(self, form: Form, sid: str) -> Answered:
        call = self.cloud.calls.get(sid)
        if call is None:
            raise Refused(404, 20404, f"The requested resource {sid} was not found")
        if self.cloud.is_over(sid):
            raise Refused(400, 21220, "Call is not in-progress. Cannot redirect.")
        if status := _value(form, "Status"):
            if status not in ("completed", "canceled"):
                raise Refused(400, 21218, f"{status} is no status to set")
            self.cloud.order(lambda: call.end(status))
        elif url := _value(form, "Url"):
            _check_address(url)
            self.cloud.order(lambda: call.interrupt(Goto(url, _value(form, "Method") or "POST")))
        else:
            raise Refused(400, 21218, "Url or Status is needed; this cloud takes no Twiml")
        return self._shown(sid, 200)

    def _show_call(self, form: Form, sid: str) -> Answered:
        if sid not in self.cloud.calls:
            raise Refused(404, 20404, f"The requested resource {sid} was not found")
        return self._shown(sid, 200)

    def _list_calls(self, form: Form) -> Answered:
        """Those that one call has dialled, the newest first."""
        parent = _needed(form, "ParentCallSid", 20001)
        calls = list(self.cloud.calls.values())
        found = [one.sid for one in calls if one.parent is not None and one.parent.sid == parent]
        return _page("calls", [self._told(sid) for sid in reversed(found)])

    def _shown(self, sid: str, http: int, **other: str) -> Answered:
        return Answered(http, json.dumps(self._told(sid) | other).encode())

    def _told(self, sid: str) -> dict[str, str | None]:
        call = self.cloud.calls[sid]
        return {
            "sid": sid,
            "account_sid": self.cloud.account,
            "to": call.to,
            "from": call.from_,
            "status": call.status,
            "direction": call.direction,
            "parent_call_sid": call.parent.sid if call.parent else None,
            "duration": str(round(call.seconds())) if self.cloud.is_over(sid) else None,
        }

    def _create_message(self, form: Form) -> Answered:
        to, sender, text = _needed(form, "To", 21604), _needed(form, "From", 21603), _needed(form, "Body", 21602)
        if not E164.fullmatch(to):
            raise Refused(400, 21211, f"{to} is no telephone number")
        if sender not in self.cloud.numbers:
            raise Refused(400, 21606, f"{sender} is not a number of this account that sends texts")
        if len(text) > MAX_SMS_LETTERS:
            raise Refused(400, 21617, f"The text has {len(text)} letters, and {MAX_SMS_LETTERS} is the limit")
        sid = self.cloud.keep_message(to, sender, text)
        return Answered(
            201, json.dumps({"sid": sid, "to": to, "from": sender, "body": text, "status": "queued"}).encode()
        )

    def _conferences(self, form: Form) -> Answered:
        wanted = _value(form, "FriendlyName")
        found = [room for room in self.cloud.rooms.open() if wanted in ("", room)]
        told = [{"sid": conference_sid(room), "friendly_name": room, "status": "in-progress"} for room in found]
        return _page("conferences", told)

    def _participants(self, form: Form, sid: str) -> Answered:
        calls = self.cloud.rooms.inside(self._room(sid))
        return _page("participants", [{"call_sid": call, "conference_sid": sid} for call in calls])

    def _update_participant(self, form: Form, sid: str, call: str) -> Answered:
        room, ends = self._room(sid), _value(form, "EndConferenceOnExit")
        if ends not in ("true", "false", "True", "False"):
            raise Refused(400, 20001, "EndConferenceOnExit is needed; this cloud changes nothing else")
        if not self.cloud.rooms.let(room, call, ends_on_exit=ends.lower() == "true"):
            raise Refused(404, 20404, f"The requested resource {call} was not found")
        return Answered(200, json.dumps({"call_sid": call, "conference_sid": sid}).encode())

    def _room(self, sid: str) -> str:
        for room in self.cloud.rooms.open():
            if conference_sid(room) == sid:
                return room
        raise Refused(404, 20404, f"The requested resource {sid} was not found")

    def _recording(self, form: Form, sid: str) -> Answered:
        if sid not in self.cloud.recordings:
            raise Refused(404, 20404, f"The requested resource {sid} was not found")
        return Answered(200, self.cloud.recordings[sid], "audio/x-wav")


def conference_sid(room: str) -> str:
    return "CF" + hashlib.md5(room.encode(), usedforsecurity=False).hexdigest()


def _page(name: str, told: Sequence[Mapping[str, str | None]]) -> Answered:
    return Answered(200, json.dumps({name: told, "next_page_uri": None, "page": 0, "page_size": 50}).encode())


@dataclass(frozen=True, slots=True)
class Served:
    """The API while it can be asked."""

    base: str
    server: ThreadingHTTPServer
    thread: Thread

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that breaks off is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve(api: Api) -> Served:
    """Begin to answer, in threads, on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._reply("GET", urlsplit(self.path).query)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._reply("POST", body.decode(errors="replace"))

        def _reply(self, method: str, form: str) -> None:
            path = urlsplit(self.path).path
            authorization = self.headers.get("Authorization") or ""
            answered = api.answer(method, path, parse_qs(form, keep_blank_values=True), authorization)
            self.send_response(answered.status)
            self.send_header("Content-Type", answered.content_type)
            self.send_header("Content-Length", str(len(answered.body)))
            self.end_headers()
            self.wfile.write(answered.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: what was ordered is seen in the cloud."""

    server = _Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="cloud-rest", daemon=True)
    thread.start()
    return Served(f"http://127.0.0.1:{server.server_address[1]}", server, thread)


def _value(form: Form, name: str) -> str:
    return form.get(name, [""])[0]


def _needed(form: Form, name: str, code: int) -> str:
    if not _value(form, name):
        raise Refused(400, code, f"A '{name}' parameter is required")
    return _value(form, name)


def _check_address(address: str) -> None:
    host = urlsplit(address).hostname or ""
    if address and (not host or "_" in host):
        raise Refused(400, 21205, f"{address} is not a valid URL")
