"""Pages of the links to an outcomes room: making, showing once and revoking them; and a provider's own way in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commissioning import queries, services
from commissioning.core.rooms import ONE_OF, Kind
from commissioning.forms.rooms import InviteForm, LinkForm

from .requests import SignedInRequest
from .rooms import editable

LINKS_ON_A_PAGE = 25


@login_required
@require_GET
def index(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    room = editable(request, programme_id)
    context = {
        "room": room,
        "programme": room.programme,
        "page": Paginator(queries.rooms.links(room), LINKS_ON_A_PAGE).get_page(request.GET.get("page")),
        "invitations": queries.rooms.invitations(room)[:LINKS_ON_A_PAGE],
    }
    return render(request, "commissioning/rooms/links.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    """Make links, and show them this once: they are kept nowhere, so the page is the answer to the button itself."""
    room = editable(request, programme_id)
    form = LinkForm(request.POST or None, room=room)
    context = {"form": form, "room": room, "programme": room.programme}
    if form.is_valid():
        try:
            secrets = services.room_links.make(room=room, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            _say(form, error)
        else:
            addresses = [request.build_absolute_uri(reverse("room-begin", args=[each])) for each in secrets]
            said = {"addresses": addresses, "who": ONE_OF[Kind(form.cleaned_data["kind"])], **form.cleaned_data}
            response = render(request, "commissioning/rooms/made.html", {**context, **said})
            response["Referrer-Policy"] = "no-referrer"
            return response
    return render(request, "commissioning/rooms/link.html", context)


def _say(form: LinkForm | InviteForm, error: ValidationError) -> None:
    """Put what is wrong beside its field."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, said in by_field.items():
        form.add_error(name if name in form.fields else None, said)


@login_required
@require_POST
def revoke(request: SignedInRequest, link_id: UUID) -> HttpResponse:
    link = get_object_or_404(queries.rooms.links_editable_by(request.user), pk=link_id)
    services.room_links.revoke(link=link, by=request.user)
    messages.success(request, "Nobody can begin by this link any more.")
    return redirect("room-link-list", link.room.programme_id)


@login_required
@require_http_methods(["GET", "POST"])
def invite(request: SignedInRequest, programme_id: UUID) -> HttpResponse:
    room = editable(request, programme_id)
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            services.room_links.invite(room=room, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            _say(form, error)
        else:
            messages.success(request, "It is invited. Tell it to look under Taking part, once it has signed in.")
            return redirect("room-link-list", programme_id)
    return render(request, "commissioning/rooms/invite.html", {"form": form, "room": room, "programme": room.programme})


@login_required
@require_GET
def invited(request: SignedInRequest) -> HttpResponse:
    """Show a provider the rooms to which it is invited."""
    found = queries.taking_part.invited(request.user)[:LINKS_ON_A_PAGE]
    return render(request, "commissioning/rooms/invited.html", {"invitations": found})


@login_required
@require_POST
def join(request: SignedInRequest, invitation_id: UUID) -> HttpResponse:
    """Let a provider begin; from here on nothing says who it is."""
    invitation = get_object_or_404(queries.taking_part.invited(request.user), pk=invitation_id)
    try:
        secret = services.taking_part.begin_as_provider(invitation=invitation, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("room-invited")
    return redirect("say-link", secret)
