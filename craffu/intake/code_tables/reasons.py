"""Every reason for refusing a row of a code list, and every note on one: what it means and what to do (INT-03)."""

from collections.abc import Mapping
from types import MappingProxyType

from craffu.common.sentences import gettext_noop as _
from craffu.intake.rules import Reason


class Unusable(Exception):  # not an error of ours: the row cannot be taken in as it stands
    """Raised while a row is shaped: why, and in which of its fields."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


_ASK = _("Ask the publisher of the list, or take in a later copy of it.")
_CORRECT = _("Write the right value into the last column, or ask the publisher of the list.")

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Reason.MISSING_ID: (_("The row has no code."), _CORRECT),
        "two_meanings": (
            _("The same code stands twice in this file with two meanings; the first was taken in."),
            _("Ask the publisher of the list which of the two holds."),
        ),
        "code_malformed": (_("The code does not have the form of a code of this list."), _CORRECT),
        "list_unknown": (_("The row belongs to a list that is not kept here."), _CORRECT),
        "label_unknown": (_("The label is not one of this list."), _ASK),
        "division_unknown": (_("The bank holiday is for a part of the kingdom that is not known here."), _ASK),
        "not_text": (
            _("A value that must be text is a number or something else, so noughts may be lost."),
            _("Ask the publisher of the list for a copy with codes written as text."),
        ),
        "not_yes_or_no": (_("A value that must be true or false is neither."), _ASK),
        "not_a_number": (_("A value that must be a whole number is not one."), _ASK),
        "date_unreadable": (_("A date is not written as year-month-day."), _CORRECT),
        "dates_reversed": (_("The code ends before it begins."), _CORRECT),
        "attributes_unreadable": (_("The attributes are not one JSON object."), _CORRECT),
        "characters_unreadable": (_("The row holds characters that cannot be stored."), _ASK),
        "columns_differ": (_("The row has more or fewer columns than the header."), _ASK),
        "row_unreadable": (_("The entry is not a row of this list."), _ASK),
        "range_unreadable": (
            _("The line is not an act's prefix followed by numbers of three digits or ranges of them."),
            _ASK,
        ),
        "newer_version_held": (
            _("The file says what an earlier list said; the newer meaning that is held stays."),
            _("Nothing needs doing, unless the publisher has gone back to the earlier meaning."),
        ),
        "not_a_code_list": (
            _("The file is an extract of the offence codes, not the list; nothing was taken from it."),
            _("Take in the full list of offence codes."),
        ),
    }
)


def sentence(code: str) -> tuple[str, str]:
    """(what it means, what to do) in English, for translation where it is shown."""
    return REASONS.get(code, (code, ""))
