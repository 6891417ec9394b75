"""Addresses of what is paid and what it makes providers do."""

from django.urls import URLPattern, URLResolver, path

from .views import comparisons, incentive_runs, prices, programmes, reports, run_records, validations, worked_examples

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/", programmes.index, name="programme-list"),
    path("programmes/import/", programmes.create, name="programme-create"),
    path("programmes/worked-example.json", programmes.example, name="programme-example"),
    path("programmes/programme.schema.json", programmes.schema, name="programme-schema"),
    path("programmes/<uuid:programme_id>/", programmes.detail, name="programme-detail"),
    path("programmes/<uuid:programme_id>/programme.json", programmes.download, name="programme-download"),
    path("programmes/<uuid:programme_id>/report/", reports.detail, name="programme-report"),
    path("programmes/<uuid:programme_id>/report.pdf", reports.pdf, name="programme-report-pdf"),
    path("programmes/<uuid:programme_id>/prices/", prices.proposed, name="programme-prices"),
    path("tariffs/<uuid:tariff_id>/prices/", prices.grid, name="price-grid"),
    path("tariffs/<uuid:tariff_id>/prices/effects/", prices.effects, name="price-effects"),
    path("programmes/<uuid:programme_id>/runs/", incentive_runs.index, name="incentive-run-list"),
    path("programmes/<uuid:programme_id>/runs/new/", incentive_runs.create, name="incentive-run-create"),
    path("programmes/<uuid:programme_id>/runs/compare/", comparisons.detail, name="incentive-run-compare"),
    path("runs/<uuid:run_id>/", incentive_runs.detail, name="incentive-run-detail"),
    path("runs/<uuid:run_id>/status/", incentive_runs.status, name="incentive-run-status"),
    path("runs/<uuid:run_id>/cancel/", incentive_runs.cancel, name="incentive-run-cancel"),
    path("runs/<uuid:run_id>/figures/<slug:chart>.csv", incentive_runs.figures, name="incentive-run-figures"),
    path("runs/<uuid:run_id>/record/", run_records.detail, name="incentive-run-record"),
    path("runs/<uuid:run_id>/record.json", run_records.download, name="incentive-run-record-download"),
    path("runs/<uuid:run_id>/programme.json", run_records.inputs, name="incentive-run-inputs"),
    path("runs/<uuid:run_id>/repeat/", run_records.repeat, name="incentive-run-repeat"),
    path("worked-example/", worked_examples.detail, name="worked-example"),
    path("worked-example/figures/<slug:chart>.csv", worked_examples.figures, name="worked-example-figures"),
    path("how-figures-are-made/history/", validations.detail, name="validation"),
]
