"""Raw values to typed records: refused only what joins no case, everything else kept with a flag (INT-03, INT-04)."""

import json
from collections import Counter
from dataclasses import fields, replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from craffu.intake.court_results import MAPPING_VERSION
from craffu.intake.court_results.picking import UNKNOWN, Flag, court_key
from craffu.intake.court_results.raw import Raw, RawDefendant, RawMessage
from craffu.intake.court_results.read import WANTED, read_message
from craffu.intake.court_results.reasons import REASONS, Weight
from craffu.intake.court_results.records import AsnStanding, ChargedOffence, CourtResult, DefendantHearing, Duration
from craffu.intake.court_results.shape import Rejected, Shaped, shape
from craffu.intake.court_results.written import value_class
from craffu.intake.opening import Document, open_all
from craffu.intake.refused import Refused
from tests.factories import court_messages as courts
from tests.factories.court_messages import case, court_message, defendant, duration, element, message, offence, result

SHARED = Path(__file__).parents[4] / "shared" / "data"

pytestmark = pytest.mark.rule("INT-03")


class FewCodes:
    """A handful of each official list, for invented messages."""

    lists = {
        "offence": {courts.STALKING_WITHOUT_FEAR, courts.BREACH_OF_STALKING_PROTECTION_ORDER, "SX03001A"},
        "result": {courts.CONDITIONAL_BAIL, courts.RESTRAINING_ORDER, courts.STALKING_PROTECTION_ORDER, "1015"},
        "result-qualifier": {"JA", "RA"},
        "court": {"B63IE", "B63AD"},
        "psa": {"3252", "0413"},
        "plea": {"1", "2"},
        "verdict": {"G", "N"},
        "remand-status": {"A", "B", "C", "U"},
        "gender": {"1", "2"},
        "duration-unit": {"M", "Y"},
        "presence": {"A", "Y", "N"},
    }

    def known(self, list_name: str, code: str) -> bool:
        return code in self.lists[list_name]


def raws(data: bytes) -> tuple[RawDefendant, ...]:
    found = read_message(data)
    assert isinstance(found, RawMessage), found
    return found.defendants


def shaped(data: bytes) -> Shaped:
    (raw,) = raws(data)
    found = shape(raw, FewCodes())
    assert isinstance(found, Shaped), found
    return found


def record(**values: object) -> DefendantHearing:
    return shaped(court_message(**values)).record  # type: ignore[arg-type]


def the_offence(**values: object) -> ChargedOffence:
    return record(offences=[offence(**values)]).offences[0]  # type: ignore[arg-type]


def the_result(**values: object) -> CourtResult:
    return the_offence(results=[result(**values)]).results[0]  # type: ignore[arg-type]


def flags(data: bytes) -> list[Flag]:
    return list(shaped(data).flags)


def codes(data: bytes) -> list[str]:
    return [flag.code for flag in flags(data)]


def rejected(data: bytes) -> Rejected:
    found = shape(raws(data)[0], FewCodes())
    assert isinstance(found, Rejected), found
    return found


# --- the record -------------------------------------------------------------------------------------------------


def test_a_sound_message_gives_a_whole_record_and_no_flag() -> None:
    data = court_message(
        given_names=("Idris", "Rhys"),
        telephones={"Home": "01267 000000", "Mobile": "07700 900000"},
        emails=("nobody@example.org", "none@example.org"),
        pnc_id="2025/0000001A",
        bail_reason="to prevent further offences;",
    )
    found = shaped(data)
    assert found.flags == ()
    whole = found.record
    assert whole.ptiurn == whole.ptiurn_as_given == "63AA0100125"
    assert (whole.asn, whole.asn_standing) == ("2563AA0100000000123K", AsnStanding.VALID)
    assert (whole.court_code, whole.psa_code) == ("B63IE01", "3252")
    assert (whole.hearing_date, whole.hearing_time) == (date(2025, 3, 3), time(10, 0))
    assert whole.title is not None
    assert whole.title.given == "Mr"
    assert [name.given for name in whole.given_names] == ["Idris", "Rhys"]
    assert whole.family_name.given == "PENHALIGON"
    assert (whole.birth_date, whole.gender, whole.present) == (date(1984, 6, 2), "1", "Y")
    assert whole.pnc_id == "2025/0000001A"
    assert [line.given for line in whole.address] == ["1 Nowhere Street", "Llanelli"]
    assert [(phone.purpose, phone.number.given) for phone in whole.telephones] == [
        ("Home", "01267 000000"),
        ("Mobile", "07700 900000"),
    ]
    assert [mail.given for mail in whole.emails] == ["nobody@example.org", "none@example.org"]
    assert whole.bail_status == "B"
    assert whole.bail_conditions == (
        "Not to contact directly or indirectly Someone Else",
        "Not to enter Somewhere Road",
    )
    assert whole.bail_reason is not None
    assert whole.bail_reason.folded == "to prevent further offences;"
    (charged,) = whole.offences
    assert (charged.sequence, charged.code, charged.final) == (1, "PH97006", False)
    assert charged.results[0].next_hearing is not None
    assert charged.results[0].next_hearing.hearing_date == date(2025, 4, 14)


@pytest.mark.rule("SEC-06")
def test_nothing_that_names_anybody_shows_when_a_record_is_printed() -> None:
    data = court_message(
        offences=[
            offence(
                wording="assaulted Mair Canary",
                location="4 Canary Road",
                results=[result(text="not to contact Mair Canary")],
            )
        ],
        bail_conditions="not to contact Mair Canary",
        bail_reason="Canary",
        family_name="CANARY",
        given_names=("Canary",),
        address=("4 Canary Road",),
        emails=("canary@example.org",),
        telephones={"Home": "07700 canary"},
    )
    printed = repr(shaped(data)) + repr(raws(data)) + repr(rejected(court_message(ptiurn="CANARY")))
    assert "canary" not in printed.casefold()
    for hidden in ("63AA0100125", "2563AA01", "1984"):
        assert hidden not in printed


@pytest.mark.rule("INT-02")
def test_each_part_keeps_its_line() -> None:
    data = court_message(offences=[offence(), offence(sequence="002", results=[result(durations=[duration()])])])
    lines = [b"", *data.splitlines()]
    whole = shaped(data).record
    assert b"<DC:Defendant>" in lines[whole.line]
    for charged in whole.offences:
        assert b"<DC:Offence>" in lines[charged.line]
        assert b"<DC:Result>" in lines[charged.results[0].line]
    assert b"<DC:Duration>" in lines[whole.offences[1].results[0].durations[0].line]
    after = whole.offences[0].results[0].next_hearing
    assert after is not None
    assert b"<DC:NextHearing>" in lines[after.line]
    assert MAPPING_VERSION == "1"


def test_words_are_kept_as_given_and_folded_for_comparing() -> None:
    name = record(family_name=" Ty\u0302\n\tMawr ").family_name
    assert name.given == " Ty\u0302\n\tMawr "
    assert name.folded == "Tŷ Mawr"


def test_a_case_reference_is_levelled_and_kept_as_given() -> None:
    whole = record(ptiurn=" 63/aa/01001 25 ", asn="25/63AA/01/00000000123k")
    assert whole.ptiurn == "63AA0100125"
    assert whole.ptiurn_as_given == " 63/aa/01001 25 "
    assert (whole.asn, whole.asn_standing) == ("2563AA0100000000123K", AsnStanding.VALID)
    assert whole.asn_as_given == "25/63AA/01/00000000123k"


@pytest.mark.parametrize(
    ("asn", "kept", "standing", "flag"),
    [
        ("2563AA0100000000123K", "2563AA0100000000123K", AsnStanding.VALID, None),
        ("0800PP0100000000001H", "0800PP0100000000001H", AsnStanding.DUMMY, "asn_dummy"),
        ("0800np0100000000001h", "0800NP0100000000001H", AsnStanding.DUMMY, "asn_dummy"),
        ("BROKEN_ASN", "BROKEN_ASN", AsnStanding.MALFORMED, "asn_malformed"),
        ("2563AA010000000123K", "2563AA010000000123K", AsnStanding.MALFORMED, "asn_malformed"),
        ("2563AA01000000001234", "2563AA01000000001234", AsnStanding.MALFORMED, "asn_malformed"),
        ("", None, AsnStanding.ABSENT, "asn_absent"),
        (" ", None, AsnStanding.ABSENT, "asn_absent"),
        (None, None, AsnStanding.ABSENT, "asn_absent"),
    ],
)
def test_the_standing_of_an_arrest_summons_number(
    asn: str | None, kept: str | None, standing: AsnStanding, flag: str | None
) -> None:
    data = court_message(asn=asn)
    whole = shaped(data).record
    assert (whole.asn, whole.asn_standing) == (kept, standing)
    assert codes(data) == ([] if flag is None else [flag])
    assert all("BROKEN" not in one.detail for one in flags(data))


@pytest.mark.parametrize(
    ("conditions", "split"),
    [
        (None, ()),
        (" ; ;", ()),
        ("One;Two", ("One", "Two")),
        ("One;\n\t\tTwo  three;", ("One", "Two three")),
        ("the leftshoe; from each pair", ("the leftshoe", "from each pair")),
    ],
)
def test_bail_conditions_are_split_and_the_whole_is_kept(conditions: str | None, split: tuple[str, ...]) -> None:
    whole = record(bail_conditions=conditions)
    assert whole.bail_conditions == split
    assert (whole.bail_conditions_as_given and whole.bail_conditions_as_given.given) == conditions


def test_the_reason_for_bail_is_read_where_either_kind_of_sender_puts_it() -> None:
    name = b"ReasonForBailConditionsOrCustody"
    data = court_message(bail_reason="because", bail_conditions=None)
    inside = data.replace(b"<DC:%b>because</DC:%b>" % (name, name), b"").replace(
        b"</DC:PersonDefendant>", b"<DC:%b>because</DC:%b></DC:PersonDefendant>" % (name, name)
    )
    assert inside != data
    for one in (data, inside):
        reason = shaped(one).record.bail_reason
        assert reason is not None
        assert reason.given == "because"
        assert codes(one) == []


def test_both_kinds_of_address_are_read() -> None:
    lines = record(address=("1", "2", "3", "4", "SA15 0XX")).address
    assert [line.given for line in lines] == ["1", "2", "3", "4", "SA15 0XX"]
    parts = {"PAON": "7", "StreetDescription": "Nowhere Road", "Town": "Llanelli", "PostCode": "SA15 0XX"}
    assert [line.given for line in record(address_parts=parts).address] == list(parts.values())


def test_everything_of_a_result_is_read() -> None:
    long = duration(value="2", unit="Y", secondary_value="6", secondary_unit="M", start="2025-03-03", end="2027-09-02")
    found = the_result(
        code=courts.STALKING_PROTECTION_ORDER,
        text="Stalking protection order made.",
        qualifiers=["JA", "RA"],
        durations=[long, duration()],
        amounts=["100.00", "85.50"],
        penalty_points="6",
    )
    assert (found.code, found.qualifiers, found.penalty_points) == ("3307", ("JA", "RA"), 6)
    assert found.amounts == (Decimal("100.00"), Decimal("85.50"))
    assert found.next_hearing is None
    assert found.durations[0] == Duration(
        line=found.durations[0].line,
        value=2,
        unit="Y",
        secondary_value=6,
        secondary_unit="M",
        starts=(date(2025, 3, 3),),
        ends=(date(2027, 9, 2),),
    )
    assert found.durations[1].starts == ()


def test_everything_of_an_offence_is_read() -> None:
    title = element("OffenceTitle")
    title.text = "Stalking"
    timed = offence(
        end="2025-02-03",
        final="Y",
        conviction="2025-03-03",
        convicting_court="413",
        finding="G",
        mode="007",
    )
    details = timed[0]
    details.append(title)
    start, end = details.iter(f"{{{courts.LIBRA}}}OffenceStart", f"{{{courts.LIBRA}}}OffenceEnd")
    etree.SubElement(start, f"{{{courts.LIBRA}}}OffenceStartTime").text = "23:15:00"
    etree.SubElement(end, f"{{{courts.LIBRA}}}OffenceEndTime").text = "23:59"
    data = court_message(offences=[timed])
    assert codes(data) == []
    (found,) = shaped(data).record.offences
    assert found.title is not None
    assert found.title.given == "Stalking"
    assert (found.start_date, found.start_time) == (date(2025, 2, 1), time(23, 15))
    assert (found.end_date, found.end_time) == (date(2025, 2, 3), time(23, 59))
    assert (found.charge_date, found.arrest_date) == (date(2025, 2, 20), date(2025, 2, 19))
    assert (found.initiated_date, found.conviction_date) == (date(2025, 2, 20), date(2025, 3, 3))
    assert (found.plea, found.finding, found.final, found.mode_of_trial) == ("2", "G", True, "7")
    assert (found.convicting_court, found.date_code) == ("0413", "4")  # a leading nought lost on the way is put back
    assert the_offence(mode="00").mode_of_trial == "0"
    assert the_offence(mode=None).mode_of_trial is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-03-04", date(2025, 3, 4)),
        (" 2025-03-04\n", date(2025, 3, 4)),
        ("2025-03-04Z", date(2025, 3, 4)),
        ("2025-03-04+01:00", date(2025, 3, 4)),
        ("2025-02-29", None),
        ("04/03/2025", None),
        ("20250304", None),
        ("2025-W10-2", None),
        ("٢٠٢٥-03-04", None),
        ("0000-01-01", None),
    ],
)
def test_dates_are_read_only_as_the_format_writes_them(written: str, read: date | None) -> None:
    data = court_message(offences=[offence(charge=written)])
    assert shaped(data).record.offences[0].charge_date == read
    assert codes(data) == ([] if read else ["date_unreadable"])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("09:30:00", time(9, 30)),
        (" 09:30 ", time(9, 30)),
        ("09:30:00.123Z", time(9, 30)),
        ("09:30:00+01:00", time(9, 30)),
        ("24:00:00", None),
        ("9:30", None),
        ("0930", None),
        ("half past nine", None),
    ],
)
def test_times_are_read_only_as_the_format_writes_them(written: str, read: time | None) -> None:
    data = court_message(hearing_time=written)
    assert shaped(data).record.hearing_time == read
    assert codes(data) == ([] if read else ["time_unreadable"])


# --- what is refused or parked ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "reason", "field", "shape_of_value"),
    [
        ({"ptiurn": None}, "ptiurn_absent", "Case/PTIURN", ""),
        ({"ptiurn": "  "}, "ptiurn_absent", "Case/PTIURN", ""),
        ({"ptiurn": "XXXXXXXXX"}, "ptiurn_placeholder", "Case/PTIURN", "A×9"),
        ({"ptiurn": "XXXX0000000"}, "ptiurn_placeholder", "Case/PTIURN", "A×4 9×7"),
        ({"ptiurn": "00000000000"}, "ptiurn_placeholder", "Case/PTIURN", "9×11"),
        ({"ptiurn": "70"}, "ptiurn_malformed", "Case/PTIURN", "9×2"),
        ({"ptiurn": "63AA01001255"}, "ptiurn_malformed", "Case/PTIURN", "9×2 A×2 9×8"),
        ({"ptiurn": "63AA010012Ý"}, "ptiurn_malformed", "Case/PTIURN", "9×2 A×2 9×6 A×1"),
        ({"hearing_date": None}, "hearing_date_absent", "Hearing/DateOfHearing", ""),
        ({"hearing_date": " "}, "hearing_date_absent", "Hearing/DateOfHearing", ""),
        ({"hearing_date": "03/03/2025"}, "hearing_date_unreadable", "Hearing/DateOfHearing", "9×2 #×1 9×2 #×1 9×4"),
        ({"family_name": None}, "family_name_absent", "PersonName/PersonFamilyName", ""),
        ({"family_name": " \n "}, "family_name_absent", "PersonName/PersonFamilyName", ""),
        ({"offences": []}, "no_offences", "Defendant/Offence", ""),
    ],
)
def test_what_joins_no_case_is_rejected_with_field_line_reason_and_what_to_do(
    changed: dict[str, object], reason: str, field: str, shape_of_value: str
) -> None:
    data = court_message(**changed)  # type: ignore[arg-type]
    found = rejected(data)
    assert (found.reason, found.field, found.value_class) == (reason, field, shape_of_value)
    assert found.suggestion
    assert not found.parked
    assert found.position == 1
    assert 1 <= found.line <= data.count(b"\n") + 1
    if field == "Case/PTIURN" and shape_of_value:
        assert b"PTIURN" in data.splitlines()[found.line - 1]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"family_name": "A" * 201}, "PersonName/PersonFamilyName"),
        ({"given_names": ("A" * 99, "B" * 100)}, None),
        ({"given_names": ("A" * 100, "B" * 101)}, "PersonName/PersonGivenName2"),
        ({"family_name": "A" * 200}, None),
    ],
)
def test_a_name_too_long_to_be_stored_is_rejected_at_its_own_line(
    changed: dict[str, object], field: str | None
) -> None:
    data = court_message(**changed)  # type: ignore[arg-type]
    found = shape(raws(data)[0], FewCodes())
    if field is None:
        assert isinstance(found, Shaped)
        return
    assert isinstance(found, Rejected)
    assert (found.reason, found.field) == ("name_too_long", field)
    assert field.rpartition("/")[2].encode() in data.splitlines()[found.line - 1]


@pytest.mark.parametrize(
    ("changed", "flag", "left_out"),
    [
        ({"title": "M" * 41}, Flag("title_too_long", "PersonName/PersonTitle", 0, "41"), "title"),
        ({"bail_status": "BAIL"}, "code_unreadable", "bail_status"),
        ({"present": "YES"}, "code_unreadable", "present"),
        ({"gender": "MALE"}, "code_unreadable", "gender"),
        ({"court": "B63IE01B63IE"}, "code_unreadable", "court_code"),
        ({"psa_code": "32523252325"}, "code_unreadable", "psa_code"),
        ({"asn": "1" * 61}, "asn_malformed", "asn"),
    ],
)
def test_a_value_too_long_to_be_stored_is_flagged_and_left_out(
    changed: dict[str, object], flag: Flag | str, left_out: str
) -> None:
    found = shaped(court_message(**changed))  # type: ignore[arg-type]
    assert getattr(found.record, left_out) is None
    if isinstance(flag, str):
        assert flag in [one.code for one in found.flags]
    else:
        assert replace(flag, line=0) in [replace(one, line=0) for one in found.flags]


@pytest.mark.parametrize(
    ("changed", "left_out"),
    [
        ({"plea": "GUILTY"}, "plea"),
        ({"finding": "GUILTY"}, "finding"),
        ({"mode": "0000001"}, "mode_of_trial"),
        ({"convicting_court": "32523252325"}, "convicting_court"),
        ({"code": "PH97006PH97006PH97006"}, "code"),
    ],
)
def test_a_code_of_an_offence_that_is_too_long_is_left_out(changed: dict[str, object], left_out: str) -> None:
    data = court_message(offences=[offence(**changed)])  # type: ignore[arg-type]
    assert getattr(shaped(data).record.offences[0], left_out) is None
    assert "code_unreadable" in codes(data)


def test_a_code_of_a_result_that_is_too_long_is_left_out() -> None:
    after = courts.next_hearing(court="B63IE01B63IE", bail_status="BAIL")
    found = the_result(code="40274027402", next_hearing=after)
    assert found.next_hearing is not None
    assert (found.code, found.next_hearing.court_code, found.next_hearing.bail_status) == (None, None, None)


def test_an_empty_value_is_named_at_its_own_line() -> None:
    for changed, name in (({"family_name": " "}, b"PersonFamilyName"), ({"hearing_date": " "}, b"DateOfHearing")):
        data = court_message(**changed)  # type: ignore[arg-type]
        assert name in data.splitlines()[rejected(data).line - 1]


@pytest.mark.rule("INT-04")
def test_an_organisation_is_parked_for_a_person_to_decide() -> None:
    found = rejected(court_message(organisation="Cwmni Cyf"))
    assert found.reason == "organisation_defendant"
    assert found.parked
    assert "Cwmni" not in repr(found)


def test_a_case_or_defendant_that_names_nobody_is_rejected() -> None:
    assert rejected(message(case())).reason == "defendant_absent"
    assert rejected(message(case(element("Defendant")))).reason == "defendant_absent"


def test_two_different_case_references_are_rejected_and_the_same_one_twice_is_flagged() -> None:
    other, same = element("PTIURN"), element("PTIURN")
    other.text, same.text = "63AA0100999", "63aa0100125"
    assert rejected(message(case(defendant(), extra=[other]))).reason == "ptiurn_repeated"
    assert codes(message(case(defendant(), extra=[same]))) == ["value_repeated"]


def test_one_bad_row_does_not_touch_the_others() -> None:
    data = message(case(defendant(), ptiurn="70"), case(defendant()), case(defendant(organisation="Cwmni")))
    found = [shape(raw, FewCodes()) for raw in raws(data)]
    assert [type(one).__name__ for one in found] == ["Rejected", "Shaped", "Rejected"]
    assert found[0].position == 1  # type: ignore[union-attr]


def test_a_rejection_tells_everything_else_that_is_wrong_too() -> None:
    found = rejected(court_message(ptiurn="70", asn="BROKEN_ASN", offences=[offence(code="ZZ00000")]))
    assert {flag.code for flag in found.flags} == {"asn_malformed", "offence_code_unknown"}


# --- flags ------------------------------------------------------------------------------------------------------


def one_offence(**values: object) -> dict[str, object]:
    return {"offences": [offence(**values)]}  # type: ignore[arg-type]


def one_result(**values: object) -> dict[str, object]:
    return one_offence(results=[result(**values)])  # type: ignore[arg-type]


def next_hearing(**values: object) -> dict[str, object]:
    return one_result(next_hearing=courts.next_hearing(**values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "code", "field", "detail"),
    [
        (one_offence(code="ZZ00000"), "offence_code_unknown", "BaseOffenceDetails/OffenceCode", "ZZ00000"),
        (one_offence(code="ZZ00000A"), "offence_code_unknown", "BaseOffenceDetails/OffenceCode", "ZZ00000A"),
        (one_offence(code="PH97006X"), "offence_code_unknown", "BaseOffenceDetails/OffenceCode", "PH97006X"),
        (one_offence(code=None), "offence_code_absent", "BaseOffenceDetails/OffenceCode", ""),
        (one_offence(code="stalked somebody"), "code_unreadable", "BaseOffenceDetails/OffenceCode", "A×7 _×1 A×8"),
        (one_result(code="9991"), "result_code_unknown", "Result/ResultCode", "9991"),
        (one_result(code=None), "result_code_absent", "Result/ResultCode", ""),
        (one_result(text=None), "result_text_absent", "Result/ResultText", ""),
        (one_result(text="x" * 2_500), "text_may_be_cut", "Result/ResultText", "2500"),
        (one_result(qualifiers=["JA", "ZZ"]), "qualifier_unknown", "Result/ResultCodeQualifier", "ZZ"),
        (one_result(durations=[duration(unit="Q")]), "duration_unit_unknown", "Duration/DurationUnit", "Q"),
        (one_result(durations=[duration(value="six")]), "number_unreadable", "Duration/DurationValue", "A×3"),
        (one_result(durations=[duration(end="soon")]), "date_unreadable", "Duration/DurationEndDate", "A×4"),
        (one_result(amounts=["ten pounds"]), "number_unreadable", "Outcome/ResultAmountSterling", "A×3 _×1 A×6"),
        (one_result(penalty_points="-6"), "number_unreadable", "Outcome/PenaltyPoints", "#×1 9×1"),
        ({"court": "B01BK01"}, "court_unknown", "Hearing/CourtHearingLocation", "B01BK01"),
        ({"court": None}, "court_absent", "Hearing/CourtHearingLocation", ""),
        ({"psa_code": "2356"}, "psa_code_unknown", "CourtHearing/PSAcode", "2356"),
        (next_hearing(court="Z01EF01"), "court_unknown", "NextHearingDetails/CourtHearingLocation", "Z01EF01"),
        (next_hearing(court=None), "court_absent", "NextHearingDetails/CourtHearingLocation", ""),
        (next_hearing(date=None), "next_hearing_date_missing", "NextHearingDetails/DateOfHearing", ""),
        (
            next_hearing(date="2025-03-03"),
            "next_hearing_not_after_hearing",
            "NextHearingDetails/DateOfHearing",
            "2025-03-03 <= 2025-03-03",
        ),
        (one_offence(plea="9"), "plea_unknown", "Offence/Plea", "9"),
        (one_offence(finding="X"), "finding_unknown", "Offence/Finding", "X"),
        (one_offence(finding="G"), "guilty_without_conviction_date", "Offence/Finding", ""),
        (one_offence(final="maybe"), "indicator_unreadable", "Offence/FinalDisposalIndicator", "A×5"),
        (one_offence(convicting_court="9999"), "psa_code_unknown", "Offence/ConvictingCourt", "9999"),
        (one_offence(results=[]), "offence_without_result", "Offence/Result", ""),
        (
            one_offence(end="2025-01-31"),
            "offence_end_before_start",
            "OffenceEnd/OffenceEndDate",
            "2025-01-31 < 2025-02-01",
        ),
        (
            one_offence(initiated="2025-01-31"),
            "initiated_before_offence",
            "Offence/InitiatedDate",
            "2025-01-31 < 2025-02-01",
        ),
        (
            one_offence(arrest="2025-01-31"),
            "arrest_before_offence",
            "BaseOffenceDetails/ArrestDate",
            "2025-01-31 < 2025-02-01",
        ),
        (
            one_offence(conviction="2025-03-02"),
            "conviction_before_hearing",
            "Offence/ConvictionDate",
            "2025-03-02 < 2025-03-03",
        ),
        (
            one_offence(start="2025-03-04", initiated=None, arrest=None),
            "offence_after_hearing",
            "OffenceStart/OffenceDateStartDate",
            "2025-03-03 < 2025-03-04",
        ),
        (
            one_offence(sequence="002"),
            "offence_numbers_not_consecutive",
            "BaseOffenceDetails/OffenceSequenceNumber",
            "2",
        ),
        ({"gender": "7"}, "gender_unknown", "BasePersonDetails/Gender", "7"),
        ({"present": "T"}, "presence_unknown", "CourtIndividualDefendant/PresentAtHearing", "T"),
        ({"birth_date": None}, "birth_date_missing", "BasePersonDetails/Birthdate", ""),
        ({"birth_date": "2026-01-01"}, "birth_date_unlikely", "BasePersonDetails/Birthdate", ""),
        ({"birth_date": "1884-06-02"}, "birth_date_unlikely", "BasePersonDetails/Birthdate", ""),
        ({"birth_date": "unknown"}, "date_unreadable", "BasePersonDetails/Birthdate", "A×7"),
        ({"family_name": "PENH\ufffdL"}, "damaged_characters", "PersonName/PersonFamilyName", "1"),
        (
            {"bail_status": "U", "bail_conditions": None},
            "bail_signs_disagree",
            "CourtIndividualDefendant/BailStatus",
            "U; B",
        ),
        (
            {"bail_status": None},
            "bail_conditions_without_conditional_bail",
            "PersonDefendant/BailConditions",
            "",
        ),
        ({"bail_conditions": "x" * 2_499}, "text_may_be_cut", "PersonDefendant/BailConditions", "2499"),
        (
            {"pnc_id": "not known to the police"},
            "code_unreadable",
            "PersonDefendant/PNCidentifier",
            "A×3 _×1 A×5 _×1 A×2 _×1 A×3 _×1 …",
        ),
    ],
)
def test_each_doubt_is_one_flag_and_the_record_is_kept(
    changed: dict[str, object], code: str, field: str, detail: str
) -> None:
    found = flags(court_message(**changed))  # type: ignore[arg-type]
    assert [(flag.code, flag.field, flag.detail) for flag in found] == [(code, field, detail)]
    assert found[0].line >= 1


def test_a_bail_status_that_no_list_knows_is_kept_flagged_and_compared() -> None:
    found = flags(court_message(bail_status="Z"))
    assert [(flag.code, flag.detail) for flag in found] == [
        ("bail_status_unknown", "Z"),
        ("bail_signs_disagree", "Z; B"),
        ("bail_conditions_without_conditional_bail", "Z"),
    ]


def test_a_variant_of_a_known_offence_is_known() -> None:
    for code in ("PH97006", "PH97006A", "PH97006B", "PH97006C", "PH97006I", "SX03001A"):
        assert codes(court_message(offences=[offence(code=code)])) == []


def test_equal_bail_signs_do_not_disagree_and_several_are_all_told() -> None:
    def hearings(*statuses: str | None) -> list[etree._Element]:
        return [
            offence(sequence=f"{n:03}", results=[result(next_hearing=courts.next_hearing(bail_status=status))])
            for n, status in enumerate(statuses, 1)
        ]

    assert codes(court_message(offences=hearings("B", "B", None))) == []
    (flag,) = flags(court_message(offences=hearings("U", "B", "C")))
    assert (flag.code, flag.detail) == ("bail_signs_disagree", "B; B, C, U")


def test_numbers_twice_missing_or_unreadable_are_told_apart() -> None:
    def numbered(*numbers: str | None) -> list[str]:
        return codes(court_message(offences=[offence(sequence=number) for number in numbers]))

    assert numbered("001", "002", "003") == []
    assert numbered("001", "003") == ["offence_numbers_not_consecutive"]
    assert numbered("002", "001") == ["offence_numbers_not_consecutive"]
    assert numbered("001", "001") == ["offence_number_repeated", "offence_numbers_not_consecutive"]
    assert numbered("001", None) == ["offence_numbers_not_consecutive"]
    assert numbered("001", "two") == ["number_unreadable", "offence_numbers_not_consecutive"]


def test_a_value_given_twice_is_flagged_and_the_first_is_taken() -> None:
    twice = element("Plea")
    twice.text = "1"
    (flag,) = flags(court_message(offences=[offence(extra=[twice])]))
    assert (flag.code, flag.field, flag.detail) == ("value_repeated", "Offence/Plea", "2")
    assert the_offence(extra=[]).plea == "2"


def test_a_value_that_is_not_taken_in_is_said_once_for_each_name() -> None:
    extra = []
    for number in range(3):
        guardian = element("ParentGuardianDetails", element("Note"), element(f"Other{number}"))
        guardian[0].text = "words"
        extra.append(guardian)
    extra.append(etree.Element(f"{{urn:{'x' * 200}}}Foreign"))
    extra[-1].text = "words"
    found = flags(court_message(extra=extra))
    assert [flag.code for flag in found] == ["element_not_read", "element_not_read"]
    assert found[0].field == "ParentGuardianDetails/Note"
    assert len(found[1].field) == 60
    many = [element(f"Unknown{number}") for number in range(200)]
    for one in many:
        one.text = "x"
    assert len(flags(court_message(extra=many))) == 50


def test_words_never_enter_a_field_for_codes() -> None:
    data = court_message(bail_status="remanded to Mair's address", court="Llanelli court", gender="male person")
    whole = shaped(data).record
    assert (whole.bail_status, whole.court_code, whole.gender) == (None, None, None)
    assert codes(data).count("code_unreadable") == 3


def test_what_fits_in_a_list_stays_short() -> None:
    assert value_class("") == value_class(" \n") == ""
    assert value_class("Tŷ 7-9!") == "A×2 _×1 9×1 #×1 9×1 #×1"
    for text in ("a" * 10**6, "a1" * 50, ("a" * 1000 + "1" * 1000) * 20):
        assert len(value_class(text)) <= 40
    assert court_key("B01EF01") == "B01EF"


# --- the table of reasons ---------------------------------------------------------------------------------------


def test_every_flag_and_rejection_is_in_the_table_and_the_table_holds_nothing_else() -> None:
    source = "".join(path.read_text() for path in Path(shape.__code__.co_filename).parent.glob("*.py"))
    for code, reason in REASONS.items():
        assert source.count(f'"{code}"') >= 2, code
        assert len(code) <= 60
        for sentence in (reason.sentence, reason.suggestion):
            assert sentence.endswith(".")
            assert "\n" not in sentence
    assert set(UNKNOWN.values()) <= set(REASONS)
    assert {REASONS["asn_dummy"].weight, REASONS["organisation_defendant"].weight} == {Weight.INFORMATION, Weight.PARK}


# --- nothing raises ---------------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "2025-02-30", "9999-12-31", "0001-01-01", "B", "001", "\ufffd", "1e9", "A" * 100, "-", "24:00:00"]
    ),
)


def changed(raw: Raw, draw: st.DataObject, rate: int) -> Raw:
    """The element with some values replaced, some children dropped and some doubled."""
    children: list[Raw] = []
    for child in raw.children:
        fate = draw.draw(st.integers(0, rate))
        if fate == 0:
            continue
        children.append(changed(child, draw, rate))
        if fate == 1:
            children.append(child)
    text = draw.draw(VALUES) if draw.draw(st.integers(0, 5)) == 0 else raw.text
    return replace(raw, text=text, children=tuple(children))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_T27_no_values_whatever_make_shaping_raise(draw: st.DataObject) -> None:
    end = duration(end="2026-01-01")
    (raw,) = raws(
        court_message(
            offences=[
                offence(
                    finding="G",
                    end="2025-02-02",
                    results=[result(durations=[end], amounts=["1.00"], next_hearing=courts.next_hearing())],
                )
            ]
        )
    )
    assert raw.defendant is not None
    mutated = replace(
        raw,
        session=changed(raw.session, draw, 20),
        case=changed(raw.case, draw, 20),
        defendant=changed(raw.defendant, draw, 20),
    )
    found = shape(mutated, FewCodes())
    assert isinstance(found, Shaped | Rejected)
    for flag in found.flags:
        assert flag.code in REASONS
        assert len(flag.field) <= 60
        assert len(flag.detail) <= 200
    if isinstance(found, Rejected):
        assert len(found.value_class) <= 40
        assert len(found.field) <= 60
    else:
        assert isinstance(found.record.hearing_date, date)
        assert found.record.hearing_date > date.min or found.record.hearing_date == date(1, 1, 1)
        assert found.record.family_name.folded


# --- the national test messages ---------------------------------------------------------------------------------


class SharedCodes:
    """The official lists, read from the standing data."""

    def __init__(self) -> None:
        spi, cjs = "spiCode", "cjsCode"
        files = {
            "offence": ("offence-code", cjs),
            "result": ("result-code", cjs),
            "result-qualifier": ("result-qualifier-code", cjs),
            "plea": ("plea-status", spi),
            "verdict": ("verdict", spi),
            "remand-status": ("remand-status", spi),
            "gender": ("gender", spi),
            "duration-unit": ("duration-unit", spi),
            "presence": ("defendant-present-at-hearing", cjs),
        }
        self.lists = {name: {row[key] for row in self._rows(file) if row[key]} for name, (file, key) in files.items()}
        units = self._rows("organisation-unit_courts_only")
        self.lists["court"] = {
            unit["topLevelCode"] + unit["secondLevelCode"] + unit["thirdLevelCode"] for unit in units
        }
        self.lists["psa"] = {unit["thirdLevelPsaCode"] for unit in units}

    @staticmethod
    def _rows(name: str) -> list[dict[str, str]]:
        return list(json.loads((SHARED / "codes" / f"bichard_{name}.json").read_text()))

    def known(self, list_name: str, code: str) -> bool:
        return code in self.lists[list_name]


@pytest.fixture(scope="module")
def national() -> dict[str, Shaped | Rejected]:
    """Every national test message, shaped, by its folder and number: '143-2', or '083' where there is one."""
    if not (SHARED / "courts" / "results").is_dir():
        pytest.skip("skipped: no shared data")
    codes_known = SharedCodes()
    found: dict[str, Shaped | Rejected] = {}
    for step in open_all([SHARED / "courts" / "results"], WANTED):
        if isinstance(step, Document):
            read = read_message(step.data, step.name)
            assert not isinstance(read, Refused)
            (raw,) = read.defendants
            path = Path(step.name)
            name = path.parent.name.split("-")[0] + path.stem.removeprefix("input-message")
            found[name] = shape(raw, codes_known)
    assert len(found) == 168
    return found


def having(national: dict[str, Shaped | Rejected], code: str) -> dict[str, list[Flag]]:
    return {
        name: those for name, one in national.items() if (those := [flag for flag in one.flags if flag.code == code])
    }


def test_only_the_two_messages_without_a_case_reference_are_rejected(national: dict[str, Shaped | Rejected]) -> None:
    refused = {name: (one.reason, one.line) for name, one in national.items() if isinstance(one, Rejected)}
    assert refused == {"121": ("ptiurn_malformed", 46), "271": ("ptiurn_placeholder", 46)}


@pytest.mark.parametrize(
    ("code", "messages", "values"),
    [
        ("asn_absent", {"271"}, 1),
        ("asn_malformed", {"083", "407", "413", "419"}, 4),
        ("asn_dummy", 9, 9),
        ("result_code_unknown", {"081"}, 2),
        ("offence_code_unknown", {"251", "313"}, 2),
        ("court_unknown", 7, 10),
        ("psa_code_unknown", 5, 5),
        ("next_hearing_not_after_hearing", 1, 1),
        ("offence_after_hearing", 1, 2),
        ("initiated_before_offence", None, 351),
        ("arrest_before_offence", None, 43),
        ("conviction_before_hearing", None, 28),
        ("guilty_without_conviction_date", 1, 1),
        ("offence_numbers_not_consecutive", 7, 7),
        ("result_code_absent", None, 36),
        ("birth_date_missing", {"115-2", "115-3", "291"}, 3),
        ("damaged_characters", {"065", "115-1", "139", "503"}, 4),
        ("element_not_read", {"293"}, 2),
        ("qualifier_unknown", 0, 0),
        ("plea_unknown", 0, 0),
        ("finding_unknown", 0, 0),
        ("bail_status_unknown", 0, 0),
        ("gender_unknown", 0, 0),
        ("presence_unknown", 0, 0),
        ("duration_unit_unknown", 0, 0),
        ("offence_end_before_start", 0, 0),
        ("offence_without_result", 0, 0),
        ("value_repeated", 0, 0),
        ("date_unreadable", 0, 0),
        ("time_unreadable", 0, 0),
        ("number_unreadable", 0, 0),
        ("code_unreadable", 0, 0),
        ("indicator_unreadable", 0, 0),
        ("text_may_be_cut", 0, 0),
        ("birth_date_unlikely", 0, 0),
    ],
)
def test_the_publishers_table_of_doubtful_values_is_met(
    national: dict[str, Shaped | Rejected], code: str, messages: set[str] | int | None, values: int
) -> None:
    found = having(national, code)
    assert sum(len(those) for those in found.values()) == values
    if isinstance(messages, set):
        assert set(found) == messages
    elif messages is not None:
        assert len(found) == messages


def test_the_unknown_courts_are_those_of_the_table(national: dict[str, Shaped | Rejected]) -> None:
    unknown = [flag for those in having(national, "court_unknown").values() for flag in those]
    assert Counter((flag.field, court_key(flag.detail)) for flag in unknown) == {
        ("Hearing/CourtHearingLocation", "B01BK"): 2,
        ("NextHearingDetails/CourtHearingLocation", "B01NI"): 3,
        ("NextHearingDetails/CourtHearingLocation", "B01N_"): 2,
        ("NextHearingDetails/CourtHearingLocation", "Z01EF"): 3,
    }


def test_every_record_adds_up_to_the_publishers_totals(national: dict[str, Shaped | Rejected]) -> None:
    records = [one.record for one in national.values() if isinstance(one, Shaped)]
    results = [found for one in records for charged in one.offences for found in charged.results]
    assert len(records) == 166
    assert sum(len(one.offences) for one in records) == 437 - 6  # 121 has five offences, 271 one
    assert {one.bail_status for one in records} == {"A", "B", "C", "U"}
    assert sum(bool(one.bail_conditions) for one in records) == 9
    assert max(len(one.bail_conditions) for one in records) == 3
    assert sum(found.code == courts.RESTRAINING_ORDER for found in results) == 1
    assert sum(found.code == courts.CONDITIONAL_BAIL for found in results) == 17


def test_welsh_vowels_survive(national: dict[str, Shaped | Rejected]) -> None:
    one = national["083"]
    assert isinstance(one, Shaped)
    text = one.record.offences[0].results[0].text
    assert text is not None
    for vowel in "ŴŵŶŷẄẅẀẁẂẃỲỳÝýâêîôûäëïöüàèìòùáéíóú":
        assert vowel in text.given
        assert vowel in text.folded


def test_the_breach_of_bail_story_reads_in_three_messages(national: dict[str, Shaped | Rejected]) -> None:
    first, second, third = (national[f"143-{number}"] for number in (1, 2, 3))
    assert isinstance(first, Shaped)
    assert isinstance(second, Shaped)
    assert isinstance(third, Shaped)
    assert len({(one.record.ptiurn, one.record.asn) for one in (first, second, third)}) == 1
    assert first.record.bail_conditions[0].startswith("Exclusion: not to contact directly or indirectly")
    assert [charged.code for charged in second.record.offences] == ["CJ88116", "BA76004"]
    assert second.record.offences[1].plea == "8"
    assert [found.code for charged in third.record.offences for found in charged.results].count(None) == 1
    assert first.record.hearing_date < second.record.hearing_date < third.record.hearing_date


def test_the_fields_of_a_record_are_all_used_by_the_national_messages_or_known_not_to_be(
    national: dict[str, Shaped | Rejected],
) -> None:
    records = [one.record for one in national.values() if isinstance(one, Shaped)]
    never = {field.name for field in fields(DefendantHearing) if not any(getattr(one, field.name) for one in records)}
    assert never == {"telephones", "emails"}
