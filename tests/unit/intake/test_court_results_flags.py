"""Each doubt about a court result is one flag, the record is kept, and every code is in the table of reasons (INT-03)."""

from pathlib import Path

import pytest
from lxml import etree

from craffu.intake.court_results.picking import UNKNOWN, court_key
from craffu.intake.court_results.reasons import REASONS, Weight
from craffu.intake.court_results.shape import shape
from craffu.intake.court_results.written import value_class
from tests.factories import court_messages as courts
from tests.factories.court_messages import court_message, duration, element, offence, result
from tests.unit.intake.court_shapes import codes, flags, shaped, the_offence

pytestmark = pytest.mark.rule("INT-03")


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
