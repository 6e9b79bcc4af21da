"""A restricted record is shut to all but those let in, for every row that belongs to it, from the next request on (SEC-02)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from craffu.access.acting import Acting
from craffu.access.markings import COVERT
from craffu.access.models import Force, User
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, lift_restriction, mark, restrict, shut_out
from craffu.access.restricted.models import Restriction
from craffu.access.restricted.queries import closed_to, readers_of, restrictions
from craffu.access.scoping import ForceScoped, RestrictedWith
from craffu.audit.models import Event
from craffu.cases.models import Case
from craffu.cases.queries import cases_part, cases_up_to, closed_cases_of, find_case
from craffu.common import clock
from craffu.common.door import NeverChanged
from craffu.common.refusals import NotNow, NotPermitted, Refusal
from craffu.people.models import SourceRecord
from tests.factories.court_messages import court_message

pytestmark = pytest.mark.rule("SEC-02")

SCOPED = [model for model in apps.get_models() if issubclass(model, ForceScoped)]
OF_A_CASE = [model for model in SCOPED if isinstance(model.restricted_with, RestrictedWith)]
WHERE = {"kind": "case", "reference": "C-10001", "reason": "a test"}


@pytest.fixture
def one_case(take_in_messages: Callable[..., Any]) -> None:
    take_in_messages(court_message())


@pytest.fixture
def supervisor(make_user: Callable[..., User]) -> User:
    return make_user("supervisor")


@pytest.fixture
def investigator(make_user: Callable[..., User]) -> User:
    return make_user("investigator")


def test_every_scoped_model_says_with_what_it_is_restricted_or_why_with_none() -> None:
    assert {"Case", "Hearing", "ResultGiven"} <= {model.__name__ for model in OF_A_CASE}
    for model in SCOPED:
        way = model.restricted_with
        assert isinstance(way, RestrictedWith) or way.endswith("."), model


@pytest.mark.usefixtures("one_case")
def test_no_row_of_a_restricted_case_exists_for_whoever_is_not_let_in(supervisor: User, investigator: User) -> None:
    seen = {model: model.objects.for_user(acting_user(investigator)).count() for model in OF_A_CASE}
    assert seen[Case] == 1
    assert sum(count > 0 for count in seen.values()) >= 8
    restrict(by=acting_user(supervisor), **WHERE)
    for model in OF_A_CASE:
        assert model.objects.for_user(acting_user(investigator)).count() == 0, model
        assert model.objects.for_user(acting_user(supervisor)).count() == seen[model], model
        assert model.objects.for_user(acting_user(investigator).joining()).count() == seen[model], model
        for by in (acting_user(investigator), acting_user(supervisor), acting_user(investigator).joining()):
            assert model.objects.number_for(by) == model.objects.for_user(by).count(), model
            assert (
                cases_up_to(by, most=5)
                == len(cases_part(by, first=0, most=5).answer)
                == Case.objects.for_user(by).count()
            )


@pytest.mark.usefixtures("one_case")
def test_another_case_stays_open(supervisor: User, investigator: User, take_in_messages: Callable[..., Any]) -> None:
    take_in_messages(court_message(ptiurn="63AA0000999", asn="2563AA0100000990A"))
    restrict(by=acting_user(supervisor), **WHERE)
    by = acting_user(investigator)
    assert find_case(by, "C-10001") is None
    assert find_case(by, "C-10002") is not None
    record = SourceRecord.objects.for_system("a test").order_by("pk").first()
    assert closed_cases_of(by, [record.pk]) == ["C-10001"]
    assert closed_cases_of(acting_user(supervisor), [record.pk]) == []


@pytest.mark.usefixtures("one_case")
def test_who_is_let_in_sees_it_at_once_and_who_is_shut_out_no_more(supervisor: User, investigator: User) -> None:
    restrict(by=acting_user(supervisor), **WHERE)
    let_in(by=acting_user(supervisor), user=investigator, **WHERE)
    assert find_case(acting_user(investigator), "C-10001") is not None
    assert [row.user for row in readers_of(supervisor.force, "case", "C-10001")] == [supervisor, investigator]
    shut_out(by=acting_user(supervisor), user=investigator, **WHERE)
    assert find_case(acting_user(investigator), "C-10001") is None
    lift_restriction(by=acting_user(supervisor), **WHERE)
    assert find_case(acting_user(investigator), "C-10001") is not None
    assert restrictions(supervisor.force) == closed_to(investigator) == {}


@pytest.mark.usefixtures("one_case")
def test_a_record_shut_again_is_open_to_nobody_who_was_let_in_before(
    supervisor: User, investigator: User, frozen_clock: Any
) -> None:
    by = acting_user(supervisor)
    restrict(by=by, **WHERE)
    let_in(by=by, user=investigator, **WHERE)
    lift_restriction(by=by, **WHERE)
    assert readers_of(supervisor.force, "case", "C-10001") == []
    frozen_clock.shift(timedelta(seconds=1))
    restrict(by=by, **WHERE)
    assert find_case(acting_user(investigator), "C-10001") is None
    assert [row.user for row in readers_of(supervisor.force, "case", "C-10001")] == [supervisor]


@pytest.mark.usefixtures("one_case")
def test_an_admission_ends_by_itself(supervisor: User, investigator: User, frozen_clock: Any) -> None:
    restrict(by=acting_user(supervisor), **WHERE)
    let_in(by=acting_user(supervisor), user=investigator, until=clock.now() + timedelta(minutes=60), **WHERE)
    frozen_clock.shift(timedelta(minutes=59, seconds=59))
    assert closed_to(investigator) == {}
    frozen_clock.shift(timedelta(seconds=1))
    assert closed_to(investigator) == {"case": frozenset({"C-10001"})}


def test_each_change_is_one_row_in_the_log_with_its_reason(supervisor: User, investigator: User) -> None:
    by = acting_user(supervisor)
    before = Event.objects.count()
    restrict(by=by, **WHERE)
    let_in(by=by, user=investigator, **WHERE)
    shut_out(by=by, user=investigator, **WHERE)
    lift_restriction(by=by, **WHERE)
    rows = [json.loads(row.payload) for row in list(Event.objects.order_by("id"))[before:]]
    assert [row["kind"] for row in rows] == [
        "record_restricted", "reader_let_in", "reader_shut_out", "restriction_lifted",
    ]  # fmt: skip
    assert {row["reason"] for row in rows} == {"a test"}
    assert rows[1]["refs"] == ["case/C-10001", f"user/{investigator.username}"]


def test_only_those_who_answer_for_risk_and_see_the_record_change_who_does(
    supervisor: User, acting_as: Callable[..., Acting], system: Acting
) -> None:
    for right in ("investigator", "auditor", "administrator", "analyst"):
        with pytest.raises(NotPermitted):
            restrict(by=acting_as(right), **WHERE)
    with pytest.raises(NotPermitted):
        restrict(by=system, **WHERE)
    restrict(by=acting_user(supervisor), **WHERE)
    other = acting_as("coordinator")
    for change in (restrict, lift_restriction):
        with pytest.raises(NotPermitted) as refused:
            change(by=other, **WHERE)
        assert refused.value.code == "restricted"


def test_nobody_can_be_acting_for_risk_without_being_somebody(supervisor: User) -> None:
    by = acting_user(supervisor)
    nobody = Acting(by.actor, by.force, by.rights)
    with pytest.raises(NotPermitted):
        restrict(by=nobody, **WHERE)


def test_what_does_not_fit_the_record_as_it_stands_is_refused(supervisor: User, investigator: User) -> None:
    by = acting_user(supervisor)
    for change in (
        lift_restriction,
        lambda **said: let_in(user=investigator, **said),
        lambda **said: shut_out(user=investigator, **said),
        lambda **said: mark(marking=COVERT, **said),
    ):
        with pytest.raises(NotNow):
            change(by=by, **WHERE)
    restrict(by=by, **WHERE)
    with pytest.raises(NotNow):
        restrict(by=by, **WHERE)
    with pytest.raises(NotNow) as refused:
        shut_out(by=by, user=supervisor, **WHERE)
    assert refused.value.code == "last_reader"
    with pytest.raises(Refusal):
        let_in(by=by, user=investigator, **{**WHERE, "reason": "  "})


def test_whoever_was_shut_out_since_their_page_was_made_changes_nothing(
    supervisor: User, acting_as: Callable[..., Acting]
) -> None:
    restrict(by=acting_user(supervisor), **WHERE)
    other = acting_as("coordinator")
    assert other.user is not None
    let_in(by=acting_user(supervisor), user=other.user, **WHERE)
    stale = acting_user(other.user)
    shut_out(by=acting_user(supervisor), user=other.user, **WHERE)
    with pytest.raises(NotPermitted) as refused:
        shut_out(by=stale, user=supervisor, **WHERE)
    assert refused.value.code == "restricted"
    assert [row.user for row in readers_of(supervisor.force, "case", "C-10001")] == [supervisor]


def test_a_covert_record_is_marked_once_and_does_not_exist_for_other_keepers(
    supervisor: User, investigator: User, acting_as: Callable[..., Acting]
) -> None:
    by = acting_user(supervisor)
    restrict(by=by, **WHERE)
    let_in(by=by, user=investigator, **WHERE)
    mark(by=by, marking=COVERT, **WHERE)
    with pytest.raises(NotNow) as refused:
        mark(by=by, marking=COVERT, **WHERE)
    assert refused.value.code == "marked_already"
    assert [row.user for row in readers_of(supervisor.force, "case", "C-10001")] == [supervisor, investigator]
    with pytest.raises(NotPermitted) as unknown:
        lift_restriction(by=acting_as("coordinator"), **WHERE)
    assert unknown.value.code == "no_such_record"


def test_another_forces_account_does_not_exist(
    supervisor: User, other_force: Force, make_user: Callable[..., User]
) -> None:
    stranger = make_user("investigator", force=other_force, username="stranger")
    restrict(by=acting_user(supervisor), **WHERE)
    with pytest.raises(NotPermitted):
        let_in(by=acting_user(supervisor), user=stranger, **WHERE)
    assert closed_to(stranger) == {}


def test_history_is_only_appended(supervisor: User) -> None:
    row = restrict(by=acting_user(supervisor), **WHERE)
    with pytest.raises(NeverChanged):
        row.delete()
    assert Restriction.objects.count() == 1
