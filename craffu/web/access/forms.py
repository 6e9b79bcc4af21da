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


class ConfirmForm(forms.Form):
    password = _password(_("Enter your password"))
