"""Pages on which an authority decides about what people said: whether others see it, and what becomes of it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries, services
from commissioning.core.rooms import REASONS
from commissioning.core.screening import in_words
from commissioning.forms.fates import FateForm, ModerationForm, ThemeForm
from commissioning.models import Room, Statement, Theme

from .drafts import removed
from .requests import SignedInRequest
from .rooms import editable
from .table_files import csv_table

STATEMENTS_ON_A_PAGE = 20


@login_not_required
@require_GET
def policy(request: HttpRequest) -> HttpResponse:
    """Say to everyone what is shown and what is hidden."""
    return render(request, "commissioning/taking_part/policy.html", {"reasons": REASONS.values()})


@login_required
@require_GET
def moderation(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    room = editable(request, programme_id)
    state = request.GET.get("state", "")
    page = Paginator(queries.fates.to_moderate(room, state), STATEMENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(each, in_words(tuple(each.marks))) for each in page]
    context = {"room": room, "programme": room.programme, "page": page, "lines": lines, "state": state}
    return render(request, "commissioning/rooms/moderation.html", {**context, "states": Statement.State.choices[:3]})


@login_required
@require_http_methods(["GET", "POST"])
def moderate(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    mine = queries.rooms.statements_editable_by(request.user)
    statement = get_object_or_404(mine.filter(author__isnull=False).exclude(text=""), pk=statement_id)
    form = ModerationForm(request.POST or None, statement=statement)
    if form.is_valid():
        try:
            services.moderations.decide(statement=statement, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form = ModerationForm(None, statement=statement)
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Decided. Its author can see it.")
            return redirect("room-moderation", statement.room.programme_id)
    context = {"form": form, "statement": statement, "marks": in_words(tuple(statement.marks)), "room": statement.room}
    return render(request, "commissioning/rooms/moderate.html", {**context, "programme": statement.room.programme})


@login_required
@require_GET
def log(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Give every act of moderation as CSV."""
    return csv_table(queries.fates.log(editable(request, programme_id)), "moderation")


@login_required
@require_GET
def index(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """List what people said, and what becomes of it."""
    room = editable(request, programme_id)
    page = Paginator(queries.fates.proposals(room), STATEMENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"room": room, "programme": room.programme, "page": page, "progress": queries.rooms.progress(room)}
    return render(request, "commissioning/rooms/fates.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    mine = queries.rooms.statements_editable_by(request.user)
    statement = get_object_or_404(mine.filter(author__isnull=False, state=Statement.State.SHOWN), pk=statement_id)
    fate = getattr(statement, "fate", None)
    measures = list(queries.measures.for_programme(statement.room.programme))
    form = FateForm(request.POST or None, fate=fate, measures=measures)
    if form.is_valid():
        try:
            services.fates.decide(statement=statement, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Saved. Its author can see it.")
            return redirect("room-fates", statement.room.programme_id)
    context = {"form": form, "statement": statement, "room": statement.room, "programme": statement.room.programme}
    return render(request, "commissioning/rooms/fate.html", {**context, "fate": fate})


@login_required
@require_GET
def themes(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    room = editable(request, programme_id)
    found = queries.fates.themes(room)
    context = {"room": room, "programme": room.programme, "themes": found}
    return render(request, "commissioning/rooms/themes.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def theme_create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    return _put_together(request, editable(request, programme_id), None)


@login_required
@require_http_methods(["GET", "POST"])
def theme_edit(request: SignedInRequest, theme_id: UUID) -> HttpResponse:
    theme = get_object_or_404(queries.fates.themes_editable_by(request.user), pk=theme_id)
    return _put_together(request, theme.room, theme)


def _put_together(request: SignedInRequest, room: Room, theme: Theme | None) -> HttpResponse:
    statements = list(room.statements.filter(state=Statement.State.SHOWN))
    form = ThemeForm(request.POST or None, theme=theme, statements=statements)
    if form.is_valid():
        put = partial(services.fates.put_together, room=room, theme=theme, by=request.user)
        try:
            put(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "The theme is saved.")
            return redirect("room-themes", room.programme_id)
    context = {"form": form, "room": room, "programme": room.programme, "theme": theme}
    return render(request, "commissioning/rooms/theme.html", context)


@login_required
@require_POST
def theme_remove(request: SignedInRequest, theme_id: UUID) -> HttpResponse:
    theme = get_object_or_404(queries.fates.themes_editable_by(request.user), pk=theme_id)
    take = partial(services.fates.take_apart, theme=theme, by=request.user)
    removed(request, take, f"“{theme}” is removed; its statements stay.")
    return redirect("room-themes", theme.room.programme_id)
