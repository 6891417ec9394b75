"""Writing a lot, how the contract is let, and a design that lets it otherwise."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from commissioning.core.typed_numbers import write
from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Choice, Field, Fieldset, Fixed, Fluid, Helper, Size, helper
from commissioning.models import Programme
from markets.core import areas, design_terms
from markets.core.design_terms import LOTS, Kind, Term
from markets.queries import designs as reading
from tariffs.forms.entries import WRITERS, EntryField, NumberField, PoundsField, ShareField, WholeField, text_field
from tariffs.sources.programme_limits import Limits

FIELDS: dict[Kind, tuple[type[EntryField], str]] = {
    Kind.NUMBER: (NumberField, "12"),
    Kind.WHOLE: (WholeField, "3"),
    Kind.POUNDS: (PoundsField, "25000"),
    Kind.SHARE: (ShareField, "25"),
}
YES, NO, SAME = "yes", "no", ""
MOST_PIECES = 1_000
MOST_AREA_CHARACTERS = 20_000


class AreasField(forms.CharField):
    """Local authorities by name or code, one on each line, kept as codes."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {"max_length": f"Use at most {MOST_AREA_CHARACTERS:,} characters"}
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(
            required=False, max_length=MOST_AREA_CHARACTERS, widget=widget, error_messages=errors, **kwargs
        )

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).replace(";", "\n").splitlines() if line.strip()]
        found = {line: _codes(line) for line in lines}
        strange = [line for line, codes in found.items() if not codes]
        if strange:
            said = ", ".join(f"“{line[:60]}”" for line in strange[:5])
            raise ValidationError(
                f"{said}: enter names of county, unitary or borough councils, one on each line, such as Nottinghamshire"
            )
        return list(dict.fromkeys(code for codes in found.values() for code in codes))


def _codes(line: str) -> tuple[str, ...]:
    """Find the codes of a name; a code stands for itself."""
    known = {area.code for area in areas.atlas().areas} | set(areas.atlas().wholes)
    return (line,) if line in known else areas.codes_of(line)


class LotForm(DraftForm):
    """One lot, or several alike. `lot_id` names the one that is changed."""

    lot_id: ClassVar[str] = ""
    name = text_field(("lot", "name"), what="name", label="What is the lot called?", help_text="For example: North")
    annual_value = PoundsField(
        ("lot", "annual_value"),
        what="yearly value",
        example="600000",
        label="What is one contract worth a year?",
        help_text="All that is expected to be paid, in pounds. For example 600,000",
    )
    months = WholeField(
        ("lot", "months"),
        what="number of months",
        example="36",
        required=False,
        label="For how many months?",
        help_text="Leave it empty if it runs as long as the programme's contract.",
    )
    count = WholeField(
        ("lot", "count"), what="number of contracts", example="2", label="How many contracts of this kind are there?"
    )
    groups = forms.MultipleChoiceField(
        label="Whom must a provider be able to serve?",
        help_text="Choose none if it does not matter here.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose groups of this programme"},
    )
    areas = AreasField(
        label="Where?",
        help_text="Names of county, unitary or borough councils, one on each line. Leave it empty for anywhere.",
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self.programme = programme
        super().__init__(*args, **kwargs)
        # A file may leave a lot without a name; whoever changes something else there is not made to give one.
        self.fields["name"].required = not self.lot_id or bool(self.initial["name"])
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, name or key) for key, name in programme.groups.values_list("key", "name")]

    @classmethod
    def shown(cls, row: Programme) -> Mapping[str, str]:
        lot = next((each for each in reading.lots(row) if each["id"] == cls.lot_id), {})
        return {
            "name": lot.get("name", ""),
            "annual_value": WRITERS[PoundsField](Decimal(str(lot["annual_value"]))) if lot else "",
            "months": write(lot.get("months")),
            "count": write(lot.get("count", 1)),
            "groups": ",".join(lot.get("groups", [])),
            "areas": "\n".join(areas.names_of(lot.get("areas", []))),
        }

    def lay_out(self) -> Helper:
        return helper(
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            Field.text("annual_value", field_width=Fixed.TEN),
            Field.text("months", field_width=Fixed.THREE),
            Field.text("count", field_width=Fixed.THREE),
            Field.checkboxes("groups", legend_size=Size.SMALL),
            Field.textarea("areas", rows=4),
            submit="Save the lot",
        )

    def values(self) -> dict[str, dict[str, Any]]:
        return {name: {key: _plain(value) for key, value in given.items()} for name, given in super().values().items()}

    def again(self) -> dict[str, Any]:
        return {"programme": self.programme}


def _plain(value: Any) -> Any:
    """Give a value as the file has it."""
    return float(value) if isinstance(value, Decimal) else value


@cache
def lot_form(lot_id: str) -> type[LotForm]:
    """Give the form of one lot."""
    return type("OneLotForm", (LotForm,), {"lot_id": lot_id})


class DesignForm(DraftForm):
    """One way of letting: its name, and every term in which it differs from the reference. Empty is no difference."""

    design_id: ClassVar[str] = ""
    name = text_field(
        ("design", "name"), what="name", label="What is the design called?", help_text="For example: Half paid upfront"
    )
    lots = WholeField(
        Limits(2, MOST_PIECES),
        what="number of pieces",
        example="4",
        required=False,
        label="Into how many contracts is each lot cut?",
        help_text="Leave it empty to leave the lots as they are.",
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        self.programme = programme
        super().__init__(*args, **kwargs)
        drafted = reading.as_drafted(programme)
        for term in design_terms.TERMS:
            self.fields[_name(term)].help_text = f"As drafted: {drafted[term.path]}"

    @classmethod
    def shown(cls, row: Programme) -> Mapping[str, str]:
        design = next((each for each in reading.designs(row) if each["id"] == cls.design_id), {})
        changes = design.get("changes", {})
        pieces = design_terms.split_of(reading.lots(row), changes.get(LOTS))
        return {"name": design.get("name", ""), "lots": write(pieces)} | {
            _name(term): _shown(term, changes.get(term.path)) for term in design_terms.TERMS
        }

    def lay_out(self) -> Helper:
        market = [_entry(term) for term in design_terms.TERMS if term.part == "market"]
        tariff = [_entry(term) for term in design_terms.TERMS if term.part == "tariff"]
        return helper(
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            Fieldset(
                Field.text("lots", field_width=Fixed.THREE),
                *market,
                legend="What is different in how it is let?",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(*tariff, legend="What is different in what is paid anyway?", legend_size=Size.MEDIUM),
            submit="Save the design",
        )

    def values(self) -> dict[str, dict[str, Any]]:
        given = {"name": {"name": self.cleaned_data["name"]}, "lots": {LOTS: self.cleaned_data["lots"]}}
        return given | {_name(term): {term.path: self._value(term)} for term in design_terms.TERMS}

    def again(self) -> dict[str, Any]:
        return {"programme": self.programme}

    def _value(self, term: Term) -> Any:
        value = self.cleaned_data[_name(term)]
        return {YES: True, NO: False, SAME: None}[value] if term.kind is Kind.YES_NO else _plain(value)


def _name(term: Term) -> str:
    return term.path.replace(".", "__")


def _entry(term: Term) -> Field:
    if term.kind is Kind.YES_NO:
        return Field.radios(_name(term), inline=True)
    return Field.text(_name(term), field_width=Fixed.TEN)


def _shown(term: Term, value: Any) -> str:
    if term.kind is Kind.YES_NO:
        return SAME if value is None else (YES if value else NO)
    kept = Decimal(str(value)) if term.kind is Kind.POUNDS and value is not None else value
    return WRITERS[FIELDS[term.kind][0]](kept)


def _field(term: Term) -> forms.Field:
    if term.kind is Kind.YES_NO:
        return forms.ChoiceField(
            label=term.ask,
            required=False,
            initial=SAME,
            widget=forms.RadioSelect,
            choices=[Choice(YES, "Yes"), Choice(NO, "No"), Choice(SAME, "No difference")],
            error_messages={"invalid_choice": "Choose an answer from the list"},
        )
    kind, example = FIELDS[term.kind]
    what = term.name[0].lower() + term.name[1:]
    return kind((term.part, term.key), what=what, example=example, required=False, label=term.ask)


@cache
def design_form(design_id: str) -> type[DesignForm]:
    """Give the form of one design."""
    fields = {_name(term): _field(term) for term in design_terms.TERMS}
    return type("OneDesignForm", (DesignForm,), {"design_id": design_id, **fields})
