"""What somebody gives to sign in, and to change a password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    username = forms.CharField(max_length=60, error_messages={"required": _("Enter your username")})
    password = forms.CharField(
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput,
        error_messages={"required": _("Enter your password")},
    )


def _password(required: Any) -> forms.CharField:
    return forms.CharField(
        max_length=1024, strip=False, widget=forms.PasswordInput, error_messages={"required": required}
    )


class PasswordForm(forms.Form):
    current = _password(_("Enter your current password"))
    new = _password(_("Enter a new password"))
    again = _password(_("Enter the new password again"))

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two new passwords are not the same"))
        return again


class CodeInput(forms.TextInput):
    """A code is good once, so one that was refused is not in the way of the next."""

    render_value = False


def _code() -> forms.CharField:
    return forms.CharField(max_length=20, required=False, widget=CodeInput)


def _answer() -> forms.CharField:
    """What a passkey answered, put here by the page's script."""
    return forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)


class FactorForm(forms.Form):
    """A code of an app, or the answer of a passkey."""

    code = _code()
    answer = _answer()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not given.get("code") and not given.get("answer"):
            self.add_error("code", _("Enter the code that your app shows"))
        return given


class RecoveryForm(forms.Form):
    code = forms.CharField(max_length=40, error_messages={"required": _("Enter a recovery code")})


class ConfirmForm(forms.Form):
    """The password, and with it a code where there is a second factor; or a passkey's answer alone."""

    password = forms.CharField(max_length=1024, strip=False, required=False, widget=forms.PasswordInput)
    code = _code()
    answer = _answer()

    def __init__(self, *args: Any, needs_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_code = needs_code

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer"):
            return given
        if not given.get("password"):
            self.add_error("password", _("Enter your password"))
        if self.needs_code and not given.get("code"):
            self.add_error("code", _("Enter the code that your app shows"))
        return given


class AppForm(forms.Form):
    code = forms.CharField(
        max_length=20, widget=CodeInput, error_messages={"required": _("Enter the code that your app shows")}
    )


class PasskeyForm(forms.Form):
    name = forms.CharField(max_length=40, required=False)
    answer = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput,
        error_messages={"required": _("Your browser gave no passkey. Press “Make a passkey” and follow what it says.")},
    )


class ResetForm(forms.Form):
    username = forms.CharField(max_length=60, error_messages={"required": _("Enter the username")})
    reason = forms.CharField(
        max_length=200,
        widget=forms.Textarea,
        error_messages={"required": _("Say why, and how you know that it is them")},
    )
