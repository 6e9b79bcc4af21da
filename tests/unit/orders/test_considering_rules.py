"""What a case makes available to consider, when that is decided, and by when (ORD-01, ORD-02)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.catalogue.rules import Entered
from craffu.orders.considering.rules import (
    BORN,
    CHECKLIST,
    CaseStage,
    ClockState,
    Consideration,
    Decision,
    Fact,
    NotAvailable,
    Outcome,
    Reopening,
    Row,
    Situation,
    checklist,
    consider_by,
    consideration,
    is_open_again,
    needs_written_reason,
    opened_again,
    runs_as_high,
    to_consider,
    why_not_decided,
)
from tests.unit.orders.sources import ABSENT, RULES, annex_table

TODAY = date(2026, 11, 24)
GROWN = date(1988, 3, 2)
ALL_SO: dict[Fact, bool | None] = dict.fromkeys(Fact, True)
NOTHING_SO: dict[Fact, bool | None] = dict.fromkeys(Fact, False)


def situation(**changed: Any) -> Situation:
    whole: dict[str, Any] = {
        "stage": CaseStage.INVESTIGATION,
        "area": "Dyfed-Powys",
        "on": TODAY,
        "born": GROWN,
        "facts": ALL_SO,
    }
    return Situation(**whole | changed)


@pytest.mark.skipif(not RULES.exists(), reason=ABSENT)
@pytest.mark.rule("ORD-01")
def test_the_consideration_table_is_that_of_annex_a() -> None:
    def listed(words: str) -> list[str]:
        return [] if words == "-" else words.split(", ")

    for (kind, stages, facts), row in zip(annex_table("A", columns=3, header="Considered"), CHECKLIST, strict=True):
        assert row.kind == kind
        assert row.stages == (set(CaseStage) if stages == "any" else set(listed(stages)))
        assert list(row.facts) == listed(facts)


@pytest.mark.rule("ORD-01")
@pytest.mark.parametrize(
    ("stage", "offered"),
    [
        (CaseStage.INVESTIGATION, "SPO NMO OCC PHA_INJ DVPN CPN SRO SHPO"),
        (CaseStage.CHARGED, "SPO RO_CONV RO_ACQ NMO OCC PHA_INJ CBO SRO SHPO"),
        (CaseStage.CONVICTED, "SPO RO_CONV NMO OCC PHA_INJ CBO SRO SHPO"),
        (CaseStage.ACQUITTED, "SPO RO_ACQ NMO OCC PHA_INJ SRO SHPO"),
        (CaseStage.CLOSED, "SPO NMO OCC PHA_INJ DVPN CPN SRO SHPO"),
    ],
)
def test_a_stage_makes_its_kinds_available(stage: CaseStage, offered: str) -> None:
    assert " ".join(checklist(situation(stage=stage), kinds()).offered) == offered


@pytest.mark.rule("ORD-01")
@given(
    st.sampled_from(CaseStage),
    st.sampled_from(["Dyfed-Powys", "North Wales", "Gwent"]),
    st.dates(date(2019, 1, 1), date(2030, 1, 1)),
    st.one_of(st.none(), st.dates(date(1940, 1, 1), date(2018, 1, 1))),
    st.dictionaries(st.sampled_from(Fact), st.sampled_from([True, False, None])),
)
def test_no_kind_of_the_table_is_ever_left_blank(
    stage: CaseStage, area: str, on: date, born: date | None, facts: dict[Fact, bool | None]
) -> None:
    found = checklist(Situation(stage, area, on, born, facts), kinds())
    listed = [*found.offered, *found.waiting_for_a_fact, *(one.type for one in found.not_available)]
    assert sorted(listed) == sorted(row.kind for row in CHECKLIST)
    assert all(one.why for one in found.not_available)
    assert bool(found.ask) is bool(found.waiting_for_a_fact)
    assert list(found.ask) == sorted(set(found.ask))
    assert all(name == BORN or facts.get(Fact(name)) is None for name in found.ask)


def why(found: Any) -> dict[str, str]:
    return {one.type: one.why for one in found.not_available}


@pytest.mark.rule("ORD-01")
def test_a_fact_that_is_not_so_says_which_and_the_first_of_them() -> None:
    found = why(checklist(situation(facts=NOTHING_SO), kinds()))
    assert found["SPO"] == "not_so:stalking"
    assert found["OCC"] == "not_so:associated"
    assert found["SHPO"] == "not_so:sexual_conduct"
    so = {**ALL_SO, Fact.QUALIFYING_OFFENDER: False, Fact.SHARED_HOME: False}
    found = why(checklist(situation(facts=so), kinds()))
    assert (found["SHPO"], found["OCC"]) == ("not_so:qualifying_offender", "not_so:shared_home")


@pytest.mark.rule("ORD-01")
def test_what_is_not_so_needs_no_further_question() -> None:
    facts = {Fact.STALKING: True, Fact.ASSOCIATED: False}
    found = checklist(situation(facts=facts), kinds())
    assert found.waiting_for_a_fact == ("CPN", "SRO", "SHPO")
    assert found.ask == ("locality_affected", "qualifying_offender", "sexual_conduct")
    facts = {Fact.STALKING: True, Fact.SHARED_HOME: False, Fact.ASSOCIATED: None}
    assert why(checklist(situation(facts=facts), kinds()))["OCC"] == "not_so:shared_home"


@pytest.mark.rule("ORD-01")
def test_the_law_is_asked_before_the_facts() -> None:
    found = checklist(situation(facts={}), kinds())
    assert why(found)["DAPO"] == "not_a_pilot_area"
    assert "abuse" not in found.ask
    assert why(checklist(situation(facts=NOTHING_SO), kinds()))["DAPO"] == "not_a_pilot_area"
    assert why(checklist(situation(facts=NOTHING_SO, born=date(2012, 1, 1)), kinds()))["DVPN"] == "respondent_too_young"


@pytest.mark.rule("ORD-05")
@pytest.mark.parametrize(
    ("born", "young"),
    [
        (date(2008, 11, 24), set()),
        (date(2008, 11, 25), {"DVPN"}),
        (date(2010, 11, 24), {"DVPN"}),
        (date(2010, 11, 25), {"DVPN", "CPN"}),
        (date(2016, 11, 25), {"SPO", "DVPN", "CPN"}),
    ],
)
def test_a_respondent_who_is_too_young_is_said(born: date, young: set[str]) -> None:
    found = why(checklist(situation(born=born), kinds()))
    assert {kind for kind, reason in found.items() if reason == "respondent_too_young"} == young


@pytest.mark.rule("ORD-01")
def test_an_unknown_birthday_is_a_question_and_never_holds_back_the_spo() -> None:
    found = checklist(situation(born=None), kinds())
    assert found.waiting_for_a_fact == ("DVPN", "CPN")
    assert found.ask == (BORN,)
    assert "SPO" in found.offered


@pytest.mark.rule("ORD-01")
def test_a_force_adds_rows_and_an_entered_commencement_counts() -> None:
    found = checklist(situation(), kinds(), rows=[*CHECKLIST, Row("ASBI", frozenset({CaseStage.INVESTIGATION}))])
    assert found.offered[-1] == "ASBI"
    entered = {"SPO_CONV": Entered(date(2026, 1, 1))}
    found = checklist(situation(stage=CaseStage.CONVICTED), kinds(), entered=entered)
    assert "SPO_CONV" in found.offered


@pytest.mark.rule("ORD-04")
def test_after_the_pilot_nothing_of_it_is_offered() -> None:
    found = why(checklist(situation(area="North Wales"), kinds()))
    assert found["DAPN"] == found["DAPO"] == "position_after_pilot_not_verified"


@pytest.mark.rule("ORD-01")
@pytest.mark.parametrize(
    ("decisions", "undecided"),
    [
        ({}, ("SPO", "NMO")),
        ({"SPO": "apply"}, ("NMO",)),
        ({"SPO": "defer", "NMO": "not_pursued"}, ()),
        ({"SPO": "perhaps", "NMO": None}, ("SPO", "NMO")),
        ({"NMO": "support_own_application", "PHA_INJ": "not_pursued"}, ("SPO",)),
    ],
)
def test_a_consideration_is_complete_when_every_kind_is_decided(
    decisions: dict[str, str | None], undecided: tuple[str, ...]
) -> None:
    assert consideration(["SPO", "NMO"], decisions) == Consideration(not undecided, undecided)


@pytest.mark.rule("ORD-01")
def test_a_new_stage_or_fact_leaves_what_it_adds_and_what_nobody_decided() -> None:
    charged = checklist(situation(stage=CaseStage.CHARGED, facts={Fact.STALKING: True}), kinds())
    assert to_consider(charged, ["SPO", "PHA_INJ"]) == ["RO_CONV", "RO_ACQ", "CBO"]
    assert to_consider(charged, ["SPO", "PHA_INJ", "CBO"]) == ["RO_CONV", "RO_ACQ"]
    assert to_consider(charged, ["SPO"]) == ["RO_CONV", "RO_ACQ", "PHA_INJ", "CBO"]
    more = checklist(situation(stage=CaseStage.CHARGED, facts={Fact.STALKING: True, Fact.ASSOCIATED: True}), kinds())
    assert to_consider(more, charged.offered) == ["NMO"]


@pytest.mark.rule("ORD-01")
def test_a_report_a_breach_a_refusal_or_an_ended_order_opens_the_question_for_all() -> None:
    assert {str(one) for one in Reopening} == {"new_report", "breach", "refusal", "order_ended"}
    for happened in Reopening:
        assert opened_again(happened, ("SPO", "NMO")) == ["SPO", "NMO"]
    assert opened_again("hearing_listed", ("SPO", "NMO")) == []


OPENED = datetime(2026, 11, 9, 9, tzinfo=UTC)
LIMIT = OPENED + timedelta(hours=48)
SECOND = timedelta(seconds=1)


@pytest.mark.rule("ORD-01")
@pytest.mark.parametrize(
    ("now", "decided", "state"),
    [
        (OPENED, None, ClockState.OPEN),
        (LIMIT, None, ClockState.OPEN),
        (LIMIT + SECOND, None, ClockState.OVERDUE),
        (LIMIT + SECOND, LIMIT, ClockState.MET),
        (LIMIT + SECOND, LIMIT + SECOND, ClockState.LATE),
        (OPENED, OPENED, ClockState.MET),
    ],
)
def test_a_consideration_has_forty_eight_hours(now: datetime, decided: datetime | None, state: ClockState) -> None:
    found = consider_by(OPENED, now, decided)
    assert (found.due, found.state) == (LIMIT, state)


LONG = "Twenty letters in it"
DEFERRED = {"outcome": "defer", "decided_on": TODAY, "risk": "medium"}


@pytest.mark.rule("ORD-02")
@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({}, []),
        ({"reason_text": LONG[:-1]}, ["reason_too_short"]),
        ({"reason_text": f"  {LONG[:-1]}  "}, ["reason_too_short"]),
        ({"reason_code": " "}, ["missing:reason_code"]),
        ({"reason_code": "", "reason_text": ""}, ["missing:reason_code", "reason_too_short"]),
        ({"outcome": "note", "reason_code": ""}, ["unknown_outcome"]),
        ({"kind": "NMO", "reason_text": ""}, []),
        ({"kind": "NMO", "reason_text": "", "risk": "high"}, []),
        ({"outcome": "not_pursued"}, []),
        ({"outcome": "not_pursued", "risk": "medium"}, []),
        ({"outcome": "not_pursued", "risk": "high"}, ["supervisor_agreement_needed"]),
        ({"outcome": "not_pursued", "risk": None}, ["supervisor_agreement_needed"]),
        ({"outcome": "not_pursued", "risk": "unassessed"}, ["supervisor_agreement_needed"]),
        ({"outcome": "not_pursued", "risk": "high", "supervisor_agrees": True}, []),
        ({"kind": "CBO", "outcome": "not_pursued", "reason_text": "", "risk": "standard"}, []),
        (
            {"kind": "CBO", "outcome": "not_pursued", "reason_text": "", "risk": None},
            ["reason_too_short", "supervisor_agreement_needed"],
        ),
        ({**DEFERRED, "review_on": TODAY}, []),
        ({**DEFERRED, "review_on": TODAY + timedelta(days=14)}, []),
        ({**DEFERRED, "review_on": TODAY + timedelta(days=15)}, ["review_too_far"]),
        ({**DEFERRED, "review_on": TODAY - timedelta(days=1)}, ["review_before_decision"]),
        (DEFERRED, ["missing:review_on"]),
        ({**DEFERRED, "decided_on": None, "review_on": TODAY}, ["missing:decided_on"]),
        ({**DEFERRED, "reason_code": ""}, ["missing:reason_code", "missing:review_on"]),
        ({**DEFERRED, "risk": "high", "review_on": TODAY}, []),
    ],
)
def test_a_decision_stands_or_says_everything_that_it_lacks(changed: dict[str, Any], reasons: list[str]) -> None:
    whole = {"kind": "SPO", "outcome": "apply", "reason_code": "limbs_met", "reason_text": LONG, "risk": "standard"}
    assert why_not_decided(Decision(**whole | changed)) == reasons


@pytest.mark.rule("ORD-02")
@pytest.mark.parametrize("kind", list(kinds()))
def test_when_a_reason_is_written(kind: str) -> None:
    for outcome in Outcome:
        for risk in ("high", "medium", "standard", None):
            high = risk not in {"medium", "standard"}
            assert runs_as_high(risk) is high
            wanted = kind == "SPO" or (outcome == "not_pursued" and high)
            assert needs_written_reason(kind_of(kind).code, outcome, risk) is wanted


@pytest.mark.rule("ORD-02")
def test_a_deferral_is_open_again_on_its_day() -> None:
    assert is_open_again("defer", TODAY, TODAY)
    assert not is_open_again("defer", TODAY, TODAY - timedelta(days=1))
    assert not is_open_again("defer", None, TODAY)
    assert not is_open_again("apply", TODAY, TODAY)


@pytest.mark.rule("ORD-02")
def test_the_outcomes_keep_their_names() -> None:
    names = "apply ask_prosecutor support_own_application other_measure not_pursued defer"
    assert " ".join(Outcome) == names
    assert NotAvailable("SPO", "not_at_this_stage").why == "not_at_this_stage"
