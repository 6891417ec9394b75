"""Addresses of who can deliver, and who is left in ten years."""

from django.urls import URLPattern, URLResolver, path

from .views import capacity_runs, claims, designs, diversity_runs, imports, local_markets, providers

urlpatterns: list[URLPattern | URLResolver] = [
    path("market/", providers.index, name="provider-list"),
    path("market/providers.csv", providers.download, name="provider-list-csv"),
    path("market/own-list/", providers.own_list, name="own-list"),
    path("market/providers/<uuid:provider_id>/", providers.detail, name="provider-detail"),
    path("market/providers/<uuid:provider_id>/figures/<slug:chart>.csv", providers.figures, name="provider-figures"),
    path("market/providers/<uuid:provider_id>/claim/", claims.create, name="claim-create"),
    path("market/claims/", claims.index, name="claim-list"),
    path("market/claims/<uuid:claim_id>/", claims.detail, name="claim-detail"),
    path("market/claims/<uuid:claim_id>/decide/", claims.decide, name="claim-decide"),
    path("market/claims/<uuid:claim_id>/withdraw/", claims.withdraw, name="claim-withdraw"),
    path("market/claims/<uuid:claim_id>/<slug:field>/", claims.correct, name="claim-correct"),
    path("market/claims/<uuid:claim_id>/<slug:field>/take-back/", claims.take_back, name="claim-take-back"),
    path("market/imports/", imports.index, name="import-list"),
    path("market/imports/new/", imports.create, name="import-create"),
    path("market/imports/<uuid:import_id>/", imports.detail, name="import-detail"),
    path("market/imports/<uuid:import_id>/columns/", imports.columns, name="import-columns"),
    path("market/imports/<uuid:import_id>/status/", imports.status, name="import-status"),
    path("market/imports/<uuid:import_id>/cancel/", imports.cancel, name="import-cancel"),
    path("market/imports/<uuid:import_id>/faults.csv", imports.faults, name="import-faults"),
    path("programmes/<uuid:programme_id>/local-market/", local_markets.detail, name="local-market"),
    path("programmes/<uuid:programme_id>/capacity/", capacity_runs.create, name="capacity-run-create"),
    path("capacity-runs/<uuid:run_id>/", capacity_runs.detail, name="capacity-run-detail"),
    path("capacity-runs/<uuid:run_id>/figures/<slug:chart>.csv", capacity_runs.figures, name="capacity-run-figures"),
    path("capacity-runs/<uuid:run_id>/adopt/", capacity_runs.adopt, name="capacity-run-adopt"),
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
