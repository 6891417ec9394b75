"""Accepting a warning: the reason, and what of it the person saw."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from commissioning.forms.layouts import Field, helper
from tariffs.models.finding_acceptances import LONGEST_REASON

from .versions import NoteField


class AcceptForm(forms.Form):
    """Why a warning is accepted."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    reason = NoteField(
        label="Why do you accept it?",
        help_text="Councillors, auditors and providers may read it. Say what makes it bearable here.",
        widget=forms.Textarea,
        validators=[MaxLengthValidator(LONGEST_REASON, f"Use at most {LONGEST_REASON:,} characters")],
        error_messages={
            "required": "Say why you accept the warning",
            "null_characters_not_allowed": "Remove the null characters",
        },
    )

    def given(self) -> dict[str, str]:
        """Give the reason, and the fingerprint of what the person saw."""
        return {name: self.cleaned_data[name] for name in ("seen", "reason")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = Field.textarea("reason", rows=4, max_characters=LONGEST_REASON)
        self.helper = helper("seen", reason, submit="Accept the warning")
