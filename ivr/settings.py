"""What the person who runs the server may decide. Read once, at the start; nothing else reads options or environment.

A value comes from the command line, else from the environment, else from the default written here.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_address
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from ivr.errors import SettingsError
from ivr.loopback import is_loopback

HANDED_DOWN = "IVR_SETTINGS"
"""The variable by which a worker process gets the settings its parent has read."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every field's own sentence is what `ivr serve --help` and the docs print.

    Fields that may hold a password are left out of `repr`.
    """

    hotlines: tuple[Path, ...] = ()
    """Folders of the hotlines to serve."""
    host: str = "127.0.0.1"
    """Address to listen on; 0.0.0.0 lets other machines in."""
    port: int = 8080
    """The one port of webhooks, sockets and pages."""
    public_url: str | None = None
    """How the world reaches this server, as the carrier is told; without it only this machine can call."""
    redis_url: str | None = field(default=None, repr=False)
    """Where calls and lines are kept: redis://host:6379, sentinel://host:26379,host2:26379/service or
    cluster://host:6379; without it a server of our own is started in the data directory."""
    database_url: str | None = field(default=None, repr=False)
    """SQLAlchemy URL of the records; without it a SQLite file in the data directory."""
    data: Path = Path(".ivr")
    """Directory for what is kept between starts: the embedded stores and voicemails."""
    workers: int = 1
    """Processes that answer; calls move freely between them."""
    keep_recordings: int = 90
    """Days that recordings of calls are kept, then they are deleted; messages are kept until you delete them."""
    insecure: bool = False
    """Take unsigned carrier webhooks from this machine itself; for trying out, never for callers."""
    local_line: bool = False
    """Open the line by which `ivr call --server` calls without a carrier."""
    phone: bool = False
    """Serve the browser phone at /phone: whoever reaches the page can call and be anybody."""
    phone_panel: bool = False
    """Show beside the browser phone what was understood, the step and the events: for trying out, not for callers."""
    open_metrics: bool = False
    """Show /metrics to other machines too; it names hotlines and queues, and no caller."""
    twilio_account: str | None = None
    """The Twilio account that rings agents and sends texts."""
    twilio_token: str | None = field(default=None, repr=False)
    """The secret Twilio signs its webhooks with; without it the Twilio channel is off."""
    twilio_api_base: str = "https://api.twilio.com"
    """Where Twilio's REST API is found; another address for tests or a regional edge."""
    log_level: str = "INFO"
    """The least weighty line that is logged: DEBUG, INFO, WARNING or ERROR."""

    @classmethod
    def read(cls, options: Mapping[str, Any], env: Mapping[str, str]) -> Settings:
        """Take `options` (field name -> value; None or empty: not given) and the environment.

        Raises SettingsError, naming the option or variable and a good value.
        """
        found = {name: source.find(options.get(name), env) for name, source in SOURCES.items()}
        settings = cls(**{name: value for name, value in found.items() if value is not None})
        return replace(settings, data=settings.data.absolute())  # workers may start elsewhere

    @property
    def records_url(self) -> str:
        """The SQLAlchemy URL of the records, the default one written out."""
        return self.database_url or f"sqlite:///{self.data / 'records.db'}"

    def to_env(self) -> dict[str, str]:
        """The settings as one environment variable, secrets included, for a worker process."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        values |= {"hotlines": [str(path) for path in self.hotlines], "data": str(self.data)}
        return {HANDED_DOWN: json.dumps(values)}

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """What `to_env` wrote."""
        if HANDED_DOWN not in env:
            raise SettingsError(f"{HANDED_DOWN} is not set; workers are started by `ivr serve`, not by hand")
        values = json.loads(env[HANDED_DOWN])
        values |= {"hotlines": tuple(Path(path) for path in values["hotlines"]), "data": Path(values["data"])}
        return cls(**values)

    @classmethod
    def sentences(cls) -> dict[str, str]:
        """Field name -> its sentence, read from the source above, where it stands beside the field."""
        (body,) = (node.body for node in ast.parse(inspect.getsource(cls)).body if isinstance(node, ast.ClassDef))
        return {
            one.target.id: two.value.value
            for one, two in pairwise(body)
            if isinstance(one, ast.AnnAssign)
            and isinstance(one.target, ast.Name)
            and isinstance(two, ast.Expr)
            and isinstance(two.value, ast.Constant)
            and isinstance(two.value.value, str)
        }


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field's value may come from. `read` raises ValueError with the rest of a sentence."""

    read: Callable[[Any], Any]
    good: str
    """A value to show when a bad one was given."""
    option: str = ""
    env: str = ""
    secret: bool = False

    def find(self, option: Any, env: Mapping[str, str]) -> Any | None:
        """The value from the option, else from the environment, else None."""
        if option not in (None, ()):
            return self._checked(f"{self.option} ", option)
        if self.env and env.get(self.env):  # an empty variable is how compose files say "not set"
            return self._checked(f"{self.env}=", env[self.env])
        return None

    def _checked(self, name: str, value: Any) -> Any:
        try:
            return self.read(value)
        except ValueError as error:
            shown = "…" if self.secret else " ".join(map(str, value)) if isinstance(value, tuple) else value
            raise SettingsError(f"{name}{shown} {error}; for example {name}{self.good}") from None


def _folders(value: Any) -> tuple[Path, ...]:
    paths = tuple(Path(one).absolute() for one in value)
    for path in paths:
        if not (path / "hotline.yaml").is_file():
            raise ValueError(f"is not a hotline: {path} holds no hotline.yaml")
    return paths


def _directory(value: Any) -> Path:
    path = Path(value)
    if path.exists() and not path.is_dir():
        raise ValueError("is a file, not a directory")
    return path


def _host(value: Any) -> str:
    host = str(value).strip("[]")
    if not is_loopback(host):
        try:
            ip_address(host)
        except ValueError:
            raise ValueError("is not an IP address to listen on") from None
    return host


def _between(low: int, high: int, what: str) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if not re.fullmatch(r"\d{1,9}", str(value)) or not low <= int(value) <= high:
            raise ValueError(f"is not {what} from {low} to {high}")
        return int(value)

    return read


def _web_address(value: Any) -> str:
    try:
        parts = urlsplit(str(value))
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a bad port or a bracket left open
        whole = False
    if not whole or parts.query or parts.fragment:
        raise ValueError("is not an address that begins with https:// and has no ? or #")
    if "_" in (parts.hostname or ""):
        raise ValueError("has an underscore in its host name, which Twilio refuses")
    return str(value).rstrip("/")


def _store_address(value: Any) -> str:
    if not re.match(r"(redis|rediss|unix|sentinel|cluster)://.", str(value)):
        raise ValueError("is not a redis://, rediss://, unix://, sentinel:// or cluster:// address")
    return str(value)


def _database_address(value: Any) -> str:
    if not re.match(r"(sqlite|postgresql)(\+\w+)?://", str(value)):
        raise ValueError("is not the address of a SQLite or PostgreSQL database")
    return str(value)


def _account(value: Any) -> str:
    if not re.fullmatch(r"AC[0-9A-Za-z]+", str(value)):
        raise ValueError("is not an account SID: it begins with AC")
    return str(value)


def _token(value: Any) -> str:
    if re.search(r"\s", str(value)):
        raise ValueError("holds a space")
    return str(value)


def _level(value: Any) -> str:
    if str(value).upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ValueError("is not a log level")
    return str(value).upper()


SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "hotlines": Source(_folders, "flows/telecom", option="HOTLINE"),
        "host": Source(_host, "127.0.0.1", "--host", "IVR_HOST"),
        "port": Source(_between(1, 65535, "a port"), "8080", "--port", "IVR_PORT"),
        "public_url": Source(_web_address, "https://hotline.example.com", "--public-url", "IVR_PUBLIC_URL"),
        "redis_url": Source(_store_address, "redis://127.0.0.1:6379/0", "--redis", "REDIS_URL", secret=True),
        "database_url": Source(
            _database_address, "postgresql+psycopg://user@localhost/ivr", "--database", "DATABASE_URL", secret=True
        ),
        "data": Source(_directory, ".ivr", "--data", "IVR_DATA"),
        "workers": Source(_between(1, 64, "a number of processes"), "2", "--workers", "IVR_WORKERS"),
        "keep_recordings": Source(
            _between(1, 36_500, "a number of days"), "90", "--keep-recordings", "IVR_KEEP_RECORDINGS"
        ),
        "insecure": Source(bool, "", "--insecure"),
        "local_line": Source(bool, "", "--local-line"),
        "phone": Source(bool, "", "--phone"),
        "phone_panel": Source(bool, "", "--phone-panel"),
        "open_metrics": Source(bool, "", "--open-metrics"),
        "twilio_account": Source(_account, "AC0123456789abcdef0123456789abcdef", env="TWILIO_ACCOUNT_SID"),
        "twilio_token": Source(_token, "0123456789abcdef0123456789abcdef", env="TWILIO_AUTH_TOKEN", secret=True),
        "twilio_api_base": Source(_web_address, "https://api.twilio.com", env="TWILIO_API_BASE"),
        "log_level": Source(_level, "INFO", "--log-level", "IVR_LOG_LEVEL"),
    }
)
"""Field -> its option, its variable, how it is read. What is unsafe has no variable: it shall be seen when typed."""
