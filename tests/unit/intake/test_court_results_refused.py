"""A court result is refused only where it joins no case, and parked where a person must decide (INT-03, INT-04)."""

from dataclasses import replace

import pytest

from craffu.intake.court_results.picking import Flag
from craffu.intake.court_results.shape import Rejected, Shaped, shape
from tests.factories import court_messages as courts
from tests.factories.court_messages import case, court_message, defendant, element, message, offence
from tests.unit.intake.court_shapes import FewCodes, codes, raws, rejected, shaped, the_result

pytestmark = pytest.mark.rule("INT-03")


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
