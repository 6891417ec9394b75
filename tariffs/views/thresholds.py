"""Pages of where an authority draws the lines of the rules: all of them, and one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning.permissions import Ability, can
from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.core import feasibility
from tariffs.forms.thresholds import form_for


@login_required
@require_GET
def index(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Show every line as it counts for the authority."""
    organisation = get_object_or_404(queries.thresholds.visible_to(request.user), pk=organisation_id)
    areas = queries.thresholds.areas(organisation)
    context = {
        "organisation": organisation,
        "areas": areas,
        "own": sum(line.is_own for area in areas for rule in area.rules for line in rule.lines),
        "total": sum(len(rule.lines) for area in areas for rule in area.rules),
        "may_edit": can(request.user, Ability.APPROVE, organisation),
    }
    return render(request, "tariffs/thresholds/index.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, organisation_id: UUID, threshold: str) -> HttpResponse:
    """Draw one line."""
    organisation = get_object_or_404(queries.thresholds.drawn_by(request.user), pk=organisation_id)
    if threshold not in feasibility.thresholds():
        raise Http404
    row = queries.thresholds.threshold(organisation, threshold)
    form = form_for(threshold)(typed(request), row=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        change, draw = form.edit(), services.thresholds.draw
        form, saved = settle(
            request, form, lambda: draw(organisation=organisation, key=threshold, edit=change, by=request.user)
        )
        if saved:
            messages.success(request, "The line is saved. It counts in all findings from now on.")
            return redirect("threshold-list", organisation.pk)
    context = {
        "organisation": organisation,
        "rule": queries.thresholds.rule_of(threshold),
        "line": queries.thresholds.line(row),
        "form": form,
    }
    return render(request, "tariffs/thresholds/edit.html", context, status=status_of(form))
