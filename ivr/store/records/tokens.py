"""Who may ask the JSON API what: tokens, kept as hashes, each good for one hotline and one role."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ivr.store.records.database import create_tables, guard
from ivr.store.records.schema import metadata

Role = Literal["agent", "supervisor", "admin"]
ROLES: tuple[Role, ...] = ("agent", "supervisor", "admin")
"""Each may what the one before it may, and more."""

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("hotline", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("id", sa.String(16), nullable=False, unique=True),
    sa.Column("hash", sa.String(64), nullable=False, comment="SHA-256 of the secret, which stands nowhere"),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("agent", sa.Text, nullable=False),
    sa.Column("made_at", sa.Double, nullable=False),
    sa.Column("until", sa.Double),
)

BEGINS = "ivr"
NOBODY = hashlib.sha256(b"").hexdigest()
"""No secret has this hash: secrets are never empty."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a token may. Times are seconds since 1970."""

    name: str
    hotline: str
    """The one hotline it is good for."""
    role: Role
    agent: str
    """Whose it is; empty but for the role agent."""
    made_at: float
    until: float | None = None
    """Good until then; None: until it is ended."""


class TokenBook:
    """Every method raises RecordsDown when the database does not answer."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._tables_made = False

    def add(self, token: Token) -> str | None:
        """The secret of a new token, told this once; None where the hotline has one of that name already.

        The secret has 256 random bits, so a plain hash of it tells nobody anything.
        """
        identity, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
        row = {
            "hotline": token.hotline,
            "name": token.name,
            "id": identity,
            "hash": _hash(secret),
            "role": token.role,
            "agent": token.agent,
            "made_at": token.made_at,
            "until": token.until,
        }
        with guard():
            self._make_table()
            try:
                with self.engine.begin() as connection:
                    connection.execute(sa.insert(tokens).values(**row))
            except IntegrityError:
                return None
        return f"{BEGINS}_{identity}_{secret}"

    def find(self, shown: str, *, now: float) -> Token | None:
        """Whose secret this is; None for nobody's, and for one whose time is over."""
        begins, _, rest = shown.partition("_")
        identity, _, secret = rest.partition("_")
        if begins != BEGINS or not _could_be(identity) or not secret:
            return None
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                row = connection.execute(sa.select(tokens).where(tokens.c.id == identity)).one_or_none()
        same = hmac.compare_digest(_hash(secret), NOBODY if row is None else str(row.hash))
        if row is None or not same or (row.until is not None and row.until <= now):
            return None
        return _token(row)

    def all(self, hotline: str) -> Sequence[Token]:
        """By name; those whose time is over, too."""
        query = sa.select(tokens).where(tokens.c.hotline == hotline).order_by(tokens.c.name)
        with guard():
            self._make_table()
            with self.engine.connect() as connection:
                return [_token(row) for row in connection.execute(query)]

    def end(self, hotline: str, name: str) -> bool:
        """It is good for nothing from now on; False where there is none of that name."""
        gone = sa.delete(tokens).where(tokens.c.hotline == hotline, tokens.c.name == name)
        with guard():
            self._make_table()
            with self.engine.begin() as connection:
                return bool(connection.execute(gone).rowcount)

    def _make_table(self) -> None:
        if not self._tables_made:
            create_tables(self.engine)
            self._tables_made = True


def _token(row: Any) -> Token:
    return Token(row.name, row.hotline, row.role, row.agent, row.made_at, row.until)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _could_be(identity: str) -> bool:
    return len(identity) == 16 and identity.isascii() and identity.isalnum()
