"""Nothing is read without saying for whom, and another force's record does not exist (SEC-01)."""

from typing import Any

import pytest

from craffu.access.acting import Acting, acting_system
from craffu.access.actions import change_right, list_accounts, set_up_area
from craffu.access.models import RightChange
from craffu.access.queries import acting_user, rights_of
from craffu.access.restricted.actions import let_in, restrict, shut_out
from craffu.access.scoping import Unscoped
from craffu.access.wall.reach import working_for
from craffu.audit.models import Event
from craffu.cases.actions import case_for_reference
from craffu.cases.models import Case, CaseReference
from craffu.cases.queries import find_case
from craffu.common import clock
from craffu.common.door import action
from craffu.common.refusals import NotPermitted, Refusal, allows
from tests.logged import refs_said_by

pytestmark = pytest.mark.django_db


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("read", ["all", "filter", "get", "exclude", "count", "first", "values", "exists", "iterator"])
def test_a_read_that_names_no_reader_is_refused(read: str) -> None:
    with pytest.raises(Unscoped, match="for_user"):
        getattr(Case.objects, read)()


def test_a_job_that_reads_every_force_says_why() -> None:
    with pytest.raises(Unscoped):
        Case.objects.for_system("")
    assert not Case.objects.for_system("a test that counts").count()


@pytest.mark.rule("SEC-01")
def test_another_forces_case_does_not_exist(system: Acting, other_force) -> None:
    now = clock.now()
    mine = case_for_reference(by=system, kind=CaseReference.Kind.PTIURN, value="01ZD0000001", now=now)
    theirs = acting_system(other_force, "test")
    with working_for(other_force.pk):
        assert find_case(theirs, mine.reference) is None
        other = case_for_reference(by=theirs, kind=CaseReference.Kind.PTIURN, value="01ZD0000001", now=now)
        assert Case.objects.number_for(theirs) == 1
    assert other.pk != mine.pk
    assert Case.objects.number_for(system) == 1
    assert find_case(system, mine.reference) == mine


@pytest.mark.rule("SEC-01")
def test_a_right_taken_away_is_gone_at_the_next_question(system: Acting, make_user) -> None:
    user = make_user("analyst")
    assert "analyst" in acting_user(user).rights
    change_right(by=system, user=user, right="analyst", held=False, reason="moved post")
    assert "analyst" not in acting_user(user).rights
    change_right(by=system, user=user, right="analyst", held=True, reason="moved back")
    assert rights_of(user) == {"analyst"}


@pytest.mark.rule("SEC-01")
def test_how_somebody_stands_is_one_question_however_much_was_changed(
    system: Acting, make_user, django_assert_num_queries: Any
) -> None:
    user, keeper = make_user("investigator"), acting_user(make_user("supervisor"))
    for number in range(3):
        change_right(by=system, user=user, right="analyst", held=not number % 2, reason="to and fro")
        record = {"kind": "case", "reference": f"C-{20001 + number}"}
        restrict(by=keeper, reason="a test", **record)
        let_in(by=keeper, user=user, reason="a test", **record)
    shut_out(by=keeper, user=user, reason="a test", **record)
    with django_assert_num_queries(1):
        by = acting_user(user)
    assert by.rights == {"investigator", "analyst"}
    assert by.let_in["case"] == {"C-20001", "C-20002"}
    assert by.closed["case"] == {"C-20003"}


def test_only_an_administrator_gives_rights_and_only_known_ones(system: Acting, make_user) -> None:
    user = make_user("analyst")
    with pytest.raises(NotPermitted) as refusal:
        change_right(by=acting_user(user), user=user, right="auditor", held=True, reason="helping myself")
    assert "Administrator" in refusal.value.message
    with pytest.raises(Refusal, match="no role"):
        change_right(by=system, user=user, right="superuser", held=True, reason="no such thing")


@pytest.mark.rule("SEC-01")
def test_nobody_gives_rights_in_another_force(system: Acting, other_force, make_user) -> None:
    theirs = make_user("analyst", force=other_force)
    with pytest.raises(NotPermitted):
        change_right(by=system, user=theirs, right="auditor", held=True, reason="not mine to give")


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize("held", [True, False])
def test_a_right_limited_to_an_area_is_refused_because_nothing_would_keep_to_it(
    system: Acting, make_user, held: bool
) -> None:
    user = make_user("analyst")
    coast = set_up_area(by=system, code="coast", name_en="Coast", name_cy="Arfordir")
    rows, logged = RightChange.objects.count(), Event.objects.count()
    with pytest.raises(Refusal, match="cannot be limited to an area by itself") as refusal:
        change_right(by=system, user=user, right="investigator", held=held, reason="coast only", area=coast)
    assert refusal.value.code == "area_does_not_limit"
    assert (RightChange.objects.count(), Event.objects.count()) == (rows, logged)
    assert acting_user(user).rights == {"analyst"}


@pytest.mark.rule("SEC-01")
def test_a_right_stored_for_an_area_gives_nothing_and_takes_nothing_away(system: Acting, make_user) -> None:
    """However such a row came to be there: an import, an older release."""
    user = make_user("analyst")
    coast = set_up_area(by=system, code="coast", name_en="Coast", name_cy="Arfordir")

    @action
    def store(right: str, held: bool) -> None:
        now = clock.now()
        RightChange.objects.create(
            user=user, right=right, area=coast, held=held, changed_at=now, changed_by="x", reason="x"
        )
        set_up_area(by=system, code="coast", name_en="Coast", name_cy="Arfordir")

    store("investigator", True)
    store("analyst", False)
    assert acting_user(user).rights == {"analyst"}


@pytest.mark.rule("SEC-04")
def test_T8_a_list_of_accounts_leaves_one_row_naming_those_shown(system: Acting, make_user, other_force) -> None:
    make_user("analyst", username="ann")
    make_user("auditor", username="ben")
    make_user("analyst", username="far.away", force=other_force)
    for username, shown in (("", {"user/ann", "user/ben"}), ("ben", {"user/ben"}), ("far.away", set())):
        last = Event.objects.order_by("-id").values_list("id", flat=True)[0]
        listed = list_accounts(by=system, username=username)
        assert {f"user/{user.username}" for user in listed} == shown
        rows = list(Event.objects.filter(id__gt=last))
        assert [(row.kind, row.actor) for row in rows] == [("accounts_listed", "test")]
        assert set(refs_said_by(rows[0])) == shown


@pytest.mark.rule("SEC-01")
def test_whoever_may_not_manage_accounts_does_not_list_them(acting_as) -> None:
    with pytest.raises(NotPermitted):
        list_accounts(by=acting_as("auditor"))


def test_a_check_has_a_yes_and_no_form() -> None:
    def check(open_: bool) -> None:
        if not open_:
            raise Refusal("shut", "It is shut.")

    assert allows(check, open_=True)
    assert not allows(check, open_=False)
