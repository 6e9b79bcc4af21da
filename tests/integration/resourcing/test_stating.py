"""What a workforce lead states: a version accepted and withdrawn, learning aims, how much a post carries (R1a, R2a, R2c)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force
from craffu.audit.models import Event
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.resourcing.champions.actions import NewAim, NewVersion, accept_version, decide_aim, withdraw_version
from craffu.resourcing.champions.kinds import Aim, Taught
from craffu.resourcing.champions.queries import accepted_versions, versions_of
from craffu.resourcing.champions.rules import Accepted
from craffu.resourcing.models import AimDecided, CapacityStated, VersionAccepted, VersionWithdrawn
from craffu.resourcing.posts.actions import NewCapacity, state_capacity
from craffu.resourcing.posts.kinds import Work
from craffu.resourcing.posts.queries import capacities, roles_of
from tests.factories.staff import PROGRAMME, WHY, post

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
GIVEN = NewVersion(PROGRAMME, "2", FIRST, WHY)
AIM = NewAim(Aim.DATA, Taught.ADAPT, "Module 4", "Our own dashboards")


OURS = {"programme_version_accepted", "programme_version_withdrawn", "learning_aim_decided", "capacity_stated"}


def events() -> list[tuple[str, list[str]]]:
    return [(one.kind, json.loads(one.payload)["refs"]) for one in Event.objects.order_by("id") if one.kind in OURS]


@pytest.mark.rule("RES-01")
def test_a_version_is_accepted_once_and_withdrawn_once(lead: Acting) -> None:
    row = accept_version(by=lead, given=replace(GIVEN, programme=f" {PROGRAMME} ", version=" 2 "))
    assert accepted_versions(lead) == [Accepted(PROGRAMME, "2", FIRST)]
    with pytest.raises(Conflict, match="accepted before"):
        accept_version(by=lead, given=GIVEN)
    with pytest.raises(NotNow, match="before the first day"):
        withdraw_version(by=lead, number=row.pk, last_day=date(2025, 12, 31), reason=WHY)
    withdraw_version(by=lead, number=row.pk, last_day=LAST, reason=WHY)
    assert accepted_versions(lead) == [Accepted(PROGRAMME, "2", FIRST, LAST)]
    with pytest.raises(Conflict, match="withdrawn before"):
        withdraw_version(by=lead, number=row.pk, last_day=LAST, reason=WHY)
    [version] = versions_of(lead)
    assert (version.counts, version.accepted.by, version.withdrawn and version.withdrawn.reason) == (
        Accepted(PROGRAMME, "2", FIRST, LAST),
        lead.user,
        WHY,
    )
    refs = [f"programme/{row.pk}"]
    assert events() == [("programme_version_accepted", refs), ("programme_version_withdrawn", refs)]


@pytest.mark.parametrize(
    "given",
    [replace(GIVEN, reason=" "), replace(GIVEN, programme=""), replace(GIVEN, version=" ")],
)
def test_a_version_without_a_name_or_a_reason_is_refused(lead: Acting, given: NewVersion) -> None:
    with pytest.raises(NotNow):
        accept_version(by=lead, given=given)
    assert (VersionAccepted.objects.for_user(lead).count(), events()) == (0, [])


def test_of_each_learning_aim_the_last_decision_counts(lead: Acting) -> None:
    row = accept_version(by=lead, given=GIVEN)
    decide_aim(by=lead, number=row.pk, given=AIM)
    decide_aim(by=lead, number=row.pk, given=AIM)
    assert AimDecided.objects.for_user(lead).count() == 1, "what stands is not kept again"
    decide_aim(by=lead, number=row.pk, given=replace(AIM, taught=Taught.NOT, module="", reason="Taught elsewhere"))
    decide_aim(by=lead, number=row.pk, given=replace(AIM, aim=Aim.DIGITAL))
    [version] = versions_of(lead)
    assert {aim: (one.taught, one.module) for aim, one in version.aims.items()} == {
        "data": ("not", ""),
        "digital": ("adapt", "Module 4"),
    }
    with pytest.raises(NotNow):
        decide_aim(by=lead, number=row.pk, given=replace(AIM, reason=""))
    assert [kind for kind, _ in events()] == ["programme_version_accepted", *["learning_aim_decided"] * 3]


@pytest.mark.rule("RES-03")
def test_what_a_role_carries_is_stated_of_roles_that_posts_have(lead: Acting) -> None:
    post(lead, "P1", role="civil orders officer")
    given = NewCapacity("civil orders officer", Work.ORDERS, 15, WHY)
    state_capacity(by=lead, given=given)
    state_capacity(by=lead, given=given)
    assert CapacityStated.objects.for_user(lead).count() == 1
    state_capacity(by=lead, given=replace(given, most=18))
    assert [(one.work, one.most) for one in capacities(lead).values()] == [("orders", 18)]
    assert roles_of(lead) == ["civil orders officer"]
    for wrong in (replace(given, role="astronaut"), replace(given, most=0), replace(given, reason="")):
        with pytest.raises(NotNow):
            state_capacity(by=lead, given=wrong)
    assert [kind for kind, _ in events()] == ["capacity_stated"] * 2


@pytest.mark.rule("SEC-01")
def test_nobody_else_states_anything_and_no_other_forces_version_is_found(
    lead: Acting, acting_as: Callable[..., Acting], other_force: Force
) -> None:
    row = accept_version(by=lead, given=GIVEN)
    afar = acting_as("workforce_lead", force=other_force, username="afar")
    supervisor = acting_as("supervisor", username="supervisor")
    assert versions_of(afar) == []
    for by in (afar, supervisor):
        with pytest.raises(NotPermitted):
            withdraw_version(by=by, number=row.pk, last_day=LAST, reason=WHY)
        with pytest.raises(NotPermitted):
            decide_aim(by=by, number=row.pk, given=AIM)
    with pytest.raises(NotPermitted):
        accept_version(by=supervisor, given=GIVEN)
    with pytest.raises(NotPermitted):
        state_capacity(by=supervisor, given=NewCapacity("a", Work.ORDERS, 1, WHY))
    assert VersionWithdrawn.objects.for_user(lead).count() == 0
