"""The receipt of a comment: what was received when, its hash, and how to check it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from tariffs import queries

from .consultations import about


@login_required
@require_GET
def detail(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    receipt = get_object_or_404(queries.comments.receipts_of(request.user), pk=receipt_id)
    context = {**about(receipt.comment.consultation), "receipt": receipt, "fields": queries.comments.fields(receipt)}
    return render(request, "tariffs/comments/receipt.html", context)


@login_required
@require_GET
def download(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Give the text exactly as its hash was taken of it."""
    receipt = get_object_or_404(queries.comments.receipts_of(request.user), pk=receipt_id)
    response = HttpResponse(receipt.text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipt-{receipt.pk}.json"'
    return response
