"""Pages of an outcomes room for its authority: setting it up, opening and closing it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries, services
from commissioning.forms.rooms import CardForm, EnterForm, NewCardForm, RoomForm, SeedForm, hard_to_read
from commissioning.models import Room
from commissioning.queries.taking_part import MOST_VOTES

from .drafts import removed, settle, status_of
from .kept_texts import typed
from .requests import SignedInRequest


def editable(request: SignedInRequest, programme_id: UUID) -> Room:
    """Give the room of a programme that the person may change."""
    return get_object_or_404(queries.rooms.editable_by(request.user), programme=programme_id)


@login_required
@require_GET
def detail(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    mine = queries.programmes.visible_to(request.user).select_related("organisation")
    programme = get_object_or_404(mine, pk=programme_id)
    room = queries.rooms.of_programme(programme)
    context = {
        "programme": programme,
        "room": room,
        "may_edit": queries.programmes.editable_by(request.user).filter(pk=programme_id).exists(),
        "may_publish": queries.rooms.approvable_by(request.user).filter(programme=programme_id).exists(),
        "progress": queries.rooms.progress(room) if room else None,
        "cards": [(card, hard_to_read(card.title, card.question)) for card in room.cards.all()] if room else [],
        "seeds": [(seed, hard_to_read(seed.text)) for seed in queries.rooms.seeds(room)] if room else [],
        "hard": hard_to_read(room.title, room.about) if room else (),
    }
    return render(request, "commissioning/rooms/detail.html", context)


@login_required
@require_GET
def preview(request: HttpRequest, programme_id: UUID) -> HttpResponse:
    """Show what people will see, before anybody does."""
    room = get_object_or_404(queries.rooms.visible_to(request.user), programme=programme_id)
    context = {"room": room, "programme": room.programme, "pages": queries.rooms.pages(room), "most": MOST_VOTES}
    return render(request, "commissioning/rooms/preview.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Set the room up, or change what it says."""
    mine = queries.programmes.editable_by(request.user).select_related("organisation")
    programme = get_object_or_404(mine, pk=programme_id)
    room = queries.rooms.of_programme(programme)
    form = RoomForm(typed(request), row=room, by=request.user)
    if request.method == "POST" and form.is_valid():
        form, saved = settle(request, form, lambda: _save(programme, room, form, request))
        if saved:
            messages.success(request, "The room is saved.")
            return redirect("room-detail", programme_id)
    context = {"form": form, "programme": programme, "room": room}
    return render(request, "commissioning/rooms/edit.html", context, status=status_of(form))


def _save(programme: Any, room: Room | None, form: RoomForm, request: SignedInRequest) -> Room:
    if room is None:
        return services.rooms.set_up(programme=programme, values=form.attributes(), by=request.user)
    return services.rooms.change(room=room, edit=form.edit(), by=request.user)


@login_required
@require_http_methods(["GET", "POST"])
def card_create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    room = editable(request, programme_id)
    measures = list(queries.rooms.measures_to_show(room))
    form = NewCardForm(typed(request), by=request.user, measures=measures)
    if request.method == "POST" and form.is_valid():
        show = partial(services.rooms.show_card, room=room, by=request.user)
        form, saved = settle(request, form, lambda: show(**form.attributes()))
        if saved:
            messages.success(request, "The card is in the room.")
            return redirect(room)
    context = {"form": form, "room": room, "programme": room.programme, "measures": measures}
    return render(request, "commissioning/rooms/card.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def card_edit(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    card = get_object_or_404(queries.rooms.cards_editable_by(request.user), pk=card_id)
    form = CardForm(typed(request), row=card, by=request.user)
    if request.method == "POST" and form.is_valid():
        change = services.rooms.change_card
        form, saved = settle(request, form, lambda: change(card=card, edit=form.edit(), by=request.user))
        if saved:
            messages.success(request, "The card is saved.")
            return redirect(card.room)
    context = {"form": form, "room": card.room, "programme": card.room.programme, "card": card}
    return render(request, "commissioning/rooms/card.html", context, status=status_of(form))


@login_required
@require_POST
def card_remove(request: SignedInRequest, card_id: UUID) -> HttpResponse:
    card = get_object_or_404(queries.rooms.cards_editable_by(request.user), pk=card_id)
    remove = partial(services.rooms.remove_card, card=card, by=request.user)
    removed(request, remove, f"“{card}” is not in the room any more.")
    return redirect(card.room)


@login_required
@require_http_methods(["GET", "POST"])
def seed_create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    room = editable(request, programme_id)
    form = SeedForm(request.POST or None)
    if form.is_valid():
        try:
            services.rooms.seed(room=room, texts=form.cleaned_data["texts"], by=request.user)
        except ValidationError as error:
            form.add_error("texts", error.messages)
        else:
            messages.success(request, "The statements are in the room.")
            return redirect(room)
    return render(request, "commissioning/rooms/seed.html", {"form": form, "room": room, "programme": room.programme})


@login_required
@require_POST
def seed_remove(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    statement = get_object_or_404(queries.rooms.statements_editable_by(request.user), pk=statement_id)
    remove = partial(services.rooms.remove_seed, statement=statement, by=request.user)
    removed(request, remove, "The statement is taken out.")
    return redirect(statement.room)


@login_required
@require_POST
def open_room(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    room = editable(request, programme_id)
    try:
        services.rooms.open_room(room=room, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "The room is open. Give people a link to it.")
    return redirect(room)


@login_required
@require_POST
def close(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    room = services.rooms.close(room=editable(request, programme_id), by=request.user)
    messages.success(request, "The room is closed. Its figures can be read now.")
    return redirect(room)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Begin for somebody else, who agreed to it."""
    room = editable(request, programme_id)
    form = EnterForm(request.POST or None)
    if form.is_valid():
        try:
            secret = services.taking_part.begin_for(room=room, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect("say-link", secret)
    return render(request, "commissioning/rooms/enter.html", {"form": form, "room": room, "programme": room.programme})
