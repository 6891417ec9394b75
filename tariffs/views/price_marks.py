"""Pages of prices whose measure changed: what it said and says, and saying that a price is still right."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from commissioning import queries as commissioning_queries
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.models.measure_bases import LONGEST_NOTE

ON_A_PAGE = 25


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    allowed = commissioning_queries.programmes
    programme = get_object_or_404(allowed.visible_to(request.user), pk=programme_id)
    marks = queries.price_marks.marks(programme)
    context = {
        "programme": programme,
        "number": len(marks),
        "page": Paginator(marks, ON_A_PAGE).get_page(request.GET.get("page")),
        "looks": queries.price_marks.looks(programme)[:ON_A_PAGE],
        "longest": LONGEST_NOTE,
        "may_edit": allowed.editable_by(request.user).filter(pk=programme_id).exists(),
    }
    return render(request, "tariffs/price_marks/index.html", context)


@login_required
@require_POST
def look(request: SignedInRequest, basis_id: UUID, line_id: UUID) -> HttpResponse:
    """Say that a price is still right."""
    basis = get_object_or_404(queries.price_marks.bases_editable_by(request.user), pk=basis_id)
    note, seen = request.POST.get("note", "").strip()[:LONGEST_NOTE], request.POST.get("seen", "")
    try:
        services.measure_bases.look(basis=basis, line=line_id, seen=seen, note=note.replace("\0", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The price is looked at, and its mark is gone until the measure changes again.")
    return redirect("price-mark-list", basis.programme_id)
