"""Pages for anyone, signing in, one's own account, organisations and their members."""

from commissioning.permissions import Ability
from tests.permission_world import (
    ANYONE,
    SIGNED_IN,
    Row,
    of_authority,
    of_membership,
    of_provider,
    of_provider_membership,
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

ROWS = [*PUBLIC, *SIGNING_IN, *OWN_ACCOUNT, *MEMBERS]
