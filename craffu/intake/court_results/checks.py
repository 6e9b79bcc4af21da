"""Doubts that show only when values of one record are held against each other (INT-03): dates, numbers, bail.

A doubt never refuses or changes a record. Courts do sentence after conviction, drop offences and give two bail
statuses, so each check says what it saw and leaves the judgement to a person.
"""

from datetime import date

from craffu.intake.court_results.picking import Picker, value_class
from craffu.intake.court_results.raw import Raw, RawDefendant
from craffu.intake.court_results.records import (
    AsnStanding,
    ChargedOffence,
    CourtResult,
    DefendantHearing,
    NextHearing,
    Text,
)

_GUILTY = "G"
_CONDITIONAL_BAIL = "B"
_LONGEST_LIFE = 120
_SENDERS_LIMIT = 2_499  # Common Platform cuts texts at 2,500 characters, then drops a last semicolon of conditions
_NUMBERS_SHOWN = 20
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


def check_hearing(pick: Picker, raw: RawDefendant, record: DefendantHearing, hearing_date: date | None) -> None:
    """The person, the arrest summons number and the court."""
    if (code := _ASN_FLAGS.get(record.asn_standing)) is not None:
        pick.flag(code, raw.defendant, "ProsecutorReference", raw.line, value_class(record.asn_as_given))
    if _is_absent(raw.session, "CourtHearing/Hearing/CourtHearingLocation"):
        pick.flag("court_absent", raw.session, "CourtHearing/Hearing/CourtHearingLocation", raw.session.line)
    if record.birth_date is None:
        if _is_absent(raw.defendant, _BIRTH):
            pick.flag("birth_date_missing", raw.defendant, _BIRTH, raw.line)
    elif hearing_date is not None and not 0 <= hearing_date.year - record.birth_date.year <= _LONGEST_LIFE:
        pick.flag("birth_date_unlikely", raw.defendant, _BIRTH, raw.line)


def check_bail(pick: Picker, defendant: Raw, record: DefendantHearing) -> None:
    """The person's bail status against each next hearing's, and the conditions against the person's status."""
    per_offence = {
        result.next_hearing.bail_status
        for offence in record.offences
        for result in offence.results
        if result.next_hearing is not None and result.next_hearing.bail_status is not None
    }
    if record.bail_status is not None and per_offence - {record.bail_status}:
        detail = f"{record.bail_status}; {', '.join(sorted(per_offence))}"
        pick.flag("bail_signs_disagree", defendant, _STATUS, defendant.line, detail)
    if record.bail_conditions and record.bail_status != _CONDITIONAL_BAIL:
        detail = record.bail_status or ""
        pick.flag("bail_conditions_without_conditional_bail", defendant, _CONDITIONS, defendant.line, detail)
    _check_length(pick, defendant, _CONDITIONS, record.bail_conditions_as_given)


def check_offence_numbers(pick: Picker, defendant: Raw, offences: tuple[ChargedOffence, ...]) -> None:
    """Whether the court's numbers run 1, 2, 3 ... in the order of the message."""
    numbers = [offence.sequence for offence in offences]
    known = [number for number in numbers if number is not None]
    shown = ", ".join("?" if number is None else str(number) for number in numbers[:_NUMBERS_SHOWN])
    if len(set(known)) < len(known):
        pick.flag("offence_number_repeated", defendant, f"Offence/{_NUMBER}", defendant.line, shown)
    if numbers != list(range(1, len(numbers) + 1)):
        pick.flag("offence_numbers_not_consecutive", defendant, f"Offence/{_NUMBER}", defendant.line, shown)


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
            pick.flag(code, raw, path, raw.line, f"{should_not_be_earlier} < {than}")
    if offence.finding == _GUILTY and _is_absent(raw, "ConvictionDate"):
        pick.flag("guilty_without_conviction_date", raw, "Finding", raw.line)
    if _is_absent(raw, "BaseOffenceDetails/OffenceCode"):
        pick.flag("offence_code_absent", raw, "BaseOffenceDetails/OffenceCode", raw.line)
    if not offence.results:
        pick.flag("offence_without_result", raw, "Result", raw.line)


def check_result(pick: Picker, raw: Raw, result: CourtResult, hearing_date: date | None) -> None:
    """What a result lacks, and whether its next hearing comes next."""
    if _is_absent(raw, "ResultCode"):
        pick.flag("result_code_absent", raw, "ResultCode", raw.line)
    if result.text is None:
        pick.flag("result_text_absent", raw, "ResultText", raw.line)
    _check_length(pick, raw, "ResultText", result.text)
    if result.next_hearing is not None:
        _check_next_hearing(pick, raw, result.next_hearing, hearing_date)


def _check_next_hearing(pick: Picker, raw: Raw, after: NextHearing, hearing_date: date | None) -> None:
    details = "NextHearing/NextHearingDetails"
    if _is_absent(raw, f"{details}/CourtHearingLocation"):
        pick.flag("court_absent", raw, f"{details}/CourtHearingLocation", after.line)
    if _is_absent(raw, f"{details}/DateOfHearing"):
        pick.flag("next_hearing_date_missing", raw, f"{details}/DateOfHearing", after.line)
    if hearing_date is not None and after.hearing_date is not None and after.hearing_date <= hearing_date:
        detail = f"{after.hearing_date} <= {hearing_date}"
        pick.flag("next_hearing_not_after_hearing", raw, f"{details}/DateOfHearing", after.line, detail)


def _check_length(pick: Picker, raw: Raw, path: str, text: Text | None) -> None:
    if text is not None and len(text.given) >= _SENDERS_LIMIT:
        pick.flag("text_may_be_cut", raw, path, raw.line, str(len(text.given)))


def _is_absent(raw: Raw | None, path: str) -> bool:
    """Whether the message gives no value; a value that could not be read has its own flag."""
    return raw is None or not any(found.text.strip() for found in raw.all(path))
