"""The one port: its address, and whether it can be had. Asked before anything heavy is imported."""

from __future__ import annotations

import socket

from ivr.errors import SettingsError


def address(host: str, port: int) -> str:
    """`http://127.0.0.1:8080`; an IPv6 address in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def must_be_free(host: str, port: int) -> None:
    """Raises SettingsError where somebody else listens already, or nobody may."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = "is in use" if "in use" in str(error.strerror) else f"cannot be had ({error.strerror})"
            raise SettingsError(
                f"port {port} on {host} {why}; another server may be running there. Choose another: --port {port + 1}"
            ) from None
