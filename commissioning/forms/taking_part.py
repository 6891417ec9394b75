"""What whoever takes part sends: reactions, a vote, their own words, and the start."""

from typing import Any

from django import forms

from commissioning.core import screening
from commissioning.core.rooms import CHOICES, LONGEST_WORDS, REACTIONS
from commissioning.models import Reaction, Statement, Vote
from commissioning.services.taking_part import tidy


class BeginForm(forms.Form):
    """The start; a facilitator ticks that the other person agreed."""

    has_consent = forms.BooleanField(
        label="They said yes to this", required=False, error_messages={"required": "Ask them first, then tick the box"}
    )

    def __init__(self, *args: Any, needs_consent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["has_consent"].required = needs_consent


class ReactionForm(forms.Form):
    """What one says to a card: tick what is true."""

    said = forms.MultipleChoiceField(
        choices=list(REACTIONS.items()), required=False, error_messages={"invalid_choice": "Tick boxes from the list"}
    )

    def __init__(self, *args: Any, there: Reaction | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["said"] = [name for name in REACTIONS if there and getattr(there, name)]

    def reactions(self) -> dict[str, bool]:
        """Give what the service takes."""
        return {name: name in self.cleaned_data["said"] for name in REACTIONS}


class VoteForm(forms.Form):
    """What one says to a statement: one big button."""

    choice = forms.ChoiceField(
        choices=list(CHOICES.items()),
        error_messages={"required": "Press one of the three", "invalid_choice": "Press one of the three"},
    )

    def __init__(self, *args: Any, there: Vote | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["choice"] = there.choice if there else ""


class WordsForm(forms.Form):
    """Somebody's own words. What may name a person is pointed out once; who sends it again is believed."""

    text = forms.CharField(
        max_length=LONGEST_WORDS,
        strip=True,
        error_messages={
            "required": "Write something, or skip this",
            "max_length": f"This is too long. Use {LONGEST_WORDS} letters at most",
            "null_characters_not_allowed": "Write it again in plain letters",
        },
    )
    may_be_quoted = forms.BooleanField(required=False)
    sure = forms.CharField(required=False, max_length=LONGEST_WORDS)

    def __init__(self, *args: Any, there: Statement | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warning = ""
        if there:
            self.initial = {"text": there.text, "may_be_quoted": there.may_be_quoted}

    def clean(self) -> dict[str, Any]:
        text = tidy(self.cleaned_data.get("text", ""))
        found = screening.found(text)
        if found and self.cleaned_data.get("sure") != "yes":
            self.warning = screening.in_words(found)
            self.add_error("text", f"This looks like {self.warning}. Is it?")
        return self.cleaned_data
