"""Which conditions may stand in an order, and which words are pointed out while one is drafted (ORD-14)."""

from typing import Any

import pytest

from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.conditions.rules import (
    PROHIBITIONS,
    REQUIREMENTS,
    Asked,
    ConditionType,
    Drafted,
    Monitoring,
    Pointed,
    Vague,
    is_requirement,
    unanswered,
    vague,
    why_not_accepted,
)

NAMED = {"supervisor": "Programme lead", "suitability_evidence": "letter-4"}
MONITORED = {"DAPO", "BAIL", "LICENCE"}
ONLY_FORBID = {code for code, kind in kinds().items() if not kind.conditions.requirements}
NAMES = {
    "DAPO": {"supervisor", "suitability_evidence"},
    "ASBI": {"supervisor", "suitability_evidence"},
    "CBO": {"supervisor", "suitability_evidence"},
    "SRO": {"supervisor"},
}


def why(kind: str, type_: str, **drafted: Any) -> list[str]:
    return why_not_accepted(kind_of(kind), Drafted(type_, **{"answers": ["B1"], "names": NAMED} | drafted))


@pytest.mark.rule("ORD-14")
def test_the_types_are_those_of_annex_a() -> None:
    assert " ".join(one for one in ConditionType if one in PROHIBITIONS) == (
        "no_contact_direct no_contact_indirect no_approach exclusion_zone no_surveillance no_online_reference no_recording curfew"
    )
    assert " ".join(one for one in ConditionType if one in REQUIREMENTS) == (
        "device_or_account_disclosure surrender_device attend_programme assessment sign_on residence electronic_monitoring"
        " extra_notification"
    )
    assert set(ConditionType) - PROHIBITIONS - REQUIREMENTS == {ConditionType.BESPOKE}


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize("kind", list(kinds()))
def test_a_prohibition_may_stand_in_every_kind(kind: str) -> None:
    for type_ in sorted(PROHIBITIONS):
        assert why(kind, type_, names={}) == []
        assert why(kind, type_, answers=[]) == why(kind, type_, answers=[" "]) == ["no_behaviour_linked"]


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize("kind", list(kinds()))
def test_a_requirement_may_stand_only_where_the_kind_allows_and_names_what_it_must(kind: str) -> None:
    for type_ in sorted(REQUIREMENTS - {ConditionType.ELECTRONIC_MONITORING}):
        if kind in ONLY_FORBID:
            assert why(kind, type_) == why(kind, type_, names={}) == ["requirements_not_allowed"]
            continue
        assert why(kind, type_) == []
        assert why(kind, type_, names={}) == sorted(f"no_{name}" for name in NAMES.get(kind, ()))
        for name in NAMES.get(kind, ()):
            assert why(kind, type_, names={**NAMED, name: " "}) == [f"no_{name}"]


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize("kind", list(kinds()))
def test_monitoring_stands_only_where_the_law_provides_for_it(kind: str) -> None:
    expected = [] if kind in MONITORED else ["monitoring_not_provided_for"]
    assert why(kind, "electronic_monitoring") == expected


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize(
    ("monitoring", "reasons"),
    [
        (Monitoring(), []),
        (Monitoring(12, True, True, True), []),
        (Monitoring(13), ["monitoring_over_twelve_months"]),
        (Monitoring(respondent_present=False), ["monitoring_in_absence"]),
        (Monitoring(third_party_consents=False), ["no_third_party_consent"]),
        (Monitoring(available_locally=False), ["monitoring_not_available_locally"]),
    ],
)
def test_monitoring_has_its_limits(monitoring: Monitoring, reasons: list[str]) -> None:
    assert why("DAPO", "electronic_monitoring", monitoring=monitoring) == reasons
    assert why("DAPO", "curfew", monitoring=monitoring) == []
    assert why("DAPO", "electronic_monitoring", names={}, monitoring=monitoring) == sorted(
        [*reasons, "no_suitability_evidence", "no_supervisor"]
    )


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize(
    ("drafted", "reasons"),
    [
        ({"drafted_by": "u1"}, ["second_approval_needed"]),
        ({"drafted_by": "u1", "second_approval_by": "u1"}, ["second_approval_by_drafter"]),
        ({"drafted_by": "u1", "second_approval_by": "u2"}, []),
        (
            {"drafted_by": "u1", "second_approval_by": "", "answers": []},
            ["no_behaviour_linked", "second_approval_needed"],
        ),
    ],
)
def test_a_bespoke_term_has_a_second_approval(drafted: dict[str, Any], reasons: list[str]) -> None:
    assert why("SPO", "bespoke", **drafted) == reasons


@pytest.mark.rule("ORD-14")
def test_a_bespoke_requirement_is_a_requirement() -> None:
    approved = {"drafted_by": "u1", "second_approval_by": "u2"}
    assert why("RO_CONV", "bespoke", nature="requirement", **approved) == ["requirements_not_allowed"]
    assert why("RO_CONV", "bespoke", nature="prohibition", **approved) == []
    assert why("SRO", "bespoke", nature="requirement", names={}, **approved) == ["no_supervisor"]
    assert not is_requirement(Drafted("bespoke"))
    assert not is_requirement(Drafted("curfew", nature="requirement"))


@pytest.mark.rule("ORD-14")
def test_a_label_of_somebodys_own_is_refused() -> None:
    assert why("SPO", "be_good") == ["unknown_type"]
    assert why("SPO", "", answers=()) == ["no_behaviour_linked", "unknown_type"]


@pytest.mark.rule("ORD-14")
def test_three_things_are_asked_of_the_whole_order() -> None:
    assert unanswered({}) == list(Asked)
    assert unanswered({Asked.RELIGION: False, Asked.INCOMPATIBLE: True}) == [Asked.WORK_OR_EDUCATION]
    assert unanswered(dict.fromkeys(Asked, False)) == []


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize(
    ("type_", "text", "pointed"),
    [
        ("bespoke", "Must not behave in an antisocial way", ["open_word:behave", "open_word:antisocial"]),
        ("bespoke", "No unwanted gifts, letters etc.", ["open_word:unwanted", "open_word:etc"]),
        ("bespoke", "Reasonable steps", ["open_word:Reasonable"]),
        ("bespoke", "Peidio â chymryd camau afresymol", ["open_word:afresymol"]),
        (
            "no_contact_direct",
            "Not to contact Ann or her friends and family",
            ["open_group:friends", "open_group:family"],
        ),
        ("no_contact_direct", "Not to contact Ann or known associates", ["open_group:associates"]),
        ("curfew", "Indoors at night", ["open_time:at night", "no_times:"]),
        ("curfew", "Indoors 20:00 to 07:00", []),
        ("curfew", "Indoors from 8 pm to 7am", []),
        ("exclusion_zone", "Not to go near her home", ["open_place:near", "no_boundary:"]),
        ("exclusion_zone", "Not to go within 100 metres of the school", []),
        ("exclusion_zone", "Not to enter the area bounded by the map at Annex 1", ["open_place:the area"]),
        ("no_approach", "Not to approach Ann", ["no_boundary:"]),
        ("no_approach", "Not to approach within 50 m of Ann", []),
        ("no_contact_indirect", "Not to send anything by another person", ["nobody_named:"]),
        ("no_contact_indirect", "Not to send anything to Ann Example", []),
        ("no_contact_direct", "Peidio â chysylltu ag Ŵyn", []),
        ("no_recording", "Not to record Ann by any device", []),
        ("no_surveillance", "Unreasonableness is not the word", []),
        (
            "no_surveillance",
            "Not to follow her frequently or from time to time",
            ["open_time:frequently", "open_time:from time to time"],
        ),
        ("no_surveillance", "", []),
    ],
)
def test_what_an_officer_could_not_decide_is_pointed_out(type_: str, text: str, pointed: list[str]) -> None:
    assert [f"{one.why}:{one.words}" for one in vague(type_, text)] == pointed


@pytest.mark.rule("ORD-14")
def test_words_are_pointed_out_where_they_stand_and_lacks_come_last() -> None:
    assert vague("no_approach", "nearby friends, etc") == [
        Pointed(Vague.OPEN_PLACE, "nearby"),
        Pointed(Vague.OPEN_GROUP, "friends"),
        Pointed(Vague.OPEN_WORD, "etc"),
        Pointed(Vague.NO_BOUNDARY),
    ]
