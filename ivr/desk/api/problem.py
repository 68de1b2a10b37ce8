"""Answers that are no: problem+json, as RFC 9457 has it."""

from __future__ import annotations

from http import HTTPStatus

import msgspec

MEDIA = "application/problem+json"


class Problem(msgspec.Struct, frozen=True):
    """Why there is no answer, and what would be right."""

    title: str
    """What kind of trouble it is; the same for all of this status."""
    status: int
    """The HTTP status."""
    detail: str
    """What was wrong with this request, and what would be right."""
    type: str = "about:blank"
    """Always `about:blank`: the title says it all."""


class Refused(Exception):
    """Raised anywhere while a request is answered."""

    def __init__(self, status: HTTPStatus, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.told = Problem(status.phrase, int(status), detail)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
