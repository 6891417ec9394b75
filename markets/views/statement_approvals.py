"""The checks of a statement, sending it for approval, publishing it by a second person, amending and withdrawing it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning.forms.cases import WithdrawalForm
from commissioning.views.requests import SignedInRequest, confirmed
from markets import queries, services
from markets.core import edition_differences
from markets.core import editions as core
from markets.core.statement_checks import Finding
from markets.forms.statement_parts import ApprovalForm, SendBackForm
from markets.models import PositionStatement, PublishedEdition

from .statements import may_edit, statement_for


@login_required
@require_GET
def checks(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    """Say what stops publishing and what should be looked at, each with the page that cures it."""
    statement = statement_for(request, statement_id)
    found = queries.statement_checks.check(queries.statement_drafts.whole(statement))
    context = {
        "statement": statement,
        "checks": found,
        "errors": [(each, _cure(statement, each)) for each in found.errors],
        "warnings": [(each, _cure(statement, each)) for each in found.warnings],
        "may_edit": may_edit(statement),
    }
    return render(request, "markets/statements/checks.html", context)


def _cure(statement: PositionStatement, finding: Finding) -> str:
    """Give the address of the page, and of the field on it, that cures a finding."""
    if finding.page == "consultation":
        return reverse("consultation-list", args=[statement.programme_id])
    if finding.page == "section":
        return reverse("position-statement-section", args=[statement.pk, finding.part])
    return reverse(f"position-statement-{finding.page}", args=[statement.pk]) + (
        f"#id_{finding.part}" if finding.part else ""
    )


@login_required
@require_POST
def send(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = statement_for(request, statement_id)
    said = "It is sent. Another approver of your authority reads it, and approves it or sends it back."
    act = services.statement_approvals.send
    return _decided(request, statement, lambda: act(statement=statement, by=request.user), said)


@login_required
@require_POST
def take_back(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = statement_for(request, statement_id)
    act = services.statement_approvals.take_back
    return _decided(request, statement, lambda: act(statement=statement, by=request.user), "You can change it again.")


@login_required
@require_POST
def amend(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = statement_for(request, statement_id)
    act = services.statement_approvals.amend
    said = "The next edition is begun. The one that is published stays as it is."
    return _decided(request, statement, lambda: act(statement=statement, by=request.user), said)


def _decided(
    request: SignedInRequest, statement: PositionStatement, act: Callable[[], object], said: str
) -> HttpResponse:
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect(statement)


def _approvable(request: SignedInRequest, statement_id: UUID) -> PositionStatement:
    return get_object_or_404(queries.statements.approvable_by(request.user), pk=statement_id)


@login_required
@require_http_methods(["GET", "POST"])
@confirmed
def approve(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    """Show exactly what would be published, and publish it."""
    statement = _approvable(request, statement_id)
    whole = queries.statement_drafts.whole(statement)
    text = core.write(queries.statement_drafts.edition(whole, published_on=timezone.localdate()))
    seen = {"seen": core.fingerprint(text)}
    form = ApprovalForm(request.POST or None, initial=seen)
    if form.is_valid():
        try:
            services.statement_approvals.publish(statement=statement, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form = ApprovalForm(seen)
            form.add_error(None, error.messages)
        else:
            messages.success(request, "It is published. Anyone can read it at its address.")
            return redirect(statement)
    context = {"statement": statement, "form": form, **_before_and_after(whole.last, text)}
    context["is_own"] = request.user.pk in (statement.changed_by_id, statement.sent_by_id)
    return render(request, "markets/statements/approve.html", context)


def _before_and_after(last: PublishedEdition | None, text: str) -> dict[str, object]:
    """Lay out what would be published, beside what is published now."""
    shown, sections = queries.editions.content(core.fingerprint(text), text)
    parts = edition_differences.differences(last.to_core(), shown) if last else ()
    said = edition_differences.in_words(parts)
    return {"core": shown, "sections": sections, "old": last, "new": shown, "parts": parts, "said": said}


@login_required
@require_http_methods(["GET", "POST"])
def send_back(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = _approvable(request, statement_id)
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        try:
            services.statement_approvals.send_back(statement=statement, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "It is sent back. What you said is a comment that wants an answer.")
            return redirect(statement)
    return render(request, "markets/statements/send_back.html", {"statement": statement, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
@confirmed
def withdraw(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = _approvable(request, statement_id)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        try:
            services.statement_approvals.withdraw(statement=statement, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "It is withdrawn. Its page says so, and why.")
            return redirect(statement)
    return render(request, "markets/statements/withdraw.html", {"statement": statement, "form": form})
