"""T7: a restricted record opened in an emergency, for an hour, with one log row, one notice and one review by somebody else."""

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from craffu.access.acting import Acting, acting_system
from craffu.access.emergency.actions import Asked, decide_review, leave, open_in_emergency
from craffu.access.emergency.models import EmergencyAccess, EmergencyReview
from craffu.access.emergency.queries import (
    emergencies_of,
    find_review,
    looked_at_during,
    reviews_decided,
    reviews_waiting,
)
from craffu.access.emergency.rules import Verdict
from craffu.access.markings import COVERT
from craffu.access.models import User
from craffu.access.notices.models import Notice
from craffu.access.notices.queries import SHOWN_FOR, notices_for
from craffu.access.policies import FactorNotFresh
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, lift_restriction, mark, restrict, shut_out
from craffu.access.restricted.queries import readers_of, standing_of
from craffu.audit.actions import record_consultation
from craffu.audit.models import Event
from craffu.cases.events import CASE_VIEWED
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal

pytestmark = [pytest.mark.rule("SEC-03"), pytest.mark.usefixtures("frozen_clock")]

RECORD = {"kind": "case", "reference": "C-10001"}
WHERE = {**RECORD, "reason": "a test"}
WORDS = "She reports him at the door now"


def asked(reason: str = "threat_to_life", words: str = WORDS, form: str = "") -> Asked:
    return Asked(reason, words, form or secrets.token_hex(16))


def fresh(user: User) -> Acting:
    """Somebody who proved a second factor just now."""
    return acting_user(user, factor_at=clock.now())


def open_it(user: User, **given: str) -> EmergencyAccess:
    return open_in_emergency(by=fresh(user), asked=asked(**given), **RECORD)


@pytest.fixture
def owner(make_user: Callable[..., User]) -> User:
    """Who has restricted the record."""
    supervisor = make_user("supervisor")
    restrict(by=acting_user(supervisor), **WHERE)
    return supervisor


@pytest.fixture
def officer(make_user: Callable[..., User]) -> User:
    return make_user("response_officer")


@pytest.fixture
def reviewer(make_user: Callable[..., User]) -> Acting:
    return acting_user(make_user("coordinator"))


def test_T7_a_grant_opens_the_record_and_leaves_one_log_row_one_notice_and_one_review(
    owner: User, officer: User
) -> None:
    before = Event.objects.count()
    access = open_it(officer)
    (row,) = [json.loads(one.payload) for one in list(Event.objects.order_by("id"))[before:]]
    assert row["kind"] == "opened_in_emergency"
    assert row["refs"] == ["case/C-10001", f"emergency/{access.number}"]
    assert row["reason"] == "threat_to_life"
    assert WORDS not in json.dumps(row)
    (notice,) = Notice.objects.all()
    assert (notice.to, notice.reference, notice.cause) == (owner, "C-10001", f"emergency/{access.number}")
    (review,) = EmergencyReview.objects.all()
    assert (review.access, review.user, review.decided_at) == (access, officer, None)
    (opened,) = acting_user(officer).emergency
    assert (opened.reference, opened.until) == ("C-10001", clock.now() + timedelta(minutes=60))
    assert standing_of(officer).closed == {}
    assert [one.user for one in readers_of(owner.force, **RECORD)] == [owner, officer]


def test_T7_it_is_over_after_its_last_moment(owner: User, officer: User, frozen_clock: Any) -> None:
    open_it(officer)
    frozen_clock.shift(timedelta(minutes=60) - timedelta(microseconds=1))
    assert acting_user(officer).opened(**RECORD)
    frozen_clock.shift(timedelta(microseconds=1))
    by = acting_user(officer)
    assert by.opened(**RECORD) is None
    assert by.is_closed(**RECORD)
    again = open_it(officer)
    assert again.number == "E-10002"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": ""}, "reason_missing"),
        ({"reason": "because"}, "reason_missing"),
        ({"words": "urgent"}, "words_too_few"),
    ],
)
def test_T7_no_reason_and_a_short_reason_are_refused(
    owner: User, officer: User, given: dict[str, str], code: str
) -> None:
    refused(officer, code, **given)


def refused(user: User, code: str, kind: type[Refusal] = Refusal, **given: str) -> None:
    counts = (EmergencyAccess.objects.count(), Notice.objects.count(), EmergencyReview.objects.count())
    events = Event.objects.count()
    with pytest.raises(kind) as refusal:
        open_it(user, **given)
    assert refusal.value.code == code
    assert (EmergencyAccess.objects.count(), Notice.objects.count(), EmergencyReview.objects.count()) == counts
    assert Event.objects.count() == events


def test_T7_a_form_sent_again_gives_nothing_while_it_runs_and_after(
    owner: User, officer: User, frozen_clock: Any
) -> None:
    form = "0" * 32
    open_it(officer, form=form)
    refused(officer, "form_used", NotNow, form=form)
    refused(officer, "open_already", NotNow)
    frozen_clock.shift(timedelta(hours=2))
    refused(officer, "form_used", NotNow, form=form)


def test_T7_a_stale_factor_is_refused(owner: User, officer: User) -> None:
    for proved in (None, clock.now() - timedelta(minutes=5)):
        with pytest.raises(FactorNotFresh):
            open_in_emergency(by=acting_user(officer, factor_at=proved), asked=asked(), **RECORD)
    assert EmergencyAccess.objects.count() == 0


def test_T7_who_meets_nobody_opens_nothing_and_nothing_that_is_not_shut_is_opened(
    owner: User, officer: User, make_user: Callable[..., User], system: Acting
) -> None:
    for right in ("analyst", "auditor", "link_clerk", "administrator", "scrutiny_officer"):
        refused(make_user(right), "right_not_held", NotPermitted)
    with pytest.raises(NotPermitted):
        open_in_emergency(by=system, asked=asked(), **RECORD)
    refused(owner, "open_already", NotNow)
    lift_restriction(by=acting_user(owner), **WHERE)
    refused(officer, "open_already", NotNow)


@pytest.mark.parametrize("right", ["response_officer", "investigator", "orders_team", "victim_officer", "coordinator"])
def test_T7_whoever_may_stand_at_a_door_may_break_the_glass(
    owner: User, make_user: Callable[..., User], right: str
) -> None:
    assert open_it(make_user(right)).number == "E-10001"


@pytest.mark.rule("SEC-02")
def test_a_covert_record_is_opened_by_nobody_and_those_who_had_it_open_lose_it(owner: User, officer: User) -> None:
    open_it(officer)
    mark(by=acting_user(owner), marking=COVERT, **WHERE)
    by = acting_user(officer)
    assert by.emergency == ()
    assert by.is_hidden(**RECORD)
    refused(officer, "no_such_record", NotPermitted)
    assert find_review(fresh(officer), "E-10001") is None
    assert find_review(acting_user(owner), "E-10001") is not None
    assert notices_for(acting_user(owner), clock.now()) != []


@pytest.mark.rule("SEC-02")
def test_a_covert_record_hides_its_own_reviews_and_no_others(owner: User, officer: User, reviewer: Acting) -> None:
    other = {**RECORD, "reference": "C-10002"}
    restrict(by=acting_user(owner), reason="a test", **other)
    open_it(officer)
    open_in_emergency(by=fresh(officer), asked=asked(), **other)
    mark(by=acting_user(owner), marking=COVERT, **WHERE)
    assert reviewer.user is not None
    by = acting_user(reviewer.user)
    assert [review.access.reference for review in reviews_waiting(by)] == ["C-10002"]
    assert [len(emergencies_of(by, "case", reference)) for reference in ("C-10001", "C-10002")] == [0, 1]


@pytest.mark.rule("SEC-02")
def test_what_ends_an_emergency_before_its_hour(owner: User, officer: User, frozen_clock: Any) -> None:
    def ended() -> list[timedelta]:
        return [review.ended_at - review.access.granted_at for review in emergencies_of(acting_user(owner), **RECORD)]

    open_it(officer)
    assert ended() == [timedelta(minutes=60)]
    frozen_clock.shift(timedelta(minutes=5))
    leave(by=acting_user(officer), **RECORD)
    frozen_clock.shift(timedelta(minutes=1))
    open_it(officer)
    frozen_clock.shift(timedelta(minutes=7))
    shut_out(by=acting_user(owner), user=officer, **WHERE)
    frozen_clock.shift(timedelta(minutes=1))
    open_it(officer)
    assert ended() == [timedelta(minutes=minutes) for minutes in (60, 7, 5)]


@pytest.mark.rule("SEC-02")
def test_T6_whoever_is_shut_out_or_leaves_is_out_at_the_next_request(owner: User, officer: User) -> None:
    open_it(officer)
    shut_out(by=acting_user(owner), user=officer, **WHERE)
    assert acting_user(officer).is_closed(**RECORD)
    open_it(officer)
    before = Event.objects.count()
    assert leave(by=acting_user(officer), **RECORD)
    assert acting_user(officer).is_closed(**RECORD)
    assert not leave(by=acting_user(officer), **RECORD)
    assert [row.kind for row in list(Event.objects.order_by("id"))[before:]] == ["emergency_left"]
    assert len(emergencies_of(acting_user(owner), **RECORD)) == 2


def test_leaving_does_not_end_what_somebody_was_given_meanwhile(owner: User, officer: User, frozen_clock: Any) -> None:
    open_it(officer)
    frozen_clock.shift(timedelta(minutes=10))
    let_in(by=acting_user(owner), user=officer, **WHERE)
    by = acting_user(officer)
    assert by.emergency == ()
    assert not leave(by=by, **RECORD)
    assert not acting_user(officer).is_closed(**RECORD)
    (review,) = emergencies_of(acting_user(owner), **RECORD)
    assert review.ended_at == clock.now()


@pytest.mark.rule("SEC-02")
def test_an_hour_does_not_count_as_somebody_who_stays(owner: User, officer: User) -> None:
    open_it(officer)
    with pytest.raises(NotNow) as refusal:
        shut_out(by=acting_user(owner), user=owner, **WHERE)
    assert refusal.value.code == "last_reader"


def test_who_is_told_is_never_who_opened_it(owner: User, make_user: Callable[..., User]) -> None:
    other = make_user("supervisor")
    let_in(by=acting_user(owner), user=other, **WHERE)
    shut_out(by=acting_user(other), user=owner, **WHERE)
    open_it(owner)
    (notice,) = Notice.objects.all()
    assert notice.to == other


def test_T7_it_is_reviewed_once_by_somebody_else_when_it_is_over(
    owner: User, officer: User, reviewer: Acting, frozen_clock: Any
) -> None:
    open_it(officer)
    (review,) = reviews_waiting(reviewer)
    with pytest.raises(NotNow) as early:
        decide_review(by=reviewer, review=review, verdict=Verdict.PROPER, words="asked the officer")
    assert early.value.code == "still_open"
    frozen_clock.shift(timedelta(minutes=60))
    with pytest.raises(Refusal):
        decide_review(by=reviewer, review=review, verdict=Verdict.PROPER, words="  ")
    before = Event.objects.count()
    decide_review(by=reviewer, review=review, verdict=Verdict.NOT_PROPER, words="nobody was at a door")
    with pytest.raises(Conflict):
        decide_review(by=acting_user(owner), review=review, verdict=Verdict.PROPER, words="it was fine")
    (row,) = [json.loads(one.payload) for one in list(Event.objects.order_by("id"))[before:]]
    assert (row["kind"], row["reason"]) == ("emergency_reviewed", "not_proper")
    assert "nobody was" not in json.dumps(row)
    assert reviews_waiting(reviewer) == []
    (decided,) = reviews_decided(reviewer, 20)
    assert (decided.review.verdict, decided.review.decided_by) == ("not_proper", reviewer.user)
    assert decided.is_decided
    assert not decided.is_overdue(clock.now() + timedelta(days=9))


def test_T7_nobody_reviews_their_own_neither_by_the_policy_nor_in_the_database(
    owner: User, make_user: Callable[..., User], frozen_clock: Any
) -> None:
    coordinator = make_user("coordinator")
    open_it(coordinator)
    frozen_clock.shift(timedelta(hours=1))
    by = acting_user(coordinator)
    assert reviews_waiting(by) == []
    own = find_review(by, "E-10001")
    assert own is not None
    with pytest.raises(NotPermitted) as refusal:
        decide_review(by=by, review=own, verdict=Verdict.PROPER, words="I know why I did it")
    assert refusal.value.code == "own_access"

    @bookkeeping
    def force_it() -> None:
        EmergencyReview.objects.update(verdict="proper", words="x", decided_by=coordinator, decided_at=clock.now())

    with pytest.raises(IntegrityError, match="review_by_another"), transaction.atomic():
        force_it()


def test_only_reviewers_review_and_the_machine_does_not(
    owner: User, officer: User, reviewer: Acting, acting_as: Callable[..., Acting], frozen_clock: Any
) -> None:
    open_it(officer)
    frozen_clock.shift(timedelta(hours=1))
    (review,) = reviews_waiting(reviewer)
    machine = acting_system(owner.force, "test")
    for by in (
        acting_as("investigator"),
        acting_as("analyst"),
        machine,
        Acting(reviewer.actor, owner.force, reviewer.rights),
    ):
        with pytest.raises(NotPermitted):
            decide_review(by=by, review=review, verdict=Verdict.PROPER, words="it was fine")
    with pytest.raises(NotPermitted):
        open_in_emergency(by=Acting(reviewer.actor, owner.force, reviewer.rights), asked=asked(), **RECORD)
    assert [one.access.number for one in reviews_waiting(acting_as("auditor"))] == ["E-10001"]


def test_a_review_is_overdue_after_a_day_and_the_longest_waiting_comes_first(
    owner: User, officer: User, reviewer: Acting, frozen_clock: Any
) -> None:
    open_it(officer)
    frozen_clock.shift(timedelta(hours=2))
    open_it(officer)
    frozen_clock.shift(timedelta(hours=22))
    first, second = reviews_waiting(reviewer)
    assert [first.access.number, second.access.number] == ["E-10001", "E-10002"]
    assert [one.is_overdue(clock.now()) for one in (first, second)] == [True, False]


def test_the_reviewer_is_shown_what_they_did_with_the_record_meanwhile_and_nothing_else(
    owner: User, officer: User, reviewer: Acting, frozen_clock: Any
) -> None:
    def views(reference: str) -> None:
        record_consultation(kind=CASE_VIEWED, actor=acting_user(officer).actor, refs=[f"case/{reference}"])

    views("C-10001")
    frozen_clock.shift(timedelta(seconds=1))
    open_it(officer)
    frozen_clock.shift(timedelta(minutes=5))
    views("C-10001")
    views("C-10002")
    frozen_clock.shift(timedelta(minutes=5))
    leave(by=acting_user(officer), **RECORD)
    frozen_clock.shift(timedelta(minutes=5))
    views("C-10001")
    (review,) = reviews_waiting(reviewer)
    assert not review.is_running(clock.now())
    acts = looked_at_during(reviewer, review, 200)
    assert [act.kind for act in acts] == ["opened_in_emergency", "case_viewed", "emergency_left"]


def test_a_notice_is_shown_for_a_week(owner: User, officer: User, frozen_clock: Any) -> None:
    open_it(officer)
    assert len(notices_for(acting_user(owner), clock.now())) == 1
    assert notices_for(acting_user(officer), clock.now()) == []
    assert notices_for(acting_system(owner.force, "test"), clock.now()) == []
    frozen_clock.shift(SHOWN_FOR)
    assert notices_for(acting_user(owner), clock.now()) == []
