"""One operation of a database, as the designer declares it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import TextClause, text
from sqlalchemy.exc import SQLAlchemyError

from ivr.connectors.operation import ONCE, Operation


@dataclass(frozen=True, kw_only=True)
class SqlOperation(Operation):
    """One query with `:name` for each value; values are bound, never written into it.

    Read-only unless it `writes`. No row, or a write that changed nothing, means that there is no such thing.
    A write may be tried again after a fault: keep `:once` in a unique column, and end the query with
    `on conflict (once) do update set once = excluded.once returning …`.
    What is declared as a list or a mapping may come as JSON text: `json_group_array(tag)` in SQLite.
    """

    query: str
    """In SQL, with `:name` for each value."""
    writes: bool = False
    """Whether it changes anything."""
    many: bool = False
    """Any number of rows, so `gives` is a list."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.query.strip():
            raise ValueError("query: there is none")
        try:
            used = set(self.statement.compile().params)
        except SQLAlchemyError as error:
            raise ValueError(f"query: {type(error).__name__}") from None
        self.check_names(used, "query")
        if self.shape is None:
            if not self.writes:
                raise ValueError("gives: a query must say what it gives, as in {amount: money}; or it has writes: true")
        elif self.many != (self.shape.item is not None):
            raise ValueError("gives: many: true and a list, as in [{at: date}], go together")
        if ONCE in used and not self.writes:
            raise ValueError("query: :once is for writes; is writes: true missing?")

    @cached_property
    def statement(self) -> TextClause:
        return text(self.query)

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names the query binds."""
        return frozenset(self.statement.compile().params)
