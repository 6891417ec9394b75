"""One picture's figures as a file."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse

from commissioning.views.table_files import csv_table
from tariffs.charts import Chart

__all__ = ["csv_of", "csv_table"]


def csv_of(drawn: Iterable[Chart], key: str) -> HttpResponse:
    """Give the table of the picture with this key as CSV; there is no page where there is no such picture."""
    found = next((picture for picture in drawn if picture.key == key), None)
    if found is None:
        raise Http404
    return csv_table(found.table, key)
