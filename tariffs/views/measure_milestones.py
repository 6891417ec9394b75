"""Pages that take an agreed measure into the tariff: as a new milestone, or under the prices of the step it is at."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from commissioning import queries as commissioning_queries
from commissioning.models import MeasureCard
from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.forms.measure_milestones import MeasureMilestoneForm, milestone_form

LIST = {"list_route": "measure-list", "list_name": "Measures"}


def _form(request: SignedInRequest, card: MeasureCard) -> MeasureMilestoneForm:
    groups = list(card.programme.groups.order_by("place"))
    others = queries.milestones.in_order(card.programme)
    return milestone_form(groups)(typed(request), by=request.user, card=card, groups=groups, others=others)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    card = get_object_or_404(commissioning_queries.measures.editable_by(request.user), pk=measure_id)
    if not queries.price_marks.of_card(card).may_be_made:
        messages.error(request, services.measure_bases.refusal(card))
        return redirect(card)
    form = _form(request, card)
    if request.method == "POST" and form.is_valid():
        make = partial(services.measure_bases.make, card=card, by=request.user)
        form, saved = settle(request, form, lambda: make(values=form.attributes(), baselines=form.baselines()))
        if saved:
            messages.success(request, "It is in the tariff, without a price. Set one in the price grid.")
            return redirect(card)
    context = {"form": form, "card": card, "programme": card.programme, "here": str(card), **LIST}
    return render(request, "tariffs/measure_milestones/create.html", context, status=status_of(form))


@login_required
@require_POST
def rest(request: SignedInRequest, measure_id: UUID) -> HttpResponse:
    """Let the prices of the step at which a card stands rest on it."""
    card = get_object_or_404(commissioning_queries.measures.editable_by(request.user), pk=measure_id)
    try:
        services.measure_bases.rest(card=card, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The prices of this step rest on the measure now. When it changes, they are marked.")
    return redirect(card)
