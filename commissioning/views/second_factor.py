"""Outside a demonstration nobody gets past the door with a password alone."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

# What a person without a second factor may still open: the way to get one, and the way out.
STILL_OPEN = {"mfa_activate_totp", "account_reauthenticate", "account_logout"}


class SecondFactorMiddleware:
    """Send a signed-in person without a second factor to set one up; everything else stays shut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if settings.DEMO or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        # Pages that anyone may read stay readable; home is where one lands after signing in, so it leads on.
        for_anyone = not getattr(view, "login_required", True) and name != "home"
        if for_anyone or name in STILL_OPEN or is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return None
        return redirect("mfa_activate_totp")
