"""Business data from a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ivr.connectors.declaration import Declaration
from ivr.connectors.environment import check_variables, filled
from ivr.connectors.guard import Guard
from ivr.connectors.registry import connector
from ivr.connectors.sql_open import OpenSql, engine_of
from ivr.connectors.sql_operation import SqlOperation


@connector("sql")
@dataclass(frozen=True, kw_only=True)
class SqlConnector(Declaration):
    """Look things up in SQLite or PostgreSQL, by SQLAlchemy.

    billing:
      kind: sql
      url: "sqlite:///company.sqlite"
      operations:
        balance:
          query: "select amount, due from balances where account = :account"
          takes: [account]
          gives: {amount: money, due: date}
          timeout_s: 4
        history:
          query: "select at, intent from contacts where caller = :caller order by at desc limit 50"
          takes: [caller]
          many: true
          gives: [{at: date, intent: text}]
        open_ticket:
          query: >-
            insert into tickets (account, text, once) values (:account, :text, :once)
            on conflict (once) do update set once = excluded.once returning ticket
          writes: true
          takes: [account, text]
          gives: {ticket: text}
    """

    url: str
    """`sqlite:///file` is relative to the hotline's folder; `postgresql+psycopg://…` needs that driver installed."""
    operations: Mapping[str, SqlOperation]
    """What can be looked up there, by name."""
    seed: str | None = None
    """A script beside hotline.yaml that fills a new SQLite file; it may read the day from the table `today(day)`."""
    kind: Literal["sql"] = "sql"
    """Which connector this is."""

    def __post_init__(self) -> None:
        super().__post_init__()
        check_variables(self.url, "url")
        if "${" not in self.url and not self.url.startswith(("sqlite:", "postgresql:", "postgresql+")):
            raise ValueError(f"url: {self.url!r} should begin with sqlite:/// or postgresql+psycopg://")
        if not self.operations:
            raise ValueError("operations: there are none")

    def open(self, *, home: Path, env: Mapping[str, str], name: str) -> OpenSql:
        """Raises SettingsError."""
        where = f"connectors.{name}.url"
        return OpenSql(
            Guard(name, self.operations, fails=self.fails, rest_s=self.rest_s),
            engine_of(filled(self.url, env, where), home, where),
        )
