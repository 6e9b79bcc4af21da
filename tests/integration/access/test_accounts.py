"""What is asked of accounts: who somebody is, who else holds a right, what a name stands for; of one force, of one person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore as DjangoStore

from craffu.access.acting import Acting, acting_operator, acting_system
from craffu.access.actions import change_right, close_account
from craffu.access.models import Force, User
from craffu.access.queries import acting_user, find_user, names_of, others_with
from craffu.access.restricted.actions import let_in, restrict
from craffu.access.restricted.versions import lock_of_readers, readers_version
from craffu.access.rules import Over
from craffu.access.sessions.actions import begin_session, end_all_sessions, end_other_sessions, end_session
from craffu.access.sessions.models import SignInSession
from craffu.access.sessions.queries import open_sessions, why_ended
from craffu.access.sessions.store import SessionStore
from craffu.access.signing_in.backend import AccountBackend
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.common import clock


@pytest.mark.rule("SEC-01")
def test_who_else_holds_a_right_is_asked_of_the_force_and_of_now(
    system: Acting, make_user: Callable[..., User], other_force: Force
) -> None:
    first, second, gone, lost = (make_user("auditor", username=name) for name in ("ann", "ben", "cai", "dai"))
    make_user("auditor", force=other_force, username="eve")
    close_account(by=system, user=gone, reason="left")
    change_right(by=system, user=lost, right="auditor", held=False, reason="moved")
    assert others_with(acting_user(first), "auditor") == [second]
    assert others_with(system, "auditor") == [first, second]
    assert others_with(system, "analyst") == []


@pytest.mark.rule("SEC-01")
def test_names_are_told_of_the_reader_s_force_and_of_those_asked_for(
    system: Acting, make_user: Callable[..., User], other_force: Force
) -> None:
    make_user(username="ann")
    make_user(username="ben")
    gone = make_user(username="cai")
    make_user(force=other_force, username="eve")
    close_account(by=system, user=gone, reason="left")
    assert names_of(system, ["ann", "cai", "eve"]) == {"ann": "Test ann", "cai": "Test cai"}


@pytest.mark.rule("SEC-01")
def test_the_account_of_a_session_is_the_row_with_its_force_in_one_question(
    make_user: Callable[..., User], django_assert_num_queries: Callable[..., Any]
) -> None:
    made = make_user(username="ann")
    with django_assert_num_queries(1):
        found = AccountBackend().get_user(made.pk)
        assert found is not None
        force = found.force
    row = User.objects.select_related("force").get(pk=made.pk)
    for said, kept in ((found, row), (force, row.force)):
        assert {**said.__dict__, "_state": None} == {**kept.__dict__, "_state": None}
        assert said._state.adding is False
    assert AccountBackend().get_user(0) is None


@pytest.mark.rule("SEC-01")
def test_a_session_s_account_that_was_closed_is_not_found(system: Acting, make_user: Callable[..., User]) -> None:
    made = make_user(username="ann")
    close_account(by=system, user=made, reason="left")
    assert AccountBackend().get_user(made.pk) is None


def test_what_a_session_holds_is_read_until_it_has_run_out(db: None) -> None:
    """Django's own store wrote it; it has run out at the very instant that was set."""
    written = DjangoStore()
    written["seen"] = "yes"
    written.save()
    assert SessionStore(written.session_key).load() == {"seen": "yes"}
    ends = written.get_expiry_date()
    with time_machine.travel(ends - timedelta(seconds=1), tick=False):
        assert SessionStore(written.session_key).load() == {"seen": "yes"}
    late = SessionStore(written.session_key)
    with time_machine.travel(ends + timedelta(seconds=1), tick=False):
        assert (late.load(), late.session_key) == ({}, None)
    assert SessionStore("0" * 32).load() == {}


@pytest.mark.rule("SEC-01")
def test_a_closed_account_is_nobody_s(system: Acting, make_user: Callable[..., User]) -> None:
    user = make_user(username="ann")
    assert find_user("ann") == user
    begin_session(user=user, key="desk")
    close_account(by=system, user=user, reason="left")
    assert find_user("ann") is None
    (row,) = acts(Event.objects.filter(kind="account_closed"))
    assert (row.reason, row.refs, row.counts) == ("left", ("user/ann",), {"sessions": 1})


@pytest.mark.rule("SEC-03")
def test_which_sessions_are_open_and_why_one_ended_is_told_of_one_account_alone(make_user: Callable[..., User]) -> None:
    ann, ben = make_user(username="ann"), make_user(username="ben")
    desk, phone = (begin_session(user=ann, key=place) for place in ("desk", "phone"))
    begin_session(user=ben, key="other desk")
    assert open_sessions(ann, clock.now()) == [phone, desk]
    end_session(user=ann, key="desk", why=Over.SIGNED_OUT, request="")
    assert open_sessions(ann, clock.now()) == [phone]
    assert [why_ended(user.pk, key) for user in (ann, ben) for key in ("desk", "phone")] == [
        Over.SIGNED_OUT,
        None,
        None,
        None,
    ]
    assert open_sessions(ann, clock.now() + timedelta(days=30)) == []


@pytest.mark.rule("SEC-03")
def test_sessions_end_of_one_account_and_those_that_ended_stay_as_they_ended(make_user: Callable[..., User]) -> None:
    ann, ben = make_user(username="ann"), make_user(username="ben")
    for user in (ann, ben):
        for place in ("desk", "phone", "left"):
            begin_session(user=user, key=f"{user.username} {place}")
        end_session(user=user, key=f"{user.username} left", why=Over.SIGNED_OUT, request="")

    def open_of(user: User) -> int:
        return SignInSession.objects.filter(user=user, ended_at=None).count()

    left = SignInSession.objects.get(user=ann, ended_why=Over.SIGNED_OUT).ended_at
    assert end_other_sessions(user=ann, key="ann desk", why=Over.FACTORS) == 1
    assert (open_of(ann), open_of(ben)) == (1, 2)
    assert end_all_sessions(user=ann, why=Over.CLOSED) == 1
    assert (open_of(ann), open_of(ben)) == (0, 2)
    assert SignInSession.objects.get(user=ann, ended_why=Over.SIGNED_OUT).ended_at == left


@pytest.mark.rule("SEC-02")
def test_a_change_of_one_record_s_readers_is_no_version_of_another_s(
    system: Acting, force: Force, make_user: Callable[..., User]
) -> None:
    supervisor = acting_user(make_user("supervisor"))

    def versions() -> list[str]:
        places = (("case", "C-1"), ("case", "C-2"), ("person", "C-1"))
        return [readers_version(force, kind, reference) for kind, reference in places]

    before = versions()
    restrict(by=supervisor, kind="case", reference="C-1", reason="a test")
    restricted = versions()
    let_in(by=supervisor, user=make_user("analyst"), kind="case", reference="C-1", reason="a test")
    after = versions()
    assert len({before[0], restricted[0], after[0]}) == 3
    assert before[1:] == restricted[1:] == after[1:]
    assert lock_of_readers(force, "case", "C-1") != lock_of_readers(force, "case", "C-2")


def test_the_log_tells_the_machine_and_whoever_sits_at_it_from_a_person(
    force: Force, make_user: Callable[..., User]
) -> None:
    with working_for(force.pk):
        actors = [acting_system(force, "nightly").actor, acting_operator(force, "root").actor]
        actors.append(acting_user(make_user("analyst", username="ann")).actor)
    assert [(actor.kind, actor.name, actor.role, actor.force) for actor in actors] == [
        ("system", "nightly", "system", force.code),
        ("operator", "root", "operator", force.code),
        ("user", "ann", "analyst", force.code),
    ]
