"""What whoever guesses a password of this register tries first (SEC-01; NIST SP 800-63B).

What is left of a password without them must be as long as any short password would be; it may hold any characters.
"""

import re
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# The product, the work and the force, in English and Welsh.
OWN_WORDS: Final = (
    "craffu", "police", "heddlu", "constab", "sergeant", "inspector", "officer", "swyddog", "stalking", "stelcian", "register",
    "cofrestr", "password", "cyfrinair", "wales", "cymru", "demo", "admin", "investigator", "detective", "welcome", "croeso",
)  # fmt: skip
LEAST_WITHOUT: Final = 8
_OWN: Final = re.compile("|".join(OWN_WORDS), re.IGNORECASE)


_TRIMMINGS: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def without_trimmings(password: str) -> str:
    """What is left of a password without the digits and signs that people put around one, said once where it is said twice."""
    core = _TRIMMINGS.sub("", password.lower())
    for length in range(1, len(core) // 2 + 1):
        if len(core) % length == 0 and core == core[:length] * (len(core) // length):
            return core[:length]
    return core


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


class TrimmedCommonValidator(CommonPasswordValidator):
    """Refuses one of the passwords that many people use with digits or signs around it, or said twice to be long enough."""

    def validate(self, password: str, user: object = None) -> None:
        if without_trimmings(password) in self.passwords:
            raise ValidationError(
                "It is one that many people use, with something around it.", code="password_too_common"
            )

    def get_help_text(self) -> str:
        return ""
