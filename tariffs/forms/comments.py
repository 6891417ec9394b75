"""A provider's comment on one line: what is wrong, how much it matters, what would be right, and who may see it."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from commissioning.forms.layouts import Button, Choice, DateField, Field, Fieldset, Fixed, Size, helper
from tariffs.core.consultation_targets import Entry, Kind, Target
from tariffs.models import Comment
from tariffs.models.comments import LONGEST_REASON
from tariffs.services.comments import Said

from .consultations import voice_field
from .entries import WRITERS, EntryField, NumberField, PoundsField, ShareField, WholeField
from .versions import NoteField

POUNDS = ("service_fee_monthly", "upfront_payment", "minimum_service", "payment_cap", "person_cap")
SIGHTS = (
    Choice(
        "named",
        "Public, with our name",
        hint="Published after closing with the answer, under your organisation's name",
    ),
    Choice(
        "unnamed",
        "Public, without our name",
        hint="Published after closing with the answer. Your name is shown to nobody, not to the commissioner either.",
    ),
    Choice(
        "commissioner",
        "The commissioner only",
        hint="Never published by us. The commissioner reads it with your name.",
    ),
    Choice(
        "confidential",
        "Commercially confidential",
        hint="As before, and you say why releasing it would harm you, and until when",
    ),
)
FREEDOM = (
    "The authority is subject to the Freedom of Information Act 2000 and may have to release what you say if somebody "
    "asks, unless an exemption applies: information given in confidence (section 41) or commercial interests "
    "(section 43). Nobody can promise absolute secrecy."
)
LATEST = 2100


def proposed_field(entry: Entry) -> EntryField | None:
    """Make the field for a proposed value, which is typed and checked as the line's own is."""
    label: dict[str, Any] = {"label": "What should it be instead?", "required": False}
    if entry is Entry.PRICE:
        return PoundsField(("price", "price"), what="price", help_text="In pounds", **label)
    if entry in POUNDS:
        return PoundsField(("tariff", entry.value), what="amount", help_text="In pounds", **label)
    if entry is Entry.PAYMENT_LAG_MONTHS:
        return WholeField(("tariff", entry.value), what="number of months", help_text="In months", **label)
    if entry is Entry.DELAY_MONTHS:
        return WholeField(("milestone", entry.value), what="number of months", help_text="In months", **label)
    if entry is Entry.REFERRALS_PER_MONTH:
        return NumberField(("group", entry.value), what="number of referrals", help_text="People a month", **label)
    shares = {
        Entry.ANNUAL_PRICE_CHANGE: ("tariff", "annual_price_change"),
        Entry.VOLUME_GUARANTEE: ("tariff", "volume_guarantee"),
        Entry.TARGET_RATE: ("target", "rate"),
        Entry.BASELINE: ("evidence_row", "baseline"),
    }
    if entry in shares:
        return ShareField(shares[entry], what="figure", help_text="So many in 100, like 11", **label)
    return None


class CommentForm(forms.Form):
    """What a provider says of a line. Who may see it is never chosen beforehand."""

    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    about = forms.ChoiceField(
        label="What is it about?",
        choices=[("", "Choose"), *Comment.About.choices],
        error_messages={"required": "Choose what it is about", "invalid_choice": "Choose from the list"},
    )
    weight = forms.ChoiceField(
        label="How much does it matter?",
        choices=[Choice(*each) for each in Comment.Weight.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how much it matters", "invalid_choice": "Choose from the list"},
    )
    reason = NoteField(
        label="What do you say, and why?",
        help_text="Without names of service users or of people who work for you",
        widget=forms.Textarea,
        validators=[MaxLengthValidator(LONGEST_REASON, f"Use at most {LONGEST_REASON:,} characters")],
        error_messages={
            "required": "Write what you say, and why",
            "null_characters_not_allowed": "Remove the null characters",
        },
    )
    sight = forms.ChoiceField(
        label="Who may see it?",
        help_text=FREEDOM,
        choices=SIGHTS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may see it", "invalid_choice": "Choose from the list"},
    )
    secret_reason = forms.CharField(
        label="Why would releasing it harm you?",
        required=False,
        max_length=1000,
        help_text="For example: it shows our costs, which we would compete on",
        error_messages={
            "max_length": "Use at most 1,000 characters",
            "null_characters_not_allowed": "Remove the null characters",
        },
    )
    secret_until = DateField(
        label="Until when?",
        required=False,
        help_text="The day from which it is no longer sensitive, for example when the contract is let: 31 3 2027",
    )

    send_trial = forms.BooleanField(
        label="Send these figures along with the comment",
        help_text="The commissioner reads the figures above beside your words. They are never published.",
        required=False,
    )

    def __init__(self, *args: Any, target: Target, voices: Any = (), row: Comment | None = None, **kwargs: Any) -> None:
        self.target = target
        given = self.shown(row) if row else {}
        super().__init__(*args, **{"initial": given, **kwargs})
        before: list[Any] = ["key", "seen"]
        if len(voices) > 1 and row is None:
            self.fields["organisation"] = voice_field(voices)
            before.append(Field.select("organisation"))
        between: list[Any] = []
        if proposed := proposed_field(target.entry):
            self.fields["proposed"] = proposed
            between.append(Field.text("proposed", field_width=Fixed.TEN))
            between.append(Button.secondary("try", "Try this value"))
        is_answer = target.kind is Kind.QUESTION
        self.helper = helper(
            *before,
            Field.select("about"),
            Field.radios("weight", legend_size=Size.MEDIUM),
            *between,
            Field.textarea("reason", rows=7, max_characters=LONGEST_REASON),
            Field.radios("sight", legend_size=Size.MEDIUM),
            Fieldset(
                Field.text("secret_reason"),
                "secret_until",
                legend="Only where it is commercially confidential",
                legend_size=Size.SMALL,
            ),
            submit="Replace the comment" if row else "Send the answer" if is_answer else "Send the comment",
        )

    @staticmethod
    def shown(row: Comment) -> dict[str, Any]:
        """Write a comment as the form shows it."""
        names = ("about", "weight", "reason", "sight", "secret_reason", "secret_until", "proposed")
        return {name: getattr(row, name) for name in names}

    def clean_secret_until(self) -> date | None:
        until: date | None = self.cleaned_data["secret_until"]
        if until and not timezone.localdate() < until < date(LATEST, 1, 1):
            raise forms.ValidationError(f"Enter a day to come, before {LATEST}")
        return until

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("sight") != Comment.Sight.CONFIDENTIAL:
            return self.cleaned_data
        if not self.cleaned_data.get("secret_reason") and "secret_reason" not in self.errors:
            self.add_error("secret_reason", "Say why releasing it would harm you")
        if not self.cleaned_data.get("secret_until") and "secret_until" not in self.errors:
            self.add_error("secret_until", "Enter the day until which it is confidential")
        return self.cleaned_data

    def offer(self) -> None:
        """Ask whether what a value changes goes along; for a value that was tried."""
        items = self.helper.layout.fields
        at = next(place for place, item in enumerate(items) if isinstance(item, Button))
        items.insert(at + 1, Field.checkbox("send_trial"))

    def about_the_value(self) -> str:
        """Leave only what is wrong with the proposed value, for the rest is not sent yet; give the value."""
        wrong = self.errors.get("proposed")
        self.errors.clear()
        if wrong:
            self.errors["proposed"] = wrong
        elif self.cleaned_data.get("proposed") is None:
            self.add_error("proposed", "Enter the value that you want to try")
        field, value = self.fields["proposed"], self.cleaned_data.get("proposed")
        return WRITERS[type(field)](value) if isinstance(field, EntryField) and value is not None else ""

    def said(self, trial: dict[str, Any] | None = None) -> Said:
        """Give what is said, for the service; `trial` is what the proposed value changes, where that goes along."""
        found = self.cleaned_data
        is_secret = found["sight"] == Comment.Sight.CONFIDENTIAL
        field, value = self.fields.get("proposed"), found.get("proposed")
        is_proposed = isinstance(field, EntryField) and value is not None
        return Said(
            about=found["about"],
            weight=found["weight"],
            reason=found["reason"],
            sight=found["sight"],
            entry=self.target.entry.value if is_proposed else "",
            proposed=WRITERS[type(field)](value) if isinstance(field, EntryField) and is_proposed else "",
            secret_reason=found["secret_reason"] if is_secret else "",
            secret_until=found["secret_until"] if is_secret else None,
            trial=trial if is_proposed and found.get("send_trial") else None,
        )
