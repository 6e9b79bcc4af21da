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
        gettext_noop("Answers given to the force by victims who were asked"),
        gettext_noop("BBC Shared Data Unit"),
        gettext_noop("Home Office"),
        gettext_noop("Ministry of Justice"),
        gettext_noop("Office for National Statistics"),
        gettext_noop("Ordnance Survey"),
        gettext_noop("Published figures from freedom-of-information answers, holding no personal data"),
        gettext_noop("Published lookup of areas, holding no personal data"),
        gettext_noop("Published names of places, holding no personal data"),
        gettext_noop("Published official statistics holding no personal data"),
        gettext_noop("Published open data with approximate places, holding no personal data"),
        gettext_noop("Published standing data holding no personal data"),
        gettext_noop("The force's own records of its staff"),
        gettext_noop("What the force itself keeps of watching the orders that it enforces"),
        gettext_noop("What witness care keeps of the victims whom it looks after for the force and the prosecution"),
        gettext_noop("data.police.uk (Home Office)"),
    }
)


def in_our_words(kept: str) -> str:
    return gettext(kept) if kept in KNOWN else kept
