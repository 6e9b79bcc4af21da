"""Words looked for among what a page lists, asked by POST so that none stands in an address (SEC-06)."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class FindForm(forms.Form):
    words = forms.CharField(
        label=_("Words"), required=False, max_length=200, error_messages={"max_length": _("That is too long")}
    )

    @property
    def asked(self) -> str:
        """What is looked for; empty where nothing is, or it cannot be."""
        return self.cleaned_data["words"].strip() if self.is_bound and self.is_valid() else ""


def find_form(request: HttpRequest) -> FindForm:
    return FindForm(request.POST if request.method == "POST" else None)
