"""Signing in and keeping an account safe: allauth's forms in our words and our look."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as code_forms
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django import forms

from .layouts import Field, Fluid, helper

PASSWORD_HINT = (
    "At least 12 characters. Three random words are easy to remember and hard to guess. "
    "Common passwords are refused; nothing else is asked of it."
)
EMAIL_SHAPE = "Enter an email address in the correct format, like name@example.com"
CODE_HINT = "Six digits from your authenticator app, or one of your recovery codes"


def reword(field: forms.Field, label: str, missing: str, hint: str = "") -> None:
    """Give a field our label, hint and error; a placeholder would vanish as soon as one types."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


class SignInForm(account_forms.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["login"], "Email address", "Enter your email address")
        self.fields["login"].error_messages["invalid"] = EMAIL_SHAPE
        reword(self.fields["password"], "Password", "Enter your password")
        self.helper = helper(narrow("login"), narrow("password"), submit="Sign in")


def narrow(name: str) -> Field:
    """Show a field about half as wide as the page's reading text."""
    return Field.text(name, field_width=Fluid.TWO_THIRDS)


class ForgottenPasswordForm(account_forms.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["email"], "Email address", "Enter your email address")
        self.fields["email"].error_messages["invalid"] = EMAIL_SHAPE
        self.helper = helper(narrow("email"), submit="Send me a link")


class NewPasswordForm(account_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["password1"], "New password", "Enter a new password", PASSWORD_HINT)
        reword(self.fields["password2"], "New password again", "Enter the new password again")
        self.helper = helper(narrow("password1"), narrow("password2"), submit="Change password")


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["oldpassword"], "Present password", "Enter your present password")
        reword(self.fields["password1"], "New password", "Enter a new password", PASSWORD_HINT)
        reword(self.fields["password2"], "New password again", "Enter the new password again")
        self.helper = helper(narrow("oldpassword"), narrow("password1"), narrow("password2"), submit="Change password")


class ConfirmPasswordForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self.fields["password"], "Password", "Enter your password")
        self.helper = helper(narrow("password"), submit="Continue")


def ask_for_code(form: forms.Form, label: str, hint: str, submit: str) -> None:
    """Shape the one field of a form that asks for a code."""
    reword(form.fields["code"], label, "Enter the code", hint)
    form.fields["code"].widget.attrs.update(autocomplete="one-time-code", spellcheck="false")
    form.helper = helper(Field.text("code", field_width=10), submit=submit)  # type: ignore[attr-defined]


class CodeForm(code_forms.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self, "Code", CODE_HINT, "Continue")


class ConfirmCodeForm(code_forms.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self, "Code", CODE_HINT, "Continue")


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self, "Code from the app", "Six digits, new every 30 seconds", "Turn on the second factor")


class DeactivateForm(DeactivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Remove this app", warning=True)


class RecoveryCodesForm(GenerateRecoveryCodesForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit="Make new codes")
