"""The page of a programme's groups and pathway."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from commissioning import queries


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    programme = get_object_or_404(queries.programmes.visible_to(request.user), pk=programme_id)
    pathway = queries.pathways.pathway(programme, request.GET.get("page", "1"))
    may_edit = queries.programmes.editable_by(request.user).filter(pk=programme_id).exists()
    context = {"programme": programme, "pathway": pathway, "may_edit": may_edit}
    return render(request, "commissioning/pathways/detail.html", context)
