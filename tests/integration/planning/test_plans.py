"""A plan is made by a named person, whole or not at all, approved by another, reviewed, never overwritten (PLN-01, PLN-02)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders.following.actions import raise_trigger
from craffu.orders.following.rules import Trigger
from craffu.orders.models import Order
from craffu.prevention.models import Plan, PlanAction, PlanConsulted, PlanDraft, PlanEnded, PlanOption, PlanVersion
from craffu.prevention.planning.actions import (
    add_plan_action,
    approve_plan,
    begin_plan,
    close_plan_action,
    drop_plan_draft,
    end_plan,
    keep_plan_draft,
    put_plan,
    review_plan,
)
from craffu.prevention.planning.facts import Answers, Asked, Decided, NewAction, answers_of
from craffu.prevention.planning.gathering import conditions_of
from craffu.prevention.planning.kinds import Outcome, Stage
from craffu.prevention.planning.left import draft_left
from craffu.prevention.planning.queries import draft_of, drafted, plans_of_records
from craffu.prevention.planning.rules import Option
from tests.factories.plans import (
    DONE,
    OBJECTIVES,
    acted,
    answers,
    approved,
    asked_of,
    begun,
    planned,
    put,
    story_of,
    version,
)
from tests.integration.planning.conftest import NOW

A_DAY = timedelta(days=1)
TODAY = NOW.date()


def kinds_logged() -> list[str]:
    return list(Event.objects.filter(kind__startswith="plan_").order_by("id").values_list("kind", flat=True))


def why_not(by: Acting, person: str, given: Answers) -> str:
    with pytest.raises(NotNow) as refused:
        put(by, person, given)
    return refused.value.code


@pytest.mark.rule("PLN-01")
@pytest.mark.rule("PLN-02")
def test_a_plan_is_begun_put_forward_and_approved_by_another(person: str, manager: Acting, supervisor: Acting) -> None:
    plan = begun(manager, person)
    assert plan.case is not None
    assert story_of(manager, person).stage is Stage.BEGUN
    action = acted(manager, person, manager.user, TODAY + 7 * A_DAY)
    given = answers(manager, person, manager.user, Option.ORDER, Option.MULTI_AGENCY_REFERRAL)
    keep_plan_draft(by=manager, person=person, answers=given)
    put(manager, person, given)
    assert PlanDraft.objects.for_system("a test").count() == 0
    (waits,) = story_of(manager, person).versions
    assert story_of(manager, person).stage is Stage.WAITS
    assert (waits.row.objectives, waits.row.owner, waits.row.review_on) == (
        OBJECTIVES, manager.user, TODAY + 28 * A_DAY
    )  # fmt: skip
    assert {one.option: (one.choice, one.forums) for one in waits.options} == {
        option.value: ("use" if option in (Option.ORDER, Option.MULTI_AGENCY_REFERRAL) else "not_used",
                       ["matac"] if option is Option.MULTI_AGENCY_REFERRAL else [])
        for option in Option
    }  # fmt: skip
    assert [(one.how, one.on) for one in waits.consulted] == [("by_phone", TODAY - A_DAY)]
    approved(supervisor, person)
    story = story_of(manager, person)
    assert (story.stage, story.approved_at, story.looked_at) == (Stage.LIVE, NOW, NOW)
    assert [one.row for one in story.open_actions] == [action]
    assert kinds_logged() == ["plan_begun", "plan_action_added", "plan_drafted", "plan_put", "plan_approved"]


@pytest.mark.rule("PLN-01")
def test_a_plan_that_is_not_whole_is_refused_and_keeps_nothing(person: str, manager: Acting) -> None:
    begun(manager, person)
    whole = answers(manager, person, manager.user)
    assert why_not(manager, person, whole) == "no_action"
    acted(manager, person, manager.user, TODAY)
    (record,) = asked_of(manager, person)
    none = replace(
        whole, decided=tuple(replace(one, choice="not_used", words="Not called for now") for one in whole.decided)
    )
    refused = {
        "objectives_missing": replace(whole, objectives=" short "),
        "safety_missing": replace(whole, safety=""),
        "undecided": replace(whole, decided=whole.decided[1:]),
        "no_reason": whole.having(Decided("arrest", "not_used", "no")),
        "no_words_of_use": whole.having(Decided("order", "use", "yes")),
        "no_forum": whole.having(Decided("multi_agency_referral", "use", "Referred on Monday")),
        "unknown_forum": whole.having(Decided("multi_agency_referral", "use", "Referred on Monday", ("club",))),
        "none_needs_reason": none,
        "no_owner": replace(whole, owner=""),
        "not_a_planner": replace(whole, owner="nobody"),
        "not_consulted": replace(whole, asked=()),
        "no_reason_not_asked": whole.having(Asked(record, "not_asked", "", "no")),
        "no_day_of_asking": whole.having(Asked(record, "in_person")),
        "asked_to_come": whole.having(Asked(record, "in_person", (TODAY + A_DAY).isoformat())),
    }
    assert {code: why_not(manager, person, given) for code, given in refused.items()} == {
        code: code for code in refused
    }
    assert PlanVersion.objects.for_system("a test").count() == 0
    put(manager, person, replace(none, none_reason="He left the country for good"))
    (one,) = story_of(manager, person).versions
    assert one.row.none_reason == "He left the country for good"


@pytest.mark.rule("PLN-01")
def test_whoever_was_not_asked_has_a_reason_and_no_day(person: str, manager: Acting) -> None:
    begun(manager, person)
    acted(manager, person, manager.user, TODAY)
    (record,) = asked_of(manager, person)
    given = answers(manager, person, manager.user).having(
        Asked(record, "not_asked", "2026-11-01", "She is abroad until May")
    )
    put(manager, person, given)
    (one,) = PlanConsulted.objects.for_system("a test")
    assert (one.how, one.on, one.words) == ("not_asked", None, "She is abroad until May")
    for wrong in ({"how": "in_person"}, {"how": "not_asked", "on": TODAY}, {"how": "by_pigeon", "on": TODAY}):
        two = PlanConsulted(force=one.force, version=one.version, record_id=one.version.plan.record_id, **wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            two.save_base(force_insert=True)


@pytest.mark.rule("PLN-02")
def test_whoever_put_it_forward_does_not_approve_it_and_one_that_is_sent_back_stands_nowhere(
    person: str, manager: Acting, supervisor: Acting, acting_as: Callable[..., Acting]
) -> None:
    planned(supervisor, person, manager.user)
    with pytest.raises(NotPermitted) as own:
        approved(supervisor, person)
    assert own.value.code == "own_plan"
    with pytest.raises(NotPermitted) as no_right:
        approved(manager, person)
    assert no_right.value.code == "right_not_held"
    other = acting_as("supervisor", username="other")
    with pytest.raises(NotNow) as wordless:
        approved(other, person, agrees=False, words=" ")
    assert wordless.value.code == "reason_missing"
    with pytest.raises(Conflict) as second:
        put(supervisor, person, answers(supervisor, person, manager.user))
    assert second.value.code == "plan_waits"
    approved(other, person, agrees=False, words="Name the visits")
    story = story_of(manager, person)
    assert (story.stage, story.standing, story.waiting, story.approved_at) == (Stage.SENT_BACK, None, None, None)
    with pytest.raises(Conflict) as again:
        approve_plan(by=other, person=person, number=1, agrees=True, words="", seen=version(other, person))
    assert again.value.code == "plan_does_not_wait"
    with pytest.raises(NotPermitted):
        approve_plan(by=other, person=person, number=9, agrees=True, words="", seen=version(other, person))
    with pytest.raises(NotNow) as nothing_stands:
        review_plan(by=manager, person=person, outcome=Outcome.STANDS, words=DONE, seen=version(manager, person))
    assert nothing_stands.value.code == "plan_does_not_stand"


@pytest.mark.rule("PLN-02")
def test_a_later_version_stands_beside_the_earlier_one(person: str, manager: Acting, supervisor: Acting) -> None:
    planned(manager, person, manager.user)
    approved(supervisor, person)
    before = story_of(manager, person)
    given = drafted(draft_of(manager, before.plan), before)
    assert (given.objectives, given.asked, given.owner, given.of("order").choice) == (OBJECTIVES, (), "manager", "use")
    given = replace(
        answers(manager, person, supervisor.user, Option.ARREST), objectives="He is arrested when he breaks it"
    )
    put(manager, person, given)
    meanwhile = story_of(manager, person)
    assert meanwhile.standing == before.standing
    assert meanwhile.stage is Stage.LIVE
    approved(supervisor, person)
    after = story_of(manager, person)
    assert [one.row.objectives for one in after.versions] == [OBJECTIVES, "He is arrested when he breaks it"]
    assert after.standing is not None
    assert after.standing.row.number == 2
    assert after.approved_at == before.approved_at
    assert PlanOption.objects.for_system("a test").count() == 14


@pytest.mark.rule("PLN-02")
def test_actions_are_tied_to_a_condition_that_stands_or_to_a_behaviour(
    person: str, order: Order, manager: Acting, supervisor: Acting
) -> None:
    begun(manager, person)
    (condition, *_others) = conditions_of(manager, [order.respondent_id])
    given = NewAction("Drive past at school hours", "supervisor", TODAY, condition.pk)
    row = add_plan_action(by=manager, person=person, given=given)
    assert (row.number, row.tied_to, row.condition, row.owner) == (1, "condition", condition, supervisor.user)
    refused = {
        "no_words_of_action": replace(given, words="Go"),
        "not_tied": replace(given, condition=None),
        "due_in_the_past": replace(given, due_on=TODAY - A_DAY),
        "not_a_planner": replace(given, owner="team"),
        "condition_gone": replace(given, condition=condition.pk + 999),
    }
    for code, one in refused.items():
        with pytest.raises(NotNow) as why:
            add_plan_action(by=manager, person=person, given=one)
        assert why.value.code == code
    with pytest.raises(NotNow) as both:
        add_plan_action(by=manager, person=person, given=replace(given, behaviour="Drives past her home"))
    assert both.value.code == "not_tied"
    with pytest.raises(NotNow) as short:
        close_plan_action(by=manager, person=person, number=1, is_done=True, words="Yes")
    assert short.value.code == "too_short"
    close_plan_action(by=manager, person=person, number=1, is_done=False, words="He moved to another force")
    with pytest.raises(Conflict) as twice:
        close_plan_action(by=manager, person=person, number=1, is_done=True, words=DONE)
    assert twice.value.code == "action_closed"
    with pytest.raises(NotPermitted):
        close_plan_action(by=manager, person=person, number=2, is_done=True, words=DONE)
    assert story_of(manager, person).open_actions == []
    untied = PlanAction(
        force=row.force, plan=row.plan, number=9, words="x", tied_to="condition", owner=row.owner, due_on=TODAY, by=row.by,
        known_from=NOW,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        untied.save_base(force_insert=True)


@pytest.mark.rule("PLN-02")
def test_a_review_counts_28_days_anew_and_follow_up_brings_it_forward(
    person: str, order: Order, manager: Acting, supervisor: Acting
) -> None:
    planned(manager, person, manager.user)
    approved(supervisor, person)
    before = version(manager, person)
    row = review_plan(by=manager, person=person, outcome=Outcome.STANDS, words=DONE, seen=before, now=NOW + 5 * A_DAY)
    assert (row.number, row.due_on, row.because, row.raised_at) == (1, date(2026, 12, 22), "every_28_days", None)
    with pytest.raises(Conflict):
        review_plan(by=manager, person=person, outcome=Outcome.STANDS, words=DONE, seen=before)
    later = NOW + 6 * A_DAY
    raise_trigger(
        by=manager, order=order.reference, trigger=Trigger.TAG_OR_DEVICE_ALERT, at=later, words="Tag cut", now=later
    )
    row = review_plan(
        by=manager,
        person=person,
        outcome=Outcome.TO_CHANGE,
        words=DONE,
        seen=version(manager, person),
        now=later + A_DAY,
    )
    assert (row.due_on, row.because, row.raised_at) == (date(2026, 12, 7), "follow_up", later)
    story = story_of(manager, person)
    assert story.looked_at == later + A_DAY
    assert story.to_change == row
    with pytest.raises(NotNow):
        review_plan(by=manager, person=person, outcome=Outcome.STANDS, words="ok", seen=version(manager, person))


def test_a_plan_is_ended_with_a_reason_and_another_may_be_begun(
    person: str, manager: Acting, supervisor: Acting
) -> None:
    planned(manager, person, manager.user)
    keep_plan_draft(by=supervisor, person=person, answers=Answers("Something else altogether"))
    with pytest.raises(Conflict) as there:
        begin_plan(by=supervisor, person=person)
    assert there.value.code == "plan_open"
    with pytest.raises(NotNow):
        end_plan(by=manager, person=person, reason="Over", seen=version(manager, person))
    keep_plan_draft(by=manager, person=person, answers=Answers("Something else"))
    end_plan(by=manager, person=person, reason="He was sent to prison for six years", seen=version(manager, person))
    assert PlanDraft.objects.for_system("a test").get().by == supervisor.user, "what another was writing stays theirs"
    for act in (
        lambda: end_plan(by=manager, person=person, reason="He was sent to prison", seen=""),
        lambda: drop_plan_draft(by=manager, person=person),
        lambda: acted(manager, person, manager.user, TODAY),
    ):
        with pytest.raises(NotNow) as none:
            act()
        assert none.value.code == "no_open_plan"
    ended = Plan.objects.for_system("a test").get()
    (story,) = plans_of_records(manager, [ended.record_id])
    assert (story.stage, story.waiting, story.looked_at) == (Stage.ENDED, None, None)
    begun(supervisor, person)
    assert [one.stage for one in plans_of_records(manager, [ended.record_id])] == [Stage.ENDED, Stage.BEGUN]
    assert PlanDraft.objects.for_system("a test").count() == 0, "it is written on in this one"


def test_T30_a_plan_is_ended_as_it_was_seen(person: str, manager: Acting, supervisor: Acting) -> None:
    begun(manager, person)
    acted(manager, person, manager.user, TODAY + 7 * A_DAY)
    seen = version(manager, person)
    put(supervisor, person, answers(supervisor, person, manager.user))
    with pytest.raises(Conflict, match="Somebody else changed this"):
        end_plan(by=manager, person=person, reason="He was sent to prison for six years", seen=seen)
    assert PlanEnded.objects.for_system("a test").count() == 0


def test_what_somebody_was_writing_of_a_plan_that_ended_can_be_thrown_away(
    person: str, manager: Acting, supervisor: Acting, system: Acting
) -> None:
    begun(manager, person)
    keep_plan_draft(by=supervisor, person=person, answers=Answers("Something else altogether"))
    end_plan(by=manager, person=person, reason="He was sent to prison for six years", seen=version(manager, person))
    stories = plans_of_records(manager, [Plan.objects.for_system("a test").get().record_id])
    assert [draft_left(by, stories) is not None for by in (supervisor, manager, system)] == [True, False, False]
    assert draft_left(supervisor, []) is None
    drop_plan_draft(by=supervisor, person=person)
    assert PlanDraft.objects.for_system("a test").count() == 0


def test_a_draft_is_its_writers_own_and_two_who_write_are_told(
    person: str, manager: Acting, supervisor: Acting
) -> None:
    begun(manager, person)
    acted(manager, person, manager.user, TODAY)
    seen = version(manager, person)
    keep_plan_draft(by=manager, person=person, answers=Answers("Mine alone"))
    plan = story_of(manager, person).plan
    assert draft_of(supervisor, plan) is None
    found = draft_of(manager, plan)
    assert found is not None
    assert answers_of(found.answers).objectives == "Mine alone"
    put(supervisor, person, answers(supervisor, person, manager.user))
    with pytest.raises(Conflict):
        put_plan(by=manager, person=person, answers=answers(manager, person, manager.user), seen=seen)
    keep_plan_draft(by=manager, person=person, answers=Answers("Mine alone"), seen=version(manager, person))
    again = draft_of(manager, plan)
    assert again is not None
    assert again.seen == version(manager, person)
    drop_plan_draft(by=manager, person=person)
    drop_plan_draft(by=manager, person=person)
    assert draft_of(manager, plan) is None
    assert kinds_logged().count("plan_dropped") == 1


@pytest.mark.rule("PRI-06")
def test_T31_the_system_makes_no_plan_and_does_nothing_in_one(
    person: str, system: Acting, manager: Acting, supervisor: Acting
) -> None:
    """T31: whatever scores somebody acts as the system, which has no name; every act on a plan asks for a named person."""
    planned(manager, person, manager.user)
    at: dict[str, Any] = {"by": system, "person": person}
    acts: dict[str, Callable[[], object]] = {
        "begin": lambda: begin_plan(**at),
        "keep": lambda: keep_plan_draft(**at, answers=Answers("x")),
        "drop": lambda: drop_plan_draft(**at),
        "put": lambda: put_plan(**at, answers=answers(manager, person, manager.user), seen=""),
        "approve": lambda: approve_plan(**at, number=1, agrees=True, words="", seen=version(manager, person)),
        "add": lambda: acted(system, person, manager.user, TODAY),
        "close": lambda: close_plan_action(**at, number=1, is_done=True, words=DONE),
        "review": lambda: review_plan(**at, outcome=Outcome.STANDS, words=DONE, seen=version(manager, person)),
        "end": lambda: end_plan(**at, reason="A score fell below a line", seen=version(manager, person)),
    }
    for act in acts.values():
        with pytest.raises(NotPermitted):
            act()
    assert {one.by for one in Plan.objects.for_system("a test")} == {manager.user}
    assert story_of(manager, person).stage is Stage.WAITS


def test_a_plan_is_shut_with_its_case(
    person: str, order: Order, manager: Acting, supervisor: Acting, acting_as: Callable[..., Acting]
) -> None:
    planned(manager, person, manager.user)
    plan = Plan.objects.for_system("a test").get()
    assert plan.case is not None
    assert order.case == plan.case
    restrict(by=supervisor, kind="case", reference=plan.case.reference, reason="a test")
    outside = acting_as("offender_manager", username="outside")
    assert plans_of_records(outside, [plan.record_id]) == []
    with pytest.raises(Conflict) as shut:
        begin_plan(by=outside, person=person)
    assert shut.value.code == "plan_shut"
    assert plan.case.reference in shut.value.message
    with pytest.raises(NotNow):
        acted(outside, person, manager.user, TODAY)


@pytest.mark.rule("SEC-02")
def test_of_a_plan_whose_case_nobody_may_know_of_nothing_is_said(
    person: str, manager: Acting, supervisor: Acting, acting_as: Callable[..., Acting]
) -> None:
    planned(manager, person, manager.user)
    plan = Plan.objects.for_system("a test").get()
    assert plan.case is not None
    restrict(by=supervisor, kind="case", reference=plan.case.reference, reason="a test", marking=COVERT)
    assert begin_plan(by=acting_as("offender_manager", username="outside"), person=person).pk != plan.pk
