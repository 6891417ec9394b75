"""Who may use every address of the product: one row for each route and method. test_permissions.py tries them all.

A route without a row fails the build. To add yours, append to ROWS:

    Row("programme-detail", "GET", Ability.VIEW, lambda w: {"programme_id": w.programme.pk}),
    Row("programme-delete", "POST", Ability.EDIT, lambda w: {"programme_id": w.programme.pk}, data={"sure": "yes"}),

Who may: ANYONE (no account needed), SIGNED_IN (any account), or an Ability, held in the organisation that owns the
thing (`owner`: the authority unless you say "provider"). Whoever may gets one of the `answers` (200 or a redirect
unless you say otherwise), whoever is not signed in is sent to sign in, everybody else gets 404. `confirmed=True` says
that the page asks for the password again. Things to point at live in permission_world.py: add a cached property that
makes yours.
"""

from commissioning.permissions import Ability
from tests.permission_world import (
    ANYONE,
    SIGNED_IN,
    Row,
    of_archetype,
    of_authority,
    of_case_evidence,
    of_concluded_programme,
    of_evidence,
    of_finished_run,
    of_group,
    of_membership,
    of_milestone,
    of_programme,
    of_provider,
    of_provider_membership,
    of_published_case,
    of_question,
    of_step,
    of_tariff,
    of_waiting_run,
)

RESET_LINK = {"uidb36": "1", "key": "no-such-key"}
MANAGE, AUDIT = Ability.MANAGE_MEMBERS, Ability.READ_AUDIT_LOG

PUBLIC = [
    Row("home", "GET", ANYONE, answers=(200,)),
    Row("accessibility", "GET", ANYONE, answers=(200,)),
    Row("privacy", "GET", ANYONE, answers=(200,)),
    Row("cookies", "GET", ANYONE, answers=(200,)),
    Row("figures", "GET", ANYONE, answers=(200,)),
    Row("health-live", "GET", ANYONE, answers=(200,)),
    Row("health-ready", "GET", ANYONE, answers=(200,)),
]

SIGNING_IN = [
    Row("account_login", "GET", ANYONE),
    Row("account_login", "POST", ANYONE, data={"login": "nobody@example.org", "password": "wrong"}),
    Row("account_logout", "GET", ANYONE),
    Row("account_logout", "POST", ANYONE),
    Row("account_inactive", "GET", ANYONE, answers=(200,)),
    Row("account_reset_password", "GET", ANYONE),
    Row("account_reset_password", "POST", ANYONE, data={"email": "nobody@example.org"}),
    Row("account_reset_password_done", "GET", ANYONE, answers=(200,)),
    Row("account_reset_password_from_key", "GET", ANYONE, lambda _w: RESET_LINK),
    Row("account_reset_password_from_key", "POST", ANYONE, lambda _w: RESET_LINK),
    Row("account_reset_password_from_key_done", "GET", ANYONE, answers=(200,)),
    # Without a password just given there is nobody to ask for a code, so it sends to sign in.
    Row("mfa_authenticate", "GET", ANYONE, answers=(302,)),
    Row("mfa_authenticate", "POST", ANYONE, answers=(302,)),
]

OWN_ACCOUNT = [
    Row("account", "GET", SIGNED_IN),
    Row("account_reauthenticate", "GET", SIGNED_IN),
    Row("account_reauthenticate", "POST", SIGNED_IN, data={"password": "wrong"}),
    Row("account_change_password", "GET", SIGNED_IN),
    Row("account_change_password", "POST", SIGNED_IN),
    Row("kept-text-keep", "POST", SIGNED_IN, data={"path": "/somewhere/", "name": "Typed"}, answers=(200,)),
    Row("kept-text-throw-away", "POST", SIGNED_IN, data={"path": "/somewhere/"}, answers=(302,)),
    Row("mfa_index", "GET", SIGNED_IN),
    Row("mfa_reauthenticate", "GET", SIGNED_IN),
    Row("mfa_reauthenticate", "POST", SIGNED_IN),
    Row("mfa_activate_totp", "GET", SIGNED_IN, confirmed=True),
    Row("mfa_activate_totp", "POST", SIGNED_IN, confirmed=True),
    # These speak of a second factor, which the cast does not have: 404 for all. The journeys use them for real.
    Row("mfa_deactivate_totp", "GET", SIGNED_IN, answers=(404,)),
    Row("mfa_deactivate_totp", "POST", SIGNED_IN, answers=(404,)),
    Row("mfa_view_recovery_codes", "GET", SIGNED_IN, answers=(404,)),
    Row("mfa_download_recovery_codes", "GET", SIGNED_IN, answers=(404,)),
    Row("mfa_generate_recovery_codes", "GET", SIGNED_IN, confirmed=True),
    Row("mfa_generate_recovery_codes", "POST", SIGNED_IN, confirmed=True),
]

MEMBERS = [
    Row("organisation-list", "GET", SIGNED_IN),
    Row("organisation-detail", "GET", Ability.VIEW, of_authority),
    Row("organisation-detail", "GET", Ability.VIEW, of_provider, owner="provider"),
    Row("audit-log", "GET", AUDIT, of_authority),
    Row("audit-log", "GET", AUDIT, of_provider, owner="provider"),
    Row("invitation-create", "GET", MANAGE, of_authority, confirmed=True),
    Row("invitation-create", "GET", MANAGE, of_provider, owner="provider", confirmed=True),
    Row(
        "invitation-create",
        "POST",
        MANAGE,
        of_authority,
        data={"email": "someone@example.org", "role": "viewer"},
        confirmed=True,
        answers=(302,),
    ),
    Row("invitation-withdraw", "POST", MANAGE, lambda w: {"invitation_id": w.invitation.pk}, answers=(302,)),
    Row("invitation-accept", "GET", ANYONE, lambda w: {"token": w.invited}, answers=(200,)),
    Row("invitation-accept", "POST", ANYONE, lambda w: {"token": w.invited}, answers=(200,)),
    Row("membership-change-role", "GET", MANAGE, of_membership, confirmed=True),
    Row("membership-change-role", "GET", MANAGE, of_provider_membership, owner="provider", confirmed=True),
    Row(
        "membership-change-role",
        "POST",
        MANAGE,
        of_membership,
        data={"role": "viewer"},
        confirmed=True,
        answers=(302,),
    ),
    Row("membership-remove", "GET", MANAGE, of_membership, confirmed=True),
    Row("membership-remove", "POST", MANAGE, of_membership, confirmed=True, answers=(302,)),
]

PROGRAMMES = [
    Row("programme-list", "GET", SIGNED_IN),
    # Whoever may not make a programme anywhere is told so on the page.
    Row("programme-create", "GET", SIGNED_IN),
    Row("programme-create", "POST", SIGNED_IN, data={"text": "{}"}, answers=(200,)),
    Row("programme-start", "GET", SIGNED_IN),
    Row("programme-new", "GET", SIGNED_IN),
    Row("programme-new", "POST", SIGNED_IN, answers=(200,)),
    Row("programme-from-example", "GET", SIGNED_IN, lambda _w: {"example": "work-programme"}),
    Row("programme-from-example", "POST", SIGNED_IN, lambda _w: {"example": "peterborough"}, answers=(200,)),
    Row("details-edit", "GET", Ability.EDIT, of_programme),
    Row("details-edit", "POST", Ability.EDIT, of_programme),
    Row("uncertainty-edit", "GET", Ability.EDIT, of_programme),
    Row("uncertainty-edit", "POST", Ability.EDIT, of_programme),
    Row("archetype-list", "GET", Ability.VIEW, of_programme),
    Row("archetype-create", "GET", Ability.EDIT, of_programme),
    Row("archetype-create", "POST", Ability.EDIT, of_programme),
    Row("archetype-edit", "GET", Ability.EDIT, of_archetype),
    Row("archetype-edit", "POST", Ability.EDIT, of_archetype),
    Row("archetype-remove", "GET", Ability.EDIT, of_archetype),
    Row("archetype-remove", "POST", Ability.EDIT, of_archetype, answers=(302,)),
    Row("programme-example", "GET", ANYONE, answers=(200,)),
    Row("programme-schema", "GET", ANYONE, answers=(200,)),
    Row("programme-detail", "GET", Ability.VIEW, of_programme),
    Row("programme-download", "GET", Ability.VIEW, of_programme),
    Row("programme-export", "GET", Ability.VIEW, of_programme),
    Row("programme-export-csv", "GET", Ability.VIEW, of_programme),
    Row("programme-export-xlsx", "GET", Ability.VIEW, of_programme),
    Row("programme-report", "GET", Ability.VIEW, of_programme),
    Row("programme-report-pdf", "GET", Ability.VIEW, of_programme),
    Row("pathway-detail", "GET", Ability.VIEW, of_programme),
    Row("group-list", "GET", Ability.VIEW, of_programme),
    Row("group-create", "GET", Ability.EDIT, of_programme),
    Row("group-create", "POST", Ability.EDIT, of_programme),
    Row("group-edit", "GET", Ability.EDIT, of_group),
    Row("group-edit", "POST", Ability.EDIT, of_group),
    Row("group-remove", "GET", Ability.EDIT, of_group),
    Row("group-remove", "POST", Ability.EDIT, of_group, answers=(302,)),
    Row("milestone-list", "GET", Ability.VIEW, of_programme),
    Row("milestone-create", "GET", Ability.EDIT, of_programme),
    Row("milestone-create", "POST", Ability.EDIT, of_programme),
    Row("milestone-edit", "GET", Ability.EDIT, of_milestone),
    Row("milestone-edit", "POST", Ability.EDIT, of_milestone),
    Row("milestone-remove", "GET", Ability.EDIT, of_milestone),
    Row("milestone-remove", "POST", Ability.EDIT, of_milestone, answers=(302,)),
    Row("evidence-create", "GET", Ability.EDIT, of_step),
    Row("evidence-create", "POST", Ability.EDIT, of_step),
    Row("evidence-edit", "GET", Ability.EDIT, of_evidence),
    Row("evidence-edit", "POST", Ability.EDIT, of_evidence),
    Row("evidence-remove", "GET", Ability.EDIT, of_evidence),
    Row("evidence-remove", "POST", Ability.EDIT, of_evidence, answers=(302,)),
    Row("programme-prices", "GET", Ability.VIEW, of_programme),
    Row("price-grid", "GET", Ability.VIEW, of_tariff),
    Row("price-grid", "POST", Ability.EDIT, of_tariff),
    Row("price-effects", "POST", Ability.VIEW, of_tariff),
]

CASES = [
    Row("case-detail", "GET", Ability.VIEW, of_programme),
    Row("case-question", "GET", Ability.VIEW, of_question),
    Row(
        "case-question",
        "POST",
        Ability.EDIT,
        of_question,
        data={"was-answer": "unknown", "answer": "yes"},
        answers=(302,),
    ),
    Row("case-evidence-create", "GET", Ability.EDIT, of_question),
    Row(
        "case-evidence-create",
        "POST",
        Ability.EDIT,
        of_question,
        data={"title": "A report", "url": "https://example.org/"},
        answers=(302,),
    ),
    Row("case-evidence-download", "GET", Ability.VIEW, of_case_evidence),
    Row("case-evidence-remove", "GET", Ability.EDIT, of_case_evidence),
    Row("case-evidence-remove", "POST", Ability.EDIT, of_case_evidence, answers=(302,)),
    Row("case-conclusion", "GET", Ability.VIEW, of_programme),
    Row(
        "case-conclusion",
        "POST",
        Ability.EDIT,
        of_programme,
        data={"decision": "use", "reasons": "All is known."},
        answers=(302,),
    ),
    Row("published-case-create", "GET", Ability.APPROVE, of_concluded_programme, confirmed=True),
    Row("published-case-create", "POST", Ability.APPROVE, of_concluded_programme, data={"seen": "x"}, confirmed=True),
    Row("published-case-withdraw", "GET", Ability.APPROVE, of_concluded_programme, confirmed=True),
    Row(
        "published-case-withdraw",
        "POST",
        Ability.APPROVE,
        of_concluded_programme,
        data={"reason": "A mistake"},
        confirmed=True,
        answers=(302,),
    ),
    Row("published-case-list", "GET", ANYONE, answers=(200,)),
    Row("published-case", "GET", ANYONE, of_published_case, answers=(200,)),
    Row("published-case-download", "GET", ANYONE, of_published_case, answers=(200,)),
]

RUNS = [
    Row("incentive-run-list", "GET", Ability.VIEW, of_programme),
    Row("incentive-run-create", "GET", Ability.EDIT, of_programme),
    Row("incentive-run-create", "POST", Ability.EDIT, of_programme, data={"draws": 1024, "seed": 1}, answers=(302,)),
    Row("incentive-run-compare", "GET", Ability.VIEW, of_programme),
    Row("incentive-run-detail", "GET", Ability.VIEW, of_finished_run),
    Row("incentive-run-detail", "GET", Ability.VIEW, of_waiting_run),
    Row("incentive-run-status", "GET", Ability.VIEW, of_waiting_run),
    Row("incentive-run-cancel", "POST", Ability.EDIT, of_waiting_run, answers=(302,)),
    Row(
        "incentive-run-figures",
        "GET",
        Ability.VIEW,
        lambda w: {**of_finished_run(w), "chart": "support"},
    ),
    Row("incentive-run-record", "GET", Ability.VIEW, of_finished_run),
    Row("incentive-run-record-download", "GET", Ability.VIEW, of_finished_run),
    Row("incentive-run-inputs", "GET", Ability.VIEW, of_finished_run),
    Row("incentive-run-repeat", "POST", Ability.EDIT, of_finished_run, answers=(302,)),
    Row("validation", "GET", ANYONE, answers=(200,)),
    Row("worked-example", "GET", ANYONE, answers=(200,)),
    Row("worked-example-figures", "GET", ANYONE, lambda _w: {"chart": "parked"}, answers=(200,)),
]

ROWS = [*PUBLIC, *SIGNING_IN, *OWN_ACCOUNT, *MEMBERS, *PROGRAMMES, *CASES, *RUNS]
