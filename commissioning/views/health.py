"""Answers to whoever watches the server: does it live, can it work."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answer without the database: restarting this process would not bring that back."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Answer whether pages can be served now."""
    try:
        connection.ensure_connection()
        ready = connection.is_usable()
    except DatabaseError:
        ready = False
    text, status = ("ready\n", 200) if ready else ("no database\n", 503)
    return HttpResponse(text, content_type="text/plain", status=status)
