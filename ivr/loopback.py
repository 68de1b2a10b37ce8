"""Whether a name or an address means this machine itself."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Of a host without its port: `localhost`, an address of 127.0.0.0/8, or ::1."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def leads_home(url: str) -> bool:
    """Whether a URL's host is this machine."""
    return is_loopback(urlsplit(url).hostname or "")
