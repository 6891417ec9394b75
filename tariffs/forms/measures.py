"""Measure cards: starting one, writing it in full, and saying how far the talks about it are."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from commissioning.forms.cases import long_text
from commissioning.forms.layouts import Choice, Field, Fieldset, Fixed, Fluid, Helper, Size, helper
from commissioning.models import Group, MeasureCard, Milestone
from commissioning.models.limits import MOST_MONTHS, MOST_POUNDS
from tariffs.sources.programme_limits import Limits

from .entries import PoundsField, WholeField
from .parts import PartForm, written

EVERYONE = "everyone"
VERIFIER_HINTS: Mapping[str, str] = {
    MeasureCard.Verifier.PROVIDER: "It is paid by its own word",
    MeasureCard.Verifier.PERSON: "They say so themselves",
    MeasureCard.Verifier.COMMISSIONER: "It pays for what it confirms",
    MeasureCard.Verifier.BODY: "For example a college, a landlord or an auditor",
    MeasureCard.Verifier.RECORDS: "They are kept anyway, and nobody writes them for the claim",
}
STATE_HINTS: Mapping[str, str] = {
    MeasureCard.State.IDEA: "Somebody has written it down",
    MeasureCard.State.DISCUSSION: "People are asked about it",
    MeasureCard.State.AGREED: "It is settled, with all that it says",
    MeasureCard.State.DROPPED: "It will not be used. Say why below: people will ask",
}


def line(label: str, what: str, longest: int, hint: str = "", *, required: bool = False) -> forms.CharField:
    """Ask for a few words."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        error_messages={
            "required": f"Enter the {what}",
            "max_length": f"The {what} must be {longest:,} characters or fewer",
            "null_characters_not_allowed": f"Remove the null characters from the {what}",
        },
    )


def _choice(
    label: str, choices: Sequence[tuple[str, str]], hints: Mapping[str, str], *, unsaid: str = "Not said yet"
) -> forms.ChoiceField:
    """Ask for one of a few, or for none yet."""
    shown = [Choice(value, text, **({"hint": hints[value]} if value in hints else {})) for value, text in choices]
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[*shown, Choice("", unsaid)],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose an answer from the list"},
    )


class MeasureStartForm(PartForm):
    """What a new card needs: a name, and what changes for the person."""

    name = line(
        "What do you call it?",
        "name of the measure",
        120,
        "A few words, such as “In work for half a year”",
        required=True,
    )
    outcome = long_text("What changes for the person?", "In plain words, as they would say it")
    milestone = forms.ChoiceField(
        label="At which step of the way?",
        required=False,
        help_text="The milestone that it tells of. Leave it open for what is no step of its own.",
        error_messages={"invalid_choice": "Choose a step from the list"},
    )
    use = _choice(
        "What is it for?",
        MeasureCard.Use.choices,
        {
            MeasureCard.Use.PAID: "The provider earns something for it",
            MeasureCard.Use.PROTECTED: "Not paid for, but it must not fall below a line",
            MeasureCard.Use.VALUED: "It matters, and nothing holds anybody to it",
        },
    )

    def __init__(self, *args: Any, milestones: Sequence[Milestone], **kwargs: Any) -> None:
        self.milestones = milestones
        super().__init__(*args, **kwargs)
        steps = [("", "None yet"), *((str(each.pk), str(each)) for each in milestones)]
        self.fields["milestone"].choices = steps  # type: ignore[attr-defined]

    def again(self) -> dict[str, Any]:
        return {"milestones": self.milestones}

    def lay_out(self) -> Helper:
        return helper(*self.first(), submit="Add the measure")

    def first(self) -> list[Any]:
        """Lay out the questions that come first."""
        return [
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            Field.textarea("outcome", rows=3),
            Field.select("milestone"),
            Field.radios("use", legend_size=Size.SMALL),
        ]

    def values(self) -> dict[str, dict[str, Any]]:
        milestone = self.cleaned_data["milestone"]
        return {**super().values(), "milestone": {"milestone_id": UUID(milestone) if milestone else None}}


class MeasureForm(MeasureStartForm):
    """Everything that a card says."""

    definition = long_text("What exactly counts?", "What has to be true of a person, from when to when")
    unit = line("In which unit is it counted?", "unit", 200, "For example: one person, once")
    own_outcomes = forms.TypedChoiceField(
        label="Does each person say what counts for them?",
        help_text="One or two outcomes of their own bring people along. What they choose is written down elsewhere.",
        choices=[
            Choice("0", "No, it is the same for all", divider="or"),
            Choice("1", "Yes, each defines one outcome"),
            Choice("2", "Yes, each defines up to two outcomes"),
        ],
        coerce=int,
        initial="0",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how many", "invalid_choice": "Choose how many from the list"},
    )
    own_agreement = long_text(
        "Who agrees with the person what counts, and by when?",
        "For example: the key worker and an advocate, within 6 weeks; changed only if the person asks",
    )
    own_record = long_text(
        "Where are their words kept?",
        "For example: in the person's own skills plan. Nothing about a person is to be written down here.",
    )
    for_whom = forms.ChoiceField(
        label="Whom is it for?",
        required=False,
        error_messages={"invalid_choice": "Choose whom it is for from the list"},
    )
    target_population = long_text("Who counts?", "What else has to be true of a person to be counted at all")
    minimum_change = long_text("What is the least change that counts?", "The smallest that matters to the person")
    relapse_rule = long_text(
        "What happens if it is lost again?",
        "For example: it can be claimed again after 6 months, and keeping it is paid",
    )
    verifier = _choice("Who verifies it?", MeasureCard.Verifier.choices, VERIFIER_HINTS)
    independence = _choice("What do they gain or lose by what they say?", MeasureCard.Independence.choices, {})
    data_source_for_outcome_validation = long_text(
        "What evidence is needed?", "The record or answer that shows it, and who keeps it"
    )
    outcome_validation_method = long_text(
        "How is a claim checked?", "All of them or a sample, against what, and by whom"
    )
    cost_of_claim = PoundsField(
        Limits(0, MOST_POUNDS),
        what="cost of one claim",
        required=False,
        label="What does one claim cost, in pounds?",
        help_text="All that you and the provider spend on proving it once. Leave it empty if it is not known.",
        example="25",
    )
    lag_months = WholeField(
        Limits(0, MOST_MONTHS),
        what="number of months",
        required=False,
        label="How many months after the work is it known?",
        help_text="Count the time to collect the evidence. 0 where it is at once.",
        example="6",
    )
    baseline = long_text("How many reach it today?", "For example: 11 in 100 within a year")
    baseline_source = long_text("Where is that known from?", "Records, a study, or who worked it out and how")
    baseline_date = line("Of which time is it?", "time of the baseline", 100, "For example: 2023 to 2025")
    depends_on = long_text(
        "What does it depend on that the provider cannot change?",
        "For example: jobs nearby, housing, a referral in time",
    )
    relief = long_text(
        "What relieves the provider where that fails?", "The clause, or the promise of whoever can change it"
    )
    gaming = long_text("Who could game it, and how?", "How the figure could be reached without the outcome")
    gaming_guard = long_text("What guards against that?", "What would bring it to light")
    reference_scheme = forms.ChoiceField(
        label="Is it in a known scheme?",
        required=False,
        choices=[("", "No, or not known"), *MeasureCard.Scheme.choices],
        error_messages={"invalid_choice": "Choose a scheme from the list"},
    )
    reference = line("Its reference there", "reference", 200, "The code, or the name and where to find it")

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        self.groups = groups
        super().__init__(*args, **kwargs)
        people = [("", "Not said yet"), (EVERYONE, "Everyone who is referred")]
        self.fields["for_whom"].choices = [  # type: ignore[attr-defined]
            *people,
            *((str(each.pk), str(each)) for each in groups),
        ]

    def again(self) -> dict[str, Any]:
        return {**super().again(), "groups": self.groups}

    @classmethod
    def shown(cls, row: MeasureCard) -> Mapping[str, str]:
        names = [name for name in cls.base_fields if name != "for_whom"]
        texts = {name: written(cls.base_fields[name], getattr(row, name)) for name in names}
        return {**texts, "for_whom": EVERYONE if row.for_everyone else str(row.group_id or "")}

    def lay_out(self) -> Helper:
        return helper(
            *self.first(),
            Fieldset(
                *_texts("definition"),
                Field.text("unit", field_width=Fluid.TWO_THIRDS),
                Field.select("for_whom"),
                *_texts("target_population", "minimum_change", "relapse_rule"),
                legend="What counts, and for whom",
                legend_size=Size.MEDIUM,
            ),
            _own_outcomes(),
            Fieldset(
                Field.radios("verifier", legend_size=Size.SMALL),
                Field.radios("independence", legend_size=Size.SMALL),
                *_texts("data_source_for_outcome_validation", "outcome_validation_method"),
                Field.text("cost_of_claim", field_width=Fixed.TEN),
                Field.text("lag_months", field_width=Fixed.FIVE),
                legend="Who verifies it, and on what evidence",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                *_texts("baseline", "baseline_source"),
                Field.text("baseline_date", field_width=Fixed.TWENTY),
                legend="What would happen anyway",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                *_texts("depends_on", "relief", "gaming", "gaming_guard"),
                legend="What could go wrong",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Field.select("reference_scheme"), Field.text("reference"), legend="Reference", legend_size=Size.MEDIUM
            ),
            submit="Save the measure",
        )

    def clean(self) -> dict[str, Any]:
        reference, scheme = self.cleaned_data.get("reference"), self.cleaned_data.get("reference_scheme")
        if reference and not scheme and "reference_scheme" not in self.errors:
            self.add_error("reference_scheme", "Choose the scheme that the reference belongs to")
        if scheme and not reference and "reference" not in self.errors:
            self.add_error("reference", "Enter the reference in that scheme")
        return self.cleaned_data

    def values(self) -> dict[str, dict[str, Any]]:
        chosen = self.cleaned_data["for_whom"]
        group = UUID(chosen) if chosen not in ("", EVERYONE) else None
        return {**super().values(), "for_whom": {"for_everyone": chosen == EVERYONE, "group_id": group}}


def _own_outcomes() -> Fieldset:
    return Fieldset(
        Field.radios("own_outcomes", legend_size=Size.SMALL),
        *_texts("own_agreement", "own_record"),
        legend="Outcomes that people define themselves",
        legend_size=Size.MEDIUM,
    )


def _texts(*names: str) -> list[Field]:
    return [Field.textarea(name, rows=3) for name in names]


class DecisionForm(PartForm):
    """How far the talks about a card are, and why."""

    state = forms.ChoiceField(
        label="How far is it?",
        choices=[Choice(value, text, hint=STATE_HINTS[value]) for value, text in MeasureCard.State.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it is", "invalid_choice": "Choose how far it is from the list"},
    )
    state_reason = long_text("Why?", "Who agreed, or what spoke against it. Needed where it is dropped.")

    def lay_out(self) -> Helper:
        return helper(Field.radios("state", legend_size=Size.SMALL), *_texts("state_reason"), submit="Save")

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data.get("state_reason") or "state_reason" in self.errors
        if self.cleaned_data.get("state") == MeasureCard.State.DROPPED and not said:
            self.add_error("state_reason", "Say why it is dropped")
        return self.cleaned_data
