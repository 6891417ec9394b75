"""Forms for what several people may edit at once: each carries what its page showed, and finds out who changed what.

    class GroupForm(DraftForm):
        name = forms.CharField(label="Name of the group")

        @staticmethod
        def shown(row: Group) -> dict[str, str]:         # the row's texts, as the fields show them
            return {"name": row.name}

        def lay_out(self) -> Helper:
            return helper("name", submit="Save the group")

In a view: `form = GroupForm(typed(request), row=group, by=request.user)`, then `settle` of commissioning.views.drafts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar, cast

from django import forms
from django.core.signing import dumps
from django.db.models import Model
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, MultiWidget, SelectMultiple
from django.http import QueryDict
from django.urls import reverse

from commissioning.core.merges import merge, one_way, plain
from commissioning.services.drafts import Edit, StaleError

from .layouts import Helper, helper

TYPED_BY = "typed-by"
WAS = "was-"
MOST_CHARACTERS = 100_000
MANY = (SelectMultiple, CheckboxSelectMultiple)
Kept = TypeVar("Kept", bound=forms.Form)


@dataclass(frozen=True)
class Both:
    """One field that two people changed, with both texts."""

    label: str
    theirs: str
    yours: str
    address: str


class DraftForm(forms.Form):
    """A form on a row that others may change at the same time; `row` is none where something new is written.

    What is typed is kept by the browser's script while it is typed, and through the end of a session, under the name
    of the person (`by`) who types it.
    """

    def __init__(self, data: Any = None, *, row: Model | None = None, by: Model, **kwargs: Any) -> None:
        self.row = row
        self.by = by
        self.both: tuple[Both, ...] = ()
        self.saved_by: object = None
        texts = dict(self.shown(row)) if row is not None else {}
        super().__init__(data, **kwargs)
        self.initial = dict(self.initial)  # the one given may serve other forms too
        self.names = list(self.fields)
        for name in self.names:
            if name in texts:
                self.initial[name] = _initial(self.fields[name], texts[name])
            self.fields[WAS + name] = _hidden(texts.get(name, ""))
        self.helper = self.lay_out()
        self.helper.layout.fields += [WAS + name for name in self.names]
        keeping(self, by)

    @classmethod
    def shown(cls, row: Any) -> Mapping[str, str]:
        """Write a row as the fields show it."""
        return {name: str(getattr(row, name) or "") for name in cls.base_fields}

    def lay_out(self) -> Helper:
        """Build the form's helper."""
        return helper(*self.names, submit="Save")

    def full_clean(self) -> None:
        """Check what was typed, and end its lines in one way, for browsers end them in theirs."""
        super().full_clean()
        if self.is_bound:
            texts = {name: value for name, value in self.cleaned_data.items() if isinstance(value, str)}
            self.cleaned_data |= {name: one_way(text) for name, text in texts.items()}

    def values(self) -> dict[str, dict[str, Any]]:
        """Give for each field the attributes of the row that it means; by default the one of its own name."""
        return {name: {name: self.cleaned_data.get(name)} for name in self.names}

    def attributes(self) -> dict[str, Any]:
        """Give every attribute that the form sets, for a new row."""
        return {attribute: value for one in self.values().values() for attribute, value in one.items()}

    def edit(self) -> Edit:
        """Give what the person did, for a service."""
        was = {name: str(self.data.get(WAS + name, "")) for name in self.names}
        return Edit(was=was, typed=self.typed(), values=self.values(), shown=self.shown)

    def typed(self) -> dict[str, str]:
        """Give the text of each field as it was typed."""
        return {name: text_of(self.fields[name], self[name].value()) for name in self.names}

    def rebased(self, stale: StaleError) -> Self:
        """Give the form anew on what is saved now: what was typed stays, untouched fields show the saved texts."""
        saved, edit = dict(self.shown(stale.row)), self.edit()
        touched = merge(edit.was, edit.typed, saved).touched
        data = cast(QueryDict, self.data).copy()
        for name in self.names:
            data[WAS + name] = saved.get(name, "")
            if name not in touched:
                _put(data, name, self.fields[name], saved.get(name, ""))
        form = type(self)(data, row=stale.row, by=self.by, **self.again())
        form.is_valid()
        form.both = tuple(form._both(conflict.field, conflict.theirs, conflict.mine) for conflict in stale.conflicts)
        return form

    def again(self) -> dict[str, Any]:
        """Give what else the form was made with, for making it once more."""
        return {}

    def _both(self, name: str, theirs: str, mine: str) -> Both:
        field = self.fields[name]
        return Both(str(field.label or name), readable(field, theirs), readable(field, mine), self[name].auto_id)


def keeping(form: Kept, by: Model) -> Kept:
    """Have what a person types into a form kept while it is typed, and through the end of a session.

    Its view takes `typed(request)` as data, and calls `forget(request)` once it is saved.
    """
    form.fields[TYPED_BY] = typist_field(by)
    form.helper.attrs["data-keep"] = reverse("kept-text-keep")  # type: ignore[attr-defined]
    form.helper.layout.fields.append(TYPED_BY)  # type: ignore[attr-defined]
    return form


def typist_field(by: Model) -> forms.CharField:
    """Make the hidden field that proves for whom a form was made."""
    return _hidden(dumps(str(by.pk), salt=TYPED_BY))


def _hidden(initial: str) -> forms.CharField:
    return forms.CharField(
        required=False, strip=False, max_length=MOST_CHARACTERS, widget=forms.HiddenInput, initial=initial
    )


def _initial(field: forms.Field, text: str) -> Any:
    """Turn a text into what the field starts with."""
    if isinstance(field.widget, MultiWidget):
        return text.split(" ") if text else None
    if isinstance(field.widget, CheckboxInput):
        return bool(text)
    return text.split(",") if isinstance(field.widget, MANY) and text else text


def text_of(field: forms.Field, value: Any) -> str:
    """Write what a field holds as one text."""
    if isinstance(field.widget, CheckboxInput):
        return "on" if value else ""
    if isinstance(value, list | tuple):
        separator = " " if isinstance(field.widget, MultiWidget) else ","
        return separator.join(str(part or "") for part in value).strip()
    return "" if value is None else plain(str(value))


def _put(data: Any, name: str, field: forms.Field, text: str) -> None:
    """Put a text into posted data as the field's widget would send it."""
    if isinstance(field.widget, MultiWidget):
        parts = text.split(" ") if text else []
        for place, suffix in enumerate(field.widget.widgets_names):  # type: ignore[attr-defined]
            data[f"{name}{suffix}"] = parts[place] if place < len(parts) else ""
    elif isinstance(field.widget, MANY):
        data.setlist(name, text.split(",") if text else [])
    elif isinstance(field.widget, CheckboxInput) and not text:
        data.pop(name, None)
    else:
        data[name] = text


def readable(field: forms.Field, text: str) -> str:
    """Write a field's text as people read it: a choice by its label."""
    if isinstance(field.widget, CheckboxInput):
        return "ticked" if text else "not ticked"
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    if choices and isinstance(field.widget, MANY):
        return ", ".join(choices.get(part, part) for part in text.split(",")) or "nothing"
    return choices.get(text, text) or "nothing"
