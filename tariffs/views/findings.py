"""Pages of what the rules of good design find: all findings, accepting a warning, taking that back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries as commissioning_queries
from commissioning.forms.drafts import keeping
from commissioning.models import Programme
from commissioning.views.kept_texts import forget, typed
from commissioning.views.requests import SignedInRequest
from tariffs import queries, services
from tariffs.core.feasibility import fact_questions, page_name
from tariffs.forms.findings import AcceptForm
from tariffs.queries.findings import Line
from tariffs.services.findings import ChangedError

#: Where something is entered or cured: the key of its page in the catalogue, and the name of its address.
ROUTES = {
    "details": "details-edit",
    "groups": "group-list",
    "milestones": "milestone-list",
    "outcomes": "outcome-framework",
    "pathway": "pathway-detail",
    "prices": "programme-prices",
    "terms": "programme-terms",
    "archetypes": "archetype-list",
    "runs": "incentive-run-list",
}
#: Rules that prices, bands and times of payment may cure, for which cures can be looked for.
CURABLE = {"I1", "I2", "I6", "F1", "F2", "F3"}
#: Pages that only those may open who may change the programme.
EDITORS_ONLY = {"details"}


@login_required
@require_GET
def index(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Show every finding, blocks first; of one area where it is asked for."""
    programme = get_object_or_404(queries.measures.visible_to(request.user), pk=programme_id)
    may_edit = programme.may_edit  # type: ignore[attr-defined]
    checked, area = queries.findings.of_programme(programme), request.GET.get("area", "")
    areas = list(checked.areas())
    area = area if area in {key for key, _, _ in areas} else ""
    sections = [
        (section.heading, [(line, *_links(programme, line, may_edit)) for line in section.lines])
        for section in checked.sections(area)
    ]
    context = {
        "programme": programme,
        "checked": checked,
        "sections": sections,
        "areas": areas,
        "area": area,
        "total": len(checked.lines),
        "may_edit": may_edit,
        "curable": CURABLE,
        "price_marks": queries.price_marks.marks(programme),
    }
    return render(request, "tariffs/findings/index.html", context)


@login_required
@require_GET
def known(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Give what is known beside the draft as a file for the command line."""
    visible = commissioning_queries.programmes.visible_to(request.user)
    programme = get_object_or_404(visible, pk=programme_id)
    response = JsonResponse(queries.findings.knowledge(programme).to_document(), json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="known.json"'
    return response


def _links(programme: Programme, line: Line, may_edit: bool) -> tuple[tuple[str, str], list[tuple[str, str, str, str]]]:
    """Give name and address of where a finding is cured, and of where each thing that it lacks is entered."""
    rule = line.finding.rule
    cure = page_name(rule.page), _address(programme, rule.page, may_edit)
    return cure, [
        (need.name, need.verb, page_name(need.page) if need.page else "", _address(programme, need.page, may_edit))
        for need in line.finding.missing
    ]


def _address(programme: Programme, page: str, may_edit: bool) -> str:
    """Give the address of a page that the reader may open; nothing where there is none."""
    part, _, question = page.partition(":")
    if part == "case":
        return reverse("case-question", args=[programme.pk, question])
    if part == "facts":
        return _fact_address(programme, question, may_edit)
    if part not in ROUTES or (part in EDITORS_ONLY and not may_edit):
        return ""
    return reverse(ROUTES[part], args=[programme.pk])


def _fact_address(programme: Programme, question: str, may_edit: bool) -> str:
    """Give the address of a question about facts; that of all questions where it is asked of each kind of provider."""
    if not may_edit or fact_questions()[question].each:
        return reverse("fact-list", args=[programme.pk])
    return reverse("fact-edit", args=[programme.pk, question])


def _warning(request: SignedInRequest, programme_id: UUID, rule: str) -> tuple[Programme, Line]:
    """Give a programme that the person may change, and one rule's finding."""
    editable = commissioning_queries.programmes.editable_by(request.user)
    programme = get_object_or_404(editable.select_related("organisation", "uncertainty"), pk=programme_id)
    line = queries.findings.of_programme(programme).line(rule)
    if line is None:
        raise Http404
    return programme, line


@login_required
@require_http_methods(["GET", "POST"])
def accept(request: SignedInRequest, programme_id: UUID, rule: str) -> HttpResponse:
    """Accept a warning with a reason."""
    programme, line = _warning(request, programme_id, rule)
    if not line.may_be_accepted:
        messages.info(request, "There is no warning of this rule now, so there is nothing to accept.")
        return redirect("finding-list", programme.pk)
    given = {"seen": line.fingerprint, "reason": line.acceptance.reason if line.acceptance else ""}
    form = keeping(AcceptForm(typed(request), initial=given), request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.findings.accept(programme=programme, rule=rule, by=request.user, **form.given())
        except ChangedError:
            form = keeping(_again(form, line), request.user)
        else:
            forget(request)
            messages.success(request, "The warning is accepted. It counts again as soon as its figures change.")
            return redirect("finding-list", programme.pk)
    return render(request, "tariffs/findings/accept.html", {"programme": programme, "line": line, "form": form})


def _again(form: AcceptForm, line: Line) -> AcceptForm:
    """Give what was typed once more, beside the figures as they are now."""
    again = AcceptForm({"seen": line.fingerprint, "reason": form.cleaned_data["reason"]})
    again.full_clean()
    again.add_error("reason", "The figures changed while you wrote. Read them again, then accept them or not")
    return again


@login_required
@require_POST
def withdraw(request: SignedInRequest, programme_id: UUID, rule: str) -> HttpResponse:
    """Take the acceptance of a warning back."""
    programme, _ = _warning(request, programme_id, rule)
    services.findings.withdraw(programme=programme, rule=rule, by=request.user)
    messages.success(request, "The warning counts again.")
    return redirect("finding-list", programme.pk)
