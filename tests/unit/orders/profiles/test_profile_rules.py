"""An order in other models' words: each part under its name, nowhere where anybody lives, and as its table says (ADR 95)."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from craffu.orders.profiles.rules import NAMESPACES, Facts, Profile, Who, as_niem, as_pole, names_in, told_as

pytestmark = pytest.mark.rule("SEC-06")
TABLE = Path(__file__).parents[4] / "docs" / "order-profiles.md"
WHOLE = Facts(
    reference="O-10001", kind="SPO", name="Stalking protection order", statute="Stalking Protection Act 2019, s.1",
    status="in_force", force="Heddlu Glan Afon", court="Glan Afon Magistrates’ Court", court_case_no="GA 12/26",
    made_on=date(2026, 1, 14), begins_on=date(2026, 1, 15), last_day=date(2028, 1, 13), served_on=date(2026, 1, 16),
    ended_on=date(2027, 1, 2), respondent=Who("P-10001", "Dewi", "Example", "1980-02-29", "1"),
    protected=("P-10002", "P-10003"), conditions=((1, "Not to contact her."), (2, "Not to go to [withheld].")),
)  # fmt: skip
BARE = replace(
    WHOLE, court="", court_case_no="", begins_on=None, last_day=None, served_on=None, ended_on=None, respondent=None,
    protected=(), conditions=(),
)  # fmt: skip


def test_a_protection_order_of_niem_says_who_is_bound_and_whom_they_may_not_contact() -> None:
    told = as_niem(WHOLE)
    assert told["@context"] == dict(NAMESPACES)
    order = told["j:ProtectionOrder"]
    assert order["nc:ActivityIdentification"] == {"nc:IdentificationID": "O-10001"}
    assert order["j:CourtOrderDesignatedSubject"] == {
        "nc:PersonName": {"nc:PersonGivenName": "Dewi", "nc:PersonSurName": "Example"},
        "nc:PersonBirthDate": {"nc:Date": "1980-02-29"},
        "nc:PersonSexText": "1",
        "nc:PersonOtherIdentification": {"nc:IdentificationID": "P-10001"},
    }
    assert order["j:ProtectionOrderRestrictedPerson"] == [
        {"nc:PersonOtherIdentification": {"nc:IdentificationID": one}} for one in ("P-10002", "P-10003")
    ]
    assert order["j:ProtectionOrderConditionText"] == ["Not to contact her.", "Not to go to [withheld]."]
    assert order["nc:ActivityDateRange"] == {
        "nc:StartDate": {"nc:Date": "2026-01-15"},
        "nc:EndDate": {"nc:Date": "2027-01-02"},
    }, "one that ended before its day ended then"
    assert (order["j:CourtOrderIssuingDate"], order["j:CourtOrderServiceDate"]) == (
        {"nc:Date": "2026-01-14"}, {"nc:Date": "2026-01-16"},
    )  # fmt: skip
    assert order["j:CourtOrderIssuingCourt"] == {"j:CourtName": "Glan Afon Magistrates’ Court"}
    assert all(name.partition(":")[0] in NAMESPACES for name in names_in(told))


def test_what_is_not_known_is_not_told_as_empty() -> None:
    for profile in Profile:
        told = told_as(profile, BARE)
        assert "" not in _values(told)
        assert None not in _values(told)
    assert "j:ProtectionOrderRestrictedPerson" not in as_niem(BARE)["j:ProtectionOrder"]
    assert "j:CourtOrderDesignatedSubject" not in as_niem(BARE)["j:ProtectionOrder"]


def test_every_relationship_of_pole_is_between_two_parts_that_are_there_and_has_one_type() -> None:
    told = as_pole(WHOLE)
    parts = {one["id"] for kind in ("persons", "objects", "locations", "events") for one in told[kind]}
    assert [(one["from"], one["type"], one["to"]) for one in told["relationships"]] == [
        ("person:P-10001", "bound_by", "object:O-10001"),
        ("person:P-10002", "protected_by", "object:O-10001"),
        ("person:P-10003", "protected_by", "object:O-10001"),
        ("object:O-10001", "made_in", "event:made"),
        ("object:O-10001", "served_in", "event:served"),
        ("object:O-10001", "ended_in", "event:ended"),
        ("event:made", "took_place_at", "location:court"),
    ]
    assert {end for one in told["relationships"] for end in (one["from"], one["to"])} == parts
    assert told["persons"][1:] == [
        {"id": "person:P-10002", "type": "nominal"},
        {"id": "person:P-10003", "type": "nominal"},
    ]
    assert len(parts) == sum(len(told[kind]) for kind in ("persons", "objects", "locations", "events"))


def test_somebody_who_is_bound_and_protected_stands_once() -> None:
    told = as_pole(replace(WHOLE, protected=("P-10001", "P-10001")))
    assert [one["id"] for one in told["persons"]] == ["person:P-10001"]


def test_the_table_of_the_documents_is_the_mapping() -> None:
    """Each name of a part stands in it once for its model, and no other."""
    text = TABLE.read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (NIEM|POLE)[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    for profile, heading in ((Profile.NIEM, "NIEM"), (Profile.POLE, "POLE")):
        lines = re.findall(r"^\| `([^|]+)` \|", sections[heading], re.MULTILINE)
        named = {name for line in lines for name in line.split("/")}
        assert named == names_in(told_as(profile, WHOLE)), heading


def _values(told: Any) -> list[Any]:
    if isinstance(told, dict):
        return [one for value in told.values() for one in _values(value)]
    return [one for value in told for one in _values(value)] if isinstance(told, list) else [told]
