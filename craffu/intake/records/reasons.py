"""Every reason for holding back a row of a force's own records, and every note on one: what it means and what to do (INT-03)."""

from collections.abc import Mapping
from types import MappingProxyType

from craffu.clocks.london import AMBIGUOUS_TIME, TIME_DOES_NOT_EXIST
from craffu.common.sentences import gettext_noop as _
from craffu.intake.records.apply import NEWER_VERSION_HELD
from craffu.intake.records.reading import REST_UNREADABLE
from craffu.intake.records.recognise import COLUMNS_NOT_READ
from craffu.intake.records.references import ROUNDED
from craffu.intake.records.shape import AHEAD, IN_THE_FUTURE, ONE_OF_SEVERAL, OUT_OF_ORDER
from craffu.intake.records.storing import ROLE_WAITS
from craffu.intake.rules import Reason
from craffu.intake.tables.csv_rows import COLUMNS_DIFFER, QUOTE_UNCLOSED
from craffu.intake.tables.read import LINES_BEFORE_HEADER, SHEETS_PASSED_OVER
from craffu.intake.tables.text import AS_UTF_8, AS_WINDOWS_1252
from craffu.intake.witness_care.rows import ROW_WAITS

_CORRECT = _("Write the right value into the last column, or correct it in the system it came from and send it again.")
_SEND_AGAIN = _("Correct it in the system it came from and send it again.")
_SAY_WHICH = _(
    "Write the date as year-month-day into the last column, or send the file with a mapping that says which number is the day."
)
_NOTHING = _("Nothing needs doing.")

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Reason.MISSING_ID: (_("The row lacks a value that identifies it."), _CORRECT),
        "value_missing": (_("The row lacks a value that it must have."), _CORRECT),
        "code_not_in_list": (
            _("The value is not one of the codes of this column."),
            _(
                "Write the right code into the last column, or send the file with a mapping that says what the value means."
            ),
        ),
        ROUNDED: (
            _(
                "The reference was shortened as spreadsheets shorten long numbers, so nobody knows which record is meant."
            ),
            _(
                "Send the file as your system wrote it, without opening it in a spreadsheet, "
                "or write the reference into the last column."
            ),
        ),
        "too_long": (_("The value is longer than any real one of this column."), _CORRECT),
        "characters_unreadable": (_("The value holds characters that cannot be typed or were damaged."), _CORRECT),
        "date_unreadable": (_("The date cannot be read."), _CORRECT),
        "no_such_day": (_("There is no such day."), _CORRECT),
        "year_missing": (_("The date has no year."), _CORRECT),
        "year_not_meant": (_("The year cannot be the one that is meant."), _CORRECT),
        IN_THE_FUTURE: (
            _("The row says that it was changed in the future, so no later word would ever count as newer."),
            _CORRECT,
        ),
        AHEAD: (
            _("The row says that it was changed after today, so no other word counts as newer until that day."),
            _("Check the date of the row in the system it came from, and the clock of this server."),
        ),
        "year_of_two_digits": (_("The year has two digits, so nobody knows which century is meant."), _CORRECT),
        "date_ambiguous": (_("The date can be read as two different days."), _SAY_WHICH),
        "time_unreadable": (_("The time cannot be read."), _CORRECT),
        TIME_DOES_NOT_EXIST: (_("The clocks went forward over this time, so it never was."), _CORRECT),
        "not_a_whole_number": (_("The value is not a whole number."), _CORRECT),
        "not_a_number": (_("The value is not a number."), _CORRECT),
        "number_out_of_range": (_("The number is below nought or far too large."), _CORRECT),
        "not_yes_or_no": (_("The value is neither yes nor no."), _CORRECT),
        "hours_unreadable": (_("The hours are not written as 09:00-17:30."), _CORRECT),
        ONE_OF_SEVERAL: (
            _("Of the columns that stand for one another, exactly one must be filled in a row."),
            _SEND_AGAIN,
        ),
        OUT_OF_ORDER: (_("The time lies before another of the row that must come first."), _CORRECT),
        COLUMNS_DIFFER: (_("The row has more or fewer columns than the header."), _SEND_AGAIN),
        QUOTE_UNCLOSED: (_("A quotation mark in the row is never closed."), _SEND_AGAIN),
        REST_UNREADABLE: (
            _("From this line on the file is no CSV, and nothing after it was read; the rows before it were."),
            _SEND_AGAIN,
        ),
        AMBIGUOUS_TIME: (
            _("The time came twice, when the clocks went back; the first was taken."),
            _("Send times with their offset, as in 2024-10-27T01:30:00Z, and this cannot happen."),
        ),
        NEWER_VERSION_HELD: (
            _("The row is an earlier version of one that is held; it was kept and the newer one stays."),
            _NOTHING,
        ),
        ROLE_WAITS: (
            _("The crime or the person of an involvement has not come yet; it is kept and joined when both have."),
            _("Send the file that holds them, if it was not sent."),
        ),
        ROW_WAITS: (
            _(
                "The person, the crime or the row that this one belongs to has not come yet; it is kept and joined then."
            ),
            _("Send the file that holds it, if it was not sent."),
        ),
        COLUMNS_NOT_READ: (
            _("Columns of the file that the layout does not have were not read."),
            _("Send the file with a mapping, if one of them means what a column of the layout does."),
        ),
        AS_UTF_8: (
            _("The mapping declares another encoding, but the file is UTF-8 and was read as such."),
            _("Correct the encoding in the mapping, or leave it out."),
        ),
        AS_WINDOWS_1252: (
            _("The file does not say its encoding and is not UTF-8; it was read as Windows-1252."),
            _("Check a name with an accent, and ask the sender for UTF-8."),
        ),
        LINES_BEFORE_HEADER: (_("Lines before the header were passed over."), _NOTHING),
        SHEETS_PASSED_OVER: (_("Sheets of the workbook that hold no table of this kind were passed over."), _NOTHING),
    }
)


def reasons(code: str) -> tuple[str, str]:
    """(what it means, what to do) in English, for translation where it is shown."""
    return REASONS.get(code, (code, ""))
