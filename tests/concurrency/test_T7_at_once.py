"""T7, T31: what two people do at one instant to who sees a record: one grant for one form, one verdict, and never no reader."""

import secrets
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from craffu.access.acting import Acting, acting_system
from craffu.access.actions import change_right, create_user, set_up_force
from craffu.access.emergency.actions import Asked, decide_review, open_in_emergency
from craffu.access.emergency.models import EmergencyAccess, EmergencyReview
from craffu.access.emergency.queries import Review, reviews_waiting
from craffu.access.emergency.rules import Verdict
from craffu.access.models import User
from craffu.access.notices.models import Notice
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, restrict, shut_out
from craffu.access.restricted.queries import readers_of
from craffu.audit.models import Event
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal
from tests.worlds import force_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("owner_of_the_tables")]
RECORD = {"kind": "case", "reference": "C-10001"}
WHERE = {**RECORD, "reason": "a test"}
ROUNDS = 5


def somebody(name: str, right: str) -> User:
    by = acting_system(set_up_force(**force_of("demo")), "test")
    user = create_user(by=by, username=name, name=name)
    change_right(by=by, user=user, right=right, held=True, reason="test")
    return user


def at_once(*acts: Callable[[], object]) -> list[type[Refusal] | None]:
    """What became of each when all were begun together: done, or refused and how."""
    together, found, faults = threading.Barrier(len(acts)), dict.fromkeys(range(len(acts))), []

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            together.wait(30)
            act()
        except Refusal as refusal:
            found[number] = type(refusal)  # type: ignore[assignment]
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    return list(found.values())


def shutting_out(by: Acting, user: User) -> Callable[[], object]:
    return lambda: shut_out(by=by, user=user, **WHERE)


def opening(by: Acting, form: str) -> Callable[[], object]:
    asked = Asked("threat_to_life", "She reports him at the door now", form)
    return lambda: open_in_emergency(by=by, asked=asked, **RECORD)


def deciding(user: User, review: Review, verdict: Verdict) -> Callable[[], object]:
    by = acting_user(user)
    return lambda: decide_review(by=by, review=review, verdict=verdict, words=verdict)


@pytest.mark.rule("SEC-02")
def test_two_who_shut_each_other_out_at_one_instant_leave_one_reader() -> None:
    one, other = somebody("one", "supervisor"), somebody("other", "coordinator")
    restrict(by=acting_user(one), **WHERE)
    let_in(by=acting_user(one), user=other, **WHERE)
    for _ in range(ROUNDS):
        found = at_once(shutting_out(acting_user(one), other), shutting_out(acting_user(other), one))
        assert found.count(None) == 1
        assert NotPermitted in found
        (stays,) = [reader.user for reader in readers_of(one.force, **RECORD)]
        let_in(by=acting_user(stays), user=other if stays == one else one, **WHERE)


@pytest.mark.rule("SEC-03")
def test_T7_a_form_sent_twice_at_one_instant_and_two_forms_give_one_grant() -> None:
    restrict(by=acting_user(somebody("keeper", "supervisor")), **WHERE)
    for number in range(ROUNDS):
        officer = somebody(f"officer{number}", "response_officer")
        by = acting_user(officer, factor_at=clock.now())
        same, another = secrets.token_hex(16), secrets.token_hex(16)
        found = at_once(opening(by, same), opening(by, same), opening(by, another))
        assert sorted(found, key=str) == [NotNow, NotNow, None]
    counts = [model.objects.count() for model in (EmergencyAccess, EmergencyReview, Notice)]
    assert counts == [ROUNDS] * 3
    assert Event.objects.filter(kind="opened_in_emergency").count() == ROUNDS


@pytest.mark.rule("SEC-03")
def test_T7_two_reviewers_at_one_instant_give_one_verdict() -> None:
    keeper, other = somebody("keeper", "supervisor"), somebody("other", "coordinator")
    restrict(by=acting_user(keeper), now=clock.now() - timedelta(days=1), **WHERE)
    then = clock.now() - timedelta(hours=2)
    for number in range(ROUNDS):
        officer = acting_user(somebody(f"officer{number}", "response_officer"), factor_at=then)
        asked = Asked("threat_to_life", "She reports him at the door now", secrets.token_hex(16))
        open_in_emergency(by=officer, asked=asked, now=then, **RECORD)
        (review,) = reviews_waiting(acting_user(keeper))

        found = at_once(deciding(keeper, review, Verdict.PROPER), deciding(other, review, Verdict.NOT_PROPER))
        assert sorted(found, key=str) == [Conflict, None]
        decided = EmergencyReview.objects.get(pk=review.review.pk)
        assert (decided.words, decided.decided_by) == (
            (Verdict.PROPER, keeper) if found[0] is None else (Verdict.NOT_PROPER, other)
        )
    assert Event.objects.filter(kind="emergency_reviewed").count() == ROUNDS
