"""Her needs, what was done for her safety beside whether she knows, help, and her rights (VIC-05, VIC-08)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.access.restricted.actions import restrict
from craffu.audit.models import Event
from craffu.common.refusals import NotNow, NotPermitted
from craffu.victims.contacts.actions import record_contact
from craffu.victims.contacts.facts import NewContact
from craffu.victims.models import EntitlementSaid, MeasureTold, NeedAnswer, ReferralStep, SafetyMeasure
from craffu.victims.notices.code import Entitlement
from craffu.victims.queries import Victim, find_victim
from craffu.victims.safeguarding.actions import (
    record_entitlement,
    record_help,
    record_measure,
    record_measure_told,
    record_need,
)
from craffu.victims.safeguarding.facts import NewEntitlement, NewMeasure, NewNeed, NewStep, NewTelling
from craffu.victims.safeguarding.kinds import Answer, Felt, Help, Measure, Need, Step
from craffu.victims.safeguarding.queries import counted, entitlement_of, help_of, measures_of, needs_of
from tests.factories.victims import QUIET, agreed

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY, DAY = date(2026, 11, 24), timedelta(days=1)
# The suspect and the victim of the one case that is sent.
TWO = {"P-10001", "P-10002"}
CANARY = "kanari words of hers"
NEED = NewNeed(Need.NEW_PARTNER, Answer.YES, TODAY, CANARY)
MEASURE = NewMeasure(Measure.DEVICES_CHECKED, TODAY - DAY, CANARY)
TOLD = NewTelling(TODAY, "telephone", Felt.SAFER)
OFFERED = NewStep(Help.STALKING_ADVOCATE, Step.OFFERED, TODAY - DAY, CANARY)
RIGHTS = NewEntitlement(Entitlement.STANDARD, TODAY, CANARY)
MODELS = (NeedAnswer, SafetyMeasure, MeasureTold, ReferralStep, EntitlementSaid)

pytestmark = pytest.mark.rule("VIC-08")


def found(by: Acting, reference: str) -> Victim:
    victim = find_victim(by, reference)
    assert victim is not None
    return victim


def every(by: Acting, victim: str, now: datetime | None = None) -> None:
    """One of each is recorded, or was."""
    record_need(by=by, victim=victim, given=NEED, now=now)
    measure = record_measure(by=by, victim=victim, given=MEASURE, now=now)
    record_measure_told(by=by, victim=victim, measure=measure.pk, given=TOLD, now=now)
    record_help(by=by, victim=victim, given=OFFERED, now=now)
    record_entitlement(by=by, victim=victim, given=RIGHTS, now=now)


def numbers(by: Acting) -> list[int]:
    return [model.objects.for_user(by).count() for model in MODELS]


def test_what_was_said_twice_is_kept_once_and_logged_once_without_a_word_of_hers(officer: Acting, victim: str) -> None:
    every(officer, victim)
    every(officer, victim)
    assert numbers(officer) == [1, 1, 1, 1, 1]
    logged = list(Event.objects.filter(actor=officer.actor.name).order_by("id"))
    assert [one.kind for one in logged] == [
        "victim_need_recorded", "safety_measure_recorded", "safety_measure_told", "referral_recorded", "entitlement_recorded",
    ]  # fmt: skip
    assert all(f"victim/{victim}" in one.payload and "kanari" not in one.payload for one in logged)
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 (a table of ours)
            assert "kanari" not in str(cursor.fetchall())
    assert needs_of(officer, found(officer, victim).records)[Need.NEW_PARTNER].words == CANARY


ACTS: tuple[Callable[[Acting, str], object], ...] = (
    lambda by, victim: record_need(by=by, victim=victim, given=NEED),
    lambda by, victim: record_measure(by=by, victim=victim, given=MEASURE),
    lambda by, victim: record_measure_told(by=by, victim=victim, measure=1, given=TOLD),
    lambda by, victim: record_help(by=by, victim=victim, given=OFFERED),
    lambda by, victim: record_entitlement(by=by, victim=victim, given=RIGHTS),
)


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_records_anything(
    act: Callable[[Acting, str], object],
    victim: str,
    acting_as: Callable[..., Acting],
    other_force: Force,
    system: Acting,
) -> None:
    for role in ("response_officer", "analyst", "coordinator", "offender_manager", "orders_team", "advocate"):
        with pytest.raises(NotPermitted) as refused:
            act(acting_as(role), victim)
        assert refused.value.code == "right_not_held", role
    with pytest.raises(NotPermitted):
        act(system, victim)
    with pytest.raises(NotPermitted) as refused:
        act(acting_as("victim_officer", force=other_force), victim)
    assert refused.value.code == "no_such_record"
    with pytest.raises(NotPermitted) as refused:
        act(acting_as("victim_officer"), next(iter(TWO - {victim})))
    assert refused.value.code == "no_such_record", "a suspect is no victim"


@pytest.mark.rule("SEC-02")
def test_where_her_case_is_shut_nothing_is_recorded(victim: str, acting_as: Callable[..., Acting]) -> None:
    restrict(by=acting_as("supervisor"), kind="case", reference="C-10001", reason="a test")
    for act in ACTS:
        with pytest.raises(NotPermitted):
            act(acting_as("victim_officer"), victim)


def test_the_last_answer_on_each_thing_stands_in_the_order_of_the_list(officer: Acting, victim: str) -> None:
    for given in (NEED, replace(NEED, need=Need.CHILDREN, answer=Answer.NOT_ASKED), replace(NEED, answer=Answer.NO)):
        record_need(by=officer, victim=victim, given=given)
    stands = needs_of(officer, found(officer, victim).records)
    assert [(need, one.answer) for need, one in stands.items()] == [
        (Need.CHILDREN, "not_asked"),
        (Need.NEW_PARTNER, "no"),
    ]


def test_a_measure_counts_for_her_from_when_she_was_told_of_it(officer: Acting, victim: str) -> None:
    measure = record_measure(by=officer, victim=victim, given=MEASURE)
    record_measure(by=officer, victim=victim, given=replace(MEASURE, kind=Measure.PATROLS, done_on=TODAY))
    records = found(officer, victim).records
    assert [(one.told_on, one.felt) for one in measures_of(officer, records)] == [(None, None), (None, None)]
    assert counted(measures_of(officer, records)).told == 0
    contact = record_contact(by=officer, victim=victim, given=NewContact("telephone", NOW - timedelta(hours=1)))
    for given in (replace(TOLD, felt=Felt.LESS_SAFE), replace(TOLD, felt=Felt.NOT_ASKED, channel="letter")):
        record_measure_told(by=officer, victim=victim, measure=measure.pk, given=given)
    stands = measures_of(officer, records)
    assert [(one.measure.kind, one.told_on, one.felt) for one in stands] == [
        ("patrols", None, None),
        ("devices_checked", TODAY, Felt.LESS_SAFE),
    ]
    assert [one.contact_id for one in stands[1].tellings] == [contact.pk, None]
    told = counted(stands)
    assert (told.completed, told.told, len(told.untold)) == (2, 1, 1)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda by, who: record_need(by=by, victim=who, given=replace(NEED, on=TODAY + DAY)), "day_to_come"),
        (lambda by, who: record_measure(by=by, victim=who, given=replace(MEASURE, done_on=TODAY + DAY)), "day_to_come"),
        (lambda by, who: record_help(by=by, victim=who, given=replace(OFFERED, on=TODAY + DAY)), "day_to_come"),
        (
            lambda by, who: record_help(by=by, victim=who, given=replace(OFFERED, step=Step.TAKEN_UP)),
            "step_does_not_follow",
        ),
        (lambda by, who: record_entitlement(by=by, victim=who, given=replace(RIGHTS, on=TODAY + DAY)), "day_to_come"),
        (lambda by, who: record_entitlement(by=by, victim=who, given=replace(RIGHTS, reason=" ")), "reason_missing"),
    ],
)
def test_what_cannot_be_so_is_refused_and_leaves_nothing(
    officer: Acting, victim: str, act: Callable[..., Any], code: str
) -> None:
    with pytest.raises(NotNow) as refused:
        act(officer, victim)
    assert refused.value.code == code
    assert numbers(officer) == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(("on", "code"), [(TODAY - 2 * DAY, "told_before_done"), (TODAY + DAY, "day_to_come")])
def test_she_is_told_once_it_was_done(officer: Acting, victim: str, on: date, code: str) -> None:
    measure = record_measure(by=officer, victim=victim, given=MEASURE)
    with pytest.raises(NotNow) as refused:
        record_measure_told(by=officer, victim=victim, measure=measure.pk, given=replace(TOLD, told_on=on))
    assert refused.value.code == code
    with pytest.raises(NotPermitted):
        record_measure_told(by=officer, victim=victim, measure=measure.pk + 1, given=TOLD)


@pytest.mark.rule("VIC-02")
@pytest.mark.rule("VIC-04")
def test_she_is_told_by_a_safe_way_or_in_a_contact_that_is_kept_as_what_it_was(officer: Acting, victim: str) -> None:
    measure = record_measure(by=officer, victim=victim, given=MEASURE)
    agreed(officer, victim, QUIET, now=NOW - DAY)
    by_email = replace(TOLD, channel="email")
    with pytest.raises(NotNow) as refused:
        record_measure_told(by=officer, victim=victim, measure=measure.pk, given=by_email)
    assert refused.value.code == "way_not_safe"
    assert not MeasureTold.objects.for_user(officer).exists()
    made = NewContact("email", NOW - timedelta(hours=1), was_made_anyway=True)
    contact = record_contact(by=officer, victim=victim, given=made)
    row = record_measure_told(by=officer, victim=victim, measure=measure.pk, given=by_email)
    assert (row.contact, row.contact.why_unsafe) == (contact, ["channel_not_safe"])
    assert record_measure_told(by=officer, victim=victim, measure=measure.pk, given=TOLD).channel == "telephone"


@pytest.mark.rule("VIC-02")
def test_what_was_safe_on_the_day_is_no_fault_because_she_thought_better_of_it_since(
    officer: Acting, victim: str
) -> None:
    measure = record_measure(by=officer, victim=victim, given=replace(MEASURE, done_on=TODAY - 3 * DAY))
    agreed(officer, victim, QUIET, now=NOW - 2 * DAY)
    agreed(officer, victim, replace(QUIET, channels=("text_message",)), now=NOW)
    for on, channel in ((TODAY - 3 * DAY, "email"), (TODAY - DAY, "telephone"), (TODAY, "text_message")):
        given = replace(TOLD, told_on=on, channel=channel)
        assert record_measure_told(by=officer, victim=victim, measure=measure.pk, given=given).told_on == on
    with pytest.raises(NotNow):
        record_measure_told(by=officer, victim=victim, measure=measure.pk, given=TOLD)


def test_help_is_offered_made_and_taken_up(officer: Acting, victim: str) -> None:
    for step in (Step.OFFERED, Step.MADE, Step.TAKEN_UP):
        record_help(by=officer, victim=victim, given=replace(OFFERED, step=step))
    steps = help_of(officer, found(officer, victim).records)
    assert {help: [one.step for one in said] for help, said in steps.items()} == {
        Help.STALKING_ADVOCATE: ["offered", "made", "taken_up"]
    }


@pytest.mark.rule("VIC-05")
def test_standard_rights_have_a_reason_and_enhanced_need_none(officer: Acting, victim: str) -> None:
    records = found(officer, victim).records
    assert entitlement_of(officer, records) is None
    record_entitlement(by=officer, victim=victim, given=RIGHTS)
    record_entitlement(by=officer, victim=victim, given=NewEntitlement(Entitlement.ENHANCED, TODAY))
    said = entitlement_of(officer, records)
    assert said is not None
    assert (said.entitlement, said.reason) == ("enhanced", "")
