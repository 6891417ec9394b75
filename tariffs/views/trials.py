"""Trying the value that a comment proposes, before it is sent, and sending along what it changes."""

from collections.abc import Callable

from django.http import HttpRequest

from tariffs import queries
from tariffs.core.benches import Effect, in_words
from tariffs.forms.comments import CommentForm
from tariffs.services.comments import Place, Said

CANNOT = "This value cannot be tried: the draft leaves no room for it, or lacks parts that a simulation needs."


def try_value(request: HttpRequest, form: CommentForm, place: Callable[[], Place]) -> tuple[Effect, ...] | None:
    """Try the proposed value where its button was pressed; nothing where another was."""
    if request.method != "POST" or "try" not in request.POST or "proposed" not in form.fields:
        return None
    value = form.about_the_value()
    if not value:
        return ()
    here = place()
    found = queries.benches.trial(here.consultation, here.organisation, here.target, value)
    effects = in_words(found) if found else ()
    if effects:
        form.offer()
    else:
        form.add_error("proposed", CANNOT)
    return effects


def said(form: CommentForm, place: Place) -> Said:
    """Give what a form says, with what its value changes where that goes along: worked out anew, never taken over."""
    plain = form.said()
    if not plain.proposed or not form.cleaned_data.get("send_trial"):
        return plain
    found = queries.benches.trial(place.consultation, place.organisation, place.target, plain.proposed)
    return form.said(found.as_document() if found else None)
