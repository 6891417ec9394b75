"""Following a market position statement by e-mail."""

from django import forms

from commissioning.forms.accounts import EMAIL_SHAPE, narrow
from commissioning.forms.layouts import helper


class FollowForm(forms.Form):
    """An address, and nothing else."""

    email = forms.EmailField(
        label="Email address",
        help_text="We write when a new edition is published or it is withdrawn, and for nothing else. Every letter "
        "has a link to stop.",
        error_messages={"required": "Enter an email address", "invalid": EMAIL_SHAPE},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.helper = helper(narrow("email"), submit="Follow")
