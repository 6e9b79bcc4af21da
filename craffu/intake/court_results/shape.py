"""From raw values to one typed record for each defendant, or the reason why there is none (INT-03, INT-04).

Refused is only what cannot be joined to any case; every other doubt is a flag on a record that is kept.
"""

import re
from dataclasses import dataclass
from datetime import date

from craffu.intake.court_results.checks import (
    check_bail,
    check_hearing,
    check_offence,
    check_offence_numbers,
    check_result,
)
from craffu.intake.court_results.limits import LONGEST
from craffu.intake.court_results.picking import CodeLists, Flag, Picker
from craffu.intake.court_results.raw import Raw, RawDefendant, fold
from craffu.intake.court_results.reasons import REASONS, Weight
from craffu.intake.court_results.records import (
    AsnStanding,
    ChargedOffence,
    CourtResult,
    DefendantHearing,
    Duration,
    NextHearing,
    Telephone,
    Text,
)
from craffu.intake.court_results.written import value_class

DUMMY_ASNS = frozenset({"0800PP0100000000001H", "0800NP0100000000001H"})

_SEPARATORS = re.compile(r"[\s/]+")
_PTIURN = re.compile(r"[0-9A-Z]{4}[0-9]{7}", re.ASCII)
_ASN = re.compile(r"[0-9]{2}[0-9A-Z]{6}[0-9]{11}[A-Z]", re.ASCII)
_FILLER = re.compile(r"(.)\1+|X{4}.*|.*0{7}")

_INDIVIDUAL = "CourtIndividualDefendant"
_PERSON = f"{_INDIVIDUAL}/PersonDefendant"
_DETAILS = f"{_PERSON}/BasePersonDetails"
_NAME = f"{_DETAILS}/PersonName"
_SIMPLE_ADDRESS = tuple(f"SimpleAddress/AddressLine{number}" for number in range(1, 6))
_COMPLEX_ADDRESS = tuple(
    f"ComplexAddress/{part}"
    for part in ("PAON", "StreetDescription", "Locality", "Town", "AdministrativeArea", "PostCode")
)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A record to take in, with every doubt about it."""

    record: DefendantHearing
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A defendant that is not taken in: why, where, what the value looks like and what to do.

    `parked` says that a person must decide; otherwise the sender must. `flags` are the other doubts found.
    """

    reason: str
    field: str
    line: int
    value_class: str
    suggestion: str
    position: int
    flags: tuple[Flag, ...] = ()

    @property
    def parked(self) -> bool:
        """Whether it waits for a person's decision."""
        return REASONS[self.reason].weight is Weight.PARK


class _Refusal(Exception):  # carries a reason to the edge of this module
    def __init__(self, reason: str, field: str, line: int, value: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.line = line
        self.value = value


def shape(raw: RawDefendant, codes: CodeLists) -> Shaped | Rejected:
    """The record of one defendant at one hearing; never raises for bad data."""
    pick = Picker(codes)
    try:
        record = _record(raw, pick)
    except _Refusal as refusal:
        return Rejected(
            reason=refusal.reason,
            field=refusal.field,
            line=refusal.line,
            value_class=value_class(refusal.value),
            suggestion=REASONS[refusal.reason].suggestion,
            position=raw.position,
            flags=tuple(pick.flags),
        )
    return Shaped(record, tuple(pick.flags))


def _record(raw: RawDefendant, pick: Picker) -> DefendantHearing:
    """Everything is picked and checked before anything is refused, so that a refusal tells all that is wrong.

    The fillers for a missing date and name never leave: `_refuse_unjoinable` raises over them.
    """
    defendant = _individual(raw)
    hearing = pick.one(raw.session, "CourtHearing")
    hearing_date = pick.day(hearing, "Hearing/DateOfHearing")
    ptiurn_as_given = pick.given(raw.case, "PTIURN") or ""
    asn, asn_as_given, asn_standing = _asn(pick.given(defendant, "ProsecutorReference") or "")
    conditions = pick.text(defendant, f"{_PERSON}/BailConditions")
    record = DefendantHearing(
        line=raw.line,
        position=raw.position,
        content_hash=raw.content_hash,
        ptiurn=_without_separators(ptiurn_as_given),
        ptiurn_as_given=ptiurn_as_given,
        asn=asn,
        asn_as_given=asn_as_given,
        asn_standing=asn_standing,
        court_code=pick.code(hearing, "Hearing/CourtHearingLocation", "court", longest=LONGEST["court_code"]),
        psa_code=pick.code(hearing, "PSAcode", "psa", longest=LONGEST["psa_code"]),
        hearing_date=hearing_date or date.min,
        hearing_time=pick.clock_time(hearing, "Hearing/TimeOfHearing"),
        title=pick.short_text(defendant, f"{_NAME}/PersonTitle", LONGEST["title"], "title_too_long"),
        given_names=pick.texts(defendant, *(f"{_NAME}/PersonGivenName{number}" for number in (1, 2, 3))),
        family_name=pick.text(defendant, f"{_NAME}/PersonFamilyName") or Text(""),
        birth_date=pick.day(defendant, f"{_DETAILS}/Birthdate"),
        gender=pick.code(defendant, f"{_DETAILS}/Gender", "gender", longest=LONGEST["gender"]),
        pnc_id=pick.code(defendant, f"{_PERSON}/PNCidentifier", longest=LONGEST["pnc_id"]),
        address=pick.texts(pick.one(defendant, f"{_INDIVIDUAL}/Address"), *_SIMPLE_ADDRESS, *_COMPLEX_ADDRESS),
        telephones=_telephones(defendant, pick),
        emails=pick.texts(defendant, *(f"{_DETAILS}/EmailDetails/EmailAddress{number}" for number in (1, 2))),
        present=pick.code(defendant, f"{_INDIVIDUAL}/PresentAtHearing", "presence", longest=LONGEST["present"]),
        bail_status=pick.code(defendant, f"{_INDIVIDUAL}/BailStatus", "remand-status", longest=LONGEST["bail_status"]),
        bail_conditions=_conditions(conditions),
        bail_conditions_as_given=conditions,
        bail_reason=_bail_reason(defendant, pick),
        offences=tuple(_offence(offence, hearing_date, pick) for offence in pick.every(defendant, "Offence")),
    )
    check_hearing(pick, raw.session, defendant, record, hearing_date)
    check_bail(pick, defendant, record)
    check_offence_numbers(pick, defendant, record.offences)
    pick.flag_damaged_and_unread(raw.session, raw.case, defendant)
    _refuse_unjoinable(raw, record, hearing_date)
    return record


def _individual(raw: RawDefendant) -> Raw:
    defendant = raw.defendant
    if defendant is not None and defendant.first(_INDIVIDUAL) is not None:
        return defendant
    if defendant is not None and (organisation := defendant.first("CourtCorporateDefendant")) is not None:
        raise _Refusal("organisation_defendant", "Defendant/CourtCorporateDefendant", organisation.line)
    raise _Refusal("defendant_absent", "Case/Defendant", raw.line)


def _refuse_unjoinable(raw: RawDefendant, record: DefendantHearing, hearing_date: date | None) -> None:
    given = raw.case.all("PTIURN")
    line = given[0].line if given else raw.case.line
    if len({_without_separators(one.text) for one in given}) > 1:
        raise _Refusal("ptiurn_repeated", "Case/PTIURN", given[1].line, given[1].text)
    if not record.ptiurn:
        raise _Refusal("ptiurn_absent", "Case/PTIURN", line)
    if _FILLER.fullmatch(record.ptiurn):
        raise _Refusal("ptiurn_placeholder", "Case/PTIURN", line, record.ptiurn_as_given)
    if not _PTIURN.fullmatch(record.ptiurn):
        raise _Refusal("ptiurn_malformed", "Case/PTIURN", line, record.ptiurn_as_given)
    if hearing_date is None:
        dated = raw.session.first("CourtHearing/Hearing/DateOfHearing")
        if dated is None or not dated.text.strip():
            raise _Refusal("hearing_date_absent", "Hearing/DateOfHearing", (dated or raw.session).line)
        raise _Refusal("hearing_date_unreadable", "Hearing/DateOfHearing", dated.line, dated.text)
    _refuse_unfit_name(raw, record)
    if not record.offences:
        raise _Refusal("no_offences", "Defendant/Offence", raw.line)


def _refuse_unfit_name(raw: RawDefendant, record: DefendantHearing) -> None:
    name = (raw.defendant or raw.case).first(_NAME)
    family = name.first("PersonFamilyName") if name is not None else None
    line = raw.line if family is None else family.line
    if not record.family_name.folded:
        raise _Refusal("family_name_absent", "PersonName/PersonFamilyName", line)
    if len(record.family_name.given.strip()) > LONGEST["family_name"]:
        raise _Refusal("name_too_long", "PersonName/PersonFamilyName", line, record.family_name.given)
    together = " ".join(given.given.strip() for given in record.given_names)
    if len(together) > LONGEST["given_names"] and name is not None:
        longest = max(_given_names(name), key=lambda given: len(given.text))
        raise _Refusal("name_too_long", f"PersonName/{longest.name}", longest.line, longest.text)


def _given_names(name: Raw) -> tuple[Raw, ...]:
    return tuple(one for number in (1, 2, 3) for one in name.all(f"PersonGivenName{number}"))


def _without_separators(reference: str) -> str:
    """A reference in capitals without the strokes and spaces some systems write into it."""
    return _SEPARATORS.sub("", reference).upper()


def _asn(given: str) -> tuple[str | None, str, AsnStanding]:
    """The number for comparing, as given, and how far it can be used. What is too long for one is not taken in."""
    asn = _without_separators(given)
    if not asn:
        return None, given, AsnStanding.ABSENT
    if len(given) > LONGEST["asn"] or len(asn) > LONGEST["asn"]:
        return None, "", AsnStanding.MALFORMED
    if asn in DUMMY_ASNS:
        return asn, given, AsnStanding.DUMMY
    return asn, given, AsnStanding.VALID if _ASN.fullmatch(asn) else AsnStanding.MALFORMED


def _conditions(given: Text | None) -> tuple[str, ...]:
    """One condition for each semicolon; one inside a condition cannot be told apart, so the whole is kept too."""
    parts = given.given.split(";") if given is not None else []
    return tuple(folded for part in parts if (folded := fold(part)))


def _bail_reason(defendant: Raw, pick: Picker) -> Text | None:
    """Some senders write it beside the person, some inside."""
    name = "ReasonForBailConditionsOrCustody"
    beside, inside = pick.text(defendant, f"{_INDIVIDUAL}/{name}"), pick.text(defendant, f"{_PERSON}/{name}")
    return beside or inside


def _telephones(defendant: Raw, pick: Picker) -> tuple[Telephone, ...]:
    numbers = (
        (purpose, pick.text(defendant, f"{_DETAILS}/TelephoneDetails/TelephoneNumber{purpose}"))
        for purpose in ("Home", "Business", "Mobile")
    )
    return tuple(Telephone(purpose, number) for purpose, number in numbers if number is not None)


def _offence(raw: Raw, hearing_date: date | None, pick: Picker) -> ChargedOffence:
    details = pick.one(raw, "BaseOffenceDetails")
    timing = pick.one(details, "OffenceTiming")
    mode = pick.code(raw, "ModeOfTrial", longest=LONGEST["mode_of_trial"])
    offence = ChargedOffence(
        line=raw.line,
        sequence=pick.whole(details, "OffenceSequenceNumber"),
        code=pick.code(details, "OffenceCode", "offence", longest=LONGEST["offence_code"]),
        title=pick.text(details, "OffenceTitle"),
        wording=pick.text(details, "OffenceWording"),
        date_code=pick.code(timing, "OffenceDateCode", longest=LONGEST["date_code"]),
        start_date=pick.day(timing, "OffenceStart/OffenceDateStartDate"),
        start_time=pick.clock_time(timing, "OffenceStart/OffenceStartTime"),
        end_date=pick.day(timing, "OffenceEnd/OffenceEndDate"),
        end_time=pick.clock_time(timing, "OffenceEnd/OffenceEndTime"),
        charge_date=pick.day(details, "ChargeDate"),
        arrest_date=pick.day(details, "ArrestDate"),
        location=pick.text(details, "LocationOfOffence"),
        initiated_date=pick.day(raw, "InitiatedDate"),
        plea=pick.code(raw, "Plea", "plea", longest=LONGEST["plea"]),
        mode_of_trial=mode and (mode.lstrip("0") or "0"),
        finding=pick.code(raw, "Finding", "verdict", longest=LONGEST["finding"]),
        final=pick.yes_or_no(raw, "FinalDisposalIndicator"),
        conviction_date=pick.day(raw, "ConvictionDate"),
        convicting_court=pick.code(raw, "ConvictingCourt", "psa", longest=LONGEST["convicting_court"]),
        results=tuple(_result(result, hearing_date, pick) for result in pick.every(raw, "Result")),
    )
    check_offence(pick, raw, offence, hearing_date)
    return offence


def _result(raw: Raw, hearing_date: date | None, pick: Picker) -> CourtResult:
    outcome = pick.one(raw, "Outcome")
    next_hearing = pick.one(raw, "NextHearing")
    result = CourtResult(
        line=raw.line,
        code=pick.code(raw, "ResultCode", "result", longest=LONGEST["result_code"]),
        text=pick.text(raw, "ResultText"),
        qualifiers=pick.codes(raw, "ResultCodeQualifier", "result-qualifier"),
        durations=tuple(_duration(duration, pick) for duration in pick.every(outcome, "Duration")),
        amounts=pick.amounts(outcome, "ResultAmountSterling"),
        penalty_points=pick.whole(outcome, "PenaltyPoints"),
        next_hearing=None if next_hearing is None else _next_hearing(next_hearing, pick),
    )
    check_result(pick, raw, result, hearing_date)
    return result


def _duration(raw: Raw, pick: Picker) -> Duration:
    return Duration(
        line=raw.line,
        value=pick.whole(raw, "DurationValue"),
        unit=pick.code(raw, "DurationUnit", "duration-unit"),
        secondary_value=pick.whole(raw, "SecondaryDurationValue"),
        secondary_unit=pick.code(raw, "SecondaryDurationUnit", "duration-unit"),
        starts=pick.days(raw, "DurationStartDate"),
        ends=pick.days(raw, "DurationEndDate"),
    )


def _next_hearing(raw: Raw, pick: Picker) -> NextHearing:
    return NextHearing(
        line=raw.line,
        court_code=pick.code(raw, "NextHearingDetails/CourtHearingLocation", "court", longest=LONGEST["next_court"]),
        hearing_date=pick.day(raw, "NextHearingDetails/DateOfHearing"),
        hearing_time=pick.clock_time(raw, "NextHearingDetails/TimeOfHearing"),
        reason=pick.text(raw, "NextHearingReason"),
        bail_status=pick.code(raw, "BailStatusOffence", "remand-status", longest=LONGEST["next_bail_status"]),
    )
