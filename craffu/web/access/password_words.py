"""Why a new password is refused, in our own words: Django's are in English alone."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from craffu.web.presenters import Text

# By the code of whatever refuses it (AUTH_PASSWORD_VALIDATORS in the settings).
WORDS: dict[str, Text] = {
    "password_too_short": _("The new password must be at least 12 characters long"),
    "password_too_similar": _("The new password is too like your name or username"),
    "password_too_common": _("The new password is one that many people use. Choose words that nobody would guess"),
    "password_own_words": _(
        "The new password is little more than words that go with this place. Add words that do not"
    ),
}


def in_our_words(fault: ValidationError) -> ValidationError:
    """One sentence for each reason. A reason without words is a mistake of ours, and fails."""
    return ValidationError([str(WORDS[one.code or ""]) for one in fault.error_list])
