"""What a database that is there already lacks, or has too much of: an earlier release made it, or somebody else."""

from __future__ import annotations

import sqlalchemy as sa

from ivr.errors import RecordsDown
from ivr.store.records.schema import metadata

LEFT_OVER = {"calls": ("calls_caller",), "events": ("events_call",)}
"""Indexes of earlier releases that only cost by now."""


def must_be_ours(connection: sa.Connection) -> None:
    """Before anything is made there. Raises RecordsDown where a table of such a name lacks what each row of ours needs,
    and has needed since the first release."""
    there = sa.inspect(connection)
    for name in sorted({*there.get_table_names()} & {*metadata.tables}):
        known = {column["name"] for column in there.get_columns(name)}
        needed = {column.name for column in metadata.tables[name].columns if not column.nullable}
        if lacking := sorted(needed - known):
            raise RecordsDown(
                f"the database has a table {name!r} that ivr has not made: it has no column {lacking[0]!r}. Nothing was"
                " changed; give ivr a database of its own with --database"
            )


def bring_up_to_date(connection: sa.Connection) -> None:
    """Add the columns, which may be empty, and indexes that came later, and drop the indexes that went."""
    there = sa.inspect(connection)
    for table in metadata.sorted_tables:
        known = {column["name"] for column in there.get_columns(table.name)}
        for column in table.columns:
            if column.name not in known:
                written = sa.schema.CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {written}")
        made = {index["name"] for index in there.get_indexes(table.name)}
        for index in table.indexes:
            if index.name not in made:
                index.create(connection)
        for name in LEFT_OVER.get(table.name, ()):
            if name in made:
                connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")
