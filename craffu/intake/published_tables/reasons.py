"""Every reason for holding a row of a published table back, and every note on one: what it means and what to do (INT-03)."""

from collections.abc import Mapping
from types import MappingProxyType

from craffu.common.sentences import gettext_noop as _
from craffu.intake.tables.csv_rows import COLUMNS_DIFFER, QUOTE_UNCLOSED
from craffu.intake.tables.read import LINES_BEFORE_HEADER, SHEETS_PASSED_OVER
from craffu.intake.tables.text import AS_WINDOWS_1252

AREA_MISSING = "area_missing"
AREA_UNKNOWN = "area_unknown"
NOT_AN_AREA_CODE = "not_an_area_code"
PERIOD_UNREADABLE = "period_unreadable"
MEASURE_MISSING = "measure_missing"
TOO_LONG = "too_long"
TWO_VALUES = "two_values"
NAME_MISSING = "name_missing"
MONTH_UNREADABLE = "month_unreadable"
POINT_UNREADABLE = "point_unreadable"
CRIME_TYPE_MISSING = "crime_type_missing"

NEGATIVE = "negative"
SUPPRESSED = "suppressed"
PERIOD_TYPING_ERROR = "period_typing_error"
ZERO_MAY_MEAN_NOT_SUPPLIED = "zero_may_mean_not_supplied"
OUTSIDE_FORCE = "outside_force"
DISTRICT_WITHOUT_FORCE = "district_without_force"
NO_FORCE_KNOWN = "no_force_known"
NEWER_HELD = "newer_version_held"


class Unusable(Exception):  # not an error of ours: the row cannot be taken in as it stands
    """Raised while a row is shaped: why, in which of its columns, and whether a person must decide."""

    def __init__(self, reason: str, column: str = "", *, undecided: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.column = column
        self.undecided = undecided


_CORRECT = _("Write the right value into the last column, or ask the publisher.")
_ASK = _("Ask the publisher, or take in a later copy of the file.")
_SEEN = _("Nothing needs doing: the anomaly stands beside the figures wherever they are shown.")
_KEPT = _("Nothing needs doing: the figure is kept as published, with this mark.")

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        AREA_MISSING: (_("The row does not say which force or area it is about."), _CORRECT),
        AREA_UNKNOWN: (
            _("No force or area is known by this name, and none is guessed."),
            _("Correct the name, or have it added to the names that are known."),
        ),
        NOT_AN_AREA_CODE: (_("The area code does not have the form of one."), _CORRECT),
        PERIOD_UNREADABLE: (_("The period is not one that this table can have."), _CORRECT),
        MEASURE_MISSING: (_("The row does not say what is counted."), _CORRECT),
        NAME_MISSING: (_("The row has no name."), _ASK),
        MONTH_UNREADABLE: (_("The month is not written as year-month."), _CORRECT),
        POINT_UNREADABLE: (
            _("The co-ordinates are not numbers within their range, or one of the two is missing."),
            _CORRECT,
        ),
        CRIME_TYPE_MISSING: (_("The row has no type of crime."), _CORRECT),
        TOO_LONG: (_("A value is longer than any real one."), _CORRECT),
        TWO_VALUES: (
            _("The file gives two values for the same figure, so nobody knows which holds. Neither was taken in."),
            _("Ask the publisher which of the two holds."),
        ),
        "not_a_whole_number": (_("A count is not a whole number."), _CORRECT),
        "not_a_number": (_("A value that must be a number is not one."), _CORRECT),
        "characters_unreadable": (_("The row holds characters that cannot be stored."), _ASK),
        COLUMNS_DIFFER: (_("The row has more or fewer columns than the header."), _ASK),
        QUOTE_UNCLOSED: (_("A quotation mark in the row is out of place, so its columns cannot be told apart."), _ASK),
        NEGATIVE: (_("The count is negative, as where earlier crimes were cancelled."), _KEPT),
        SUPPRESSED: (_("The figure is hidden by its publisher."), _KEPT),
        PERIOD_TYPING_ERROR: (_("The day of the period is not the last of its month: a typing error."), _KEPT),
        ZERO_MAY_MEAN_NOT_SUPPLIED: (_("Every count of the row is 0, which may mean that none was supplied."), _KEPT),
        OUTSIDE_FORCE: (_("The place is outside the area of the force."), _KEPT),
        DISTRICT_WITHOUT_FORCE: (
            _("No force is known for the district, so nobody can say whether it is outside."),
            _KEPT,
        ),
        NO_FORCE_KNOWN: (_("No force is known for the area, and it is not given to a neighbour."), _KEPT),
        NEWER_HELD: (
            _("The file says what an earlier one said; the newer word that is held stays."),
            _("Nothing needs doing, unless the publisher has gone back to the earlier figure."),
        ),
        AS_WINDOWS_1252: (
            _("The file does not say how its characters are written; it was read as Windows-1252."),
            _("Check a name with accents, or ask the sender for UTF-8."),
        ),
        LINES_BEFORE_HEADER: (_("There are lines before the header; they were passed over."), ""),
        SHEETS_PASSED_OVER: (_("Other sheets of the workbook were passed over."), ""),
        "found_column_repeats": (_("A column repeats another"), _SEEN),
        "found_column_repeats_negated": (_("A column repeats another with the sign turned"), _SEEN),
        "found_part_exceeds_whole": (_("A part is more than its whole"), _SEEN),
        "found_parts_exceed_whole": (_("The parts together are more than their whole"), _SEEN),
        "found_total_does_not_add": (_("A total is not the sum of its rows"), _SEEN),
        "found_heading_contradicted": (
            _("A column is the sum of two others in every row, which its heading does not say"),
            _SEEN,
        ),
        "found_zero_not_supplied": (_("A 0 between large numbers: probably not supplied"), _SEEN),
        "found_zero_or_not_supplied": (_("A 0 that means none, or not supplied"), _SEEN),
        "found_rate_on_nothing": (_("A rate printed where there is nothing to divide"), _SEEN),
        "found_rate_over_100": (_("A rate over 100%"), _SEEN),
        "found_rate_contradicted": (_("A printed rate that its counts contradict"), _SEEN),
        "found_worked_out_from_nothing": (_("A difference printed where a figure is missing"), _SEEN),
        "found_worked_out_wrongly": (_("A printed difference that its figures contradict"), _SEEN),
        "found_two_definitions": (_("One name stands for two things"), _SEEN),
        "found_two_values": (_("One figure is printed with two values"), _SEEN),
        "found_period_typing_error": (_("A period with a typing error"), _SEEN),
        "found_period_absent": (_("A period is absent"), _SEEN),
        "found_negative_count": (_("A negative count, kept as published"), _SEEN),
    }
)


def sentence(code: str) -> tuple[str, str]:
    """(what it means, what to do) in English, for translation where it is shown."""
    return REASONS.get(code, (code, ""))
