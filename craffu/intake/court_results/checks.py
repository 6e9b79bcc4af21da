"""Doubts that show only when values of one record are held against each other (INT-03): dates, numbers, bail.

A doubt never refuses or changes a record. Courts do sentence after conviction, drop offences and give two bail
statuses, so each check says what it saw and leaves the judgement to a person.
"""

from datetime import date

from craffu.intake.court_results.picking import Picker
from craffu.intake.court_results.raw import Raw
from craffu.intake.court_results.records import (
    AsnStanding,
    ChargedOffence,
    CourtResult,
    DefendantHearing,
    NextHearing,
    Text,
)
from craffu.intake.court_results.written import value_class

_GUILTY = "G"
_CONDITIONAL_BAIL = "B"
_LONGEST_LIFE = 120
_SENDERS_LIMIT = 2_499  # Common Platform cuts texts at 2,500 characters, then drops a last semicolon of conditions
_SHOWN = 20
_START = "BaseOffenceDetails/OffenceTiming/OffenceStart/OffenceDateStartDate"
_END = "BaseOffenceDetails/OffenceTiming/OffenceEnd/OffenceEndDate"
_ARREST = "BaseOffenceDetails/ArrestDate"
_NUMBER = "BaseOffenceDetails/OffenceSequenceNumber"
_CONDITIONS = "CourtIndividualDefendant/PersonDefendant/BailConditions"
_STATUS = "CourtIndividualDefendant/BailStatus"
_BIRTH = "CourtIndividualDefendant/PersonDefendant/BasePersonDetails/Birthdate"

_ASN_FLAGS = {
    AsnStanding.ABSENT: "asn_absent",
    AsnStanding.DUMMY: "asn_dummy",
    AsnStanding.MALFORMED: "asn_malformed",
}


def check_hearing(
    pick: Picker, session: Raw, defendant: Raw, record: DefendantHearing, hearing_date: date | None
) -> None:
    """The person, the arrest summons number and the court."""
    if (code := _ASN_FLAGS.get(record.asn_standing)) is not None:
        pick.flag(code, defendant, "ProsecutorReference", value_class(record.asn_as_given))
    _check_present(pick, session, "CourtHearing/Hearing/CourtHearingLocation", "court_absent")
    _check_present(pick, defendant, _BIRTH, "birth_date_missing")
    if record.birth_date is not None and hearing_date is not None:
        years = hearing_date.year - record.birth_date.year
        if record.birth_date > hearing_date or years > _LONGEST_LIFE:
            pick.flag("birth_date_unlikely", defendant, _BIRTH)


def check_bail(pick: Picker, defendant: Raw, record: DefendantHearing) -> None:
    """The person's bail status against each next hearing's, and the conditions against the person's status."""
    per_offence = {
        result.next_hearing.bail_status
        for offence in record.offences
        for result in offence.results
        if result.next_hearing is not None and result.next_hearing.bail_status is not None
    }
    if record.bail_status is not None and per_offence - {record.bail_status}:
        shown = f"{record.bail_status}; {', '.join(sorted(per_offence)[:_SHOWN])}"
        pick.flag("bail_signs_disagree", defendant, _STATUS, shown)
    if record.bail_conditions and record.bail_status != _CONDITIONAL_BAIL:
        pick.flag("bail_conditions_without_conditional_bail", defendant, _CONDITIONS, record.bail_status or "")
    _check_length(pick, defendant, _CONDITIONS, record.bail_conditions_as_given)


def check_offence_numbers(pick: Picker, defendant: Raw, offences: tuple[ChargedOffence, ...]) -> None:
    """Whether the court's numbers run 1, 2, 3 ... in the order of the message."""
    numbers = [offence.sequence for offence in offences]
    known = [number for number in numbers if number is not None]
    shown = ", ".join("?" if number is None else str(number) for number in numbers[:_SHOWN])
    if len(set(known)) < len(known):
        pick.flag("offence_number_repeated", defendant, f"Offence/{_NUMBER}", shown)
    if numbers != list(range(1, len(numbers) + 1)):
        pick.flag("offence_numbers_not_consecutive", defendant, f"Offence/{_NUMBER}", shown)


def check_offence(pick: Picker, raw: Raw, offence: ChargedOffence, hearing_date: date | None) -> None:
    """One offence's dates against each other and against the hearing; what it lacks."""
    start = offence.start_date
    orders = (
        ("offence_after_hearing", _START, hearing_date, start),
        ("offence_end_before_start", _END, offence.end_date, start),
        ("initiated_before_offence", "InitiatedDate", offence.initiated_date, start),
        ("arrest_before_offence", _ARREST, offence.arrest_date, start),
        ("conviction_before_hearing", "ConvictionDate", offence.conviction_date, hearing_date),
    )
    for code, path, should_not_be_earlier, than in orders:
        if should_not_be_earlier is not None and than is not None and should_not_be_earlier < than:
            pick.flag(code, raw, path, f"{should_not_be_earlier} < {than}")
    if offence.finding == _GUILTY and _is_absent(raw, "ConvictionDate"):
        pick.flag("guilty_without_conviction_date", raw, "Finding")
    _check_present(pick, raw, "BaseOffenceDetails/OffenceCode", "offence_code_absent")
    if not offence.results:
        pick.flag("offence_without_result", raw, "Result")


def check_result(pick: Picker, raw: Raw, result: CourtResult, hearing_date: date | None) -> None:
    """What a result lacks, and whether its next hearing comes next."""
    _check_present(pick, raw, "ResultCode", "result_code_absent")
    _check_present(pick, raw, "ResultText", "result_text_absent")
    _check_length(pick, raw, "ResultText", result.text)
    if result.next_hearing is not None:
        _check_next_hearing(pick, raw, result.next_hearing, hearing_date)


def _check_next_hearing(pick: Picker, raw: Raw, after: NextHearing, hearing_date: date | None) -> None:
    details = "NextHearing/NextHearingDetails"
    _check_present(pick, raw, f"{details}/CourtHearingLocation", "court_absent")
    _check_present(pick, raw, f"{details}/DateOfHearing", "next_hearing_date_missing")
    if hearing_date is not None and after.hearing_date is not None and after.hearing_date <= hearing_date:
        detail = f"{after.hearing_date} <= {hearing_date}"
        pick.flag("next_hearing_not_after_hearing", raw, f"{details}/DateOfHearing", detail)


def _check_length(pick: Picker, raw: Raw, path: str, text: Text | None) -> None:
    if text is not None and len(text.given) >= _SENDERS_LIMIT:
        pick.flag("text_may_be_cut", raw, path, str(len(text.given)))


def _check_present(pick: Picker, raw: Raw, path: str, code: str) -> None:
    """A value that is there but could not be read has its own flag."""
    if _is_absent(raw, path):
        pick.flag(code, raw, path)


def _is_absent(raw: Raw, path: str) -> bool:
    return not any(found.text.strip() for found in raw.all(path))
