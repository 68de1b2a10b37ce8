"""Whether a request comes from this machine itself, for doors that stand open to nobody else."""

from __future__ import annotations

from flask import Request

from ivr.loopback import is_loopback

PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via", "Origin")
"""Any of these says that a proxy, a tunnel or a web page stands between us and who is asking."""


def from_this_machine(request: Request) -> bool:
    """Asked directly from here. A forwarded request is not, whatever its headers say of where it began."""
    if any(name in request.headers for name in PASSED_ON):
        return False
    return is_loopback(request.remote_addr or "") and is_loopback(request.host.rsplit(":", 1)[0].strip("[]"))
