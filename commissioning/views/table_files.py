"""A table of figures as a file."""

from django.http import HttpResponse

from commissioning.core.tables import Table, as_csv


def csv_table(table: Table, key: str) -> HttpResponse:
    """Give a table as CSV under a name."""
    response = HttpResponse(as_csv(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    return response
