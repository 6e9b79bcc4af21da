"""Who opens a queue and gives work away, and when work and absences may change hands (page map, P03)."""

from datetime import date, timedelta

import pytest

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.roles import OPS, ROLE_KEYS
from craffu.audit.actors import Actor
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.work.permissions import check_can_open, check_can_supervise
from craffu.work.policies import check_absence, check_can_have, check_is_something, check_still_there
from craffu.work.queues import QUEUES, roles_of

TODAY, DAY = date(2026, 11, 24), timedelta(days=1)


def acting(*rights: str, is_person: bool = True) -> Acting:
    user = User(pk=7, username="somebody") if is_person else None
    return Acting(Actor("somebody", "", "demo"), Force(pk=1, code="demo"), frozenset(rights), user=user)


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    ("queue", "roles"),
    [
        ("promises", {"investigator", "victim_officer", "supervisor"}),
        ("assessments", set(OPS)),
        ("second-looks", set(OPS)),
        ("patterns", {"coordinator", "supervisor"}),
        ("rights-requests", {"auditor"}),
        ("retention", {"auditor"}),
        ("recommendations", {"scrutiny_officer"}),
        ("deep-dives", {"scrutiny_officer"}),
        ("case-reviews", {"scrutiny_officer"}),
        ("pairs", {"link_clerk"}),
    ],
)
def test_a_queue_is_for_its_roles_and_for_supervisors(queue: str, roles: set[str]) -> None:
    assert roles_of(queue) == roles
    for role in ROLE_KEYS:
        if role in roles:
            assert check_can_open(acting(role), queue).pk == 7
        else:
            with pytest.raises(NotPermitted):
                check_can_open(acting(role), queue)


@pytest.mark.rule("SEC-01")
def test_every_queue_of_the_page_map_is_there_and_somebodys() -> None:
    # Its 22, and what it lists as work and gives no queue: news and agreements of victims, cards of orders, transfers,
    # heightened follow-up, possible breaches past their limit, dangers told of in interviews, priorities, cohort meetings,
    # plans, recommendations, replies to deep dives, blind reviews.
    assert len(QUEUES) == 35
    assert all(QUEUES.values())


@pytest.mark.rule("SEC-01")
def test_only_a_person_takes_work_and_only_a_supervisor_gives_it() -> None:
    assert check_can_supervise(acting("supervisor")).pk == 7
    for by in (acting("investigator"), acting("coordinator"), acting("supervisor", is_person=False)):
        with pytest.raises(NotPermitted):
            check_can_supervise(by)
    with pytest.raises(NotPermitted, match="Only a person"):
        check_can_open(acting("supervisor", is_person=False), "promises")


def refusal_of(check: object, *args: object, **said: object) -> str:
    with pytest.raises((Conflict, NotNow)) as refused:
        check(*args, **said)  # type: ignore[operator]
    return str(refused.value.code)


def test_work_that_changed_meanwhile_changes_hands_no_more() -> None:
    check_still_there(wanted=2, found=2)
    assert refusal_of(check_still_there, wanted=2, found=1) == "work_changed"
    check_is_something([1])
    assert refusal_of(check_is_something, []) == "nothing_chosen"


def test_work_is_given_to_whoever_can_do_it() -> None:
    user, closed = User(pk=1), User(pk=2, is_active=False)
    check_can_have(user, [], works_on_it=True)
    assert refusal_of(check_can_have, closed, [], works_on_it=True) == "account_closed"
    assert refusal_of(check_can_have, user, [], works_on_it=False) == "not_their_queue"
    assert refusal_of(check_can_have, user, ["C-10001"], works_on_it=True) == "beyond_them"


def test_an_absence_lies_ahead_and_is_covered_by_somebody_else_at_work() -> None:
    who, other, closed = User(pk=1), User(pk=2), User(pk=3, is_active=False)
    for first, last, cover in (
        (TODAY, TODAY, None),
        (TODAY - 9 * DAY, TODAY, other),
        (TODAY + DAY, TODAY + DAY, other),
    ):
        check_absence(first, last, TODAY, who, cover)
    assert refusal_of(check_absence, TODAY + DAY, TODAY, TODAY, who, None) == "ends_before"
    assert refusal_of(check_absence, TODAY - 2 * DAY, TODAY - DAY, TODAY, who, None) == "absence_over"
    assert refusal_of(check_absence, TODAY, TODAY, TODAY, who, who) == "covers_themself"
    assert refusal_of(check_absence, TODAY, TODAY, TODAY, who, closed) == "account_closed"
