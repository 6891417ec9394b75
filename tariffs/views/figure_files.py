"""One picture's figures as a file."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse

from commissioning.core.tables import Table, as_csv
from tariffs.charts import Chart


def csv_of(drawn: Iterable[Chart], key: str) -> HttpResponse:
    """Give the table of the picture with this key as CSV; there is no page where there is no such picture."""
    found = next((picture for picture in drawn if picture.key == key), None)
    if found is None:
        raise Http404
    return csv_table(found.table, key)


def csv_table(table: Table, key: str) -> HttpResponse:
    """Give a table as CSV under a name."""
    response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return response
