"""Choosing what goes wrong, how badly, and what the contract's review clause does about it."""

from typing import Any

from django import forms

from commissioning.forms.layouts import Field, Fieldset, Fixed, Size, helper
from tariffs.core.programmes import Programme, TargetRule
from tariffs.core.rehearsals import DEFAULTS, Clause, Relief, Shock, ShockKind, Trigger, fits
from tariffs.sources.programme_limits import Limits

from .entries import NumberField, ShareField, WholeField
from .incentive_runs import QUICK

USUAL, THOROUGH = 4_096, 16_384
DRAWS = [
    (QUICK, "A quick look: 1,024 draws, a second or two"),
    (USUAL, "The usual: 4,096 draws, some seconds"),
    (THOROUGH, "Thorough: 16,384 draws, half a minute or more"),
]
SHOCKS = {
    ShockKind.REFERRALS: "Fewer people are referred than planned, throughout",
    ShockKind.LABOUR_MARKET: "A poor labour market: outcomes are rarer for everyone, throughout",
    ShockKind.POOR_REFERRALS: "Poor referrals in: people farther from the outcome come instead of people near to it",
    ShockKind.NO_PLACES: "No places out: a milestone takes longer, for want of places to go on to",
    ShockKind.LATE_REFERRALS: "Year-one lag: part of the first year's people are referred a year later",
    ShockKind.LATE_RESULTS: "A poor first year: outcomes are rarer in the first twelve months",
}
NO_CLAUSE = "none"
TRIGGERS = {
    Trigger.INCOME: "The provider's income falls below a share of the plan",
    Trigger.REFERRALS: "Referrals fall below a share of the plan",
    Trigger.OUTCOMES: "Final outcomes fall below a share of the plan",
    Trigger.CASH: "The provider's cash falls below so many months of its planned costs",
}
RELIEFS = {
    Relief.FORGIVE: "Part of what income fell short of the plan is paid after all, once",
    Relief.MINIMUM: "A guaranteed minimum: each month's income is made up to a share of the plan",
    Relief.UPLIFT: "Prices go up: all that is earned by price is paid with so much more",
    Relief.TARGET: "The target is lowered by a share of itself",
}
#: A chance never falls to nothing, however poor the labour market.
MOST_FALL = 90
CHOOSE = {"required": "Choose one", "invalid_choice": "Choose from the list"}


def _radios(label: str, choices: dict[Any, str], initial: str) -> forms.ChoiceField:
    listed = [(str(key.value), words) for key, words in choices.items()]
    return forms.ChoiceField(
        label=label, choices=listed, initial=initial, widget=forms.RadioSelect, error_messages=CHOOSE
    )


class RehearsalForm(forms.Form):
    """One shock, its size, and a review clause or none."""

    shock = _radios("What goes wrong?", SHOCKS, ShockKind.REFERRALS.value)
    size = NumberField(
        Limits(1, 600),
        what="size",
        example="33",
        required=False,
        label="How badly?",
        help_text="In 100: so many fewer people or outcomes, or so much poorer a chance on average. For a milestone "
        "that takes longer: months. Leave it empty for 33, 30, 20, 6 months, 50 and 50, in the order above.",
    )
    milestone = forms.ChoiceField(
        label="Which milestone takes longer?",
        help_text="Only where places are lacking",
        error_messages=CHOOSE,
    )
    trigger = forms.ChoiceField(
        label="When does the contract's review clause bite?",
        initial=Trigger.INCOME.value,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    below = NumberField(
        Limits(0, 200),
        what="level",
        example="80",
        initial="80",
        label="Below what?",
        help_text="In 100 of the plan, over the months of the review; for cash in months of planned costs",
    )
    months = WholeField(
        Limits(1, 60),
        what="number of months",
        example="12",
        initial="12",
        label="Over how many months does a review look back?",
        help_text="Reviews take place at the end of every month from then on, until people are no longer referred",
    )
    relief = _radios("What relief does it bring?", RELIEFS, Relief.FORGIVE.value)
    share = ShareField(
        Limits(0.0, 1.0),
        what="share",
        example="50",
        initial="50",
        label="How much of it, in 100?",
        help_text="Of the shortfall, of the planned income, on top of prices, or off the target",
    )
    draws = forms.TypedChoiceField(
        label="How thorough should the rehearsal be?",
        choices=DRAWS,
        coerce=int,
        initial=USUAL,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self._offer("shock", [(kind.value, SHOCKS[kind]) for kind in SHOCKS if fits(programme, kind)])
        self._offer("milestone", [(each.id, each.name or each.id) for each in programme.milestones])
        self.initial.setdefault("milestone", next(each.id for each in programme.milestones if each.final))
        self._offer("trigger", [*((key.value, words) for key, words in TRIGGERS.items()), (NO_CLAUSE, "There is none")])
        has_target = programme.tariff.target.rule is not TargetRule.NONE
        reliefs = [key for key in RELIEFS if has_target or key is not Relief.TARGET]
        self._offer("relief", [(key.value, RELIEFS[key]) for key in reliefs])
        self.helper = helper(
            Fieldset(
                Field.radios("shock", legend_size=Size.SMALL),
                Field.text("size", field_width=Fixed.FIVE),
                Field.select("milestone"),
                legend="What goes wrong",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Field.radios("trigger", legend_size=Size.SMALL),
                Field.text("below", field_width=Fixed.FIVE),
                Field.text("months", field_width=Fixed.FIVE),
                Field.radios("relief", legend_size=Size.SMALL),
                Field.text("share", field_width=Fixed.FIVE),
                legend="What the contract does about it",
                legend_size=Size.MEDIUM,
            ),
            Field.radios("draws", legend_size=Size.MEDIUM),
            submit="Rehearse it",
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        size = found.get("size")
        if size is not None and found.get("shock"):
            whole_months = found["shock"] == ShockKind.NO_PLACES.value
            if whole_months and (size != round(size) or size > self.programme.contract_months):
                self.add_error("size", "Enter whole months, no more than the contract has")
            elif found["shock"] == ShockKind.LABOUR_MARKET.value and size > MOST_FALL:
                self.add_error("size", f"Outcomes can fall by {MOST_FALL} in 100 at most")
            elif not whole_months and size > 100:
                self.add_error("size", "The size must be 100 in 100 or less")
        months = found.get("months")
        if months is not None and months > self.programme.referral_months:
            self.add_error("months", f"People are referred for {self.programme.referral_months} months only")
        return found

    def rehearsal(self) -> dict[str, Any]:
        """Give what is asked for, in the words of the core."""
        given = self.cleaned_data
        kind = ShockKind(given["shock"])
        is_months = kind is ShockKind.NO_PLACES
        size = DEFAULTS[kind] if given["size"] is None else given["size"] / (1 if is_months else 100)
        shock = Shock(kind, float(size), given["milestone"] if is_months else "")
        return {"shock": shock, "clause": self._clause(), "draws": given["draws"]}

    def _clause(self) -> Clause | None:
        given = self.cleaned_data
        if given["trigger"] == NO_CLAUSE:
            return None
        trigger = Trigger(given["trigger"])
        below = given["below"] if trigger is Trigger.CASH else given["below"] / 100
        return Clause(trigger, float(below), given["months"], Relief(given["relief"]), given["share"])
