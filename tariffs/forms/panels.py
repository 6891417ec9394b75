"""Review panels: setting one up, choosing its seats, and writing down what it marked."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms

from commissioning.core import personal_data
from commissioning.forms.layouts import Choice, Field, Fieldset, Fixed, Fluid, Helper, Size, helper
from commissioning.models import Group, MeasureCard
from tariffs.models import Mark, PanelMember, ReviewCase
from tariffs.models.panels import LONGEST_REASON
from tariffs.services.panel_cases import MARK, NO_CODE
from tariffs.sources.programme_limits import Limits

from .entries import ShareField
from .measures import line
from .parts import PartForm


class PanelForm(PartForm):
    """What a panel is called, and what "partly achieved" would pay."""

    name = line(
        "What do you call the panel?", "name of the panel", 120, "For example: Review panel, spring", required=True
    )
    partly_share = ShareField(
        Limits(0, 1),
        what="part of the price",
        required=False,
        label="How much of the price would “partly achieved” pay, in 100?",
        help_text="It is only for the sums on the panel's page. Leave it empty until you have talked about it.",
        example="50",
    )

    def lay_out(self) -> Helper:
        return helper(
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            Field.text("partly_share", field_width=Fixed.FIVE),
            submit="Save the panel",
        )


class PanelStartForm(PanelForm):
    """What a new panel needs: a name, and the measure that it speaks about."""

    card = forms.ChoiceField(
        label="Which measure does it speak about?",
        help_text="One panel marks one measure. For another measure set up another panel.",
        error_messages={
            "required": "Choose the measure that the panel speaks about",
            "invalid_choice": "Choose a measure from the list",
        },
    )

    def __init__(self, *args: Any, cards: Sequence[MeasureCard], **kwargs: Any) -> None:
        self.cards = cards
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a measure"), *((str(card.pk), str(card)) for card in cards)]
        self.fields["card"].choices = choices  # type: ignore[attr-defined]

    def again(self) -> dict[str, Any]:
        return {"cards": self.cards}

    def lay_out(self) -> Helper:
        return helper(
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            Field.select("card"),
            Field.text("partly_share", field_width=Fixed.FIVE),
            submit="Set up the panel",
        )

    def values(self) -> dict[str, dict[str, Any]]:
        return {**super().values(), "card": {"card_id": UUID(self.cleaned_data["card"])}}


class SeatForm(forms.Form):
    """Which role a new seat has."""

    role = forms.ChoiceField(
        label="Who else sits on the panel?",
        help_text="Roles only. Who sits there is not written down here.",
        choices=[("", "Choose a role"), *PanelMember.Role.choices],
        error_messages={"required": "Choose a role", "invalid_choice": "Choose a role from the list"},
    )

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.select("role"), submit="Add a seat", action=action)


class CaseForm(PartForm):
    """One case: its code, what the measure says, each member's mark, and the mark agreed after talking."""

    code = line(
        "Code of the case",
        "code",
        16,
        "One that only the panel can read, such as C-07. Never a name, a birthday or a number of the NHS or the state.",
        required=True,
    )
    group = forms.ChoiceField(
        label="Which group is the person of?",
        required=False,
        help_text="It says which price counts",
        error_messages={"invalid_choice": "Choose a group from the list"},
    )
    own_number = forms.TypedChoiceField(
        label="Which of the person's own outcomes is it?",
        choices=[("1", "The first"), ("2", "The second")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose which of them it is"},
    )
    measured = forms.ChoiceField(
        label="What does the measure alone say?",
        required=False,
        choices=[*ReviewCase.Measured.choices, Choice("", "Not known yet")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose an answer from the list"},
    )
    agreed = forms.ChoiceField(
        label="Which mark did the panel agree on after talking?",
        required=False,
        choices=[*Mark.choices, Choice("", "None yet")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a mark from the list"},
    )
    reason = line(
        "Why this mark?", "reason", LONGEST_REASON, "A few words about the outcome, and nothing that says who it is"
    )
    #: The seats of the panel, and how many outcomes each person defines.
    seats: tuple[PanelMember, ...] = ()
    own: int = 0

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        self.groups = groups
        super().__init__(*args, **kwargs)
        choices = [("", "Not known"), *((str(group.pk), str(group)) for group in groups)]
        self.fields["group"].choices = choices  # type: ignore[attr-defined]

    def again(self) -> dict[str, Any]:
        return {"groups": self.groups}

    @classmethod
    def shown(cls, row: ReviewCase) -> Mapping[str, str]:
        said = {mark.member_id: mark.mark for mark in row.marks.all()}
        marks = {f"{MARK}{seat.pk}": said.get(seat.pk, "") for seat in cls.seats}
        own = {"own_number": str(row.own_number)} if cls.own else {}
        texts = {"code": row.code, "group": str(row.group_id or ""), "measured": row.measured}
        return {**texts, **own, **marks, "agreed": row.agreed, "reason": row.reason}

    def lay_out(self) -> Helper:
        marks = [Field.radios(f"{MARK}{seat.pk}", inline=True, legend_size=Size.SMALL) for seat in self.seats]
        own = [Field.radios("own_number", legend_size=Size.SMALL)] if self.own else []
        return helper(
            Field.text("code", field_width=Fixed.TEN),
            Field.select("group"),
            *own,
            Field.radios("measured", legend_size=Size.SMALL),
            Fieldset(*marks, legend="What each member marked, before talking", legend_size=Size.MEDIUM),
            Fieldset(
                Field.radios("agreed", legend_size=Size.SMALL),
                Field.text("reason"),
                legend="After talking",
                legend_size=Size.MEDIUM,
            ),
            submit="Save the case",
        )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not personal_data.is_a_code(code):
            raise forms.ValidationError(NO_CODE)
        return code

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if held := personal_data.found_in(reason):
            raise forms.ValidationError(f"Take out {' and '.join(held)}: nothing here may say who the person is")
        return reason

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("agreed") and not self.cleaned_data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say in a few words why the panel agreed on this mark")
        if self.own and not self.cleaned_data.get("own_number") and "own_number" not in self.errors:
            self.add_error("own_number", "Choose which of the person's own outcomes it is")
        return self.cleaned_data

    def values(self) -> dict[str, dict[str, Any]]:
        group = self.cleaned_data.get("group")
        return {**super().values(), "group": {"group_id": UUID(group) if group else None}}


def case_form(seats: Sequence[PanelMember], own: int) -> type[CaseForm]:
    """Give the form for the seats of one panel."""
    fields: dict[str, Any] = {f"{MARK}{seat.pk}": _mark(str(seat)) for seat in seats}
    if not own:
        fields["own_number"] = None
    elif own == 1:
        fields["own_number"] = _only()
    return type("CaseOfPanelForm", (CaseForm,), {"seats": tuple(seats), "own": own, **fields})


def _mark(who: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=who,
        required=False,
        choices=[*Mark.choices, Choice("", "Did not mark")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a mark from the list"},
    )


def _only() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Which of the person's own outcomes is it?",
        choices=[("1", "Their only one")],
        coerce=int,
        empty_value=None,
        required=False,
        initial="1",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose which of them it is"},
    )
