"""Pages of whoever takes part: one question a page, by the secret in the address. To look changes nothing."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from commissioning import queries, services
from commissioning.core.rooms import CHOICES, EXAMPLES, QUESTIONS, REACTIONS, TO_AUTHOR, Decision, Sort
from commissioning.forms.taking_part import BeginForm, ReactionForm, VoteForm, WordsForm
from commissioning.models import Participant
from commissioning.queries.taking_part import Step

from .secret_addresses import View, seal, secret_page

OTHERS_ON_A_PAGE = 20
FOLDER = "commissioning/taking_part"


def _show(request: HttpRequest, template: str, token: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    whole = {**context, "token": token, "seal": seal(token)}
    return render(request, f"{FOLDER}/{template}.html", whole, status=status)


def participants_page(view: View) -> View:
    """Give the view the participant whose secret the address holds, or say that the link does not work."""

    @secret_page
    @wraps(view)
    def found(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        participant = queries.taking_part.by_secret(token)
        if participant is None:
            return _show(request, "gone", token, status=404)
        try:
            return view(request, token, participant, **named)
        except Http404:
            return _show(request, "gone", token, status=404, participant=participant)

    return found


@require_http_methods(["GET", "POST"])
@secret_page
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Say what this is; the button begins."""
    if queries.taking_part.by_secret(token):
        return redirect("say-home", token)
    link = queries.taking_part.link_by_secret(token)
    if link is None:
        return _show(request, "gone", token, status=404)
    form = BeginForm(request.POST or None, needs_consent=link.for_facilitator)
    if form.is_valid():
        mine = services.taking_part.begin(link=token, **form.cleaned_data)
        return redirect("say-link", mine) if mine else _show(request, "gone", token, status=404)
    return _show(request, "begin", token, room=link.room, form=form, for_facilitator=link.for_facilitator)


@require_GET
@participants_page
def link(request: HttpRequest, token: str, participant: Participant) -> HttpResponse:
    """Show the link by which somebody comes back."""
    address = request.build_absolute_uri(reverse("say-home", args=[token]))
    steps = queries.taking_part.walk(participant)
    first = _address(token, steps[0])
    return _show(request, "link", token, participant=participant, room=participant.room, address=address, first=first)


@require_GET
@participants_page
def home(request: HttpRequest, token: str, participant: Participant) -> HttpResponse:
    """Say where one is: what is left, what one wrote, and what became of it."""
    steps = queries.taking_part.walk(participant)
    todo = next((step for step in steps if not step.is_done), steps[0])
    context: dict[str, Any] = {
        "participant": participant,
        "room": participant.room,
        "steps": [(step, _address(token, step)) for step in steps],
        "done": sum(step.is_done for step in steps),
        "next": _address(token, todo),
        "own": _own(participant),
        "publication": getattr(participant.room, "publication", None),
    }
    return _show(request, "home", token, **context)


def _own(participant: Participant) -> list[Any]:
    """Give somebody's own words, each with what became of it in their language."""
    mine = list(queries.taking_part.own(participant))
    fates = [getattr(each, "fate", None) for each in mine]
    return [
        (each, TO_AUTHOR[Decision(fate.decision)] if fate else "", fate) for each, fate in zip(mine, fates, strict=True)
    ]


def _address(token: str, step: Step) -> str:
    return reverse(step.route, args=[token, step.key])


def _around(token: str, participant: Participant, route: str, key: object) -> dict[str, Any]:
    """Say where a question stands among all: its number, the one before it and the one after it."""
    steps = queries.taking_part.walk(participant)
    here = [(step.route, step.key) for step in steps]
    place = here.index((route, str(key))) if (route, str(key)) in here else None
    back = _address(token, steps[place - 1]) if place else reverse("say-home", args=[token])
    if place is None:
        more = queries.taking_part.further(participant)
        onward = reverse("say-vote", args=[token, more.pk]) if more else reverse("say-thanks", args=[token])
        return {"back": back, "onward": onward, "number": None, "of": len(steps)}
    last = place + 1 == len(steps)
    onward = reverse("say-thanks", args=[token]) if last else _address(token, steps[place + 1])
    return {"back": back, "onward": onward, "number": place + 1, "of": len(steps)}


def _kept(form: Form, save: Any) -> bool:
    """Keep what somebody sent; where it cannot be kept, say so on the page."""
    try:
        save()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _forgotten(request: HttpRequest, token: str, participant: Participant, route: str, key: UUID) -> HttpResponse:
    """Take an answer back, as if the question had been skipped."""
    try:
        services.taking_part.forget(participant=participant, step=route, key=key)
    except ValidationError:
        return redirect("say-home", token)
    return redirect(route, token, key)


@require_http_methods(["GET", "POST"])
@participants_page
def card(request: HttpRequest, token: str, participant: Participant, card_id: UUID) -> HttpResponse:
    """Ask what somebody says to a card."""
    asked = get_object_or_404(queries.taking_part.cards(participant), pk=card_id)
    around = _around(token, participant, "say-card", card_id)
    there = participant.reactions.filter(card=asked).first()
    if request.POST.get("act") == "forget":
        return _forgotten(request, token, participant, "say-card", card_id)
    form = ReactionForm(request.POST if request.method == "POST" else None, there=there)
    if request.method == "POST" and form.is_valid():
        react = services.taking_part.react
        if _kept(form, lambda: react(participant=participant, card=asked, said=form.reactions())):
            return redirect(around["onward"])
    ticked = form["said"].value() or []
    boxes = [(name, words, name in ticked) for name, words in REACTIONS.items()]
    context = {"card": asked, "form": form, "boxes": boxes, "there": there, **around}
    return _show(request, "card", token, participant=participant, **context)


@require_http_methods(["GET", "POST"])
@participants_page
def vote(request: HttpRequest, token: str, participant: Participant, statement_id: UUID) -> HttpResponse:
    """Ask whether somebody agrees with a statement."""
    asked = get_object_or_404(queries.taking_part.votable(participant), pk=statement_id)
    around = _around(token, participant, "say-vote", statement_id)
    there = participant.votes.filter(statement=asked).first()
    if request.POST.get("act") == "forget":
        return _forgotten(request, token, participant, "say-vote", statement_id)
    form = VoteForm(request.POST if request.method == "POST" else None, there=there)
    if request.method == "POST" and form.is_valid():
        cast = services.taking_part.vote
        if _kept(form, lambda: cast(participant=participant, statement=asked, choice=form.cleaned_data["choice"])):
            return redirect(around["onward"])
    context = {"statement": asked, "form": form, "choices": CHOICES.items(), "there": there, **around}
    return _show(request, "vote", token, participant=participant, **context)


@require_http_methods(["GET", "POST"])
@participants_page
def words(request: HttpRequest, token: str, participant: Participant, question: str) -> HttpResponse:
    """Ask for somebody's own words."""
    if question not in list(Sort):
        raise Http404
    around = _around(token, participant, "say-words", question)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = {"text": form.cleaned_data["text"], "may_be_quoted": form.cleaned_data["may_be_quoted"]}
        if _kept(form, lambda: services.taking_part.write(participant=participant, sort=question, **said)):
            return redirect(around["onward"])
    sort = Sort(question)
    written = [each for each in queries.taking_part.own(participant) if each.sort == sort and each.text]
    context = {"form": form, "ask": QUESTIONS[sort], "example": EXAMPLES[sort], "written": written, **around}
    return _show(request, "words", token, participant=participant, **context)


@require_http_methods(["GET", "POST"])
@participants_page
def own(request: HttpRequest, token: str, participant: Participant, statement_id: UUID) -> HttpResponse:
    """Let somebody change their own words, agree to be quoted or no more, or take the words back."""
    mine = get_object_or_404(queries.taking_part.own(participant), pk=statement_id)
    writing, act = services.taking_part, request.POST.get("act", "save")
    form = WordsForm(request.POST if act == "save" and request.POST else None, there=mine)
    if request.method == "POST" and act in ("take back", "do not quote"):
        form = WordsForm({"text": mine.text, "may_be_quoted": "", "sure": "yes"}, there=mine)
        stop = writing.take_back if act == "take back" else writing.quoting
        named = {} if act == "take back" else {"may_be_quoted": False}
        if _kept(form, lambda: stop(statement=mine, by=participant, **named)):
            return redirect("say-home", token)
    elif form.is_valid():
        said = {"text": form.cleaned_data["text"], "may_be_quoted": form.cleaned_data["may_be_quoted"]}
        if _kept(form, lambda: writing.change(statement=mine, by=participant, **said)):
            return redirect("say-home", token)
    return _show(request, "own", token, participant=participant, statement=mine, form=form, room=participant.room)


@require_GET
@participants_page
def others(request: HttpRequest, token: str, participant: Participant) -> HttpResponse:
    """Show what others said, and where something is hidden, and why."""
    found = Paginator(queries.taking_part.of_others(participant), OTHERS_ON_A_PAGE)
    return _show(request, "others", token, participant=participant, page=found.get_page(request.GET.get("page")))


@require_GET
@participants_page
def thanks(request: HttpRequest, token: str, participant: Participant) -> HttpResponse:
    """Say thank you, and what happens next."""
    more = queries.taking_part.further(participant)
    return _show(request, "thanks", token, participant=participant, room=participant.room, more=more)
