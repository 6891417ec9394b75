"""Addresses of who can deliver, and who is left in ten years."""

from django.urls import URLPattern, URLResolver, path

from .views import designs, diversity_runs

urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/<uuid:programme_id>/designs/", designs.index, name="design-list"),
    path("programmes/<uuid:programme_id>/designs/new/", designs.add_design, name="design-create"),
    path("programmes/<uuid:programme_id>/designs/<uuid:design_id>/", designs.edit_design, name="design-edit"),
    path(
        "programmes/<uuid:programme_id>/designs/<uuid:design_id>/remove/", designs.remove_design, name="design-remove"
    ),
    path("programmes/<uuid:programme_id>/letting/", designs.letting, name="letting-edit"),
    path("programmes/<uuid:programme_id>/lots/new/", designs.add_lot, name="lot-create"),
    path("programmes/<uuid:programme_id>/lots/<uuid:lot_id>/", designs.edit_lot, name="lot-edit"),
    path("programmes/<uuid:programme_id>/lots/<uuid:lot_id>/remove/", designs.remove_lot, name="lot-remove"),
    path("programmes/<uuid:programme_id>/designs/compare/", diversity_runs.create, name="diversity-run-create"),
    path("design-runs/<uuid:run_id>/", diversity_runs.detail, name="diversity-run-detail"),
    path("design-runs/<uuid:run_id>/figures/<slug:chart>.csv", diversity_runs.figures, name="diversity-run-figures"),
    path("design-runs/<uuid:run_id>/record.json", diversity_runs.download, name="diversity-run-download"),
]
