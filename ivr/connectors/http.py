"""Business data by HTTP and JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ivr.connectors.declaration import Declaration
from ivr.connectors.environment import check_variables, filled
from ivr.connectors.guard import Guard
from ivr.connectors.http_open import OpenHttp, address_of, headers_of
from ivr.connectors.http_operation import HttpOperation
from ivr.connectors.registry import connector

HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@connector("http")
@dataclass(frozen=True, kw_only=True)
class HttpConnector(Declaration):
    """Look things up in a web service that speaks JSON.

    crm:
      kind: http
      url: "${CRM_URL}"
      headers: {Authorization: "Bearer ${CRM_TOKEN}"}
      operations:
        caller:
          get: "/callers/{number}{?fields}"
          takes: [number, "fields?"]
          pick: "data.caller"
          gives: {name: text, tier: text, "age?": count}
          timeout_s: 3
        ticket:
          post: "/tickets"
          body: {account: "{account}", text: "By phone: {text}"}
          takes: [account, text]
          gives: {ticket: text}
    """

    url: str
    """Where the service is; `${NAME}` is read from the environment."""
    operations: Mapping[str, HttpOperation]
    """What can be looked up there, by name."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent with every request; secrets come from the environment, as `${NAME}`."""
    kind: Literal["http"] = "http"
    """Which connector this is."""

    def __post_init__(self) -> None:
        super().__post_init__()
        check_variables(self.url, "url")
        if "${" not in self.url and not self.url.startswith(("http://", "https://")):
            raise ValueError(f"url: {self.url!r} should begin with https:// or http://")
        for name, value in self.headers.items():
            if not HEADER.fullmatch(name):
                raise ValueError(f"headers: {name!r} cannot be the name of a header")
            check_variables(value, f"headers: {name}")
        if not self.operations:
            raise ValueError("operations: there are none")

    def open(self, *, home: Path, env: Mapping[str, str], name: str) -> OpenHttp:
        """Raises SettingsError."""
        where = f"connectors.{name}"
        return OpenHttp(
            Guard(name, self.operations, fails=self.fails, rest_s=self.rest_s),
            address_of(filled(self.url, env, f"{where}.url"), f"{where}.url"),
            headers_of({one: filled(text, env, f"{where}.headers") for one, text in self.headers.items()}, where),
        )
