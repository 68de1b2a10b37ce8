"""Which pages may speak to us: our own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_ours(origin: str | None, host: str, also: frozenset[str]) -> bool:
    """Whether a page of that `Origin` came from us: from the host it asks now, or a name we are known by.

    The scheme does not count: before a tunnel it is https, behind it http. A browser always tells the origin of a page
    that opens a socket; who tells none is no page.
    """
    try:
        came_from = urlsplit(origin or "").netloc
    except ValueError:
        return False
    return bool(came_from) and (came_from == host or came_from in also)


def headers_of(scope: Mapping[str, object]) -> dict[str, str]:
    """An ASGI scope's headers; of one that came twice the last."""
    raw = scope["headers"]
    assert isinstance(raw, list | tuple)
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}
