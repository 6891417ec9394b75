"""Saving a form that several people may have open, and showing both texts where two changed the same."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest

from commissioning import queries
from commissioning.forms.drafts import DraftForm
from commissioning.services.drafts import StaleError

from .kept_texts import forget

Form = TypeVar("Form", bound=DraftForm)
CONFLICT = 409
DO_NOT_FIT = (
    "These answers do not fit together, or not with what somebody saved meanwhile. Check them, then save again."
)


def settle(request: HttpRequest, form: Form, save: Callable[[], Any]) -> tuple[Form, bool]:
    """Save a valid form; give it back with what is wrong, or with both texts, and whether it is saved."""
    try:
        save()
    except StaleError as stale:
        form = form.rebased(stale)
        form.saved_by = queries.audit.last_change(stale.row)
        return form, False
    except ValidationError as error:
        _say(form, error)
        return form, False
    forget(request)
    return form, True


def removed(request: HttpRequest, remove: Callable[[], Any], said: str) -> bool:
    """Remove something and say so; where the rest could not stand without it, say why it stays."""
    try:
        remove()
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, f"It cannot be removed: {message}")
        return False
    messages.success(request, said)
    return True


def _say(form: DraftForm, error: ValidationError) -> None:
    """Put each message beside its field; what is about no field of the form stands above it."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, said in by_field.items():
        for message in said:
            form.add_error(name if name in form.fields else None, _in_plain_words(message))


def _in_plain_words(message: str) -> str:
    """Replace what only a programmer would understand: it comes up where two people's changes do not go together."""
    return DO_NOT_FIT if message.startswith("Constraint ") else message


def status_of(form: DraftForm) -> int:
    """Give the answer's status: a conflict says so."""
    return CONFLICT if form.both else 200
