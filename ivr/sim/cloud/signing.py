"""How the carrier signs what it asks for. Written from its description, not with its library: each checks the other."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence


def sign(secret: str, url: str, form: Mapping[str, Sequence[str]], *, sha256: bool = False) -> str:
    """The header's value for a POST of `form` to `url`, or for a GET where the form is empty."""
    text = url.split("#")[0]
    for name in sorted(form):
        for value in sorted(set(form[name])):
            text += name + value
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha256 if sha256 else hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
