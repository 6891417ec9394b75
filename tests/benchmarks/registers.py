"""A full-size register: how long it takes to come in, also against a bare COPY, and how quick its pages are."""

import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection
from django.urls import reverse

from . import extracts
from .measures import in_new_process, say

ROUNDS = 3
TARGET_SECONDS, TARGET_MEBIBYTES, TARGET_RATIO = 90.0, 300.0, 3.0
TARGET_MILLISECONDS = 300.0
SEARCHES = {
    "everything": "",
    "an area": "?area=E09000003",
    "an area, a group and a band, by income": "?area=E09000003&who=203&band=medium&order=income",
    "a word of the name": "?q=hope",
    "an official number": "?q=300100",
    "the last page that can be looked at": "?page=400",
}
_IMPORT = """
import json, time, django
django.setup()
from pathlib import Path
from markets.services import imports
from tests.benchmarks.measures import peak_mebibytes
start = time.perf_counter()
done = imports.bring(source="ccew", paths=[Path(path) for path in {paths!r}])
assert done.state == "succeeded", done.message
print(json.dumps([time.perf_counter() - start, peak_mebibytes(), done.rows_read]))
"""


def times(measure: Callable[..., None], ask: Callable[[str], Callable[[int], object]]) -> None:
    """Bring a full-size extract in, several times in turn with a bare COPY, then measure the pages of the register."""
    with tempfile.TemporaryDirectory() as folder:
        charity, part_b, *others = extracts.write(Path(folder))
        _against_a_bare_copy(Path(folder), [charity, part_b])
        _brought_in([charity, part_b, *others])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE markets_provider")
    for words, query in SEARCHES.items():
        measure(f"market, full register: {words}", ask(reverse("provider-list") + query), TARGET_MILLISECONDS)
    measure("market, full register: a provider", ask(_a_provider()), TARGET_MILLISECONDS)


def _against_a_bare_copy(folder: Path, paths: list[Path]) -> None:
    found, bare = [], []
    for _ in range(ROUNDS):
        _empty()
        found.append(_brought_in(paths))
        bare.append(sum(_bare(table, folder) for table in ("markets_provider", "markets_financialyear")))
    ratios = sorted(ours[0] / theirs for ours, theirs in zip(found, bare, strict=True))
    say(
        "a full-size register extract comes in",
        charities=extracts.CHARITIES,
        part_b=extracts.PART_B,
        rows=found[0][2],
        seconds=round(statistics.median(one[0] for one in found), 1),
        target_seconds=TARGET_SECONDS,
        mebibytes=round(max(one[1] for one in found)),
        target_mebibytes=TARGET_MEBIBYTES,
    )
    say(
        "the same against a bare COPY of the same rows into the same tables",
        seconds_of_copy=round(statistics.median(bare), 1),
        ratio=round(statistics.median(ratios), 2),
        ratio_lowest=round(ratios[0], 2),
        ratio_highest=round(ratios[-1], 2),
        target=TARGET_RATIO,
    )


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE markets_provider, markets_financialyear, markets_import CASCADE")


def _brought_in(paths: list[Path]) -> tuple[float, float, int]:
    """Bring files in within a process of its own: seconds, memory and rows."""
    seconds, mebibytes, rows = json.loads(in_new_process(_IMPORT.format(paths=[str(path) for path in paths])))
    return seconds, mebibytes, rows


def _bare(table: str, folder: Path) -> float:
    """Time a COPY of a table's rows into an empty one like it, indexes and all."""
    path = folder / f"{table}.copy"
    with connection.cursor() as cursor:
        columns = ", ".join(_columns(table))
        with path.open("wb") as file:
            cursor.copy_expert(f"COPY (SELECT {columns} FROM {table}) TO STDOUT", file)
        cursor.execute(f"DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE {table} INCLUDING ALL)")
        with path.open("rb") as file:
            start = time.perf_counter()
            cursor.copy_expert(f"COPY bare ({columns}) FROM STDIN", file)
            taken = time.perf_counter() - start
        cursor.execute("DROP TABLE bare")
    return taken


def _columns(table: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        yield from (name for (name,) in cursor.fetchall())


def _a_provider() -> str:
    from markets.models import Provider

    known = Provider.objects.filter(status="registered").exclude(reserves=None)
    return known.order_by("pk")[:1].get().get_absolute_url()
