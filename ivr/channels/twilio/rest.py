"""Orders to Twilio: the one file that knows the helper library's REST client.

Every refusal and every silence of Twilio's becomes a CarrierError that says what to do about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, TypeVar

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from ivr.channels.twilio.reader import RECORDING_SID
from ivr.errors import CarrierError
from ivr.loopback import leads_home

TWILIO_API = "https://api.twilio.com"
TIMEOUT_S = 5.0
"""Of one order. A turn never waits for one: orders are chores, or an agent's leg waits."""
MOST_IN_A_ROOM = 20
MAX_RECORDING_BYTES = 256 * 1024 * 1024
"""Four hours of telephone audio as wav, the longest that Twilio lets a call last."""

ADVICE = {
    20003: "check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN",
    20404: "the call or recording is unknown to this account; check TWILIO_ACCOUNT_SID",
    20429: "too many orders at once; it may be tried again in some seconds",
    21205: "the answer URL is not good for Twilio; check --public-url",
    21210: "the caller id is neither a number of this account nor a verified one; set another in the hotline",
    21211: "the number to ring is no telephone number",
    21219: "a trial account rings verified numbers only",
    21408: "this account may not send texts to that country; allow it in Twilio's console",
    21606: "the sender is no number of this account that sends texts; set another in the hotline",
    21608: "a trial account sends texts to verified numbers only",
    21610: "the person has asked for no more texts",
    21611: "too many texts are waiting at this sender; it may be tried again later",
    21614: "that number takes no texts",
    21617: "the text is over 1,600 letters; shorten the words",
    21620: "the number to send to is no telephone number",
}
CALL_IS_OVER = 21220

T = TypeVar("T")


class CallOver(CarrierError):
    """The order came too late: the call has ended."""


class _Http(TwilioHttpClient):  # type: ignore[misc]  # the library ships no types
    """The library's client with another base address, a time limit on everything, and nothing of the orders logged."""

    def __init__(self, api_base: str, patience_s: float) -> None:
        super().__init__(timeout=patience_s)
        self.api_base = api_base.rstrip("/")
        if leads_home(api_base):
            self.session.trust_env = False  # what answers on this machine is never behind the proxy

    def log_request(self, kwargs: dict[str, Any]) -> None:
        """Nothing: the library would log every header of every order."""

    def log_response(self, status_code: int, response: Any) -> None:
        """Nothing."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        return super().request(method, url.replace(TWILIO_API, self.api_base, 1), *args, **kwargs)


class Carrier:
    """Twilio's REST API, as far as a hotline needs it. Every method raises CarrierError, and waits `patience_s` at
    most for a connection, and as long for an answer."""

    def __init__(self, account: str, token: str, api_base: str = TWILIO_API, patience_s: float = TIMEOUT_S) -> None:
        self._http = _Http(api_base, patience_s)
        self._patience_s = patience_s
        self._recordings = f"{self._http.api_base}/2010-04-01/Accounts/{account}/Recordings"
        self._auth = (account, token)
        self._client = Client(account, token, http_client=self._http)

    def send_sms(self, to: str, text: str, sender: str) -> str:
        """Send a text; returns the message's id."""
        return str(_ordered("send a text", lambda: self._client.messages.create(to=to, from_=sender, body=text)).sid)

    def ring(self, number: str, answer_url: str, status_url: str, ring_s: int, caller_id: str) -> str:
        """Ring somebody; returns the new leg's call id. The leg begins at `answer_url` when it is answered; how it
        ended, answered or not, is told to `status_url`."""
        leg = _ordered(
            "ring a number",
            lambda: self._client.calls.create(
                to=number,
                from_=caller_id,
                url=answer_url,
                method="POST",
                status_callback=status_url,
                status_callback_method="POST",
                status_callback_event=["completed"],
                timeout=ring_s,
            ),
        )
        return str(leg.sid)

    def redirect(self, call: str, url: str) -> None:
        """Let a running call go on at `url`, at once. Raises CallOver when it has ended."""
        _ordered("redirect a call", lambda: self._client.calls(call).update(url=url, method="POST"))

    def share_room(self, room: str, caller: str) -> None:
        """Let a conference go on when somebody other than the caller leaves it. One that is over is well so."""

        def share() -> None:
            for conference in self._client.conferences.list(friendly_name=room, status="in-progress", limit=1):
                for one in conference.participants.list(limit=MOST_IN_A_ROOM):
                    if one.call_sid != caller:
                        one.update(end_conference_on_exit=False)

        _ordered("keep a conference open", share)

    def is_answered(self, call: str) -> bool:
        """Whether somebody is on the line; False while it rings, and when it is over."""
        return bool(_ordered("tell of a call", lambda: self._client.calls(call).fetch()).status == "in-progress")

    def talked_outside(self, call: str) -> float | None:
        """How long the number that this call dialled last was talked with, in seconds; None: it was not."""
        legs = _ordered("tell of a call", lambda: self._client.calls.list(parent_call_sid=call, limit=1))
        if not legs or legs[0].status not in ("in-progress", "completed"):
            return None
        return float(legs[0].duration or 0)

    def end(self, call: str) -> None:
        """Hang up; a call that has ended already is well so."""
        try:
            _ordered("end a call", lambda: self._client.calls(call).update(status="completed"))
        except CallOver:
            return

    def fetch_recording(self, recording: str, into: BinaryIO) -> None:
        """Write the wav file of a recording, named by its id or by any address that holds the id, piece by piece.

        The address itself is not asked: who could make us ask one would get this account's password. Raises what
        `into` raises, too.
        """
        found = RECORDING_SID.search(recording)
        if not found:
            raise CarrierError(f"no recording id in {recording[:80]!r}; one looks like RE and 32 hexadecimal digits")
        for chunk in self._recording(found.group()):
            into.write(chunk)

    def _recording(self, name: str) -> Iterator[bytes]:
        size = 0
        try:
            with self._http.session.get(
                f"{self._recordings}/{name}.wav", auth=self._auth, timeout=self._patience_s, stream=True
            ) as answer:
                if answer.status_code != 200:
                    raise CarrierError(f"Twilio did not give the recording {name}: HTTP {answer.status_code}")
                for chunk in answer.iter_content(65536):
                    size += len(chunk)
                    if size > MAX_RECORDING_BYTES:
                        raise CarrierError(f"the recording {name} is over {MAX_RECORDING_BYTES:,} bytes")
                    yield chunk
        except OSError as error:  # every error of the session is one
            raise CarrierError(f"Twilio did not give the recording {name}: {type(error).__name__}") from error


def _ordered(what: str, order: Callable[[], T]) -> T:
    try:
        return order()
    except TwilioRestException as error:
        if error.code == CALL_IS_OVER:
            raise CallOver(f"Twilio would not {what}: the call is over") from error
        advice = ADVICE.get(error.code or 0, "https://www.twilio.com/docs/errors tells what the number means")
        raise CarrierError(f"Twilio would not {what} (error {error.code}, HTTP {error.status}): {advice}") from error
    except OSError as error:
        raise CarrierError(
            f"Twilio did not answer the order to {what} ({type(error).__name__}); it may be tried again"
        ) from error
    except (TwilioException, ValueError) as error:  # an answer that is not the JSON it should be
        raise CarrierError(f"Twilio's answer to the order to {what} makes no sense; check TWILIO_API_BASE") from error
