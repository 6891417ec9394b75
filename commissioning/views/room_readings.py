"""Pages on which what people said is read: by its authority once the room is closed, then by everyone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries, services
from commissioning.core.agreement_drawings import Drawing, draw
from commissioning.core.canonical import sha256
from commissioning.forms.fates import PublishForm
from commissioning.models import Room, RoomPublication

from .requests import SignedInRequest, confirmed
from .table_files import csv_table

STATEMENTS_ON_A_PAGE, PUBLICATIONS_ON_A_PAGE = 15, 20


def _context(request: HttpRequest, content: dict[str, Any]) -> dict[str, Any]:
    statements = Paginator(content["statements"], STATEMENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    pictures = [(each, _picture(each)) for each in statements]
    differing = [each for each in content["statements"] if each["differs"]]
    differing += [
        {**each, "ask": f"{card['title']}: {each['ask']}"}
        for card in content["cards"]
        for each in card["reactions"]
        if each["differs"]
    ]
    cards = [(card, queries.published_rooms.card_rows(card)) for card in content["cards"]]
    return {"content": content, "page": statements, "pictures": pictures, "differing": differing, "cards": cards}


def _picture(asked: dict[str, Any]) -> Drawing | None:
    rows = [{"who": queries.room_figures.EVERYBODY, "cells": asked["whole"]}, *asked["parts"]]
    return draw(rows, f"How far people agree: {asked['ask'] or 'a statement that is not quoted'}")


def _read(request: HttpRequest, programme_id: UUID) -> Room:
    return get_object_or_404(queries.rooms.visible_to(request.user), programme=programme_id)


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    room = _read(request, programme_id)
    context: dict[str, Any] = {"room": room, "programme": room.programme}
    if queries.room_figures.is_told(room):
        context |= _context(request, queries.published_rooms.content(room, is_public=False))
    return render(request, "commissioning/rooms/reading.html", context)


@login_required
@require_GET
def figures(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Give what may be told as CSV."""
    room = _read(request, programme_id)
    if not queries.room_figures.is_told(room):
        raise Http404
    content = queries.published_rooms.content(room, is_public=False)
    return csv_table(queries.published_rooms.as_table(content), "outcomes-room")


@login_required
@require_http_methods(["GET", "POST"])
@confirmed
def publish(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Show what would be public, and publish it."""
    room = get_object_or_404(queries.rooms.approvable_by(request.user), programme=programme_id)
    if room.state != Room.State.CLOSED:
        messages.error(request, "Only a room that is closed, and not published yet, can be published.")
        return redirect(room)
    draft = queries.published_rooms.draft(room)
    form = PublishForm(request.POST or None, initial={"seen": sha256(draft)})
    if form.is_valid():
        try:
            publication = services.fates.publish(room=room, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form = PublishForm({"seen": sha256(draft)})
            form.add_error(None, error.messages)
        else:
            messages.success(request, "It is published. Anyone can read it at this address.")
            return redirect(publication)
    context = {"room": room, "programme": room.programme, "form": form, "owed": queries.rooms.progress(room)}
    content = _context(request, queries.published_rooms.read(draft))
    return render(request, "commissioning/rooms/publish.html", {**context, **content})


@login_not_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List what is published of all rooms."""
    page = Paginator(queries.published_rooms.newest(), PUBLICATIONS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "commissioning/rooms/index.html", {"page": page})


def _publication(room_id: UUID) -> RoomPublication:
    found = queries.published_rooms.published(room_id)
    if found is None:
        raise Http404
    return found


@login_not_required
@require_GET
def published(request: HttpRequest, room_id: UUID) -> HttpResponse:
    publication = _publication(room_id)
    content = _context(request, queries.published_rooms.read(publication.content))
    context = {"publication": publication, "programme": publication.room.programme, **content}
    return render(request, "commissioning/rooms/published.html", context)


@login_not_required
@require_GET
def download(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Give it byte for byte as it was published, so that anyone can check its hash."""
    response = HttpResponse(_publication(room_id).content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="outcomes-room.json"'
    return response


@login_not_required
@require_GET
def published_figures(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Give what was published as CSV."""
    content = queries.published_rooms.read(_publication(room_id).content)
    return csv_table(queries.published_rooms.as_table(content), "outcomes-room")
