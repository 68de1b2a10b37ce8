"""Who may speak to our Twilio routes: Twilio, shown by its signature over what it asked; nobody else.

The signature covers the address as Twilio saw it, so it is rebuilt from the public URL: behind a proxy the request's
own scheme, host and port are others, and headers that tell of them could be written by anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hmac import compare_digest
from typing import Any
from urllib.parse import quote

from flask import Request
from twilio.request_validator import (
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from ivr.channels.nearby import from_this_machine

MAX_BODY_BYTES = 256 * 1024
"""The largest thing Twilio sends is a minute of speech: 10,000 letters of Mandarin are 90 kB in a form."""

ALGORITHMS = frozenset({HMAC_SHA1, HMAC_SHA256})
SWITCHED_OFF = (
    "The Twilio line is off: TWILIO_AUTH_TOKEN is not set. Start the server with it and with --public-url, "
    "or with --insecure to try it from this machine."
)


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets requests in. Without a token nobody comes in, unless `insecure` opens the door for this machine itself."""

    public_url: str
    token: str | None = field(default=None, repr=False)
    insecure: bool = False
    shared_key: str | None = field(default=None, repr=False)
    """The secret of Twilio's newer webhook keys (HMAC-SHA256); without one the token is tried for those, too."""

    def refuses(self, request: Request) -> str | None:
        """Why this request may not come in, as a sentence for the log and the answer; None: it may."""
        signature = request.headers.get(SIGNATURE_HEADER, "")
        if self.insecure and (not signature or not self.token) and from_this_machine(request):
            return None
        if not self.token:
            return SWITCHED_OFF
        if not signature:
            return f"The request has no {SIGNATURE_HEADER}: it is not from Twilio."
        if self._signed(request, signature):
            return None
        return (
            f"The signature does not fit {self._address(request)}. Either the request is not from Twilio, or "
            "--public-url is not the address Twilio was given, or TWILIO_AUTH_TOKEN is another account's."
        )

    def refuses_socket(self, request: Request) -> str | None:
        """As `refuses`, for the handshake of a socket. Twilio is said to sign its address as wss://, and was seen to
        sign it as https://, each perhaps with the port."""
        scheme, _, host = self.public_url.rstrip("/").partition("://")
        sockets = (f"wss://{host}", f"wss://{host}:443") if scheme == "https" else (f"ws://{host}",)
        reason = None
        for address in (sockets[0], self.public_url, *sockets[1:]):
            reason = replace(self, public_url=address).refuses(request)
            if reason is None:
                break
        return reason

    def _signed(self, request: Request, signature: str) -> bool:
        algorithm = get_signature_algorithm(request.headers.get(SIGNATURE_SETTINGS_HEADER))
        secret = self.token if algorithm.upper() == HMAC_SHA1 else self.shared_key or self.token
        signed = _signed_parameters(request)
        if signed is None:
            return False
        validator, address = RequestValidator(secret), self._address(request, whole=True)
        if not isinstance(signed, str) and algorithm.upper() in ALGORITHMS:
            exact = validator.compute_signature(address, signed, algorithm)
            if compare_digest(exact.encode(), signature.encode()):
                return True  # nearly every request; `validate` reckons twice, with and without the port
        return bool(validator.validate(address, signed, signature, algorithm))

    def _address(self, request: Request, *, whole: bool = False) -> str:
        """As Twilio asked for it; for reading without the query."""
        query = request.query_string.decode("latin-1") if whole else ""
        return f"{self.public_url.rstrip('/')}{quote(request.path, safe=SAFE_IN_PATHS)}{'?' if query else ''}{query}"


SAFE_IN_PATHS = "/:@!$&'()*+,;=~-._"


def _signed_parameters(request: Request) -> Any | None:
    """What the signature covers beside the address; None for a body that Twilio cannot have signed."""
    if request.method != "POST":
        return {}
    if request.mimetype != "application/json":
        return request.form  # unflattened: every value of a repeated name is signed
    if "bodySHA256" not in request.args:
        return None
    try:
        return request.get_data().decode()
    except UnicodeDecodeError:
        return None
