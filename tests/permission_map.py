"""Who may use every address of the product: one row for each route and method. test_permissions.py tries them all.

A route without a row fails the build. To add yours, append to the list it belongs to in permission_rows/:

    Row("programme-detail", "GET", Ability.VIEW, lambda w: {"programme_id": w.programme.pk}),
    Row("programme-delete", "POST", Ability.EDIT, lambda w: {"programme_id": w.programme.pk}, data={"sure": "yes"}),

Who may: ANYONE (no account needed), SIGNED_IN (any account), or an Ability, held in the organisation that owns the
thing (`owner`: the authority unless you say "provider"). Whoever may gets one of the `answers` (200 or a redirect
unless you say otherwise), whoever is not signed in is sent to sign in, everybody else gets 404. `confirmed=True` says
that the page asks for the password again. Things to point at live in permission_world.py: add a cached property that
makes yours.
"""

from tests.permission_rows import (
    benches,
    consultations,
    designs,
    drafts,
    editions,
    market,
    measures,
    panels,
    people,
    price_marks,
    procurements,
    rooms,
    runs,
    statements,
    surveys,
)

SUBJECTS = (
    benches,
    consultations,
    designs,
    people,
    drafts,
    editions,
    market,
    measures,
    panels,
    price_marks,
    procurements,
    rooms,
    runs,
    statements,
    surveys,
)
ROWS = [row for subject in SUBJECTS for row in subject.ROWS]
