"""Words that whoever guesses a password of this register tries first (SEC-01; NIST SP 800-63B).

What is left of a password without them must be as long as any short password would be; it may hold any characters.
"""

import re
from typing import Final

from django.core.exceptions import ValidationError

# The product, the work and the force, in English and Welsh.
OWN_WORDS: Final = (
    "craffu", "police", "heddlu", "constab", "sergeant", "inspector", "officer", "swyddog", "stalking", "stelcian", "register",
    "cofrestr", "password", "cyfrinair", "wales", "cymru", "demo", "admin", "investigator", "detective", "welcome", "croeso",
)  # fmt: skip
LEAST_WITHOUT: Final = 8
_OWN: Final = re.compile("|".join(OWN_WORDS), re.IGNORECASE)


def without_own_words(password: str) -> str:
    """What is left of a password for whoever knows where it is used."""
    return _OWN.sub("", password)


class OwnWordsValidator:
    """Refuses a password that is little more than words of this place."""

    def validate(self, password: str, user: object = None) -> None:
        left = without_own_words(password)
        if left != password and len(left) < LEAST_WITHOUT:
            raise ValidationError("It is little more than words of this place.", code="password_own_words")

    def get_help_text(self) -> str:
        return ""
