"""T31 on plans: of eight who begin one, put a version forward or decide of it at one instant, one does (PLN-01, PRI-06)."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict
from craffu.prevention.models import Plan, PlanApproved, PlanVersion
from craffu.prevention.planning.actions import approve_plan, begin_plan, put_plan
from tests.concurrency.test_T30_lost_update import all_at_once
from tests.factories.plans import acted, answers, respondent_of, version
from tests.factories.reviews import in_force

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("PRI-06"),
    pytest.mark.rule("PLN-01"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
EDITORS = 8


def test_T31_of_eight_one_begins_one_puts_it_forward_and_one_decides(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path
) -> None:
    managers = [acting_as("offender_manager") for _ in range(EDITORS)]
    supervisors = [acting_as("supervisor") for _ in range(EDITORS)]
    person = respondent_of(managers[0], in_force(system, acting_as("orders_team"), tmp_path))

    became = all_at_once([lambda by=by: begin_plan(by=by, person=person) for by in managers])  # type: ignore[misc]
    assert Counter(type(one) for one in became) == {Plan: 1, Conflict: EDITORS - 1}, became

    owner = managers[0].user
    assert owner is not None
    acted(managers[0], person, owner, day_of(clock.now()) + timedelta(days=7))
    given, seen = answers(managers[0], person, owner), version(managers[0], person)
    became = all_at_once(
        [lambda by=by: put_plan(by=by, person=person, answers=given, seen=seen) for by in managers]  # type: ignore[misc]
    )
    assert Counter(type(one) for one in became) == {PlanVersion: 1, Conflict: EDITORS - 1}, became

    seen = version(managers[0], person)

    def deciding(by: Acting, place: int) -> Callable[[], PlanApproved]:
        words = "" if place % 2 else "It says nothing of her work"
        return lambda: approve_plan(by=by, person=person, number=1, agrees=bool(place % 2), words=words, seen=seen)

    became = all_at_once([deciding(by, place) for place, by in enumerate(supervisors)])
    assert Counter(type(one) for one in became) == {PlanApproved: 1, Conflict: EDITORS - 1}, became
    assert PlanApproved.objects.for_system("a test").count() == 1
