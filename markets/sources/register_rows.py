"""A register as the rows of a run's record, and back: what is not known is left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from markets.core.registers import LegalForm, Provider

Row = dict[str, Any]


def to_rows(providers: Iterable[Provider]) -> list[Row]:
    """Write providers as plain values; nothing in reserve is said, and is not the same as unknown."""
    return [{key: _plain(value) for key, value in asdict(each).items() if not _is_unsaid(value)} for each in providers]


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _is_unsaid(value: Any) -> bool:
    return value is None or value is False or value in ("", ())


def from_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[Provider, ...]:
    """Undo `to_rows`."""
    return tuple(_provider(row) for row in rows)


def _provider(row: Mapping[str, Any]) -> Provider:
    given: Row = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Provider(**given | {"legal_form": LegalForm(row["legal_form"])})
