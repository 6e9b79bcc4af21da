"""What a case makes available is considered together, decided with reasons, challenged, opened again (ORD-01, ORD-02)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.cases.models import Case
from craffu.cases.risk.actions import record_assessment, record_event
from craffu.cases.risk.facts import NewAssessment, NewEvent
from craffu.cases.risk.rules import Asks, Grade
from craffu.cases.states import Stage
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.intake.running import take_in
from craffu.orders.catalogue.actions import edit_kind, seen_of
from craffu.orders.catalogue.facts import Commenced, Edited
from craffu.orders.catalogue.queries import kinds_now
from craffu.orders.considering.actions import (
    agree_not_pursued,
    challenge_not_pursued,
    decide_options,
    open_again,
    reopen,
    say_fact,
    say_facts,
)
from craffu.orders.considering.openings import Stands, Why
from craffu.orders.considering.policies import OptionRefused
from craffu.orders.considering.queries import Considered, considered_in
from craffu.orders.considering.reading import CaseRead, cases_told
from craffu.orders.considering.reasons import Reason
from craffu.orders.considering.rules import CaseStage, Fact, NotAvailable, Outcome, Reopening, stage_of
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import ConsiderationOpened, FactAsked, OptionDecided, Order, OrderProtects
from craffu.people.queries import find_record
from tests.factories.considering import WORDS, consideration, decide, decision, stalking_case
from tests.factories.court_messages import court_message, offence
from tests.factories.orders import REASON, TERMS
from tests.integration.orders.conftest import NOW

HOUR = timedelta(hours=1)
REPORTED = datetime(2026, 11, 24, 10, tzinfo=UTC)
# What anybody may be offered in an investigation of stalking before anything was asked.
AT_FIRST = ["SPO", "PHA_INJ"]


@pytest.fixture
def case(system: Acting, tmp_path: Path) -> str:
    return stalking_case(system, tmp_path)


@pytest.fixture
def supervisor(acting_as: Callable[..., Acting]) -> Acting:
    return acting_as("supervisor", username="sergeant")


def assess(by: Acting, case: str, grade: Grade) -> None:
    given = NewAssessment("DARA", "2", "L1", "D1", NOW - HOUR, grade)
    record_assessment(by=by, case=case, given=given)


def stands(by: Acting, case: str, now: datetime | None = None) -> dict[str, str]:
    return {kind: one.stands.value for kind, one in consideration(by, case, now).questions.items()}


@pytest.mark.rule("ORD-01")
def test_every_kind_is_offered_waits_for_a_question_or_is_not_there_with_the_reason(
    case: str, investigator: Acting
) -> None:
    found = consideration(investigator, case)
    assert list(found.checklist.offered) == found.open == AT_FIRST, "acts of stalking were recorded by the police"
    assert found.checklist.waiting_for_a_fact == ("NMO", "OCC", "DVPN", "CPN", "SRO", "SHPO")
    assert "associated" in found.checklist.ask
    assert NotAvailable("SPO_CONV", "not_at_this_stage") in found.checklist.not_available
    assert NotAvailable("DAPO", "not_a_pilot_area") in found.checklist.not_available
    question = found.questions["SPO"]
    assert question.opening is not None
    assert (question.opening.why, question.opening.counts_from) == (Why.CASE_OPENED, REPORTED)
    assert found.situation.born == date(1984, 3, 2)


@pytest.mark.rule("ORD-01")
def test_an_answer_adds_the_kinds_that_hang_on_it_and_is_kept_once(case: str, investigator: Acting) -> None:
    say_fact(by=investigator, case=case, fact=Fact.ASSOCIATED, holds=True)
    say_fact(by=investigator, case=case, fact=Fact.ASSOCIATED, holds=True)
    assert FactAsked.objects.for_user(investigator).count() == 1
    say_facts(by=investigator, case=case, answers={Fact.SEXUAL_CONDUCT: False, Fact.LOCALITY_AFFECTED: False})
    found = consideration(investigator, case)
    assert found.open == ["SPO", "NMO", "PHA_INJ"]
    opening = found.questions["NMO"].opening
    assert opening is not None
    assert (opening.why, opening.at) == (Why.NEW_FACT, NOW)
    assert NotAvailable("CPN", "not_so:locality_affected") in found.checklist.not_available
    say_fact(by=investigator, case=case, fact=Fact.STALKING, holds=False)
    assert "SPO" not in consideration(investigator, case).open, "what a person says counts"


@pytest.mark.rule("ORD-01")
@pytest.mark.rule("ORD-02")
def test_several_kinds_are_decided_in_one_step_and_each_through_the_life_of_its_order(
    case: str, investigator: Acting
) -> None:
    assess(investigator, case, Grade.MEDIUM)
    say_fact(by=investigator, case=case, fact=Fact.ASSOCIATED, holds=True)
    until = date(2026, 12, 1)
    rows = decide(
        investigator,
        case,
        decision("SPO", Outcome.APPLY),
        decision("NMO", Outcome.SUPPORT_OWN_APPLICATION, words=""),
        decision("PHA_INJ", Outcome.DEFER, words="", review_on=until),
    )
    orders = {one.kind: one for one in Order.objects.for_user(investigator)}
    assert {kind: order.status for kind, order in orders.items()} == {
        "SPO": "decided", "NMO": "decided", "PHA_INJ": "considering",
    }  # fmt: skip
    assert [(one.kind, one.outcome, one.risk, one.by, one.at) for one in rows] == [
        ("SPO", "apply", "medium", investigator.user, NOW),
        ("NMO", "support_own_application", "medium", investigator.user, NOW),
        ("PHA_INJ", "defer", "medium", investigator.user, NOW),
    ]
    assert OrderProtects.objects.for_user(investigator).filter(order=orders["SPO"]).count() == 1
    assert stands(investigator, case) == {"SPO": "running", "NMO": "running", "PHA_INJ": "decided"}
    assert consideration(investigator, case).undecided == ["PHA_INJ"], "what is put off may be decided earlier"
    assert stands(investigator, case, datetime(2026, 12, 1, tzinfo=UTC))["PHA_INJ"] == "open"
    assert WORDS not in "".join(Event.objects.values_list("payload", flat=True))


@pytest.mark.rule("ORD-02")
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "SPO", "words": "too short"}, "reason_too_short"),
        ({"kind": "SPO", "reason_code": ""}, "missing:reason_code"),
        ({"kind": "SPO", "reason_code": "test_not_met"}, "reason_not_for_this_outcome"),
        ({"kind": "SPO", "outcome": Outcome.SUPPORT_OWN_APPLICATION}, "outcome_not_for_this_kind"),
        ({"kind": "SPO", "outcome": Outcome.DEFER, "reason_code": "awaits_charge"}, "missing:review_on"),
        (
            {"kind": "SPO", "outcome": Outcome.DEFER, "reason_code": "awaits_charge", "review_on": date(2026, 12, 9)},
            "review_too_far",
        ),
        ({"kind": "NMO"}, "not_offered"),
        (
            {"kind": "SPO", "outcome": Outcome.NOT_PURSUED, "reason_code": "test_not_met", "words": ""},
            "reason_too_short",
        ),
        ({"kind": "SPO", "outcome": Outcome.OTHER_MEASURE, "reason_code": "bail", "words": ""}, "reason_too_short"),
    ],
)
def test_what_is_no_decision_is_refused_and_with_it_all_of_the_step(
    said: dict[str, Any], code: str, case: str, investigator: Acting
) -> None:
    good = decision("PHA_INJ", Outcome.SUPPORT_OWN_APPLICATION)
    before = Event.objects.count()
    with pytest.raises(OptionRefused) as refused:
        decide(investigator, case, good, replace(decision("SPO", Outcome.APPLY), **said))
    assert (refused.value.kind, refused.value.code) == (said["kind"], code)
    assert OptionDecided.objects.for_user(investigator).count() == 0
    assert Order.objects.for_user(investigator).count() == 0
    assert Event.objects.count() == before


@pytest.mark.rule("ORD-02")
def test_not_pursued_at_high_risk_or_unassessed_stands_once_another_person_a_supervisor_agrees(
    case: str, investigator: Acting, supervisor: Acting, acting_as: Callable[..., Acting]
) -> None:
    (waiting,) = decide(supervisor, case, decision("SPO", Outcome.NOT_PURSUED))
    assert (waiting.agreed_by, waiting.risk) == (None, "")
    assert Order.objects.for_user(investigator).get().status == "considering"
    assert stands(investigator, case)["SPO"] == "waits"
    with pytest.raises(NotPermitted) as own:
        agree_not_pursued(by=supervisor, case=case, decision=waiting.pk)
    assert own.value.code == "own_decision"
    with pytest.raises(NotPermitted):
        agree_not_pursued(by=investigator, case=case, decision=waiting.pk)
    second = acting_as("supervisor", username="inspector")
    agreed = agree_not_pursued(by=second, case=case, decision=waiting.pk, now=NOW)
    assert (agreed.by, agreed.agreed_by, agreed.words) == (supervisor.user, second.user, WORDS)
    assert Order.objects.for_user(investigator).get().status == "not_pursued"
    assert stands(investigator, case)["SPO"] == "decided"
    with pytest.raises(Conflict):
        agree_not_pursued(by=second, case=case, decision=waiting.pk)


@pytest.mark.rule("ORD-02")
def test_at_a_medium_risk_it_stands_at_once_and_a_coded_reason_is_enough(case: str, investigator: Acting) -> None:
    assess(investigator, case, Grade.MEDIUM)
    decide(investigator, case, decision("PHA_INJ", Outcome.NOT_PURSUED, words=""))
    assert stands(investigator, case)["PHA_INJ"] == "decided"
    with pytest.raises(OptionRefused) as again:
        decide(investigator, case, decision("PHA_INJ", Outcome.SUPPORT_OWN_APPLICATION))
    assert again.value.code == "decided_already"


@pytest.mark.rule("ORD-02")
def test_a_supervisor_challenges_what_is_not_pursued_and_the_next_decision_answers(
    case: str, investigator: Acting, supervisor: Acting
) -> None:
    assess(investigator, case, Grade.MEDIUM)
    (row,) = decide(investigator, case, decision("SPO", Outcome.NOT_PURSUED))
    with pytest.raises(NotPermitted):
        challenge_not_pursued(by=investigator, case=case, decision=row.pk, words="No")
    with pytest.raises(NotNow) as silent:
        challenge_not_pursued(by=supervisor, case=case, decision=row.pk, words=" ")
    assert silent.value.code == "missing:reason_text"
    with time_machine.travel(NOW + HOUR, tick=False):
        challenge_not_pursued(by=supervisor, case=case, decision=row.pk, words="They were followed again")
        question = consideration(investigator, case).questions["SPO"]
        assert question.opening is not None
        assert (question.stands, question.opening.why) == (Stands.OPEN, Why.CHALLENGED)
        assert Order.objects.for_user(investigator).get().status == "considering"
        with pytest.raises(Conflict):
            challenge_not_pursued(by=supervisor, case=case, decision=row.pk, words="Twice")
    with time_machine.travel(NOW + 2 * HOUR, tick=False):
        decide(investigator, case, decision("SPO", Outcome.APPLY))
        assert stands(investigator, case)["SPO"] == "running"


@pytest.mark.rule("ORD-02")
def test_a_supervisor_who_does_not_agree_asks_again(case: str, investigator: Acting, supervisor: Acting) -> None:
    (row,) = decide(investigator, case, decision("SPO", Outcome.NOT_PURSUED))
    with time_machine.travel(NOW + HOUR, tick=False):
        challenge_not_pursued(by=supervisor, case=case, decision=row.pk, words="The calls have not stopped")
        assert stands(investigator, case)["SPO"] == "open"
        with pytest.raises(Conflict):
            agree_not_pursued(by=supervisor, case=case, decision=row.pk)


@pytest.mark.rule("ORD-01")
@pytest.mark.parametrize("how", ["report", "recorded", "breach", "refusal"])
def test_a_report_a_breach_or_a_refusal_opens_the_question_for_every_kind(
    how: str, case: str, investigator: Acting, team: Acting, system: Acting, tmp_path: Path
) -> None:
    assess(investigator, case, Grade.MEDIUM)
    decide(
        investigator, case, decision("SPO", Outcome.OTHER_MEASURE), decision("PHA_INJ", Outcome.NOT_PURSUED, words="")
    )
    assert set(stands(investigator, case).values()) == {"decided"}
    later = NOW + 3 * HOUR
    with time_machine.travel(later, tick=False):
        if how == "report":
            open_again(by=system, case=case, why=Reopening.NEW_REPORT, source_key="another crime")
            open_again(by=system, case=case, why=Reopening.NEW_REPORT, source_key="another crime")
            assert ConsiderationOpened.objects.for_user(system).count() == 1
        elif how == "breach":
            record_event(by=investigator, case=case, given=NewEvent(Asks.POSSIBLE_BREACH_RAISED, later))
        elif how == "recorded":
            record_event(by=investigator, case=case, given=NewEvent(Asks.NEW_REPORT, later - HOUR))
        else:
            refused_by_court(investigator, team, case)
        found = consideration(investigator, case)
        assert found.open == AT_FIRST
        why = {"report": Why.NEW_REPORT, "recorded": Why.NEW_REPORT, "breach": Why.BREACH, "refusal": Why.REFUSAL}[how]
        assert {one.opening.why for one in found.questions.values() if one.opening} == {why}
        with pytest.raises(OptionRefused) as silent:
            decide(investigator, case, decision("PHA_INJ", Outcome.SUPPORT_OWN_APPLICATION, words=""))
        assert silent.value.code == "missing:reason_text", "what is new since it was not pursued"
        decide(investigator, case, decision("PHA_INJ", Outcome.SUPPORT_OWN_APPLICATION))
        assert consideration(investigator, case).open == ["SPO"]


def refused_by_court(investigator: Acting, team: Acting, case: str) -> None:
    """The prosecutor is asked for a restraining order, and the court refuses it."""
    record = find_record(team, consideration(investigator, case).respondent.key)
    found = Order.objects.for_user(team).first()
    beginning = Beginning(kind="RO_CONV", respondent=record, case=found.case)
    order = begin_order(by=team, beginning=beginning, move="open_consideration", given=Given())
    move_order(by=team, order=order.reference, move="decide_apply", given=Given(reason_code="necessary"))
    asked = Given(asked_on=date(2026, 11, 24), terms=TERMS)
    move_order(by=team, order=order.reference, move="ask_prosecutor", given=asked)
    refused = Given(refused_on=date(2026, 11, 24), court="Llanelli", reason_text=REASON)
    move_order(by=team, order=order.reference, move="refuse", given=refused)


@pytest.mark.rule("ORD-02")
def test_what_was_not_pursued_is_taken_up_again_with_words(case: str, investigator: Acting) -> None:
    assess(investigator, case, Grade.MEDIUM)
    decide(investigator, case, decision("PHA_INJ", Outcome.NOT_PURSUED, words=""))
    respondent = consideration(investigator, case).respondent.reference
    with time_machine.travel(NOW + HOUR, tick=False):
        with pytest.raises(NotNow):
            reopen(by=investigator, case=case, respondent=respondent, kind="PHA_INJ", words="")
        with pytest.raises(NotNow) as nothing:
            reopen(by=investigator, case=case, respondent=respondent, kind="SPO", words="New")
        assert nothing.value.code == "nothing_to_reopen"
        reopen(by=investigator, case=case, respondent=respondent, kind="PHA_INJ", words="A letter came")
        question = consideration(investigator, case).questions["PHA_INJ"]
        assert question.opening is not None
        assert (question.stands, question.opening.why) == (Stands.OPEN, Why.REOPENED)


@pytest.mark.rule("ORD-01")
def test_T30_the_second_of_two_sees_what_the_first_decided(case: str, investigator: Acting, supervisor: Acting) -> None:
    seen = consideration(investigator, case).version
    decide(investigator, case, decision("SPO", Outcome.APPLY), seen=seen)
    for act in (
        lambda: decide(supervisor, case, decision("PHA_INJ", Outcome.NOT_PURSUED), seen=seen),
        lambda: say_facts(by=supervisor, case=case, answers={Fact.ASSOCIATED: True}, seen=seen),
    ):
        with pytest.raises(Conflict):
            act()
    assert OptionDecided.objects.for_user(investigator).count() == 1


@pytest.mark.rule("ORD-01")
def test_who_may_decide(case: str, investigator: Acting, system: Acting, acting_as: Callable[..., Acting]) -> None:
    respondent = consideration(investigator, case).respondent.reference
    given = [decision("SPO", Outcome.DEFER, review_on=date(2026, 11, 30))]
    for by in (acting_as("victim_officer"), acting_as("offender_manager"), system, acting_as("coordinator")):
        with pytest.raises(NotPermitted):
            decide_options(by=by, case=case, respondent=respondent, decisions=given)
    for nobody in ("P-99999", ""):
        with pytest.raises(NotPermitted) as none:
            decide_options(by=investigator, case=case, respondent=nobody, decisions=given)
        assert none.value.code == "no_such_record"


@pytest.mark.rule("ORD-01")
def test_what_is_no_stalking_or_harassment_holds_no_consideration(
    system: Acting, investigator: Acting, tmp_path: Path
) -> None:
    other = {"flags": "", "home_office_class": "28E", "offence_code": "TH68001"}
    theft = stalking_case(system, tmp_path, 7, **other)
    with pytest.raises(ValueError, match="not enough"):
        consideration(investigator, theft)


THEFT = {"flags": "", "home_office_class": "28E", "offence_code": "TH68001", "reported_at": "2026-11-22 10:00:00"}
EARLIER = {"reported_at": "2026-11-23 10:00:00"}
HARASSMENT = {"flags": "harassment", "home_office_class": "8L", "offence_code": "PH97005", **EARLIER}


@pytest.mark.rule("ORD-01")
@pytest.mark.parametrize("others", [(), (EARLIER,), (THEFT,), (HARASSMENT,), (THEFT, HARASSMENT, EARLIER)], ids=len)
def test_a_page_that_has_read_the_case_comes_to_the_same(
    others: tuple[dict[str, str], ...], system: Acting, investigator: Acting, tmp_path: Path
) -> None:
    case = stalking_case(system, tmp_path, 1, ptiurn="63AA1234526")
    for number, other in enumerate(others, start=2):
        assert stalking_case(system, tmp_path, number, ptiurn="63AA1234526", **other) == case
    found = Case.objects.for_system("a test").get(reference=case)
    (plainly,) = cases_told(investigator, [found.pk]).values()
    read = CaseRead(found, plainly.stages, plainly.respondents, [])
    assert not read.is_answered
    (told,) = cases_told(investigator, [found.pk], read=read).values()
    assert (told.is_of_the_kind, told.opened_at, told.stalking_since) == (
        True, plainly.opened_at, plainly.stalking_since,
    )  # fmt: skip
    of_the_kind = [one for one in others if one is not THEFT]
    assert told.opened_at == (REPORTED - timedelta(days=1) if of_the_kind else REPORTED)
    assert told.stalking_since == (REPORTED - timedelta(days=1) if EARLIER in others else REPORTED)
    with_read, without = (considered_in(investigator, found.pk, NOW, None, one) for one in (read, None))
    assert [(one.questions, one.asked) for one in with_read] == [(one.questions, one.asked) for one in without]


@pytest.mark.rule("ORD-01")
def test_every_stage_of_a_case_is_one_of_the_table() -> None:
    wanted = {
        Stage.REPORTED: CaseStage.INVESTIGATION, Stage.INVESTIGATED: CaseStage.INVESTIGATION,
        Stage.CHARGED: CaseStage.CHARGED, Stage.AT_COURT: CaseStage.CHARGED, Stage.CONCLUDED: CaseStage.CLOSED,
        Stage.CLOSED: CaseStage.CLOSED,
    }  # fmt: skip
    assert {stage: stage_of(stage) for stage in Stage} == wanted
    assert stage_of(None) == CaseStage.INVESTIGATION


@pytest.mark.rule("ORD-01")
@pytest.mark.parametrize(
    ("stage", "outcomes", "wanted"),
    [
        (Stage.CONCLUDED, ["convicted", "not_guilty"], CaseStage.CONVICTED),
        (Stage.CONCLUDED, ["not_guilty", "ended"], CaseStage.ACQUITTED),
        (Stage.CONCLUDED, ["ended", "no_conviction"], CaseStage.CLOSED),
        (Stage.AT_COURT, ["convicted", None], CaseStage.CHARGED),
        (Stage.AT_COURT, ["convicted"], CaseStage.CONVICTED),
        (Stage.CHARGED, ["convicted"], CaseStage.CHARGED),
    ],
)
def test_a_court_has_convicted_acquitted_or_ended_it(
    stage: Stage, outcomes: list[str | None], wanted: CaseStage
) -> None:
    assert stage_of(stage, outcomes) == wanted


@pytest.mark.rule("ORD-01")
def test_a_court_moves_the_stage_and_with_it_what_is_offered(
    system: Acting, codes: None, investigator: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    def heard(number: int, message: bytes) -> Considered:
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "1.xml").write_bytes(message)
        take_in(by=system, kind="court-results", paths=[folder])
        return consideration(investigator, "C-10001")

    charged = heard(1, court_message(hearing_date="2026-11-20"))
    assert charged.situation.stage == CaseStage.CHARGED
    assert {"RO_CONV", "RO_ACQ"} <= set(charged.open)
    say_fact(by=investigator, case="C-10001", fact=Fact.STALKING, holds=True)
    ended = offence(final="Y", finding="G", conviction="2026-11-24")
    convicted = heard(2, court_message(hearing_date="2026-11-24", offences=[ended]))
    assert convicted.situation.stage == CaseStage.CONVICTED
    assert "RO_ACQ" not in convicted.questions
    assert NotAvailable("SPO_CONV", "commencement_not_verified") in convicted.checklist.not_available
    begun = Commenced(date(2026, 11, 1))
    edit = Edited("It is law now", "legislation.gov.uk", date(2026, 11, 24), begun)
    administrator = acting_as("administrator")
    seen = seen_of(kinds_now(administrator, ["SPO_CONV"])["SPO_CONV"])
    with time_machine.travel(NOW + HOUR, tick=False):
        edit_kind(by=administrator, code="SPO_CONV", given=edit, seen=seen)
        opening = consideration(investigator, "C-10001").questions["SPO_CONV"].opening
    assert opening is not None
    assert (opening.why, opening.at) == (Why.FROM_THIS_DAY, NOW + HOUR), "from when it was entered"


def test_a_reason_stays_what_it_is_counted_as() -> None:
    assert " ".join(Reason) == (
        "necessary afraid order_broken own_wish test_not_met evidence_lacking order_stands no_risk_left not_wanted bail "
        "other_order in_custody awaits_evidence awaits_charge awaits_view awaits_advice"
    )
