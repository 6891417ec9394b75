"""Writing a market position statement: how it starts, its sections, its plan and its dates."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commissioning.forms.cases import long_text
from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Button, Choice, DateField, Div, Field, Fixed, Helper, Size, helper
from commissioning.forms.texts import line
from commissioning.models import Organisation, Programme
from markets.core import areas as places
from markets.models import PositionStatement, StatementPlan, StatementSection
from markets.models.statements import LONGEST_LINE, LONGEST_SERVICE


class StartForm(forms.Form):
    """Whose statement it is, and whether it is about a programme that stands here already."""

    title = line(
        "What is it called?", LONGEST_LINE, "For example: Help into work, 2027 to 2030", required="Enter a title"
    )
    organisation = forms.ChoiceField(
        label="Which authority is it from?",
        error_messages={"required": "Choose an authority", "invalid_choice": "Choose an authority from the list"},
    )
    programme = forms.ChoiceField(
        label="Is it about a programme that stands here?",
        help_text="Its summary, areas and dates are then taken over, and its figures can be put in",
        required=False,
        error_messages={"invalid_choice": "Choose a programme from the list"},
    )

    def __init__(
        self, *args: Any, authorities: Sequence[Organisation], programmes: Sequence[Programme], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = {str(each.pk): each for each in authorities}
        self.programmes = {str(each.pk): each for each in programmes}
        self._choose("organisation", [(key, each.name) for key, each in self.authorities.items()])
        self._choose("programme", [("", "No"), *((key, each.name) for key, each in self.programmes.items())])
        items = [Field.text("title"), Field.select("organisation"), Field.select("programme")]
        self.helper = helper(*items, submit="Start writing")

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_organisation(self) -> Organisation:
        return self.authorities[self.cleaned_data["organisation"]]

    def clean_programme(self) -> Programme | None:
        return self.programmes.get(self.cleaned_data["programme"])

    def clean(self) -> dict[str, Any]:
        programme, authority = self.cleaned_data.get("programme"), self.cleaned_data.get("organisation")
        if programme and authority and programme.organisation_id != authority.pk:
            self.add_error("programme", "Choose a programme of the same authority")
        return self.cleaned_data


class AboutForm(DraftForm):
    """What a statement is called, and which service and areas it is about."""

    title = line("Title", LONGEST_LINE, "As readers will find it", required="Enter a title")
    service = line(
        "Which service is it about?",
        LONGEST_SERVICE,
        "In one or two sentences, in the words that providers use",
        widget=forms.Textarea,
    )
    areas = line(
        "Which areas is it about?",
        5000,
        "One local authority, region or country to a line, such as Barnet",
        widget=forms.Textarea,
    )

    @classmethod
    def shown(cls, row: PositionStatement) -> Mapping[str, str]:
        areas = "\n".join(places.names_of(row.areas))
        return {"title": row.title, "service": row.service, "areas": areas}

    def lay_out(self) -> Helper:
        items = [Field.text("title"), Field.textarea("service", rows=3), Field.textarea("areas", rows=4)]
        return helper(*items, submit="Save")

    def clean_areas(self) -> list[str]:
        codes, unknown = places.written(str(self.cleaned_data["areas"]))
        if unknown:
            raise ValidationError(f"{unknown[0][:60]} is no local authority, region or country that is known here")
        return list(codes)


class AmendedForm(AboutForm):
    """The same of a later edition, with what changed since the one before."""

    change_note = line(
        "What changed since the last edition, and why?",
        2000,
        "Readers and followers see this first. It is published and cannot be changed later.",
        widget=forms.Textarea,
    )

    @classmethod
    def shown(cls, row: PositionStatement) -> Mapping[str, str]:
        return {**super().shown(row), "change_note": row.change_note}

    def lay_out(self) -> Helper:
        made = super().lay_out()
        made.layout.fields.insert(0, Field.textarea("change_note", rows=3))
        return made


class SectionForm(DraftForm):
    """The text of one section."""

    text = long_text(
        "Your text",
        "Plain text. An empty line begins a paragraph, “- ” a point of a list, “### ” a heading; **bold**, *italics*, "
        "[words](https://address). Anything else is shown as you type it.",
    )

    @classmethod
    def shown(cls, row: StatementSection) -> Mapping[str, str]:
        return {"text": row.text}

    def lay_out(self) -> Helper:
        made = helper(Field.textarea("text", rows=18), submit="Save and next section")
        buttons = (
            made.layout.fields.pop(),
            Button.secondary("stay", "Save"),
            Button.secondary("figure", "Save and put in a figure"),
            Button.secondary("preview", "Preview without saving"),
        )
        made.layout.fields.append(Div(*buttons, css_class="govuk-button-group"))
        return made


class PlanForm(DraftForm):
    """What is meant to be bought, and how it is paid: answers that readers can compare between statements."""

    intended_market = long_text(
        "Which market do you want?", "How many providers of which kinds and sizes, and what you do so that they come"
    )
    results_wanted = long_text("Which results do you want?", "What is to change for whom; not what is to be done")
    tools = forms.MultipleChoiceField(
        label="How do you mean to buy and pay?",
        required=False,
        choices=[Choice(value, label) for value, label in StatementPlan.Tool.choices],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    payment_structure = long_text(
        "How will it be paid?", "What is paid for attachment, for results and as a fee, and how long payments take"
    )
    upfront_share = forms.DecimalField(
        label="How much is paid upfront?",
        help_text="In per cent of the contract’s value, for example 20. 0 if nothing is.",  # noqa: RUF001 - as printed
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "invalid": "Enter a number, like 20",
            "min_value": "Enter a number from 0 to 100",
            "max_value": "Enter a number from 0 to 100",
            "max_digits": "Enter a number from 0 to 100",
            "max_whole_digits": "Enter a number from 0 to 100",
            "max_decimal_places": "Use at most two decimal places",
        },
    )
    early_communication = long_text(
        "What will you tell the market early?", "What you promise to say, and when: before decisions, not after"
    )
    engagement = long_text("How can providers and service users take part?", "When, where, and how small ones can too")
    contacts = long_text("Which team can people ask?", "A team, its mailbox and telephone. Never name a person.")

    @classmethod
    def shown(cls, row: StatementPlan) -> Mapping[str, str]:
        share = row.upfront_share
        return {
            **super().shown(row),
            "tools": ",".join(row.tools),
            "upfront_share": "" if share is None else f"{share.normalize():f}",
        }

    def lay_out(self) -> Helper:
        return helper(
            Field.textarea("intended_market", rows=4),
            Field.textarea("results_wanted", rows=4),
            Field.checkboxes("tools", legend_size=Size.SMALL, small=True),
            Field.textarea("payment_structure", rows=4),
            Field.text("upfront_share", field_width=Fixed.THREE),
            Field.textarea("early_communication", rows=3),
            Field.textarea("engagement", rows=3),
            Field.textarea("contacts", rows=3),
            submit="Save",
        )


def _day(label: str, hint: str = "For example, 27 3 2027") -> DateField:
    return DateField(label=label, help_text=hint, required=False)


class DatesForm(DraftForm):
    """The days that a statement keeps itself, where those of the procurement stand with its programme."""

    engagement_from = _day("First day of market engagement")
    engagement_to = _day("Last day of market engagement")
    bids_due_on = _day("Last day for bids")
    review_on = _day("When will you look at this statement again?")

    @classmethod
    def shown(cls, row: StatementPlan) -> Mapping[str, str]:
        return {name: _written(getattr(row, name)) for name in cls.base_fields}


class AllDatesForm(DatesForm):
    """The same with the days of the procurement, where there is no programme."""

    tender_notice_on = _day("Day of the tender notice")
    award_on = _day("Day of the award")
    starts_on = _day("First day of the contract")
    ends_on = _day("Last day of the contract")

    field_order = (
        "engagement_from",
        "engagement_to",
        "tender_notice_on",
        "bids_due_on",
        "award_on",
        "starts_on",
        "ends_on",
        "review_on",
    )


def _written(day: date | None) -> str:
    return f"{day.day} {day.month} {day.year}" if day else ""
