"""Pages on which an authority writes its market position statements: the list, the start, the overview, each part."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries as commissioning_queries
from commissioning.core import readability
from commissioning.forms.drafts import DraftForm, readable
from commissioning.permissions import Ability
from commissioning.views.drafts import settle, status_of
from commissioning.views.kept_texts import typed
from commissioning.views.requests import SignedInRequest
from markets import queries, services
from markets.core import statement_texts
from markets.core.statement_sections import Section, after, sections
from markets.forms.statements import AboutForm, AllDatesForm, AmendedForm, DatesForm, PlanForm, SectionForm, StartForm
from markets.models import PositionStatement

ON_A_PAGE = 20


def statement_for(request: HttpRequest, statement_id: UUID) -> PositionStatement:
    """Give the statement to whoever may read it, and for a change to whoever may change it."""
    known = queries.statements
    mine = known.visible_to(request.user) if request.method == "GET" else known.editable_by(request.user)
    return get_object_or_404(mine, pk=statement_id)


def may_edit(statement: PositionStatement) -> bool:
    """Tell whether whoever asked for the statement may change it as it stands now."""
    return statement.is_open and queries.statements.may(statement, Ability.EDIT)


def answers(form: DraftForm) -> list[tuple[str, str]]:
    """Give what a form's row says, in words, for those who may not change it now."""
    texts = form.shown(form.row)
    return [(str(form.fields[name].label), readable(form.fields[name], texts.get(name, ""))) for name in form.names]


def section_of(key: str) -> Section:
    """Give the section of an address."""
    try:
        return sections()[key]
    except KeyError:
        raise Http404 from None


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    may_start = queries.statements.authorities_for(request.user).exists()
    context = {"may_start": may_start, **_listed(request, queries.statements.listed_for(request.user))}
    return render(request, "markets/statements/list.html", context)


@login_required
@require_GET
def of_programme(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    allowed = commissioning_queries.programmes
    programme = get_object_or_404(allowed.visible_to(request.user).select_related("organisation"), pk=programme_id)
    authorities = queries.statements.authorities_for(request.user)
    context = {
        "programme": programme,
        "may_start": authorities.filter(pk=programme.organisation_id).exists(),
        **_listed(request, queries.statements.listed_for(request.user).filter(programme=programme)),
    }
    return render(request, "markets/statements/of_programme.html", context)


def _listed(request: HttpRequest, found: QuerySet[PositionStatement]) -> dict[str, object]:
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "lines": [queries.statements.line(each) for each in page]}


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    authorities = list(queries.statements.authorities_for(request.user))
    mine = commissioning_queries.programmes.editable_by(request.user).filter(organisation__in=authorities)
    programmes = list(mine.order_by("name", "pk")[:200])
    initial = {"programme": request.GET.get("programme", "")}
    posted = request.POST if request.method == "POST" else None
    form = StartForm(posted, authorities=authorities, programmes=programmes, initial=initial)
    if request.method == "POST" and form.is_valid():
        statement = services.statements.create(by=request.user, **form.cleaned_data)
        messages.success(request, "Your statement is started. Write its sections in any order.")
        return redirect(statement)
    context = {"form": form, "may_start": bool(authorities)}
    return render(request, "markets/statements/create.html", context)


@login_required
@require_GET
def detail(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    """Say where a statement stands, part by part, and what comes next."""
    statement = statement_for(request, statement_id)
    found = queries.statement_drafts.whole(statement)
    lines = queries.statement_checks.lines(found)
    status, colour = queries.statements.standing(statement)
    context = {
        "statement": statement,
        "found": found,
        "lines": lines,
        "written": sum(bool(text.strip()) for text in found.texts.values()),
        "open_comments": sum(line.comments for line in lines) + queries.statement_checks.on_whole(statement),
        "set_dates": sum(day is not None for day in found.dates.values()),
        "status": status,
        "colour": colour,
        "may_edit": queries.statements.may(statement, Ability.EDIT),
        "may_approve": queries.statements.may(statement, Ability.APPROVE),
        "is_own": request.user.pk in (statement.changed_by_id, statement.sent_by_id),
    }
    return render(request, "markets/statements/detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = statement_for(request, statement_id)
    kind = AmendedForm if statement.editions.exists() else AboutForm
    form = kind(typed(request), row=statement, by=request.user)
    if request.method == "POST" and form.is_valid():
        change = form.edit()
        save = services.statements.edit
        form, saved = settle(request, form, lambda: save(statement=statement, edit=change, by=request.user))
        if saved:
            return _saved(request, statement)
    context = {
        "statement": statement,
        "form": form,
        "answers": answers(form),
        "may_edit": may_edit(statement),
    }
    return render(request, "markets/statements/edit.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "POST"])
def section(request: SignedInRequest, statement_id: UUID, section: str) -> HttpResponse:
    """Write one section, with its guidance beside it; the button pressed says what comes next."""
    statement, asked = statement_for(request, statement_id), section_of(section)
    row = get_object_or_404(statement.sections, key=section)
    form = SectionForm(typed(request), row=row, by=request.user)
    if request.method == "POST" and "preview" not in request.POST and form.is_valid():
        change = form.edit()
        save = services.statements.write
        form, saved = settle(
            request, form, lambda: save(statement=statement, section=section, edit=change, by=request.user)
        )
        if saved:
            return _onwards(request, statement, section)
    context = {"form": form, "section": asked, "is_preview": "preview" in request.POST}
    context |= _beside(statement, section, str(form["text"].value() or ""))
    return render(request, "markets/statements/section.html", context, status=status_of(form))


def _beside(statement: PositionStatement, section: str, text: str) -> dict[str, object]:
    """Give what stands beside and below a section's text: how it reads, its figures, and what colleagues say of it."""
    comments = statement.comments.filter(section=section).select_related("said_by", "answered_by")
    return {
        "statement": statement,
        "blocks": queries.statement_checks.preview(statement, text),
        "reading": readability.read(statement_texts.words(text)),
        "figures": statement.figures.filter(section=section),
        "comments": comments[:ON_A_PAGE],
        "may_edit": may_edit(statement),
        "next": after(section),
    }


def _onwards(request: HttpRequest, statement: PositionStatement, section: str) -> HttpResponse:
    if "figure" in request.POST:
        return redirect("position-statement-figure-create", statement.pk, section)
    messages.success(request, f"Section {sections()[section].number} is saved")
    following = section if "stay" in request.POST else after(section)
    if following:
        return redirect("position-statement-section", statement.pk, following)
    return redirect(statement)


def _saved(request: HttpRequest, statement: PositionStatement) -> HttpResponse:
    messages.success(request, "Saved")
    return redirect(statement)


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    return _plan(request, statement_for(request, statement_id), PlanForm, "markets/statements/plan.html")


@login_required
@require_http_methods(["GET", "POST"])
def dates(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = statement_for(request, statement_id)
    kind = DatesForm if statement.programme else AllDatesForm
    return _plan(request, statement, kind, "markets/statements/dates.html")


def _plan(
    request: SignedInRequest, statement: PositionStatement, kind: type[PlanForm] | type[DatesForm], template: str
) -> HttpResponse:
    form = kind(typed(request), row=statement.plan, by=request.user)
    if request.method == "POST" and form.is_valid():
        change = form.edit()
        save = services.statements.plan
        form, saved = settle(request, form, lambda: save(statement=statement, edit=change, by=request.user))
        if saved:
            return _saved(request, statement)
    context = {
        "statement": statement,
        "form": form,
        "answers": answers(form),
        "found": queries.statement_drafts.dates_of_procurement(statement),
        "may_edit": may_edit(statement),
    }
    return render(request, template, context, status=status_of(form))
