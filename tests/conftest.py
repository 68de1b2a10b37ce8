"""What holds for the whole suite: no setting and no network of this machine reaches a test."""

import os
import sys
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

SETTINGS_OF_OURS = ("IVR_", "TWILIO_", "REDIS_URL", "DATABASE_URL")
LOOPBACK = frozenset({"", "localhost", "127.0.0.1", "0.0.0.0", "::1", "::"})

# A busy machine is not a failing test; and a failure must come again when the test is run again.
hypothesis_settings.register_profile("ivr", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile("ivr")


class OutwardConnection(RuntimeError):
    """A test tried to reach another machine. No OSError: code that bears a dead network would swallow that."""


def _stay_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook, so that it holds for every library without replacing anything."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""  # the path of a Unix socket is no host
    elif event == "socket.getaddrinfo":
        host = arguments[0] or ""
    else:
        return
    host = host.decode() if isinstance(host, bytes) else str(host)
    if host not in LOOPBACK and not host.startswith("127."):
        raise OutwardConnection(f"a test may reach 127.0.0.1 only, not {host!r}")


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith(SETTINGS_OF_OURS)]:
        del os.environ[name]
    sys.addaudithook(_stay_on_this_machine)
