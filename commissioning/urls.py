"""The project's root addresses."""

from allauth.account import views as account_views
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, include, path, re_path

from commissioning.views import (
    accounts,
    case_evidence,
    cases,
    health,
    invitations,
    kept_texts,
    memberships,
    organisations,
    pathways,
    procurements,
    public,
    published_cases,
    runs,
)

# The parts of allauth that we use, one by one; what is not named here cannot be reached.
account_addresses: list[URLPattern | URLResolver] = [
    path("account/", accounts.account, name="account"),
    path("account/sign-in/", account_views.login, name="account_login"),
    path("account/sign-out/", account_views.logout, name="account_logout"),
    path("account/closed/", account_views.account_inactive, name="account_inactive"),
    path("account/confirm/", account_views.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account_views.password_change, name="account_change_password"),
    path("account/forgotten/", account_views.password_reset, name="account_reset_password"),
    path("account/forgotten/sent/", account_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^account/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/forgotten/done/",
        account_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/second-factor/", second_factor.index, name="mfa_index"),
    path("account/second-factor/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("account/second-factor/confirm/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.live, name="health-live"),
    path("readyz", health.ready, name="health-ready"),
    path("", public.home, name="home"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("privacy/", public.privacy, name="privacy"),
    path("cookies/", public.cookies, name="cookies"),
    path("how-figures-are-made/", public.figures, name="figures"),
    *account_addresses,
    path("programmes/<uuid:programme_id>/pathway/", pathways.detail, name="pathway-detail"),
    path("programmes/<uuid:programme_id>/case/", cases.detail, name="case-detail"),
    path("programmes/<uuid:programme_id>/case/conclusion/", cases.conclusion, name="case-conclusion"),
    path("programmes/<uuid:programme_id>/case/publish/", published_cases.create, name="published-case-create"),
    path("programmes/<uuid:programme_id>/case/withdraw/", published_cases.withdraw, name="published-case-withdraw"),
    path("programmes/<uuid:programme_id>/case/<slug:question>/", cases.question, name="case-question"),
    path(
        "programmes/<uuid:programme_id>/case/<slug:question>/evidence/",
        case_evidence.create,
        name="case-evidence-create",
    ),
    path("case-evidence/<uuid:evidence_id>/file/", case_evidence.download, name="case-evidence-download"),
    path("case-evidence/<uuid:evidence_id>/remove/", case_evidence.remove, name="case-evidence-remove"),
    path("cases/", published_cases.index, name="published-case-list"),
    path("cases/<uuid:case_id>/", published_cases.detail, name="published-case"),
    path("cases/<uuid:case_id>/case.json", published_cases.download, name="published-case-download"),
    path("runs/<uuid:run_id>/status/", runs.status, name="run-status"),
    path("runs/<uuid:run_id>/cancel/", runs.cancel, name="run-cancel"),
    path("kept-texts/", kept_texts.keep, name="kept-text-keep"),
    path("kept-texts/throw-away/", kept_texts.throw_away, name="kept-text-throw-away"),
    path("organisations/", organisations.index, name="organisation-list"),
    path("organisations/<uuid:organisation_id>/", organisations.detail, name="organisation-detail"),
    path("organisations/<uuid:organisation_id>/notices/", procurements.authority, name="authority-details"),
    path("organisations/<uuid:organisation_id>/audit-log/", organisations.audit_log, name="audit-log"),
    path("organisations/<uuid:organisation_id>/invite/", invitations.create, name="invitation-create"),
    path("invitations/<uuid:invitation_id>/withdraw/", invitations.withdraw, name="invitation-withdraw"),
    path("join/<str:token>/", invitations.accept, name="invitation-accept"),
    path("memberships/<uuid:membership_id>/role/", memberships.change_role, name="membership-change-role"),
    path("memberships/<uuid:membership_id>/remove/", memberships.remove, name="membership-remove"),
    path("", include("tariffs.urls")),
    path("", include("markets.urls")),
]

handler404 = "commissioning.views.kept_texts.gone"
