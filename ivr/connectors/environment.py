"""`${NAME}` in a declaration: read from the environment when the connector is opened, and never shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ivr.errors import SettingsError

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def check_variables(text: str, where: str) -> None:
    """Raises ValueError where a `${` is begun and is no variable."""
    if "${" in VARIABLE.sub("", text):
        raise ValueError(f"{where}: a variable of the environment is written ${{NAME}}, with a closing brace")


def filled(text: str, env: Mapping[str, str], where: str) -> str:
    """The text with its variables filled in. Raises SettingsError, naming the variable."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if not env.get(name):
            raise SettingsError(
                f"{where} needs the environment variable {name}, which is not set; for example {name}=…"
            )
        return env[name]

    return VARIABLE.sub(value, text)
