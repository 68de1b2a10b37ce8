"""Business data: each connector is declared in hotline.yaml, checked when it is read, and opened by the app.

    CONNECTORS["sql"]                the declaration of a kind, a frozen dataclass of what the designer writes
    open(declared, home=…, env=…)    a live one: `.look_up(operation, arguments, once)` and `.close()`
    runner.Runner                    runs look-ups beside the turn; implements the port `Lookups`

An answer is plain data of the declared shape. Trouble of the provider is an event, never an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ivr.connectors.http import HttpConnector as HttpConnector  # each kind registers itself where it is written
from ivr.connectors.registry import CONNECTORS as CONNECTORS
from ivr.connectors.registry import Connector as Connector
from ivr.connectors.registry import OpenConnector as OpenConnector
from ivr.connectors.sql import SqlConnector as SqlConnector


def open(declared: Connector, *, home: Path, env: Mapping[str, str], name: str = "connector") -> OpenConnector:
    """Bring a declared connector to life; nothing is connected before the first look-up.

    `home` is the hotline's folder, `env` what `${NAME}` is read from, `name` stands in messages and logs.
    Raises SettingsError, naming what is missing.
    """
    return declared.open(home=home, env=env, name=name)
