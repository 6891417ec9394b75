"""Inviting someone, giving a role, and accepting an invitation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from commissioning.models import ROLES_OF_KIND, Organisation, Role, User

from .accounts import EMAIL_SHAPE, PASSWORD_HINT, narrow
from .layouts import Choice, Field, Size, helper

# What a member with each role does, in the words of the form.
ROLE_HINTS = {
    Role.EDITOR: "Changes programmes and starts runs",
    Role.APPROVER: "Also approves, invites and removes members, and reads the audit log",
    Role.VIEWER: "Reads, and changes nothing",
    Role.BID_WRITER: "Answers consultations, invites and removes members, and reads the audit log",
    Role.FINANCE_LEAD: "Answers consultations",
    Role.TRUSTEE: "Reads, and changes nothing",
}


class RoleField(forms.ChoiceField):
    """The roles that a kind of organisation knows, each with what it may do."""

    def __init__(self, organisation: Organisation, **kwargs: Any) -> None:
        choices = [Choice(role.value, role.label, hint=ROLE_HINTS[role]) for role in ROLES_OF_KIND[organisation.kind]]
        errors = {"required": "Choose a role", "invalid_choice": "Choose a role from the list"}
        super().__init__(choices=choices, widget=forms.RadioSelect, error_messages=errors, **kwargs)


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="Email address",
        help_text="We send a link to this address. It works for 7 days.",
        error_messages={"required": "Enter an email address", "invalid": EMAIL_SHAPE},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["role"] = RoleField(organisation, label="What should they be able to do?")
        self.helper = helper(
            narrow("email"), Field.radios("role", legend_size=Size.SMALL), submit="Send the invitation"
        )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class RoleForm(forms.Form):
    """What a member should be able to do from now on."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = RoleField(organisation, label="What should they be able to do?")
        self.helper = helper(Field.radios("role", legend_size=Size.SMALL), submit="Change the role")


class NewAccountForm(forms.Form):
    """Name and password of someone who accepts an invitation and has no account yet."""

    name = forms.CharField(
        label="Full name",
        help_text="Members of your organisation see it",
        max_length=120,
        error_messages={"required": "Enter your full name"},
    )
    password = forms.CharField(
        label="Password",
        help_text=PASSWORD_HINT,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )
    password_again = forms.CharField(
        label="Password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter the password again"},
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.helper = helper(
            narrow("name"), narrow("password"), narrow("password_again"), submit="Accept and open my account"
        )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password

    def clean_password_again(self) -> str:
        again: str = self.cleaned_data["password_again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError("The two passwords are not the same")
        return again
