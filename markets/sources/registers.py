"""A provider register from JSON Lines or CSV: told apart by content, read line by line, every fault told."""

import csv
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from markets.core.registers import FORMS, LegalForm, Provider

MOST_ROWS = 200_000
MOST_BYTES = 200_000_000
MOST_LINE = 100_000
MOST_ERRORS = 50
MOST_NAMES = 1_000
MOST_POUNDS = 1e12
COLUMNS = (
    "id", "name", "legal_form", "income", "expenditure", "free_reserves", "year_registered", "groups", "areas",
    "quality", "appetite", "outcomes_experience", "market_income_share",
)  # fmt: skip
REQUIRED = ("id", "legal_form", "income")
_SHOWN = 40
_TRUTHS = {"": False, "false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}
_TEXTS = {"id": 100, "name": 300}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowError:
    """One fault: the line of the file, from 1, and the reason."""

    line: int
    reason: str

    def __str__(self) -> str:
        """Give line and reason."""
        return f"line {self.line:,}: {self.reason}"


class RegisterError(ValueError):
    """The file is not a register; `errors` says what is wrong with it, up to a limit."""

    def __init__(self, errors: Iterable[RowError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


class _FaultError(ValueError):
    """What is wrong with one row."""


class _UnreadableError(ValueError):
    """Nothing after this line can be read."""

    def __init__(self, line: int, reason: str) -> None:
        self.fault = RowError(line, reason)
        super().__init__(reason)


def load(file: BinaryIO) -> tuple[Provider, ...]:
    """Read a register, or raise RegisterError with every fault up to the first fifty."""
    providers: dict[str, Provider] = {}
    errors: list[RowError] = []
    try:
        for line, row in _rows(_lines(file)):
            try:
                _add(providers, row)
            except _FaultError as fault:
                errors.append(RowError(line, str(fault)))
            _stop_at_limits(line, providers, errors)
    except _UnreadableError as error:
        errors.append(error.fault)
    if not providers and not errors:
        errors.append(RowError(1, "the file names no provider"))
    if errors:
        raise RegisterError(errors[: MOST_ERRORS + 1])
    return tuple(providers.values())


def _stop_at_limits(line: int, providers: dict[str, Provider], errors: list[RowError]) -> None:
    if len(errors) >= MOST_ERRORS:
        raise _UnreadableError(line, "too many faults; the rest was not read")
    if len(providers) > MOST_ROWS:
        raise _UnreadableError(line, f"a register has at most {MOST_ROWS:,} rows")


def _lines(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Give the lines with their numbers, none held that is too long."""
    size = number = 0
    while line := file.readline(MOST_LINE + 1):
        number, size = number + 1, size + len(line)
        if len(line) > MOST_LINE:
            raise _UnreadableError(number, f"a line has at most {MOST_LINE:,} bytes")
        if size > MOST_BYTES:
            raise _UnreadableError(number, f"a register has at most {MOST_BYTES:,} bytes")
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise _UnreadableError(number, "a byte that is not UTF-8; save the file as UTF-8") from None
        if "\0" in text:
            raise _UnreadableError(number, "a null character, which no text may hold")
        yield number, text


def _rows(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Row | _FaultError]]:
    for number, first in lines:
        if first.strip():
            rest = _chained((number, first), lines)
            yield from _json_rows(rest) if first.lstrip().startswith("{") else _csv_rows(rest)
            return


def _chained(first: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest


def _json_rows(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Row | _FaultError]]:
    for number, text in lines:
        if text.strip():
            yield number, _json_row(text)


def _json_row(text: str) -> Row | _FaultError:
    try:
        row = json.loads(text, parse_constant=_no_number, object_pairs_hook=_object)
    except _FaultError as fault:
        return fault
    except (ValueError, RecursionError):
        return _FaultError("not a JSON object on one line")
    return row if isinstance(row, dict) else _FaultError("not a JSON object on one line")


def _no_number(text: str) -> float:
    raise _FaultError(f"{text} is not a number any sum can use")


def _object(pairs: list[tuple[str, Any]]) -> Row:
    row = dict(pairs)
    if len(row) < len(pairs):
        raise _FaultError("a column is given twice")
    return row


def _csv_rows(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, Row | _FaultError]]:
    at = [1]
    reader = csv.reader(_counted(lines, at), strict=True)
    try:
        columns = [name.strip() for name in next(reader)]
        _check_columns(columns, at[0])
        for cells in reader:
            if cells:
                yield at[0], _csv_row(columns, cells)
    except csv.Error as error:
        raise _UnreadableError(at[0], f"not CSV: {error}") from None


def _counted(lines: Iterator[tuple[int, str]], at: list[int]) -> Iterator[str]:
    """Give the texts, and keep the number of the last one read where the caller sees it."""
    for number, text in lines:
        at[0] = number
        yield text


def _check_columns(columns: list[str], line: int) -> None:
    if len(set(columns)) < len(columns):
        raise _UnreadableError(line, "a column is given twice")
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise _UnreadableError(line, f"no such column: {_shown(unknown[0])}. Allowed are {', '.join(COLUMNS)}")
    if missing := [name for name in REQUIRED if name not in columns]:
        raise _UnreadableError(line, f"the column {missing[0]} is missing")


def _csv_row(columns: list[str], cells: list[str]) -> Row | _FaultError:
    if len(cells) != len(columns):
        return _FaultError(f"{len(cells)} cells where the heading has {len(columns)}")
    return dict(zip(columns, cells, strict=True))


def _add(providers: dict[str, Provider], row: Row | _FaultError) -> None:
    if isinstance(row, _FaultError):
        raise row
    provider = _provider(row)
    if provider.id in providers:
        raise _FaultError(f"id: {_shown(provider.id)} is given twice")
    providers[provider.id] = provider


def _provider(row: Row) -> Provider:
    if unknown := [name for name in row if name not in COLUMNS]:
        raise _FaultError(f"no such column: {_shown(unknown[0])}")
    return Provider(
        id=_text(row, "id"),
        name=_text(row, "name"),
        legal_form=_legal_form(row),
        income=_required_number(row, "income"),
        expenditure=_number(row, "expenditure", MOST_POUNDS),
        free_reserves=_number(row, "free_reserves", MOST_POUNDS),
        year_registered=_year(row),
        groups=_names(row, "groups"),
        areas=_names(row, "areas"),
        quality=_number(row, "quality", 1.0),
        appetite=_number(row, "appetite", 1.0),
        outcomes_experience=_truth(row),
        market_income_share=_number(row, "market_income_share", 1.0) or 0.0,
    )


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    text = "" if value is None else value.strip() if isinstance(value, str) else str(value)
    if isinstance(value, bool | list | dict | float) or len(text) > _TEXTS[column] or not _is_plain(text):
        raise _FaultError(f"{column}: found {_shown(value)}; allowed is text of at most {_TEXTS[column]} characters")
    if column in REQUIRED and not text:
        raise _FaultError(f"{column}: is empty")
    return text


def _is_plain(text: str) -> bool:
    """Tell whether a text can be kept and shown: no null character, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _legal_form(row: Row) -> LegalForm:
    value = row.get("legal_form")
    text = value.strip().lower() if isinstance(value, str) else value
    if text not in [form.value for form in FORMS]:
        raise _FaultError(f"legal_form: found {_shown(value)}; allowed are {', '.join(FORMS)}")
    return LegalForm(text)


def _required_number(row: Row, column: str) -> float:
    value = _number(row, column, MOST_POUNDS)
    if value is None:
        raise _FaultError(f"{column}: is empty")
    return value


def _number(row: Row, column: str, most: float) -> float | None:
    value = row.get(column)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    number = _as_float(value)
    if not 0 <= number <= most:
        raise _FaultError(f"{column}: found {_shown(value)}; allowed is a number from 0 to {most:,.0f}")
    return number


def _as_float(value: Any) -> float:
    """Read a number; what is none is not a number, which no limit allows."""
    if isinstance(value, bool | list | dict):
        return math.nan
    try:
        return float(value) if "_" not in str(value) else math.nan
    except (ValueError, OverflowError):
        return math.nan


def _year(row: Row) -> int | None:
    number = _number(row, "year_registered", 2200)
    if number is not None and (number < 1000 or number % 1):
        shown = _shown(row["year_registered"])
        raise _FaultError(f"year_registered: found {shown}; allowed is a year such as 1998")
    return None if number is None else int(number)


def _names(row: Row, column: str) -> tuple[str, ...]:
    value = row.get(column)
    parts = value.split(";") if isinstance(value, str) else value if value is not None else []
    is_list = isinstance(parts, list) and all(isinstance(part, str) and _is_plain(part) for part in parts)
    if not is_list or len(parts) > MOST_NAMES or any(len(part) > _TEXTS["id"] for part in parts):
        raise _FaultError(f"{column}: found {_shown(value)}; allowed are at most {MOST_NAMES:,} names with ; between")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _truth(row: Row) -> bool:
    value = row.get("outcomes_experience")
    text = "" if value is None else str(value).strip().lower()
    if text not in _TRUTHS:
        raise _FaultError(f"outcomes_experience: found {_shown(value)}; allowed are true and false")
    return _TRUTHS[text]


def _shown(value: Any) -> str:
    """Show what was found, cut and cleaned."""
    text = str(value)[: _SHOWN + 1]
    clean: Callable[[str], str] = lambda letter: letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}"  # noqa: E731
    visible = "".join(clean(letter) for letter in text)
    return f'"{visible if len(visible) <= _SHOWN else visible[: _SHOWN - 1] + "…"}"'
