"""Whether the one port can be had; asked before anything heavy is imported."""

from __future__ import annotations

import socket

from ivr.errors import SettingsError


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
