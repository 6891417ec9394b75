"""The stage: temporary tables that one import fills by COPY and that vanish with its session."""

import io
from collections import defaultdict
from typing import Any

from django.db import connection

from markets.sources.staged import TABLES, Row, Value

#: Rows held before they are sent on: a few megabytes at most.
MOST_HELD = 5_000
#: What merges make of the stage.
MERGED = ("base", "merged")
_TRUTHS = {True: "t", False: "f", None: r"\N"}


class Stage:
    """Rows on their way in. Nothing here is kept: what merges reads from it goes in, in one transaction."""

    def __init__(self) -> None:
        self._held: dict[str, list[str]] = defaultdict(list)
        drop()
        with connection.cursor() as cursor:
            for name, columns in TABLES.items():
                kinds = ", ".join(f"{column} {kind}" for column, kind in columns.items())
                cursor.execute(f"CREATE TEMPORARY TABLE stage_{name} ({kinds})")

    def add(self, row: Row) -> None:
        """Take a row."""
        held = self._held[row.table]
        held.append("\t".join(map(_written, row.values)))
        if len(held) >= MOST_HELD:
            self._send(row.table)

    def finish(self) -> None:
        """Send what is still held, and let the database know what it has."""
        for table in list(self._held):
            self._send(table)
        with connection.cursor() as cursor:
            for table in self._held:
                cursor.execute(f"ANALYZE stage_{table}")

    def _send(self, table: str) -> None:
        text = io.StringIO("\n".join([*self._held[table], ""]))
        self._held[table] = []
        with connection.cursor() as cursor:
            copy: Any = cursor.copy_expert
            copy(f"COPY stage_{table} FROM STDIN", text)


def drop() -> None:
    """Remove the stage, also one that somebody else left in this session."""
    with connection.cursor() as cursor:
        for name in (*TABLES, *MERGED):
            cursor.execute(f"DROP TABLE IF EXISTS stage_{name}")


def _written(value: Value) -> str:
    if type(value) is str:
        return value.replace("\\", "\\\\") if "\\" in value else value
    if value is None or value is True or value is False:
        return _TRUTHS[value]
    return str(value)
