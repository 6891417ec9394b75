"""What a provider types on the bench: its share, its people, what it spends on them, and how deep its pockets are."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from commissioning.core.pathways import Group
from commissioning.core.typed_numbers import write_with_separators
from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Choice, Field, Fieldset, Fixed, Helper, Size, helper
from commissioning.models.limits import MOST_MONTHS, MOST_POUNDS
from commissioning.services.drafts import Entries
from tariffs.models import BenchSheet
from tariffs.sources.programme_limits import Limits

from .entries import EntryField, NumberField, PoundsField, ShareField, WholeField
from .parts import written

SUMS, BEST = "sums", "best"
MONEY = ("overhead_monthly", "reserves", "overdraft")
MOST_PEOPLE = 1_000_000
LEAST_SHARE = 0.0001


def _pounds(label: str, what: str, hint: str) -> PoundsField:
    return PoundsField(Limits(0, MOST_POUNDS), what=what, label=label, help_text=hint, required=False)


class BenchForm(DraftForm):
    """A provider's own figures. Nobody outside the provider sees them. `form_for` adds the fields of each group."""

    groups: ClassVar[tuple[Group, ...]] = ()

    share = ShareField(
        Limits(LEAST_SHARE, 1),
        what="share of the contract",
        example="100",
        label="How many in 100 of the contract would you take on?",
        help_text="100 for all of it. Fees, caps and people come by this share.",
    )
    way = forms.ChoiceField(
        label="What would you spend on each person?",
        choices=[
            Choice(SUMS, "A set sum for each group", hint="You enter the sums below. Most providers work like this."),
            Choice(BEST, "What pays best under this draft", hint="Worked out from the draft's own evidence"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you would spend", "invalid_choice": "Choose from the list"},
    )
    success = NumberField(
        Limits(1, 1000),
        what="comparison of your outcomes",
        example="100",
        label="How good would your outcomes be, if what the draft expects for the same money is 100?",
        help_text="100 for the same, 90 for a tenth fewer, 110 for a tenth more",
    )
    overhead_monthly = _pounds(
        "What do you spend a month, whoever comes, in pounds?", "overheads", "Rent, managers, IT"
    )
    reserves = _pounds("What could you put into this contract, in pounds?", "reserves", "From your free reserves")
    overdraft = _pounds("How far could you borrow or overdraw, in pounds?", "overdraft", "0 if not at all")
    reserve_floor_months = WholeField(
        Limits(0, MOST_MONTHS),
        what="number of months",
        example="3",
        label="Below how many months of costs would you begin to save?",
        help_text="When cash falls below this, you spend less on each person. 0 if you would not.",
        required=False,
    )
    cost_of_capital = ShareField(
        Limits(0, 1), what="cost of capital", example="3.5", label="What does money cost you, in 100 a year?"
    )

    @classmethod
    def shown(cls, row: BenchSheet) -> Mapping[str, str]:
        names = ("share", "reserve_floor_months", "cost_of_capital", *MONEY)
        texts = {name: written(cls.base_fields[name], getattr(row, name)) for name in names}
        for place, group in enumerate(cls.groups):
            for kind, kept in (("people", row.caseload), ("spend", row.spend)):
                found = kept.get(group.id)
                exact = None if found is None else Decimal(str(found))
                texts[f"{kind}_{place}"] = written(cls.base_fields[f"{kind}_{place}"], exact)
        success = written(cls.base_fields["success"], round(100 * row.success, 6))
        return {**texts, "way": SUMS if row.names_sums else BEST, "success": success}

    def lay_out(self) -> Helper:
        return helper(
            Field.text("share", field_width=Fixed.FIVE),
            Field.radios("way", legend_size=Size.SMALL),
            *(
                Fieldset(
                    Field.text(f"people_{place}", field_width=Fixed.TEN),
                    Field.text(f"spend_{place}", field_width=Fixed.TEN),
                    legend=group.name or group.id,
                    legend_size=Size.SMALL,
                )
                for place, group in enumerate(self.groups)
            ),
            Field.text("success", field_width=Fixed.FIVE),
            Fieldset(
                *(Field.text(name, field_width=Fixed.TEN) for name in MONEY),
                Field.text("reserve_floor_months", field_width=Fixed.FIVE),
                Field.text("cost_of_capital", field_width=Fixed.FIVE),
                legend="Your costs and your pockets",
                legend_size=Size.MEDIUM,
            ),
            submit="Save, and see what happens to us",
        )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("way") == SUMS:
            for place, group in enumerate(self.groups):
                name = f"spend_{place}"
                if self.cleaned_data.get(name) is None and name not in self.errors:
                    self.add_error(name, f"Enter what you would spend on each person of {group.name or group.id}")
        return self.cleaned_data

    def values(self) -> dict[str, dict[str, Any]]:
        found = self.cleaned_data
        own = {
            f"{kind}_{place}": {attribute: Entries({group.id: _number(found.get(f"{kind}_{place}"))})}
            for place, group in enumerate(self.groups)
            for kind, attribute in (("people", "caseload"), ("spend", "spend"))
        }
        return {
            **super().values(),
            **{name: {name: found.get(name) or 0} for name in (*MONEY, "reserve_floor_months")},
            "way": {"names_sums": found.get("way") == SUMS},
            "success": {"success": (found.get("success") or 100.0) / 100},
            **own,
        }


def form_for(groups: tuple[Group, ...]) -> type[BenchForm]:
    """Make the form for a draft with these groups."""
    fields: dict[str, Any] = {"groups": groups}
    for place, group in enumerate(groups):
        fields |= _of_group(place, group)
    return type("BenchForm", (BenchForm,), fields)


def _of_group(place: int, group: Group) -> dict[str, EntryField]:
    name = group.name or group.id
    expected = write_with_separators(Decimal(str(group.referrals_per_month)))
    return {
        f"people_{place}": NumberField(
            Limits(0, MOST_PEOPLE),
            what=f"people of {name}",
            label="How many people a month?",
            help_text=f"The draft has {expected} in all. Leave it empty for your share of that.",
            required=False,
        ),
        f"spend_{place}": PoundsField(
            Limits(0, MOST_POUNDS),
            what=f"sum for {name}",
            label="How much on each person who comes, in pounds?",
            help_text="Beside overheads: workers, training, travel, childcare",
            required=False,
        ),
    }


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
