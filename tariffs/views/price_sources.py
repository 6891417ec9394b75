"""The page that says where a price comes from."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.price_sources import PriceSourceForm


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, line_id: UUID) -> HttpResponse:
    """Say where the price of one line comes from."""
    line = get_object_or_404(queries.price_lines.editable_by(request.user), pk=line_id)
    form = PriceSourceForm(typed(request), row=line, by=request.user)
    if request.method == "POST" and form.is_valid():
        edit = form.edit()
        form, saved = settle(
            request, form, lambda: services.price_lines.change_source(line=line, edit=edit, by=request.user)
        )
        if saved:
            messages.success(request, "The source of the price is saved.")
            return redirect(f"{line.tariff.get_absolute_url()}#{line.anchor}")
    context = {"form": form, "line": line, "tariff": line.tariff, "programme": line.tariff.programme}
    return render(request, "tariffs/price_sources/edit.html", context, status=status_of(form))
