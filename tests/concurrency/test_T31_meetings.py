"""T31 on meetings: of eight who decide about somebody at one instant one does, of eight approvals one stands (P23)."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.clocks.london import day_of
from craffu.common.refusals import Conflict
from craffu.prevention.meetings.actions import approve_minutes, decide_item, propose
from craffu.prevention.meetings.facts import NewDecision
from craffu.prevention.meetings.kinds import Decision
from craffu.prevention.models import CohortEntered, MeetingApproved, MeetingDecided, MeetingItem
from tests.concurrency.test_T30_lost_update import all_at_once
from tests.factories.meetings import WHY, called, came, decided, proposed, some_scored, story_of
from tests.factories.priorities import scored_by
from tests.factories.victims import send_victim

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("PRI-06"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
EDITORS = 8
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def eight(acting_as: Callable[..., Acting]) -> list[Acting]:
    return [acting_as("supervisor") for _ in range(EDITORS)]


@pytest.fixture
def meeting(system: Acting, eight: list[Acting], tmp_path: Path) -> str:
    """A meeting in which the first of the eight has the chair."""
    send_victim(system, tmp_path, home_office_class="8Q")
    scored_by(eight[0], NOW)
    return called(eight[1], eight[0], day_of(NOW), NOW)


def test_T31_of_eight_who_decide_about_somebody_one_does_and_they_enter_once(eight: list[Acting], meeting: str) -> None:
    (person,) = some_scored(eight[0], 1)
    became = all_at_once(
        [
            lambda by=by: propose(by=by, meeting=meeting, person=person, reason=WHY, now=NOW)  # type: ignore[misc]
            for by in eight
        ]
    )
    assert Counter(type(one) for one in became) == {MeetingItem: 1, Conflict: EDITORS - 1}, became
    seen = story_of(eight[0], meeting).items[0].version

    def deciding(by: Acting, place: int) -> Callable[[], MeetingDecided]:
        given = NewDecision(Decision.SELECT if place % 2 else Decision.DEFER, WHY)
        return lambda: decide_item(by=by, meeting=meeting, number=1, given=given, seen=seen, now=NOW)

    became = all_at_once([deciding(by, place) for place, by in enumerate(eight)])
    assert Counter(type(one) for one in became) == {MeetingDecided: 1, Conflict: EDITORS - 1}, became
    [row] = MeetingDecided.objects.for_system("a test")
    assert CohortEntered.objects.for_system("a test").count() == (1 if row.decision == Decision.SELECT else 0)
    assert Event.objects.filter(kind="meeting_decided").count() == 1


def test_T31_of_eight_approvals_one_stands(eight: list[Acting], meeting: str) -> None:
    chair = eight[0]
    proposed(chair, meeting, some_scored(chair, 1)[0], NOW)
    came(chair, meeting, now=NOW)
    decided(chair, meeting, 1, Decision.DEFER, now=NOW)
    seen = story_of(chair, meeting).version
    became = all_at_once([lambda: approve_minutes(by=chair, meeting=meeting, seen=seen, now=NOW)] * EDITORS)
    assert Counter(type(one) for one in became) == {MeetingApproved: 1, Conflict: EDITORS - 1}, became
