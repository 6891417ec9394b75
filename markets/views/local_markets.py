"""The page of a programme's local market: where it looks for providers, for whom, and how many there are."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.views.requests import SignedInRequest
from markets import queries, services
from markets.core import areas as places
from markets.forms.local_markets import LocalMarketForm


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    allowed = commissioning_queries.programmes
    mine = allowed.visible_to(request.user) if request.method == "GET" else allowed.editable_by(request.user)
    programme = get_object_or_404(mine.select_related("organisation"), pk=programme_id)
    areas, served = queries.registers.sought(programme)
    groups = list(programme.groups.all())
    chosen = {f"group-{group.pk}": [str(code) for code in served.get(group.key, ())] for group in groups}
    initial = {"areas": "\n".join(places.names_of(areas)), **chosen}
    posted = request.POST if request.method == "POST" else None
    form = LocalMarketForm(posted, groups=groups, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.local_markets.choose(programme=programme, by=request.user, **form.chosen())
        messages.success(request, "Saved. Capacity and comparisons of designs look here from now on.")
        return redirect("local-market", programme.pk)
    context = {
        "programme": programme,
        "form": form,
        "areas": places.names_of(areas),
        "picture": queries.local_markets.picture(programme),
        "sources": queries.profiles.sources([*queries.providers.editions(), "places"]),
        "may_edit": allowed.editable_by(request.user).filter(pk=programme_id).exists(),
    }
    return render(request, "markets/local_markets/detail.html", context)
