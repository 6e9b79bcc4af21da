"""The kinds of what is protected about somebody, in words (SEC-06)."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CONTACTS: Final[Mapping[str, Promise]] = {
    "address": _("address"),
    "phone": _("telephone"),
    "email": _("e-mail"),
    "safe_word": _("safe word"),
    "workplace": _("workplace"),
    "school": _("school"),
}
