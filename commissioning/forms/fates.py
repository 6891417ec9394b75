"""Deciding about what people said: whether others see it, what becomes of it, and what belongs together."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from commissioning.core.canonical import sha256
from commissioning.core.rooms import DECISIONS, REASONS, Decision
from commissioning.models import Fate, MeasureCard, Moderation, Statement, Theme
from commissioning.models.rooms import LONGEST_TITLE
from commissioning.queries.fates import fingerprint

from .cases import long_text
from .layouts import Choice, Field, Fluid, Size, helper
from .texts import line

ACTS = {
    Moderation.Act.SHOWN: ("Show it to everyone", "Whether we like it or not"),
    Moderation.Act.HIDDEN: ("Hide it", "Everyone sees in its place that it is hidden, and why; its author too"),
}
DECISION_HINTS = {
    Decision.ADOPTED: "It is done as they said",
    Decision.ADAPTED: "It is done, in another form",
    Decision.NOT_ADOPTED: "It is not done",
}


class ModerationForm(forms.Form):
    """Whether everyone sees a statement, and if not, why."""

    act = forms.ChoiceField(
        label="What do you decide?",
        choices=[Choice(value, words, hint=hint) for value, (words, hint) in ACTS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is shown", "invalid_choice": "Choose from the list"},
    )
    reason = forms.ChoiceField(
        label="If you hide it: why?",
        required=False,
        choices=[Choice(reason.value, words[0].upper() + words[1:]) for reason, words in REASONS.items()],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose from the list"},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statement = statement
        self.initial["seen"] = sha256(statement.text)
        if statement.state != Statement.State.WAITING:
            self.initial.update(act=statement.state, reason=statement.reason)
        self.helper = helper(
            Field.radios("act", legend_size=Size.MEDIUM),
            Field.radios("reason", legend_size=Size.SMALL),
            "seen",
            submit="Decide",
        )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("act") == Moderation.Act.HIDDEN and not self.cleaned_data.get("reason"):
            self.add_error("reason", "Choose why it is hidden")
        return self.cleaned_data


class FateForm(forms.Form):
    """What becomes of a statement, and because of what."""

    decision = forms.ChoiceField(
        label="What becomes of it?",
        choices=[Choice(key.value, words, hint=DECISION_HINTS[key]) for key, words in DECISIONS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it", "invalid_choice": "Choose from the list"},
    )
    because = long_text(
        "Because", "Its author reads this, and later everyone does. Write it in plain words", required="Say why"
    )
    measure = forms.ChoiceField(
        label="Did it lead to a measure?", required=False, error_messages={"invalid_choice": "Choose from the list"}
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, fate: Fate | None, measures: Sequence[MeasureCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = {str(each.pk): each for each in measures}
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "No measure"), *((key, each.name) for key, each in self.measures.items())]
        if fate:
            self.initial = {"decision": fate.decision, "because": fate.because, "measure": str(fate.measure_id or "")}
            self.initial["was"] = fingerprint(fate)
        self.helper = helper(
            Field.radios("decision", legend_size=Size.MEDIUM),
            Field.textarea("because", rows=4),
            Field.select("measure"),
            "was",
            submit="Save",
        )

    def clean_measure(self) -> MeasureCard | None:
        return self.measures.get(self.cleaned_data["measure"])


class ThemeForm(forms.Form):
    """Statements that belong together, and their heading."""

    title = line("Heading", LONGEST_TITLE, "For example: Being listened to", required="Enter a heading")
    statements = forms.MultipleChoiceField(
        label="Which statements belong to it?",
        help_text="A statement belongs to one theme at most: choosing it here takes it out of another",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one statement", "invalid_choice": "Choose from the list"},
    )

    def __init__(self, *args: Any, theme: Theme | None, statements: Sequence[Statement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["statements"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [Choice(str(each.pk), each.text) for each in statements]
        if theme:
            mine = [str(each.pk) for each in statements if each.theme_id == theme.pk]
            self.initial = {"title": theme.title, "statements": mine}
        self.helper = helper(
            Field.text("title", field_width=Fluid.TWO_THIRDS),
            Field.checkboxes("statements", legend_size=Size.SMALL),
            submit="Save the theme",
        )

    def clean_statements(self) -> list[UUID]:
        return [UUID(each) for each in self.cleaned_data["statements"]]


class PublishForm(forms.Form):
    """Publish exactly what was read: its hash goes along."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("seen", submit="Publish it", warning=True)
