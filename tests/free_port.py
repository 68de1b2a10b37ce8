"""A port for a server that must be told its own before it listens there."""

from __future__ import annotations

import random
import socket

LOWEST, ABOVE = 10_000, 20_000
"""Below the ports that the kernel gives to whoever names none: no connection and no other test's server comes in
between this look and the moment when the server listens."""
BUS = 10_000
"""So far above its port a node of a cluster speaks with the others."""

_chance = random.SystemRandom()  # no two test processes go the same way, whatever seed a test has set


def free_port() -> int:
    """One that is free on loopback, and so is its bus port."""
    while True:
        port = _chance.randrange(LOWEST, ABOVE)
        try:
            with socket.create_server(("127.0.0.1", port)), socket.create_server(("127.0.0.1", port + BUS)):
                return port
        except OSError:
            continue
