"""Questions about orders as a case file asks them: what is left out, null or at a boundary is answered too (ORD-01 to ORD-22)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from craffu.config.commands.rules import written
from craffu.config.rule_ops import OPS


def asked(op: str, **given: Any) -> Any:
    return written(OPS[f"order.{op}"](given))


HERE: dict[str, Any] = {"area": "Dyfed-Powys", "on": "2026-11-24"}
OFFICER = {"id": "u3", "role": "orders_team"}


@pytest.mark.rule("ORD-04")
@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"type": "SPO"}, {"offered": True, "why": "in_force"}),
        ({"type": "SPO", "rule_row": None, "received_from_court": False}, {"offered": True, "why": "in_force"}),
        (
            {"type": "SPO_ACQ", "rule_row": {"effective_from": None}},
            {"offered": False, "why": "commencement_not_verified"},
        ),
        (
            {"type": "DAPO", "rule_row": {"effective_from": "2026-04-01", "extent_area": "Gwent"}},
            {"offered": False, "why": "not_in_this_area"},
        ),
        (
            {"type": "DAPO", "rule_row": {"effective_from": "2026-04-01", "effective_to": "2026-11-23"}},
            {"offered": False, "why": "no_longer_in_force"},
        ),
        (
            {"type": "SPO_CONV", "received_from_court": True},
            {"offered": False, "recorded": True, "why": "court_fact_is_always_recorded"},
        ),
    ],
)
def test_availability(given: dict[str, Any], answer: dict[str, Any]) -> None:
    assert asked("availability", **HERE, **given) == answer


@pytest.mark.rule("ORD-05")
def test_an_application() -> None:
    given = {"type": "DVPO", "applicant": "police", "on": "2026-11-24"}
    assert asked("application", **given)["why"] == "respondent_age_not_known"
    given["respondent_born"] = "1990-01-01"
    assert asked("application", **given)["why"] == "no_notice_served"
    assert asked("application", **given, notice_served=True) == {
        "age": 36, "allowed": True, "court": "magistrates", "why": None,
    }  # fmt: skip
    given["type"] = "CPN"
    assert asked("application", **given, warning_given=False)["why"] == "no_earlier_warning"


@pytest.mark.rule("ORD-01")
def test_a_checklist_with_nothing_asked_yet() -> None:
    empty = asked("checklist", **HERE, stage="investigation")
    assert (empty["offered"], empty["waiting_for_a_fact"][0]) == (["PHA_INJ"], "SPO")
    assert "respondent_born" in empty["ask"]
    assert asked("checklist", **HERE, stage="investigation", facts={"stalking": None}, respondent_born=None) == empty
    with pytest.raises(ValueError, match="no_such_stage"):
        asked("checklist", **HERE, stage="no_such_stage")
    with pytest.raises(ValueError, match="weather"):
        asked("checklist", **HERE, stage="charged", facts={"weather": True})
    after = {**HERE, "stage": "charged", "facts": {"stalking": True}}
    assert asked("stage_change", before={}, after=after, decided=None)["to_consider"][0] == "SPO"
    assert asked("consideration", offered=[], decisions=None) == {"complete": True, "undecided": []}


@pytest.mark.rule("ORD-02")
def test_a_decision_with_nothing_but_its_outcome() -> None:
    assert asked("decision", type="SPO", outcome="not_pursued", reason_code=None, reason_text=None, risk=None) == {
        "accepted": False,
        "why": ["missing:reason_code", "reason_too_short", "supervisor_agreement_needed"],
    }


def move(type_: str, state: str, name: str, facts: Mapping[str, Any] | None = None, **actor: Any) -> Any:
    given = {"type": type_, "state": state, "move": name, "actor": OFFICER | actor}
    answer = asked("move", **given, **({} if facts is None else {"facts": facts}))
    return answer["why"] or answer["to"]


MADE = {
    "made_on": "2026-03-10",
    "discharged_on": "2028-03-09",
    "applicant": "respondent",
    "reason_text": "Court discharged",
}


@pytest.mark.rule("ORD-09")
@pytest.mark.parametrize(
    ("type_", "state", "name", "facts", "answer"),
    [
        ("SPO", "authorised", "lodge", None, "missing:lodged_on"),
        ("NO_KIND", "authorised", "lodge", {}, "not_for_this_type"),
        ("NO_KIND", "authorised", "fly", {}, "unknown_move"),
        ("SPO", "no_state", "lodge", {}, "not_from_this_state"),
        ("SPO", "applied", "adjourn", {"hearing_on": "2026-12-01", "not_fixed": False}, "missing:next_hearing_on"),
        ("SPO", "applied", "adjourn", {"hearing_on": "2026-12-01", "next_hearing_on": "2026-12-08"}, "adjourned"),
        ("ISPO", "none", "lodge_interim", {"lodged_on": "2026-12-01", "main_order": "S"}, "main_application_not_live"),
        ("OCC", "in_force", "renew", {"section": "33"}, "extend_by_variation"),
        ("SPO", "in_force", "discharge", MADE | {"concerned": ["c1"]}, "discharge_locked"),
        ("SPO", "in_force", "discharge", MADE | {"concerned": ["c1"], "consents": ["c1", "respondent"]}, "discharged"),
        ("SPO", "in_force", "discharge", MADE | {"discharged_on": "2028-03-10", "concerned": ["c1"]}, "discharged"),
        ("SHPO", "in_force", "discharge", MADE | {"concerned": ["c1"]}, "discharge_locked"),
        ("NMO", "in_force", "discharge", MADE, "discharged"),
        ("SPO", "in_force", "quash", {"quashed_on": "2026-12-01", "court": "C", "appeal_case_no": ""}, "missing:appeal_case_no"),
    ],
)  # fmt: skip
def test_a_move(type_: str, state: str, name: str, facts: Mapping[str, Any] | None, answer: str) -> None:
    assert move(type_, state, name, facts) == answer


@pytest.mark.rule("ORD-16")
@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        # Nobody has said which chief officers are concerned: that is no consent of theirs.
        ({"consents": ["respondent"]}, "discharge_locked"),
        ({"concerned": [], "consents": ["respondent"]}, "discharge_locked"),
        ({"made_on": None, "made_at": "2026-03-10T23:30", "concerned": ["c1"]}, "discharge_locked"),
        ({"made_on": None}, "discharged"),
    ],
)
def test_the_lock_holds_where_it_is_not_said_who_is_concerned(facts: Mapping[str, Any], answer: str) -> None:
    assert move("SPO", "in_force", "discharge", MADE | facts) == answer


@pytest.mark.rule("ORD-11")
def test_service_on_a_day_that_has_no_second_reading() -> None:
    facts = {"served_at": "2026-11-11T10:00", "method": "personal", "proof": "bwv-1", "made_at": None}
    assert move("SPO", "granted", "serve", facts) == "in_force"
    assert move("SPO", "granted", "serve", facts | {"made_at": "2026-11-11T10:00"}) == "in_force"
    assert move("SPO", "granted", "serve", facts | {"made_at": "2026-11-11T10:00:01"}) == "served_before_made"
    with pytest.raises(ValueError, match="happens twice"):
        move("SPO", "granted", "serve", facts | {"served_at": "2026-10-25T01:30"})


@pytest.mark.rule("ORD-13")
def test_in_force() -> None:
    given = {"effect_from": "2026-06-30T10:00", "last_day": None, "at": "2026-07-01T10:00"}
    assert asked("in_force", **given) == {"order": True}
    assert asked("in_force", **given, terms=[]) == {"order": True, "terms": []}
    for ended in ("discharged_at", "superseded_at", "quashed_at", "ended_at"):
        assert asked("in_force", **given, **{ended: "2026-07-01T10:00"}) == {"order": False}
        assert asked("in_force", **given, **{ended: "2026-07-01T10:00:01"}) == {"order": True}
    assert asked("in_force", **given | {"effect_from": None}) == {"order": False}
    terms = [{"id": "T", "nature": None, "from": None, "last_day": None}]
    assert asked("in_force", **given, terms=terms, cpn_appeal_pending=True)["terms"] == [{"id": "T", "in_force": True}]


@pytest.mark.rule("ORD-12")
def test_enforceable_with_nothing_but_an_instant() -> None:
    assert asked("enforceable", type="SPO", at="2026-11-10T16:00") == {
        "in_force": False,
        "liability_from": None,
        "enforceable": False,
        "breach_is": "offence",
        "awareness_required_by": "policy",
    }  # fmt: skip


@pytest.mark.rule("ORD-15")
def test_versions() -> None:
    assert asked("version_at", versions=[], at="2026-11-10T16:00") == {"version": None}
    nothing = {"added": [], "removed": [], "amended": [], "unchanged": []}
    assert asked("version_diff", before=None, after=None) == nothing
    one = [{"id": "T1", "text": "No contact"}]
    longer = [{"id": "T1", "text": "No contact", "last_day": "2027-01-01"}]
    assert asked("version_diff", before=one, after=longer) == nothing | {"amended": ["T1"]}
    assert asked("version_diff", before=one) == nothing | {"removed": ["T1"]}


@pytest.mark.rule("ORD-18")
def test_papers_with_nothing_in_them() -> None:
    assert asked("card", type="BAIL", card=None)["missing"][:2] == ["type", "court"]
    assert asked("pack", type="DAPO")["missing"] == [
        "limb:has_been_abusive",
        "limb:order_necessary_and_proportionate",
        "terms",
        "victim_view_or_reason",
        "risk_assessment",
    ]
    term = {"necessity": None, "behaviours": None}
    assert asked("pack", type="DAPO", terms=[term])["missing"][2:4] == ["term1:necessity", "term1:behaviour"]


@pytest.mark.rule("ORD-14")
def test_a_condition_with_nothing_but_its_type() -> None:
    assert asked("condition", type="SPO", condition={"type": "bespoke"})["why"] == [
        "no_behaviour_linked",
        "second_approval_needed",
    ]
    monitored = {"type": "electronic_monitoring", "answers": ["B1"], "supervisor": "s", "suitability_evidence": "e"}
    assert asked("condition", type="DAPO", condition=monitored) == {"accepted": True, "why": []}
    longer = monitored | {
        "months": 13,
        "respondent_present": False,
        "third_party_consents": False,
        "available_locally": False,
    }
    assert len(asked("condition", type="DAPO", condition=longer)["why"]) == 4


@pytest.mark.rule("ORD-19")
def test_lists_that_are_empty_or_lack_a_date() -> None:
    assert asked("reconcile") == {"compared": 0, "agreed": 0, "differences": []}
    one = {"court_case_no": "1", "type": "SPO"}
    assert asked("reconcile", register=[one], court=[one | {"made_on": None, "last_day": None}])["agreed"] == 1
    assert asked("episode", instruments=None)["episodes"] == 0
    endless = {"episode": "E", "kind": "full", "served_on": "2026-11-01", "last_day": None}
    assert asked("episode", instruments=[endless], as_of="2026-11-10")["order_days_served"] == 10


@pytest.mark.rule("ORD-20")
def test_terms_inbox_and_transfer_with_what_is_not_said() -> None:
    assert asked("terms_check", version=1, entered_by="u1", comparisons=None)["why"] == ["not_compared"]
    waiting = {"kind": "OCC", "received_at": "2026-11-13T16:30", "now": "2026-11-13T16:30"}
    assert asked("inbox", **waiting)["why"] == ["no_owner"]
    returned = {"returned_at": "2026-11-13T17:00", "return_reason": "Not ours", "owner": "u3"}
    assert asked("inbox", **waiting, **returned)["state"] == "returned"
    assert asked("transfer", order="O1", now_on="2026-11-18", acknowledged={})["why"] == "not_sent"
    assert asked("hearing_watch", adjourned_on="2026-12-01", now_on="2027-01-01", next_hearing_on="2027-01-05") == {
        "alert_on": "2026-12-15", "alert": False,
    }  # fmt: skip
    assert asked("service", made_at="2026-11-10T15:00", now_on="2026-11-10", served_at=None)["days"] == 0


@pytest.mark.rule("ORD-17")
def test_an_appeal_that_the_court_lets_suspend() -> None:
    assert asked("appeal", state="in_force", court_suspends=True)["suspends"] is True
    assert asked("appeal", state="refused", result="allowed")["state"] == "granted"
    assert asked("moves_available", type="SPO", state="quashed", role="system") == {"moves": []}
    assert asked("consider", opened_at="2026-11-09T09:00", now=f"{date(2026, 11, 9)}T09:00", decided_at=None) == {
        "due": "2026-11-11T09:00:00+00:00", "state": "open",
    }  # fmt: skip
