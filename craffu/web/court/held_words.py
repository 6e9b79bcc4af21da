"""Whose records are and on which basis they are shared, in the reader's language: our own words of them, as records keep them.

What a record says that is not here stands as it came, in English.
"""

from django.utils.translation import gettext, gettext_noop

KNOWN = frozenset(
    {
        gettext_noop("HM Courts and Tribunals Service"),
        gettext_noop("HM Prison and Probation Service"),
        gettext_noop("Court results sent to the police for law enforcement purposes"),
        gettext_noop("The force's own records for law enforcement purposes"),
        gettext_noop("Lists of civil orders sent to the police who enforce them"),
        gettext_noop("Supervision of offenders shared with the police for law enforcement purposes"),
        gettext_noop("The force's own custody records, and releases sent to it, for law enforcement purposes"),
    }
)


def in_our_words(kept: str) -> str:
    return gettext(kept) if kept in KNOWN else kept
