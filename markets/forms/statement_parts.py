"""Putting figures into statements, commenting on them, and deciding on them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commissioning.forms.cases import long_text
from commissioning.forms.drafts import keeping
from commissioning.forms.layouts import Choice, Field, helper
from commissioning.forms.texts import line
from commissioning.models import User
from markets.core.editions import Figure
from markets.models.statements import LONGEST_LINE, LONGEST_SERVICE


class OfferForm(forms.Form):
    """Which of the figures that can be cited is put in."""

    offer = forms.ChoiceField(
        label="Which figure do you put in?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a figure", "invalid_choice": "Choose a figure from the list"},
    )

    def __init__(self, *args: Any, offers: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["offer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [Choice(key, title, hint=hint) for key, title, hint in offers]
        self.helper = helper(Field.radios("offer"), submit="Put it in")


class TableForm(forms.Form):
    """A table of one's own: its message, its cells and where they come from."""

    title = line(
        "What does it say?",
        LONGEST_LINE,
        "The message in a few words, such as: Half of all referrals are under 25",
        required="Enter a title",
    )
    sentence = line(
        "The same in a sentence, for whoever cannot see the table",
        LONGEST_SERVICE,
        "With the most important figure",
        required="Say in a sentence what the table shows",
        widget=forms.Textarea,
    )
    cells = forms.CharField(
        label="The table",
        help_text="One row to a line, the headings first; | between cells. You can also paste from a spreadsheet. "
        "Write “fewer than 10” for small numbers of people.",
        max_length=20_000,
        widget=forms.Textarea,
        error_messages={"required": "Enter the table", "max_length": "Use at most 20,000 characters"},
    )
    source = line(
        "Where does it come from?", LONGEST_SERVICE, "Author, title and date, with an address where there is one"
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = [
            Field.text("title"),
            Field.textarea("sentence", rows=2),
            Field.textarea("cells", rows=8),
            Field.text("source"),
        ]
        self.helper = helper(*items, submit="Put it in")
        keeping(self, by)

    def clean_cells(self) -> list[tuple[str, ...]]:
        rows = [_cells(line) for line in self.cleaned_data["cells"].splitlines() if line.strip()]
        if len(rows) < 2:
            raise ValidationError("Enter a line of headings and at least one row")
        for place, row in enumerate(rows, start=1):
            if len(row) != len(rows[0]):
                raise ValidationError(
                    f"Line {place} has {len(row)} cell{'' if len(row) == 1 else 's'}, the headings have {len(rows[0])}"
                )
        return rows

    def figure(self) -> Figure:
        """Give the figure that was written."""
        found = self.cleaned_data
        headings, *rows = found["cells"]
        return Figure("table", found["title"], found["sentence"], headings, tuple(rows), source=found["source"])


def _cells(line: str) -> tuple[str, ...]:
    separator = "\t" if "\t" in line else "|"
    plain = line if separator == "\t" else line.strip().strip("|")
    return tuple(cell.strip() for cell in plain.split(separator))


class CommentForm(forms.Form):
    """What a colleague says of a statement."""

    section = forms.ChoiceField(label="What is it about?", required=False)
    text = long_text("Your comment", "Only members of your authority read it", required="Enter your comment")

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "The whole statement"), *sections]
        field.error_messages["invalid_choice"] = "Choose from the list"
        self.helper = helper(Field.select("section"), Field.textarea("text", rows=4), submit="Say it")
        keeping(self, by)

    def said(self) -> dict[str, str]:
        """Give the comment for the service."""
        return {name: self.cleaned_data[name] for name in ("text", "section")}


class CommentAnswerForm(forms.Form):
    """What is answered to a colleague's comment."""

    text = long_text("Your answer", "What you changed, or why you left it", required="Enter your answer")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.textarea("text", rows=4), submit="Answer")
        keeping(self, by)


class SendBackForm(forms.Form):
    """What has to change before a statement can be approved."""

    reason = long_text(
        "What has to change?", "It becomes a comment that wants an answer", required="Say what has to change"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.textarea("reason", rows=4), submit="Send it back")


class ApprovalForm(forms.Form):
    """The hash of what the approver reads, so that nothing else is published."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("seen", submit="Approve and publish")
