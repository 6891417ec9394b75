"""Saving a form that several people may have open, and showing both texts where two changed the same."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from commissioning import queries
from commissioning.forms.drafts import DraftForm
from commissioning.services.drafts import StaleError

from .kept_texts import forget

Form = TypeVar("Form", bound=DraftForm)
CONFLICT = 409


def settle(request: HttpRequest, form: Form, save: Callable[[], Any]) -> tuple[Form, bool]:
    """Save a valid form; give it back with what is wrong, or with both texts, and whether it is saved."""
    try:
        save()
    except StaleError as stale:
        form = form.rebased(stale)
        form.saved_by = queries.audit.last_change(stale.row)
        return form, False
    except ValidationError as error:
        for message in error.messages:
            form.add_error(None, message)
        return form, False
    forget(request)
    return form, True


def status_of(form: DraftForm) -> int:
    """Give the answer's status: a conflict says so."""
    return CONFLICT if form.both else 200
